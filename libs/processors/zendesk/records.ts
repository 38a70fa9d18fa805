/** Records of Zendesk, as far as we look at them. */
export interface Organization {
  readonly id: number;
  readonly name: string;
  readonly external_id: string | null;
  readonly domain_names: readonly string[];
}

export interface User {
  readonly id: number;
  readonly email: string | null;
  readonly external_id: string | null;
  readonly organization_id: number | null;
  readonly role: string;
}

/** Keys of the fields of organizations that the app inside Zendesk makes (its `requirements.json`). */
export const ORGANIZATION_FIELDS = ["tenure_customer_url", "tenure_customer"] as const;
