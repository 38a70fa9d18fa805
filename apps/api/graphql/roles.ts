import { type Role, roleMeanings, roles } from "#application/access/roles.js";
import { enumOf } from "./enums.js";

export type RoleName = "OPERATOR" | "ADMIN" | "CSR" | "FINANCE" | "SUPPORT" | "PARTNER" | "SELF_CARE" | "ZENDESK_APP";

/** As names of GraphQL write them; inside they are as in events. */
export const roleNames = {
  operator: "OPERATOR",
  admin: "ADMIN",
  csr: "CSR",
  finance: "FINANCE",
  support: "SUPPORT",
  partner: "PARTNER",
  "self-care": "SELF_CARE",
  "zendesk-app": "ZENDESK_APP",
} as const satisfies Readonly<Record<Role, RoleName>>;

const meanings = Object.fromEntries(roles.map((role) => [roleNames[role], roleMeanings[role]]));

export const RoleEnum = enumOf<RoleName>(
  "Role",
  "What somebody may be: it decides what he may do and see.",
  meanings as Readonly<Record<RoleName, string>>,
);

/** The name of a role of the principal or of an event's metadata; null for one that this program does not know. */
export const roleShown = (role: string): RoleName | null => {
  const known = roles.find((each) => each === role);
  return known ? roleNames[known] : null;
};
