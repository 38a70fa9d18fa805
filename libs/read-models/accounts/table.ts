import { type Account, type AccountStatus } from "#domain/accounts/account.js";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import {
  arrayOf,
  bigint,
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

export interface AccountRow {
  readonly providerId: string;
  readonly id: string;
  readonly customerId: string;
  readonly mainProductId: string;
  readonly identifier: string;
  readonly aliases: readonly string[];
  readonly openedOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  readonly status: AccountStatus;
  readonly state: Account;
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const accounts = entityOf<AccountRow>("Account", "accounts", {
  providerId: uuidKey,
  id: uuidKey,
  customerId: uuid,
  mainProductId: uuid,
  identifier: text,
  aliases: arrayOf(text),
  openedOn: date,
  closedOn: nullable(date),
  status: text,
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
