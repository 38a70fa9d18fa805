/** What JWTs of an OpenID provider are checked by, and which of their claims say who asks. */
export interface JwtSettings {
  /** As in the claim `iss`, to the letter. */
  readonly issuer: string;
  /** Which of the claim `aud` is meant to be us. */
  readonly audience: string;
  /** Address of the provider's keys; undefined: as its discovery document says. */
  readonly jwksUrl?: string;
  readonly claims: ClaimNames;
}

/** Names of claims, or ways to them with points between: `realm_access.roles`. */
export interface ClaimNames {
  /** A list of roles, or a text with spaces between. What is none of our roles is passed over. */
  readonly roles: string;
  /** Id of the provider; undefined: everybody but operators is of the default provider. */
  readonly provider?: string;
  /** Id of the customer of a self-care user. */
  readonly customer: string;
}

/** Where nothing else is configured. */
export const DEFAULT_CLAIMS = { roles: "tenure_roles", customer: "tenure_customer" } as const;
