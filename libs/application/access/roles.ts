/**
 * What a principal may be. `operator` is of the whole installation and names any provider; all others belong to one.
 * `zendesk-app` is the scope of the key of the app inside Zendesk.
 */
export const roles = ["operator", "admin", "csr", "finance", "support", "partner", "self-care", "zendesk-app"] as const;
export type Role = (typeof roles)[number];
