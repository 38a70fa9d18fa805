import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type CallLeg, type UnratedReason, type Xdr } from "#domain/voice/xdr.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { monthOf } from "../runner/partitions.js";
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
}

export type CallSortField = "ANSWERED";

const sorting: Sorting<CallSortField> = {
  fields: { ANSWERED: { sql: "t.answered", type: "timestamptz" } },
  byDefault: { by: "ANSWERED", direction: "DESC" },
  unique: { sql: "t.id", type: "uuid" },
};

const month = (instant: Instant | null | undefined): string | null => (instant == null ? null : monthOf(instant));

/** Calls by their answer. Only partitions of months that the filter leaves are looked at. */
export const listCalls = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<CallFilter, CallSortField>,
): Promise<Slice<CallRow>> => {
  const { accountId, customerId, leg, state, reason, from, until } = options.filter ?? {};
  const { query } = new Filtered(dataSource, calls, scope, "customerId")
    .isId("accountId", accountId)
    .isId("customerId", customerId)
    .is("leg", leg)
    .is("state", state)
    .is("reason", reason)
    .where("t.answered >= CAST(? AS timestamptz)", from)
    .where("t.answered < CAST(? AS timestamptz)", until)
    .where("t.month >= CAST(? AS date)", month(from))
    .where("t.month <= CAST(? AS date)", month(until));
  return paginate(query, sorting, options);
};

export const findCalls = async (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<CallRow[]> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const found = new Filtered(dataSource, calls, scope, "customerId").where("t.id = ANY(CAST(? AS uuid[]))", known);
  return found.query.getMany();
};
