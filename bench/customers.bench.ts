import { randomUUID } from "node:crypto";
import { describe, it } from "vitest";
import { type Bench, startBench } from "../apps/worker/spec-support/worker.js";
import { listAccountAliases } from "../libs/read-models/accounts/alias-queries.js";
import { countMovedPeriods } from "../libs/read-models/billing/closed-periods.js";
import { countParkedOf } from "../libs/read-models/billing/parked.js";
import { countPauseRequests } from "../libs/read-models/commitments/pause-requests.js";
import { countCommitments } from "../libs/read-models/commitments/queries.js";
import { listCustomers } from "../libs/read-models/customers/queries.js";
import { countInvoices } from "../libs/read-models/invoices/queries.js";
import { wholeProvider } from "../libs/read-models/rows/scope.js";
import { searchAll } from "../libs/read-models/search/search-all.js";
import { beginStream, signUpPeople } from "./many-customers.js";

/** `npm run bench`: what the console asks for, of many customers with an account and a commitment each. */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "100000");
/** Closed months of each, none of which has moved: written as rows, since closing them is another benchmark. */
const MONTHS = 12;
const TIMES = 15;
const START = "2020-01-01";
const NOW = "2021-01-05T12:00:00.000Z";

const provider = randomUUID();
const scope = wholeProvider(provider);

const fill = async (bench: Bench): Promise<void> => {
  await beginStream(bench.store, provider, ["provider", provider], START, [
    {
      type: "ProviderCreated",
      data: { providerId: provider, name: "Large", invoiceNumberPrefix: "INV-", effectiveOn: START },
    },
  ]);
  await signUpPeople(bench.store, provider, CUSTOMERS, START);
  await bench.settle();
  await bench.dataSource.query(
    `INSERT INTO billing_closed_periods (provider_id, customer_id, period_from, period_until, basis, recorded_at)
     SELECT $1, s.subject_id, to_char(month, 'YYYY-MM-DD'), to_char(month + '1 month - 1 day'::interval, 'YYYY-MM-DD'),
            s.basis, '2021-01-01T00:00:00.000Z'
       FROM (SELECT subject_id, jsonb_object_agg(stream, revision::text) AS basis FROM billing_facts
              WHERE provider_id = $1 GROUP BY subject_id) s,
            generate_series($2::timestamp, $2::timestamp + make_interval(months => $3 - 1), '1 month') AS month`,
    [provider, START, MONTHS],
  );
  await bench.dataSource.query("VACUUM ANALYZE");
};

/** The median of some calls, in milliseconds. */
const median = async (task: () => Promise<unknown>): Promise<number> => {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const start = performance.now();
    await task();
    took.push(performance.now() - start);
  }
  return took.sort((one, other) => one - other)[Math.floor(TIMES / 2)] ?? 0;
};

describe("the console's queries", () => {
  it(`among ${CUSTOMERS} customers`, { timeout: 3_600_000 }, async () => {
    const bench = await startBench();
    try {
      const begun = performance.now();
      await fill(bench);
      console.log(`Appended and projected in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
      const { dataSource: db } = bench;
      const page = (options: Parameters<typeof listCustomers>[2]) =>
        listCustomers(db, scope, { first: 100, ...options });
      const middle = await page({ sort: { by: "NAME" }, filter: { name: "gina hill" } });
      const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
        "floor: 100 rows by primary key": () =>
          db.query("SELECT * FROM customers WHERE provider_id = $1 ORDER BY id LIMIT 100", [provider]),
        "first page": () => page({}),
        "first page and count": async () => (await page({})).totalCount(),
        "page by name behind a cursor": () => page({ sort: { by: "NAME" }, after: middle.endCursor }),
        "page by status": () => page({ sort: { by: "STATUS", direction: "DESC" } }),
        "page by balance": () => page({ sort: { by: "BALANCE", direction: "DESC" } }),
        "page of a text": () => page({ filter: { text: "fox 1234" } }),
        "page of a frequent text and count": async () => (await page({ filter: { text: "ann" } })).totalCount(),
        "search a letter": () => searchAll(db, scope, "a", 10),
        "search a name": () => searchAll(db, scope, "gina hill", 10),
        "search digits": () => searchAll(db, scope, "5512", 10),
        "search nothing": () => searchAll(db, scope, "nobody at all", 10),
        "aliases that end with 55, and count": async () =>
          (
            await listAccountAliases(db, scope, { filter: { alias: { match: "ENDS_WITH", value: "55" } }, first: 100 })
          ).totalCount(),
        "work list: overdue": () => countInvoices(db, scope, { state: { is: "OVERDUE", at: NOW } }, 100),
        "work list: ending": () => countCommitments(db, scope, { endFrom: "2021-01-05", endUntil: "2021-02-04" }, 100),
        "work list: pause requests": () => countPauseRequests(db, scope, NOW, 100),
        "work list: parked": () => countParkedOf(db, scope, 100),
        "work list: moved periods": () => countMovedPeriods(db, scope, 100),
      };
      let floor = 0;
      for (const [name, task] of Object.entries(tasks)) {
        const took = await median(task);
        floor ||= took;
        console.log(`${name}: ${took.toFixed(1)} ms, ${(took / floor).toFixed(1)} of the floor`);
      }
    } finally {
      await bench.stop();
    }
  });
});
