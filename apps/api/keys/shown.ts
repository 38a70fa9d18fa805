import { type Instant } from "#domain/calendar.js";
import { statusOf } from "#domain/keys/key.js";
import { type KeyRow } from "#read-models/keys/table.js";
import { type Plain } from "../graphql/plain.js";
import { type ApiKey } from "./models.js";

/** @param now the system's time */
export const keyShown = (row: KeyRow, now: Instant): Plain<ApiKey> => {
  const { id, createdAt, updatedAt, grantedBy, revokedAt, revokedBy, state } = row;
  const { label, roles, expiresAt, reason, revokedBecause } = state;
  const granted = { label, roles: [...roles], status: statusOf(state, now), expiresAt, grantedBy, reason };
  return { id, createdAt, updatedAt, ...granted, revokedAt, revokedBy, revokedBecause };
};
