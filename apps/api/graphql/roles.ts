import { type Role, roles } from "#application/access/roles.js";
import { enumOf } from "./enums.js";

export type RoleName = "OPERATOR" | "ADMIN" | "CSR" | "FINANCE" | "SUPPORT" | "PARTNER" | "SELF_CARE" | "ZENDESK_APP";

const names: Readonly<Record<Role, RoleName>> = {
  operator: "OPERATOR",
  admin: "ADMIN",
  csr: "CSR",
  finance: "FINANCE",
  support: "SUPPORT",
  partner: "PARTNER",
  "self-care": "SELF_CARE",
  "zendesk-app": "ZENDESK_APP",
};

export const RoleEnum = enumOf<RoleName>("Role", "What somebody may be: it decides what he may do and see.", {
  OPERATOR: "Of the whole installation: names any provider, and has an administrator's rights there.",
  ADMIN: "Everything of a provider.",
  CSR: "Everyday commands for customers.",
  FINANCE: "Money, and reading.",
  SUPPORT: "Reading.",
  PARTNER: "Signs customers up; reads the catalog, and no personal data.",
  SELF_CARE: "A customer's own person: sees that customer alone.",
  ZENDESK_APP: "The key of the app inside Zendesk.",
});

/** The name of a role of the principal or of an event's metadata; null for one that this program does not know. */
export const roleShown = (role: string): RoleName | null => {
  const known = roles.find((each) => each === role);
  return known ? names[known] : null;
};
