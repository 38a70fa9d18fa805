import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { LINE_COLUMNS, type ShownLine } from "../invoices/queries.js";
import { ISSUED_DOCUMENTS } from "../rows/documents.js";
import { isIn, type Scope } from "../rows/scope.js";
import { type CallSummary, summariesOf } from "./summaries.js";
import { type CallRow } from "./table.js";

/** What is known of a call that tells by which close it was counted. */
export type BillableCall = Pick<
  CallRow,
  | ("id" | "accountId" | "day" | "leg" | "tariffId" | "prefix" | "amount" | "recordedCommit")
  | ("billedAmount" | "billedTariffId" | "billedPrefix")
>;

/** How a call was billed. */
export interface BilledCall {
  /** First and last day of the period whose close counted it. */
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
  /** What it was counted with. */
  readonly amount: string;
  /** The issued line that it is on; null: none yet, or the line came to nothing. */
  readonly line: ShownLine | null;
}

/** How calls were billed, by their keys; those that no close has counted are left out. */
export const billedCalls = async (
  dataSource: DataSource,
  scope: Scope,
  calls: readonly BillableCall[],
): Promise<ReadonlyMap<string, BilledCall>> => {
  const first = new Map<string, LocalDate>();
  for (const { accountId, day, amount } of calls) {
    if (accountId === null || day === null || amount === null) continue;
    const known = first.get(accountId);
    if (known === undefined || day < known) first.set(accountId, day);
  }
  const accounts = [...first].map(([accountId, from]) => ({ accountId, from }));
  const summaries = await summariesOf(dataSource, scope.providerId, accounts);
  const counted = calls.flatMap((call) => {
    const summary = summaries.find((one) => hasCounted(one, call));
    return summary ? [{ call, summary }] : [];
  });
  const lines = await linesOf(
    dataSource,
    scope,
    counted.map(({ call, summary }) => placeOf(call, summary)),
  );
  return new Map(
    counted.map(({ call, summary }, place) => {
      const { periodFrom, periodUntil } = summary;
      const amount = call.billedAmount ?? call.amount ?? "";
      return [call.id, { periodFrom, periodUntil, amount, line: lines.get(place) ?? null }];
    }),
  );
};

/** The first close that knows a call and is of its day, or later, counts it. */
const hasCounted = (summary: CallSummary, { accountId, day, amount, recordedCommit }: BillableCall): boolean =>
  amount !== null &&
  day !== null &&
  accountId === summary.accountId &&
  day <= summary.periodUntil &&
  BigInt(recordedCommit) <= BigInt(summary.counted);

/** Where a line of a call is. */
interface LinePlace {
  readonly customerId: string;
  readonly periodFrom: LocalDate;
  readonly accountId: string;
  readonly rowId: string | null;
  readonly late: boolean;
}

const placeOf = (call: BillableCall, { accountId, customerId, periodFrom, groups }: CallSummary): LinePlace => {
  const late = (call.day ?? "") < periodFrom;
  const [tariffId, prefix] = [call.billedTariffId ?? call.tariffId, call.billedPrefix ?? call.prefix];
  const group = groups.find(
    (one) => one.leg === call.leg && one.tariffId === tariffId && one.prefix === prefix && one.late === late,
  );
  return { customerId, periodFrom, accountId, rowId: group?.rowId ?? null, late };
};

/** Lines of issued documents, by their places in what is asked; of a period that was billed again those that hold. */
const linesOf = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  places: readonly LinePlace[],
): Promise<ReadonlyMap<number, ShownLine>> => {
  if (places.length === 0) return new Map();
  const found = await dataSource.query<(ShownLine & { readonly place: number })[]>(
    `SELECT DISTINCT ON (w.place) w.place::int - 1 AS place, ${LINE_COLUMNS}
       FROM unnest($2::uuid[], $3::date[], $4::uuid[], $5::text[], $6::boolean[])
            WITH ORDINALITY AS w (customer_id, period_from, account_id, row_id, late, place)
       JOIN ${ISSUED_DOCUMENTS} d ON d.provider_id = $1 AND d.customer_id = w.customer_id AND d.period_from = w.period_from
       JOIN invoice_lines l ON l.provider_id = d.provider_id AND l.invoice_id = d.id AND l.kind = 'USAGE'
        AND l.account_id = w.account_id AND l.row_id = w.row_id AND (l.usage->>'late')::boolean = w.late
      WHERE ${isIn("d.customer_id", 7)}
      ORDER BY w.place, d.is_void, d.series_index DESC`,
    [
      providerId,
      places.map((one) => one.customerId),
      places.map((one) => one.periodFrom),
      places.map((one) => one.accountId),
      places.map((one) => one.rowId),
      places.map((one) => one.late),
      customerId,
    ],
  );
  return new Map(found.map(({ place, ...line }) => [place, line]));
};
