import { type Instant } from "#domain/calendar.js";
import { type KeyRole } from "#domain/keys/events.js";
import { type Key } from "#domain/keys/key.js";
import { arrayOf, bigint, entityOf, instant, jsonb, nullable, numeric, text, uuidKey } from "../rows/columns.js";

/** An API key, without its secret. */
export interface KeyRow {
  readonly id: string;
  readonly providerId: string;
  readonly secretHash: string;
  readonly roles: readonly KeyRole[];
  /** Actor of the command that granted it. */
  readonly grantedBy: string;
  /** When it was revoked, and by which actor; null: it was not. */
  readonly revokedAt: Instant | null;
  readonly revokedBy: string | null;
  readonly state: Key;
  /** Stream revision. */
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const keys = entityOf<KeyRow>("Key", "api_keys", {
  providerId: uuidKey,
  id: uuidKey,
  secretHash: text,
  roles: arrayOf(text),
  grantedBy: text,
  revokedAt: nullable(instant),
  revokedBy: nullable(text),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
