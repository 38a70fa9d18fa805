import { type DataSource } from "typeorm";
import { callPages, type NamedCall } from "#read-models/calls/call-pages.js";
import { type CallFilter } from "#read-models/calls/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { csvHeader, csvRow, type Row } from "../csv/csv.js";
import { ALL_CALL_COLUMNS, CALL_COLUMNS } from "./columns.js";

/**
 * The calls that a filter selects as CSV, the earliest first, while they are read: what is recorded meanwhile may be in it.
 * @param withRates with what is told to nobody outside: some rates are hidden from customers
 */
export async function* callsCsv(
  dataSource: DataSource,
  scope: Scope,
  filter: CallFilter,
  { withRates }: { readonly withRates: boolean },
): AsyncGenerator<string> {
  const columns = withRates ? ALL_CALL_COLUMNS : CALL_COLUMNS;
  yield csvHeader(columns);
  for await (const page of callPages(dataSource, scope, filter)) {
    yield page.map((call) => csvRow(columns, rowOf(call))).join("");
  }
}

const rowOf = ({ call, account, customer, tariff, invoice }: NamedCall): Row<typeof ALL_CALL_COLUMNS> => {
  const { id, answered, day, leg, cli, cld, redirectedTo, seconds, chargedSeconds, amount, currency } = call;
  const { callerHidden, voided, state, reason, prefix, amountAtFirst, edge } = call;
  return {
    ...{ answered, day, leg, from: cli, to: cld, redirectedTo, account, customer, seconds, chargedSeconds },
    ...{ amount, currency, voided: String(voided), invoice, callId: id, callerHidden: String(callerHidden) },
    ...{ state, reason, tariff, prefix, amountAtFirst, edge },
  };
};
