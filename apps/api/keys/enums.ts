import { registerEnumType } from "@nestjs/graphql";
import { type KeyRole } from "#domain/keys/events.js";
import { type KeyStatus } from "#domain/keys/key.js";
import { type KeySortField as KeySortBy } from "#read-models/keys/queries.js";
import { enumOf } from "../graphql/enums.js";
import { roleNames } from "../graphql/roles.js";

const ROLES: Readonly<Record<KeyRole, string>> = {
  operator: "Of the whole installation: names any provider, and has an administrator's rights there.",
  admin: "Everything of a provider.",
  csr: "Everyday commands for customers.",
  finance: "Money, and reading.",
  support: "Reading.",
  partner: "Signs customers up; reads the catalog, and no personal data.",
  "zendesk-app": "The app inside Zendesk.",
};

const named = (Object.keys(ROLES) as KeyRole[]).map((role) => [roleNames[role], role] as const);

export const KeyRoleEnum: Readonly<Record<string, KeyRole>> = Object.fromEntries(named);
registerEnumType(KeyRoleEnum, {
  name: "KeyRole",
  description: "What an API key may be granted (docs/access.md).",
  valuesMap: Object.fromEntries(named.map(([name, role]) => [name, { description: ROLES[role] }])),
});

export const KeyStatusEnum = enumOf<KeyStatus>("KeyStatus", "Whether an API key counts.", {
  ACTIVE: "Requests come in with it.",
  EXPIRED: "It has expired.",
  REVOKED: "It was revoked.",
});

export const KeySortField = enumOf<KeySortBy>("KeySortField", "What API keys are sorted by.", {
  CREATED: "When they were granted.",
  LABEL: "Their labels, whatever the case.",
});
