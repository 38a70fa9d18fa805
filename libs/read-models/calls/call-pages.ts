import { type DataSource } from "typeorm";
import { documentNumbers } from "../invoices/queries.js";
import { type Scope } from "../rows/scope.js";
import { billedCalls } from "./billed.js";
import { withoutHiddenNumbers } from "./hidden-callers.js";
import { type CallFilter, matchingCalls } from "./queries.js";
import { type CallRow } from "./table.js";

/** A call with the names of what it is of, as they are now. */
export interface NamedCall {
  readonly call: CallRow;
  /** The account's identifier. */
  readonly account: string | null;
  readonly customer: string | null;
  readonly tariff: string | null;
  /** Number of the document that it is billed on. */
  readonly invoice: string | null;
}

const CALLS_PER_PAGE = 1000;

/** All calls that a filter selects, by their answers, the earliest first, a page at a time; without numbers that are hidden from who asks. */
export async function* callPages(
  dataSource: DataSource,
  scope: Scope,
  filter: CallFilter,
): AsyncGenerator<readonly NamedCall[]> {
  let last: CallRow | undefined;
  do {
    const { query } = await matchingCalls(dataSource, scope, filter);
    if (last) {
      const { answered, id } = last;
      query.andWhere("(t.answered, t.id) > (CAST(:lastAnswered AS timestamptz), CAST(:lastId AS uuid))", {
        lastAnswered: answered,
        lastId: id,
      });
    }
    const page = await query.orderBy("t.answered").addOrderBy("t.id").limit(CALLS_PER_PAGE).getMany();
    if (page.length > 0) yield await named(dataSource, scope, page);
    last = page.length === CALLS_PER_PAGE ? page.at(-1) : undefined;
  } while (last);
}

const named = async (dataSource: DataSource, scope: Scope, calls: readonly CallRow[]): Promise<NamedCall[]> => {
  const names = (sql: string, ids: readonly (string | null)[]) => namesOf(dataSource, scope, sql, ids);
  const accounts = await names(
    "SELECT id, identifier AS name FROM accounts",
    calls.map(({ accountId }) => accountId),
  );
  const customers = await names(
    "SELECT id, name FROM customers",
    calls.map(({ customerId }) => customerId),
  );
  const tariffs = await names(
    "SELECT id, name FROM catalog_items",
    calls.map(({ tariffId }) => tariffId),
  );
  const billed = await billedCalls(dataSource, scope, calls);
  const documents = [...new Set([...billed.values()].flatMap(({ line }) => line?.invoiceId ?? []))];
  const numbers = await documentNumbers(dataSource, scope, documents);
  return withoutHiddenNumbers(scope, calls).map((call) => ({
    call,
    account: accounts.get(call.accountId ?? "") ?? null,
    customer: customers.get(call.customerId ?? "") ?? null,
    tariff: tariffs.get(call.tariffId ?? "") ?? null,
    invoice: numbers.get(billed.get(call.id)?.line?.invoiceId ?? "") ?? null,
  }));
};

/** @param sql of rows with `id` and `name`, of which those of the provider with these ids are read */
const namesOf = async (
  dataSource: DataSource,
  { providerId }: Scope,
  sql: string,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> => {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await dataSource.query<{ id: string; name: string }[]>(
    `${sql} WHERE provider_id = $1 AND id = ANY($2::uuid[])`,
    [providerId, wanted],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
};
