import { DOCUMENTS } from "../rows/documents.js";
import { type DataSource, type SelectQueryBuilder } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type CommitmentStatus } from "#domain/commitments/commitment.js";
import { byIds, Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting, upTo } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type CommitmentRow, commitments } from "./table.js";

export interface CommitmentFilter {
  readonly customerId?: string | null | undefined;
  readonly accountId?: string | null | undefined;
  readonly offerId?: string | null | undefined;
  /** Part of the offer's name, whatever its case. */
  readonly name?: string | null | undefined;
  /** The status on a day, which the caller gives. */
  readonly status?: { readonly is: CommitmentStatus; readonly on: LocalDate } | null | undefined;
  /** First day without discount, from and until, both included. */
  readonly discountEndFrom?: LocalDate | null | undefined;
  readonly discountEndUntil?: LocalDate | null | undefined;
  /** Last charged day, from and until, both included. */
  readonly terminatedFrom?: LocalDate | null | undefined;
  readonly terminatedUntil?: LocalDate | null | undefined;
  /** Something ends in these days, both included: the discount, unless the commitment ends before, or the commitment. */
  readonly endFrom?: LocalDate | null | undefined;
  readonly endUntil?: LocalDate | null | undefined;
}

/** By DISCOUNT_END and TERMINATED, commitments without that date sort last. */
export type CommitmentSortField = "CREATED" | "START" | "NAME" | "DISCOUNT_END" | "TERMINATED";

const sorting: Sorting<CommitmentSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    START: { sql: "t.start", type: "date" },
    NAME: { sql: "lower(t.offerName)", type: "text" },
    DISCOUNT_END: { sql: "COALESCE(t.discountEnd, 'infinity')", type: "date" },
    TERMINATED: { sql: "COALESCE(t.terminatedOn, 'infinity')", type: "date" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

/** The conditions of the domain's `statusOn`, in SQL. */
const NOT_TERMINATED = "(t.terminatedOn IS NULL OR t.terminatedOn >= ?)";
const IN_PAUSE = `EXISTS (SELECT FROM jsonb_to_recordset(t.state -> 'pauses') AS p ("from" date, until date, cancelled boolean)
                  WHERE NOT p.cancelled AND p."from" <= ? AND (p.until IS NULL OR p.until >= ?))`;
const STATUS: Readonly<Record<CommitmentStatus, string>> = {
  PENDING: `${NOT_TERMINATED} AND t.start > ?`,
  ACTIVE: `${NOT_TERMINATED} AND t.start <= ? AND NOT ${IN_PAUSE}`,
  PAUSED: `${NOT_TERMINATED} AND t.start <= ? AND ${IN_PAUSE}`,
  TERMINATED: "t.terminatedOn < ?",
};

export const listCommitments = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<CommitmentFilter, CommitmentSortField> = {},
): Promise<Slice<CommitmentRow>> => paginate(matchingFilter(dataSource, scope, options.filter), sorting, options);

/** The number of commitments that match; `most` where there are as many or more. */
export const countCommitments = (
  dataSource: DataSource,
  scope: Scope,
  filter: CommitmentFilter,
  most: number,
): Promise<number> => upTo(most, matchingFilter(dataSource, scope, filter));

const matchingFilter = (
  dataSource: DataSource,
  scope: Scope,
  given: CommitmentFilter | null | undefined,
): SelectQueryBuilder<CommitmentRow> => {
  const filter = given ?? {};
  const filtered = new Filtered(dataSource, commitments, scope, "customerId")
    .isId("customerId", filter.customerId)
    .isId("accountId", filter.accountId)
    .isId("offerId", filter.offerId)
    .contains("offerName", filter.name)
    .between("discountEnd", filter.discountEndFrom, filter.discountEndUntil)
    .between("terminatedOn", filter.terminatedFrom, filter.terminatedUntil);
  if (filter.status) filtered.where(STATUS[filter.status.is], filter.status.on);
  const { endFrom, endUntil } = filter;
  if (endFrom != null || endUntil != null) {
    const within = (column: string) =>
      [`t.${column} IS NOT NULL`, ...(endFrom == null ? [] : [`t.${column} >= :endFrom`])]
        .concat(endUntil == null ? [] : [`t.${column} <= :endUntil`])
        .join(" AND ");
    filtered.query.andWhere(
      `((${within("discountEnd")} AND (t.terminatedOn IS NULL OR t.terminatedOn >= t.discountEnd))
        OR (${within("terminatedOn")}))`,
      { endFrom, endUntil },
    );
  }
  return filtered.query;
};

/** Unknown ids are left out. */
export const findCommitments = (
  dataSource: DataSource,
  scope: Scope,
  ids: readonly string[],
): Promise<CommitmentRow[]> => byIds(dataSource, commitments, scope, "customerId", ids);

/**
 * Discounts given to the commitments on issued invoices, by commitment id, with the currency's decimals
 * (docs/rules.md#ledger), whoever held them. Commitments without any are left out.
 */
export const discountsGiven = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await dataSource.query<{ commitment_id: string; given: string }[]>(
    `SELECT l.commitment_id, sum(l.discount) AS given
       FROM invoice_lines l JOIN ${DOCUMENTS} i ON i.provider_id = l.provider_id AND i.id = l.invoice_id
      WHERE l.provider_id = $1 AND l.commitment_id = ANY($2::uuid[])
        AND ($3::uuid IS NULL OR EXISTS (SELECT FROM commitments c
                                          WHERE c.provider_id = $1 AND c.id = l.commitment_id AND c.customer_id = $3))
        AND l.discount_origin = 'COMMITMENT' AND l.kind <> 'PENALTY' AND i.number IS NOT NULL
      GROUP BY l.commitment_id`,
    [providerId, known, customerId],
  );
  return new Map(rows.map(({ commitment_id, given }) => [commitment_id, given]));
};
