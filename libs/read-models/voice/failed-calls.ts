import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type FailureReason } from "#domain/voice/failed-call.js";
import { boolean, entityOf, instant, integer, nullable, text, uuid, uuidKey } from "../rows/columns.js";
import { Filtered } from "../rows/filters.js";
import { paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type SliceArguments } from "../rows/window.js";

/** A call that was refused, or ended without an answer. */
export interface FailedCall {
  readonly id: string;
  readonly edgeId: string;
  /** Null: nobody has the number, or billing was not asked. */
  readonly accountId: string | null;
  readonly customerId: string | null;
  readonly cli: string | null;
  readonly callerHidden: boolean;
  readonly cld: string;
  /** When it came and when it failed, by the provider's clock. */
  readonly came: Instant;
  readonly failed: Instant;
  /** What its caller got. */
  readonly sipCode: number;
  readonly reason: FailureReason;
  readonly redirectedTo: string | null;
  /** By the system's clock. */
  readonly toldAt: Instant;
}
export interface FailedCallRow extends FailedCall {
  readonly providerId: string;
}

export const failedCalls = entityOf<FailedCallRow>("FailedCall", "failed_calls", {
  providerId: uuidKey,
  id: uuidKey,
  edgeId: uuid,
  accountId: nullable(uuid),
  customerId: nullable(uuid),
  cli: nullable(text),
  callerHidden: boolean,
  cld: text,
  came: instant,
  failed: instant,
  sipCode: integer,
  reason: text,
  redirectedTo: nullable(text),
  toldAt: instant,
});

export interface FailedCallFilter {
  readonly accountId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly edgeId?: string | null | undefined;
  readonly reason?: FailureReason | null | undefined;
  readonly sipCode?: number | null | undefined;
  /** Failed at this instant or later. */
  readonly from?: Instant | null | undefined;
  /** Failed before this instant. */
  readonly until?: Instant | null | undefined;
}

const sorting: Sorting<"FAILED"> = {
  fields: { FAILED: { sql: "t.failed", type: "timestamptz" } },
  byDefault: { by: "FAILED", direction: "DESC" },
  unique: { sql: "t.id", type: "uuid" },
};

/** Calls that failed, the latest first. */
export const listFailedCalls = (
  dataSource: DataSource,
  scope: Scope,
  slice: SliceArguments,
  filter: FailedCallFilter | null | undefined,
): Promise<Slice<FailedCallRow>> => {
  const { accountId, customerId, edgeId, reason, sipCode, from, until } = filter ?? {};
  const filtered = new Filtered(dataSource, failedCalls, scope, "customerId")
    .isId("accountId", accountId)
    .isId("customerId", customerId)
    .isId("edgeId", edgeId)
    .is("reason", reason)
    .where("t.sipCode = CAST(? AS integer)", sipCode?.toString())
    .where("t.failed >= CAST(? AS timestamptz)", from)
    .where("t.failed < CAST(? AS timestamptz)", until);
  return paginate(filtered.query, sorting, slice);
};
