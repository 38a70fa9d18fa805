import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import {
  bigint,
  boolean,
  date,
  entityOf,
  instant,
  jsonb,
  nullable,
  numeric,
  text,
  uuid,
  uuidKey,
} from "../rows/columns.js";

export interface CommitmentRow {
  readonly providerId: string;
  readonly id: string;
  readonly accountId: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly offerName: string;
  readonly currency: string;
  /** First charged day. */
  readonly start: LocalDate;
  /** First day without discount. */
  readonly discountEnd: LocalDate | null;
  /** Last charged day. For the status on a day see `statusOn` of the state. */
  readonly terminatedOn: LocalDate | null;
  /** Whether the termination is early, as known when it was recorded; null without one. */
  readonly early: boolean | null;
  /** The penalty that terminating answered; null without a termination. */
  readonly penaltyPreview: string | null;
  readonly state: Commitment;
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const commitments = entityOf<CommitmentRow>("Commitment", "commitments", {
  providerId: uuidKey,
  id: uuidKey,
  accountId: uuid,
  customerId: uuid,
  offerId: uuid,
  offerName: text,
  currency: text,
  start: date,
  discountEnd: nullable(date),
  terminatedOn: nullable(date),
  early: nullable(boolean),
  penaltyPreview: nullable(numeric),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
