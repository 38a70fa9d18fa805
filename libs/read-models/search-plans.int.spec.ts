import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccountAliases } from "./accounts/alias-queries.js";
import { findAccountByIdentifier } from "./accounts/queries.js";
import { type CustomerSortField, listCustomers } from "./customers/queries.js";
import { countPauseRequests, listPauseRequests } from "./commitments/pause-requests.js";
import { countCommitments, listCommitments } from "./commitments/queries.js";
import { countInvoices, listInvoices } from "./invoices/queries.js";
import { kindsOf } from "./nodes.js";
import { wholeProvider } from "./rows/scope.js";
import { type SliceArguments } from "./rows/window.js";
import { textMatches } from "./search/text-match.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, PROVIDER } from "./spec-support/journal.js";
import { searchAll } from "./search/search-all.js";
import { fillAliases, fillCustomers, fillTable, scansOf } from "./spec-support/plans.js";

/** `npm run bench` has the same with a million. */
const ROWS = 200_000;

const INDEX_OF: Readonly<Record<CustomerSortField, string>> = {
  CREATED: "customers_created",
  NAME: "customers_name",
  EMAIL: "customers_email",
  UPDATED: "customers_updated",
  STATUS: "customers_status",
  BALANCE: "customer_balances_due",
};
const sortFields = Object.keys(INDEX_OF) as CustomerSortField[];

const sequential = (scans: readonly string[]): string[] => scans.filter((scan) => scan.startsWith("Seq Scan"));

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  await fillAliases(dataSource, ROWS);
});
afterAll(() => databases.stop());

/** Scans of a page, and of its count. */
const listed = async (filter: (Parameters<typeof listAccountAliases>[2] & object)["filter"]): Promise<string[][]> => {
  const scope = wholeProvider(PROVIDER);
  const { endCursor: after } = await listAccountAliases(dataSource, scope, { first: 1 });
  const [page = [], , count = []] = await scansOf(dataSource, async () => {
    await listAccountAliases(dataSource, scope, { filter });
    // Behind a cursor it is counted however few there are.
    await (await listAccountAliases(dataSource, scope, { filter, after })).totalCount();
  });
  return [page, count];
};

describe(`searching among ${ROWS} account ids`, () => {
  it.each(textMatches)("reads an index for %s, for the page and for its count", async (match) => {
    for (const value of match === "CONTAINS" ? ["5512", "55123"] : ["55", "5512", "5512345678"]) {
      const scans = await listed({ alias: { match, value } });
      expect(scans).toHaveLength(2);
      for (const scan of scans) {
        expect(scan).not.toEqual([]);
        for (const node of scan) expect(node).not.toMatch(/^Seq Scan/);
      }
    }
  });

  it("reads the index of each mode for a long value", async () => {
    const indexes: Record<string, string | undefined> = {};
    for (const match of textMatches) {
      const [, count = []] = await listed({ alias: { match, value: "551234" } });
      indexes[match] = count.at(-1)?.replace(/^.* of /, "");
    }
    expect(indexes).toEqual({
      EXACT: "account_aliases_starts",
      STARTS_WITH: "account_aliases_starts",
      CONTAINS: "account_aliases_contains",
      ENDS_WITH: "account_aliases_ends",
    });
  });

  it("reads an index from either end, between cursors, and for what lies beyond one", async () => {
    const page = (asked: SliceArguments) => listAccountAliases(dataSource, wholeProvider(PROVIDER), asked);
    const { startCursor: before } = await page({ last: 3 });
    const { endCursor: after } = await page({ first: 3 });
    // What lies beyond the cursor at the end that is counted from is a statement of its own.
    const slices: [SliceArguments, statements: number][] = [
      [{ last: 20 }, 1],
      [{ last: 20, before }, 2],
      [{ first: 20, after }, 2],
      [{ first: 20, before }, 1],
      [{ last: 20, after, before }, 2],
    ];
    for (const [asked, statements] of slices) {
      const scans = await scansOf(dataSource, async () => {
        const slice = await page(asked);
        await slice.hasPreviousPage();
        await slice.hasNextPage();
      });
      expect(scans).toHaveLength(statements);
      for (const scan of scans)
        expect(scan.map((node) => node.replace(/^.* of /, ""))).toEqual(["account_aliases_starts"]);
    }
  });

  it("reads primary keys to tell what an id is of", async () => {
    const tables = [
      ...["accounts", "catalog_items", "commitments", "credit_notes", "customers", "invoices"],
      ...["payments", "refunds"],
    ];
    for (const table of tables) await fillTable(dataSource, table, 5_000);
    const [scans = []] = await scansOf(dataSource, () =>
      kindsOf(dataSource, wholeProvider(PROVIDER), [id("nobody"), id("no one")]),
    );
    const read = scans.map((scan) => scan.replace(/^.* of /, ""));
    expect(read.sort()).toEqual([...tables, "providers"].map((table) => `${table}_pkey`).sort());
  });

  it("reads an index for what lies within an account or a customer, and for an identifier", async () => {
    const alias = { match: "CONTAINS", value: "5" } as const;
    const tasks = [
      () => listed({ alias, accountId: id("nobody") }),
      () => listed({ alias, customerId: id("nobody") }),
      () => scansOf(dataSource, () => findAccountByIdentifier(dataSource, wholeProvider(PROVIDER), "5512345678")),
    ];
    for (const task of tasks) {
      const scans = (await task()).flat().filter((scan) => scan.includes("account_aliases"));
      expect(scans).not.toEqual([]);
      for (const scan of scans) expect(scan).not.toMatch(/^Seq Scan/);
    }
  });
});

describe("searching everything among 50000 customers", () => {
  it("reads indexes alone, whatever is searched", async () => {
    await fillCustomers(dataSource, 50_000);
    for (const table of ["accounts", "commitments", "credit_notes", "invoices"]) {
      const [row] = await dataSource.query<{ count: string }[]>(`SELECT count(*) FROM ${table}`);
      if (row?.count === "0") await fillTable(dataSource, table, 5_000);
    }
    for (const text of [
      "a",
      "an",
      "ann",
      "emil gina 12345",
      "nobody",
      "5512",
      "55123456",
      id("nobody"),
      "INV-000123",
    ]) {
      const [scans = []] = await scansOf(dataSource, () => searchAll(dataSource, wholeProvider(PROVIDER), text, 10));
      expect(scans).not.toEqual([]);
      expect([text, ...sequential(scans)]).toEqual([text]);
    }
  });
});

describe("listing 50000 customers", () => {
  it.each(sortFields)("reads an index in the order of %s, from either end and behind a cursor", async (by) => {
    await dataSource.query(
      `INSERT INTO customer_balances (provider_id, customer_id, due)
       SELECT provider_id, id, created_commit % 1000 FROM customers ON CONFLICT DO NOTHING`,
    );
    await dataSource.query("ANALYZE customer_balances");
    const list = (slice: SliceArguments) =>
      listCustomers(dataSource, wholeProvider(PROVIDER), { ...slice, sort: { by, direction: "DESC" } });
    const { endCursor: after } = await list({ first: 100 });
    for (const slice of [{ first: 100 }, { last: 100 }, { first: 100, after }]) {
      const [scans = []] = await scansOf(dataSource, () => list(slice));
      const read = scans.map((scan) => scan.replace(/^.* of /, ""));
      expect(read).toEqual(by === "BALANCE" ? ["customer_balances_due", "customers_pkey"] : [INDEX_OF[by]]);
    }
  });

  it("reads indexes for a text and for a balance", async () => {
    for (const filter of [
      { text: "gina 123" },
      { text: "5512345" },
      { text: "55123456" },
      { text: "nobody" },
      { balanceFrom: "998" },
    ]) {
      const [scans = []] = await scansOf(dataSource, () =>
        listCustomers(dataSource, wholeProvider(PROVIDER), { filter, sort: { by: "NAME" } }),
      );
      expect(scans).not.toEqual([]);
      expect([filter, ...sequential(scans)]).toEqual([filter]);
    }
  });
});

describe("the work list", () => {
  it("reads indexes alone, and so do the lists behind it", async () => {
    for (const table of ["invoices", "commitments"]) {
      await dataSource.query(`TRUNCATE ${table}`);
      await fillTable(dataSource, table, 20_000);
    }
    // Few are open, end or are asked to be paused.
    await dataSource.query(`
      UPDATE invoices SET due_on = date '2020-01-01' + (random() * 300)::integer, open = CASE WHEN random() < 0.01 THEN 5 ELSE 0 END;
      UPDATE commitments SET discount_end = date '2020-01-01' + (random() * 1000)::integer,
                             state = jsonb_build_object('pauseRequests', '[]'::jsonb, 'terms', md5(id::text) || repeat('x', 1000))`);
    for (const table of ["invoices", "commitments"]) await dataSource.query(`VACUUM FULL ANALYZE ${table}`);
    const scope = wholeProvider(PROVIDER);
    const now = "2020-09-01T12:00:00.000Z";
    const overdue = { filter: { state: { is: "OVERDUE", at: now } }, sort: { by: "DUE" } } as const;
    const ending = { endFrom: "2020-09-01", endUntil: "2020-09-20" };
    const tasks = {
      overdue: () => countInvoices(dataSource, scope, overdue.filter, 100),
      "list of what is overdue": () => listInvoices(dataSource, scope, overdue),
      ending: () => countCommitments(dataSource, scope, ending, 100),
      "pause requests": () => countPauseRequests(dataSource, scope, now, 100),
      "list of pause requests": () => listPauseRequests(dataSource, scope, now, {}),
      commitments: () => listCommitments(dataSource, scope, { first: 100 }),
    };
    for (const [name, task] of Object.entries(tasks)) {
      const scans = (await scansOf(dataSource, task)).flat();
      expect([name, scans]).not.toEqual([name, []]);
      expect([name, ...sequential(scans)]).toEqual([name]);
    }
  });
});
