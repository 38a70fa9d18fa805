import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type Authorisation } from "#domain/voice/xdr.js";
import { boolean, entityOf, instant, integer, nullable, text, uuid, uuidKey } from "../rows/columns.js";
import { Filtered } from "../rows/filters.js";
import { paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type SliceArguments } from "../rows/window.js";

/** A call that was answered, and has not ended as far as its edge told. */
export interface OpenCall {
  /** The key that the record of its leg that came in will have. */
  readonly id: string;
  readonly edgeId: string;
  /** Null: billing cannot read what it gave the edge. */
  readonly accountId: string | null;
  readonly customerId: string | null;
  readonly cli: string | null;
  readonly callerHidden: boolean;
  readonly cld: string;
  /** By the provider's clock. */
  readonly answered: Instant;
  readonly redirectedTo: string | null;
  readonly authorised: Authorisation;
  /** How long it may last. */
  readonly maxSeconds: number;
  /** From when on its end is missing, by the system's clock. */
  readonly overdueAt: Instant;
}
export interface OpenCallRow extends OpenCall {
  readonly providerId: string;
}

export const openCalls = entityOf<OpenCallRow>("OpenCall", "open_calls", {
  providerId: uuidKey,
  id: uuidKey,
  edgeId: uuid,
  accountId: nullable(uuid),
  customerId: nullable(uuid),
  cli: nullable(text),
  callerHidden: boolean,
  cld: text,
  answered: instant,
  redirectedTo: nullable(text),
  authorised: text,
  maxSeconds: integer,
  overdueAt: instant,
});

/**
 * SQL: the open call `t` is recorded, and so has ended, whatever was told: late, or by a backup that was restored. OFFSET
 * has each looked up by its key: reading all calls that were ever recorded is never better.
 */
export const isRecorded = "EXISTS (SELECT FROM xdrs x WHERE x.provider_id = t.provider_id AND x.id = t.id OFFSET 0)";

export interface OpenCallFilter {
  readonly accountId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly edgeId?: string | null | undefined;
  readonly overdue?: boolean | null | undefined;
}

const sorting: Sorting<"ANSWERED"> = {
  fields: { ANSWERED: { sql: "t.answered", type: "timestamptz" } },
  byDefault: { by: "ANSWERED", direction: "DESC" },
  unique: { sql: "t.id", type: "uuid" },
};

/**
 * Open calls, the latest first, without those that are recorded.
 * @param now by the system's clock
 */
export const listOpenCalls = (
  dataSource: DataSource,
  scope: Scope,
  slice: SliceArguments,
  filter: OpenCallFilter | null | undefined,
  now: Instant,
): Promise<Slice<OpenCallRow>> => {
  const { accountId, customerId, edgeId, overdue } = filter ?? {};
  const filtered = new Filtered(dataSource, openCalls, scope, "customerId")
    .isId("accountId", accountId)
    .isId("customerId", customerId)
    .isId("edgeId", edgeId)
    .where("t.overdueAt <= CAST(? AS timestamptz)", overdue === true ? now : null)
    .where("t.overdueAt > CAST(? AS timestamptz)", overdue === false ? now : null);
  filtered.query.andWhere(`NOT ${isRecorded}`);
  return paginate(filtered.query, sorting, slice);
};
