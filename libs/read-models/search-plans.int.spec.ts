import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccountAliases } from "./accounts/alias-queries.js";
import { findAccountByIdentifier } from "./accounts/queries.js";
import { kindsOf } from "./nodes.js";
import { wholeProvider } from "./rows/scope.js";
import { type SliceArguments } from "./rows/window.js";
import { textMatches } from "./search/text-match.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, PROVIDER } from "./spec-support/journal.js";
import { fillAliases, fillTable, scansOf } from "./spec-support/plans.js";

/** `npm run bench` has the same with a million. */
const ROWS = 200_000;

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  await fillAliases(dataSource, ROWS);
});
afterAll(() => databases.stop());

const listed = (filter: (Parameters<typeof listAccountAliases>[2] & object)["filter"]) =>
  scansOf(dataSource, async () => {
    await (await listAccountAliases(dataSource, wholeProvider(PROVIDER), { filter })).totalCount();
  });

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
