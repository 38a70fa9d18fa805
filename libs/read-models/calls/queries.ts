import { type DataSource } from "typeorm";
import { addDays, type Instant, type LocalDate } from "#domain/calendar.js";
import { type CallLeg, type UnratedReason, type Xdr } from "#domain/voice/xdr.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { monthOf } from "../runner/partitions.js";
import { withoutHiddenNumbers } from "./hidden-callers.js";
import { callsOnInvoice, type CallsOnInvoice, type OnInvoice } from "./of-invoice.js";
import { type CallRow, calls } from "./table.js";

export interface CallFilter {
  readonly accountId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly leg?: CallLeg | null | undefined;
  readonly state?: Xdr["state"] | null | undefined;
  readonly reason?: UnratedReason | null | undefined;
  /** Answered at this instant or later. */
  readonly from?: Instant | null | undefined;
  /** Answered before this instant. */
  readonly until?: Instant | null | undefined;
  /** Counted by the close that an issued invoice is of. */
  readonly invoice?: OnInvoice | null | undefined;
}

export type CallSortField = "ANSWERED";

const sorting: Sorting<CallSortField> = {
  fields: { ANSWERED: { sql: "t.answered", type: "timestamptz" } },
  byDefault: { by: "ANSWERED", direction: "DESC" },
  unique: { sql: "t.id", type: "uuid" },
};

const month = (instant: Instant | null | undefined): string | null => (instant == null ? null : monthOf(instant));

/** Calls by their answer, without numbers that are hidden from who asks. Only months that the filter leaves are looked at. */
export const listCalls = async (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<CallFilter, CallSortField>,
): Promise<Slice<CallRow>> => {
  const { query } = await matchingCalls(dataSource, scope, options.filter);
  const slice = await paginate(query, sorting, options);
  return { ...slice, rows: withoutHiddenNumbers(scope, slice.rows) };
};

/** The calls that a filter selects, alias `t`. */
export const matchingCalls = async (
  dataSource: DataSource,
  scope: Scope,
  filter: CallFilter | null | undefined,
): Promise<Filtered<CallRow>> => {
  const { accountId, customerId, leg, state, reason, from, until, invoice } = filter ?? {};
  const filtered = new Filtered(dataSource, calls, scope, "customerId")
    .isId("accountId", accountId)
    .isId("customerId", customerId)
    .is("leg", leg)
    .is("state", state)
    .is("reason", reason)
    .where("t.answered >= CAST(? AS timestamptz)", from)
    .where("t.answered < CAST(? AS timestamptz)", until)
    .where("t.month >= CAST(? AS date)", month(from))
    .where("t.month <= CAST(? AS date)", month(until));
  if (!invoice) return filtered;
  const counted = await callsOnInvoice(dataSource, scope, invoice);
  if (counted) onInvoice(filtered, counted);
  else filtered.query.andWhere("FALSE");
  return filtered;
};

/** SQL: counted by a close, and by none before. */
const COUNTED = `EXISTS (
  SELECT FROM unnest(CAST(:countedOf AS uuid[]), CAST(:countedBefore AS date[]), CAST(:counted AS numeric[]),
                     CAST(:beforeThen AS date[]), CAST(:countedThen AS numeric[]))
           AS s (account_id, to_on, counted, then_on, then_counted)
   WHERE s.account_id = t.accountId AND t.day < s.to_on AND t.recordedCommit <= s.counted
     AND (s.then_on IS NULL OR t.day >= s.then_on OR t.recordedCommit > s.then_counted))`;

const onInvoice = (filtered: Filtered<CallRow>, { accounts, from, group }: CallsOnInvoice): void => {
  const ids = accounts.map(({ accountId }) => accountId);
  // The customer's day begins within a day of that of UTC.
  const last = accounts.reduce<LocalDate>((latest, { before }) => (before > latest ? before : latest), from);
  filtered
    .is("state", "RATED")
    .where("t.accountId = ANY(CAST(? AS uuid[]))", ids)
    .where("t.month <= CAST(? AS date)", last)
    .query.andWhere(COUNTED, {
      countedOf: ids,
      countedBefore: accounts.map(({ before }) => before),
      counted: accounts.map(({ counted }) => counted),
      beforeThen: accounts.map(({ beforeThen }) => beforeThen),
      countedThen: accounts.map(({ countedThen }) => countedThen),
    });
  if (!group) return;
  const { leg, tariffId, prefix, late } = group;
  filtered
    .is("leg", leg)
    .where("coalesce(t.billedTariffId, t.tariffId) = CAST(? AS uuid)", tariffId)
    .where("coalesce(t.billedPrefix, t.prefix) = ?", prefix)
    .where(late ? "t.day < CAST(? AS date)" : "t.day >= CAST(? AS date)", from)
    .where("t.month >= CAST(? AS date)", late ? null : monthOf(`${addDays(from, -1)}T00:00:00Z`));
};

/** Calls by their keys, likewise. */
export const findCalls = async (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<CallRow[]> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const found = new Filtered(dataSource, calls, scope, "customerId").where("t.id = ANY(CAST(? AS uuid[]))", known);
  return withoutHiddenNumbers(scope, await found.query.getMany());
};
