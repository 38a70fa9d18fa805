import { registerEnumType } from "@nestjs/graphql";
import { type KeyRole } from "#domain/keys/events.js";
import { type KeyStatus } from "#domain/keys/key.js";
import { type KeySortField as KeySortBy } from "#read-models/keys/queries.js";
import { enumOf } from "../graphql/enums.js";

const ROLES: Readonly<Record<KeyRole, string>> = {
  operator: "Of the whole installation: names any provider, and has an administrator's rights there.",
  admin: "Everything of a provider.",
  csr: "Everyday commands for customers.",
  finance: "Money, and reading.",
  support: "Reading.",
  partner: "Signs customers up; reads the catalog, and no personal data.",
  "zendesk-app": "The app inside Zendesk.",
};

/** As names of GraphQL write them; inside they are as in events. */
export const KeyRoleEnum = Object.fromEntries(Object.keys(ROLES).map((role) => [nameOf(role), role])) as Readonly<
  Record<string, KeyRole>
>;
registerEnumType(KeyRoleEnum, {
  name: "KeyRole",
  description: "What an API key may be granted (docs/access.md).",
  valuesMap: Object.fromEntries(Object.entries(ROLES).map(([role, description]) => [nameOf(role), { description }])),
});

function nameOf(role: string): string {
  return role.toUpperCase().replaceAll("-", "_");
}

export const KeyStatusEnum = enumOf<KeyStatus>("KeyStatus", "Whether an API key counts.", {
  ACTIVE: "Requests come in with it.",
  EXPIRED: "It has expired.",
  REVOKED: "It was revoked.",
});

export const KeySortField = enumOf<KeySortBy>("KeySortField", "What API keys are sorted by.", {
  CREATED: "When they were granted.",
  LABEL: "Their labels, whatever the case.",
});
