import { type DataSource } from "typeorm";
import { addDays, type LocalDate } from "#domain/calendar.js";
import { linesIn } from "../invoices/queries.js";
import { ISSUED_DOCUMENTS } from "../rows/documents.js";
import { isUuid } from "../rows/filters.js";
import { isIn, type Scope } from "../rows/scope.js";
import { type CallSummary, type SummedGroup, SUMMARIES } from "./summaries.js";

/** Calls on an issued invoice, or credit note. */
export interface OnInvoice {
  readonly invoiceId: string;
  /** Those of the line with this position, from 1; left out: of all its lines. */
  readonly line?: number | null | undefined;
}

/** Which calls of an account are on an invoice. */
export interface CountedCalls {
  readonly accountId: string;
  /** Of days before this one, recorded at this place in the log or before. */
  readonly before: LocalDate;
  readonly counted: string;
  /** Without those that the close before counted: of days before this one, recorded at this place or before. */
  readonly beforeThen: LocalDate | null;
  readonly countedThen: string | null;
}

/** The calls on an invoice: of these accounts, and of this group only. */
export interface CallsOnInvoice {
  readonly accounts: readonly CountedCalls[];
  /** First day of the period. */
  readonly from: LocalDate;
  /** Null: of all groups. */
  readonly group: SummedGroup | null;
}

/** Which calls an issued invoice, or one of its lines, counts; null: none. */
export const callsOnInvoice = async (
  dataSource: DataSource,
  scope: Scope,
  { invoiceId, line }: OnInvoice,
): Promise<CallsOnInvoice | null> => {
  if (!isUuid(invoiceId)) return null;
  const { providerId, customerId } = scope;
  const [document] = await dataSource.query<{ customer_id: string; period_from: LocalDate }[]>(
    `SELECT customer_id, period_from::text FROM ${ISSUED_DOCUMENTS} d
      WHERE provider_id = $1 AND id = $2 AND ${isIn("customer_id", 3)}`,
    [providerId, invoiceId, customerId],
  );
  if (!document) return null;
  const from = document.period_from;
  if (line == null) {
    const accounts = await countedIn(dataSource, providerId, document.customer_id, from, null);
    return { accounts: accounts.map(({ counted }) => counted), from, group: null };
  }
  const [found] = await linesIn(dataSource, scope)
    .isId("invoiceId", invoiceId)
    .where("t.position = CAST(? AS integer)", String(line))
    .query.getMany();
  if (found?.kind !== "USAGE") return null;
  const [own] = await countedIn(dataSource, providerId, document.customer_id, from, found.accountId);
  const group = own?.groups.find((one) => one.rowId === found.rowId && one.late === found.usage?.late);
  return own && group ? { accounts: [own.counted], from, group } : null;
};

/** What the close of a period counted of the customer's accounts, or of one. */
const countedIn = async (
  dataSource: DataSource,
  providerId: string,
  customerId: string,
  from: LocalDate,
  accountId: string | null,
): Promise<{ readonly counted: CountedCalls; readonly groups: CallSummary["groups"] }[]> => {
  // The one before is of the account, whoever held it then.
  const found = await dataSource.query<CallSummary[]>(
    `${SUMMARIES} WHERE s.provider_id = $1 AND s.account_id IN (
         SELECT o.account_id FROM call_summaries o
          WHERE o.provider_id = $1 AND o.customer_id = $2 AND o.period_from = $3::date
            AND ($4::uuid IS NULL OR o.account_id = $4))
        AND s.period_from IN ($3::date, (SELECT max(b.period_from) FROM call_summaries b
          WHERE b.provider_id = $1 AND b.account_id = s.account_id AND b.period_from < $3::date))
      ORDER BY s.account_id, s.period_from`,
    [providerId, customerId, from, accountId],
  );
  return found.flatMap(({ groups, ...own }) => {
    if (own.periodFrom !== from) return [];
    const then = found.find((one) => one.accountId === own.accountId && one.periodFrom < from);
    const counted = {
      accountId: own.accountId,
      before: addDays(own.periodUntil, 1),
      counted: own.counted,
      beforeThen: then ? addDays(then.periodUntil, 1) : null,
      countedThen: then?.counted ?? null,
    };
    return [{ counted, groups }];
  });
};
