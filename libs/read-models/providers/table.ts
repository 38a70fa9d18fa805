import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { bigint, entityOf, instant, jsonb, nullable, numeric, text, uuidKey } from "../rows/columns.js";

export interface ProviderRow {
  readonly providerId: string;
  readonly name: string;
  /** The test clock's time; null: the system clock. */
  readonly testClock: Instant | null;
  /** Target of the advance in progress; null: none. */
  readonly advanceTo: Instant | null;
  readonly state: Provider;
  /** Stream revision. */
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const providers = entityOf<ProviderRow>("Provider", "providers", {
  providerId: uuidKey,
  name: text,
  testClock: nullable(instant),
  advanceTo: nullable(instant),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
