import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Currency } from "#domain/money.js";
import { type Authorisation, type CallLeg, type UnratedReason, type Xdr } from "#domain/voice/xdr.js";
import {
  bigint,
  boolean,
  date,
  entityOf,
  instant,
  integer,
  nullable,
  numeric,
  text,
  uuid,
  uuidKey,
} from "../rows/columns.js";

/** A call, in the partition of the month of its answer. What only a rated call has is null of others. */
export interface CallRow {
  readonly providerId: string;
  /** Its key. */
  readonly id: string;
  /** First day of the month (UTC) of its answer. */
  readonly month: LocalDate;
  readonly edge: string;
  /** Of its stream: the hour of the answer by the clock of who reported it. */
  readonly hour: Instant;
  readonly leg: CallLeg;
  readonly state: Xdr["state"];
  /** Why it has no amount; null: it has one. */
  readonly reason: UnratedReason | null;
  readonly accountId: string | null;
  readonly customerId: string | null;
  /** The customer's day of the answer. */
  readonly day: LocalDate | null;
  readonly answered: Instant;
  readonly ended: Instant | null;
  readonly authorised: Authorisation;
  readonly redirectedTo: string | null;
  readonly cli: string | null;
  /** The caller hides: `cli` is told to the provider's people alone. */
  readonly callerHidden: boolean;
  readonly cld: string;
  readonly tariffId: string | null;
  /** Of the event that made the version of the rate. */
  readonly tariffRevision: string | null;
  readonly prefix: string | null;
  readonly seconds: number | null;
  readonly chargedSeconds: number | null;
  readonly amount: string | null;
  /** What it cost before it was corrected first; null: it never was. */
  readonly amountAtFirst: string | null;
  /** It was corrected to cost nothing. */
  readonly voided: boolean;
  /** What it was billed with, and in which group, where it was corrected since; null: as it is now, or not at all. */
  readonly billedAmount: string | null;
  readonly billedTariffId: string | null;
  readonly billedPrefix: string | null;
  readonly currency: Currency | null;
  /** The event that recorded it. */
  readonly eventId: string;
  /** Place in the log of the event that it got its amount by. */
  readonly recordedCommit: string;
}

export const calls = entityOf<CallRow>("Call", "xdrs", {
  providerId: uuidKey,
  id: uuidKey,
  month: { ...date, primary: true },
  edge: text,
  hour: instant,
  leg: text,
  state: text,
  reason: nullable(text),
  accountId: nullable(uuid),
  customerId: nullable(uuid),
  day: nullable(date),
  answered: instant,
  ended: nullable(instant),
  authorised: text,
  redirectedTo: nullable(text),
  cli: nullable(text),
  callerHidden: boolean,
  cld: text,
  tariffId: nullable(uuid),
  tariffRevision: nullable(bigint),
  prefix: nullable(text),
  seconds: nullable(integer),
  chargedSeconds: nullable(integer),
  amount: nullable(numeric),
  amountAtFirst: nullable(numeric),
  voided: boolean,
  billedAmount: nullable(numeric),
  billedTariffId: nullable(uuid),
  billedPrefix: nullable(text),
  currency: nullable(text),
  eventId: uuid,
  recordedCommit: numeric,
});
