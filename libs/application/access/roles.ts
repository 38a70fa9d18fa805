/**
 * What a principal may be, in the order in which a command names the role by which it was given. `operator` is of the
 * whole installation and names any provider; all others belong to one.
 */
export const roles = ["operator", "admin", "csr", "finance", "support", "partner", "self-care", "zendesk-app"] as const;
export type Role = (typeof roles)[number];

export const roleMeanings: Readonly<Record<Role, string>> = {
  operator: "Of the whole installation: names any provider, and has an administrator's rights there.",
  admin: "Everything of a provider.",
  csr: "Everyday commands for customers, and reading.",
  finance: "Money, what makes or ends debts, and reading.",
  support: "Reading.",
  partner: "Signs customers up; reads the catalog, and no personal data.",
  "self-care": "A person of a customer: reads that customer alone, and asks for pauses.",
  "zendesk-app": "The key of the app inside Zendesk: finds a customer, and sees a little of it.",
};
