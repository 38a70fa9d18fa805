import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAccountByIdentifier, findAccounts, listAccounts } from "./accounts/queries.js";
import { findCatalogItems, listCatalogItems } from "./catalog/queries.js";
import { type CommitmentFilter, findCommitments, listCommitments } from "./commitments/queries.js";
import { type CustomerFilter, type CustomerSortField, findCustomers, listCustomers } from "./customers/queries.js";
import {
  findInvoices,
  type InvoiceFilter,
  linesOfInvoices,
  listInvoiceLines,
  listInvoices,
} from "./invoices/queries.js";
import { type SortDirection } from "./rows/paging.js";
import { findProvider, listProviders } from "./providers/queries.js";
import { wholeProvider } from "./rows/scope.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "./spec-support/journal.js";
import { project } from "./spec-support/rows.js";
import { customerCreated, tellStory } from "./spec-support/story.js";

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  const journal = tellStory(new Journal());
  journal.record("customer", id("Foreign"), [customerCreated("Foreign")], { provider: OTHER_PROVIDER });
  for (const name of ["bea", "Cem", "dora", "Élise", "100%"]) {
    journal.record("customer", id(name), [customerCreated(name, { currency: "EUR" })]);
  }
  await project(dataSource, journal.events);
});
afterAll(() => databases.stop());

const names = async (filter: CustomerFilter) =>
  (await listCustomers(dataSource, wholeProvider(PROVIDER), { filter })).rows.map(({ name }) => name);

describe("listing by page", () => {
  const walk = async (by: CustomerSortField, direction: SortDirection, first: number): Promise<string[]> => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listCustomers(dataSource, wholeProvider(PROVIDER), { sort: { by, direction }, first, after });
      expect(page.cursors).toHaveLength(page.rows.length);
      expect(await page.totalCount()).toBe(7);
      expect(await page.hasPreviousPage()).toBe(after !== null);
      seen.push(...page.rows.map(({ name }) => name));
      after = (await page.hasNextPage()) ? page.endCursor : null;
    } while (after !== null);
    return seen;
  };

  const walkBack = async (by: CustomerSortField, direction: SortDirection, last: number): Promise<string[]> => {
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = await listCustomers(dataSource, wholeProvider(PROVIDER), { sort: { by, direction }, last, before });
      expect(await page.hasNextPage()).toBe(before !== null);
      seen.unshift(...page.rows.map(({ name }) => name));
      before = (await page.hasPreviousPage()) ? page.startCursor : null;
    } while (before !== null);
    return seen;
  };

  it.each(["CREATED", "NAME", "EMAIL", "UPDATED"] as const)("meets every row once, both ways, by %s", async (by) => {
    const all = (await listCustomers(dataSource, wholeProvider(PROVIDER), { sort: { by } })).rows.map(
      ({ name }) => name,
    );
    expect(all).toHaveLength(7);
    for (const first of [1, 2, 3, 7, 200]) {
      expect(await walk(by, "ASC", first)).toEqual(all);
      expect(await walk(by, "DESC", first)).toEqual([...all].reverse());
      expect(await walkBack(by, "ASC", first)).toEqual(all);
      expect(await walkBack(by, "DESC", first)).toEqual([...all].reverse());
    }
  });

  it("shows rows as they were created unless told otherwise", async () => {
    expect(await names({})).toEqual(["Ann B", "Bob", "bea", "Cem", "dora", "Élise", "100%"]);
  });

  it("stays where it is when rows come before it", async () => {
    const sort = { by: "NAME" } as const;
    const before = await listCustomers(dataSource, wholeProvider(PROVIDER), { sort, first: 3 });
    const rest = await listCustomers(dataSource, wholeProvider(PROVIDER), { sort, after: before.endCursor });
    await dataSource.query(
      `INSERT INTO customers
       SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'name', 'aaa'))).*
         FROM customers c WHERE name = 'Bob'`,
    );
    const again = await listCustomers(dataSource, wholeProvider(PROVIDER), { sort, after: before.endCursor });
    await dataSource.query("DELETE FROM customers WHERE name = 'aaa'");
    expect(again.rows).toEqual(rest.rows);
  });

  it.each([201, 1.5, -1])("refuses a page of %d", async (size) => {
    for (const field of ["first", "last"]) {
      const refused = listCustomers(dataSource, wholeProvider(PROVIDER), { [field]: size });
      await expect(refused).rejects.toMatchObject({ code: "VALIDATION_FAILED", field });
    }
  });

  it("refuses a cursor that somebody changed", async () => {
    const after = Buffer.from(JSON.stringify(["CREATED ASC", "x", "y"])).toString("base64url");
    for (const field of ["after", "before"]) {
      const refused = listCustomers(dataSource, wholeProvider(PROVIDER), { [field]: after });
      await expect(refused).rejects.toMatchObject({ code: "VALIDATION_FAILED", field });
    }
  });

  it("answers an empty page", async () => {
    const page = await listCustomers(dataSource, wholeProvider(PROVIDER), { filter: { name: "nobody" } });
    expect(page).toMatchObject({ rows: [], cursors: [], startCursor: null, endCursor: null });
    expect([await page.hasPreviousPage(), await page.hasNextPage()]).toEqual([false, false]);
    expect(await page.totalCount()).toBe(0);
  });
});

describe("customers", () => {
  it.each<[CustomerFilter, string[]]>([
    [{ name: "B" }, ["Ann B", "Bob", "bea"]],
    [{ name: "0%" }, ["100%"]],
    [{ name: "_" }, []],
    [{ name: "  elise " }, ["Élise"]],
    [{ email: "BOB@example.org" }, ["Bob"]],
    [{ email: "élise@" }, ["Élise"]],
    [{ email: "example", name: "a" }, ["bea", "dora"]],
    [{ phone: "+1" }, ["Ann B"]],
    [{ phone: "12" }, []],
    [{ phone: "Ann" }, []],
    [{ status: "CLOSED" }, ["Bob"]],
    [{ customerClassId: id("business") }, ["Ann B"]],
    [{ customerClassId: "business" }, []],
    [{ currency: "EUR", name: "e" }, ["bea", "Cem", "Élise"]],
    [{ name: null, status: undefined }, ["Ann B", "Bob", "bea", "Cem", "dora", "Élise", "100%"]],
  ])("are filtered by %j", async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it("are found by id, in their provider only", async () => {
    const ids = [id("Ann"), id("Foreign"), "no id", id("nobody")];
    const found = await findCustomers(dataSource, wholeProvider(PROVIDER), ids);
    expect(found).toMatchObject([{ id: id("Ann"), creditLimit: "100.00", updatedAt: "2020-07-01T12:00:00.000Z" }]);
    expect(await findCustomers(dataSource, wholeProvider("no provider"), ids)).toEqual([]);
  });
});

describe("accounts", () => {
  it("are found by identifier or alias", async () => {
    for (const identifier of ["+49 1", "+49 2"]) {
      expect((await listAccounts(dataSource, wholeProvider(PROVIDER), { filter: { identifier } })).rows).toHaveLength(
        1,
      );
      expect(await findAccountByIdentifier(dataSource, wholeProvider(PROVIDER), identifier)).toMatchObject({
        aliases: ["+49 2"],
      });
    }
    expect(await findAccountByIdentifier(dataSource, wholeProvider(PROVIDER), "+49")).toBeNull();
    expect(await findAccountByIdentifier(dataSource, wholeProvider(OTHER_PROVIDER), "+49 1")).toBeNull();
  });

  it("are filtered and sorted", async () => {
    const filter = { customerId: id("Ann"), status: "OPEN", mainProductId: id("mobile") } as const;
    for (const by of ["CREATED", "IDENTIFIER", "OPENED"] as const) {
      expect((await listAccounts(dataSource, wholeProvider(PROVIDER), { filter, sort: { by } })).rows).toHaveLength(1);
    }
    expect((await listAccounts(dataSource, wholeProvider(PROVIDER), { filter: { status: "CLOSED" } })).rows).toEqual(
      [],
    );
    expect(await findAccounts(dataSource, wholeProvider(PROVIDER), [id("+49 1")])).toMatchObject([
      { openedOn: "2020-07-01" },
    ]);
  });
});

describe("commitments", () => {
  it.each<[CommitmentFilter, string[]]>([
    [{ customerId: id("Ann") }, ["first", "second"]],
    [{ accountId: id("+49 1"), offerId: id("turbo"), name: "turb" }, ["first", "second"]],
    [{ status: { is: "ACTIVE", on: "2020-07-31" } }, ["first", "second"]],
    [{ status: { is: "ACTIVE", on: "2020-08-01" } }, ["second"]],
    [{ status: { is: "TERMINATED", on: "2020-08-01" } }, ["first"]],
    [{ discountEndFrom: "2022-07-01", discountEndUntil: "2022-07-01" }, ["first"]],
    [{ discountEndFrom: "2022-07-02" }, []],
    [{ terminatedFrom: "2020-07-31", terminatedUntil: "2020-08-31" }, ["first"]],
    [{ terminatedUntil: "2020-07-30" }, []],
  ])("are filtered by %j", async (filter, expected) => {
    const { rows } = await listCommitments(dataSource, wholeProvider(PROVIDER), { filter });
    expect(rows.map((row) => row.id)).toEqual(expected.map(id));
  });

  it.each(["CREATED", "START", "NAME", "DISCOUNT_END", "TERMINATED"] as const)("are sorted by %s", async (by) => {
    const first = await listCommitments(dataSource, wholeProvider(PROVIDER), { sort: { by }, first: 1 });
    const second = await listCommitments(dataSource, wholeProvider(PROVIDER), {
      sort: { by },
      first: 1,
      after: first.endCursor,
    });
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id))).toEqual(new Set([id("first"), id("second")]));
    expect(await second.hasNextPage()).toBe(false);
  });

  it("sort those that have no date behind the others", async () => {
    const ids = async (direction: SortDirection) =>
      (
        await listCommitments(dataSource, wholeProvider(PROVIDER), { sort: { by: "DISCOUNT_END", direction } })
      ).rows.map((row) => row.id);
    expect(await ids("ASC")).toEqual([id("first"), id("second")]);
    expect(await ids("DESC")).toEqual([id("second"), id("first")]);
    expect(await findCommitments(dataSource, wholeProvider(PROVIDER), [id("first")])).toMatchObject([
      { penaltyPreview: "12.34" },
    ]);
  });
});

describe("invoices", () => {
  it.each<[InvoiceFilter, number]>([
    [{}, 1],
    [{ customerId: id("Bob") }, 0],
    [{ number: "INV-000001", state: { is: "UNPAID", at: "2020-08-15T12:00:00Z" }, currency: "USD" }, 1],
    [{ state: { is: "UNPAID", at: "2020-08-16T12:00:00Z" } }, 0],
    [{ state: { is: "OVERDUE", at: "2020-08-16T12:00:00Z" } }, 1],
    [{ state: { is: "OVERDUE", at: "2020-08-15T12:00:00Z" } }, 0],
    [{ issuedFrom: "2020-08-01", issuedUntil: "2020-08-01", dueFrom: "2020-08-15", dueUntil: "2020-08-15" }, 1],
    [{ issuedFrom: "2020-08-02" }, 0],
    [{ periodFrom: "2020-07-31", periodUntil: "2020-12-31" }, 1],
    [{ periodFrom: "2020-08-01" }, 0],
    [{ commitmentId: id("second") }, 1],
    [{ commitmentId: id("third") }, 0],
    [{ commitmentId: "none" }, 0],
  ])("are listed once they have a number, filtered by %j", async (filter, count) => {
    for (const by of ["NUMBER", "ISSUED", "DUE", "TOTAL"] as const) {
      const page = await listInvoices(dataSource, wholeProvider(PROVIDER), { filter, sort: { by, direction: "DESC" } });
      expect(page.rows).toHaveLength(count);
      expect(await page.totalCount()).toBe(count);
    }
  });

  it.each([
    ["Pacific/Kiritimati", null, "2020-08-15T10:00:00Z"],
    ["Europe/Berlin", null, "2020-08-15T22:00:00Z"],
    ["Etc/GMT+12", null, "2020-08-16T12:00:00Z"],
    ["Etc/GMT+12", "Pacific/Kiritimati", "2020-08-16T12:00:00Z"],
  ])("are overdue from the customer's own midnight on, in %s and then %s", async (zone, zoneAfter, midnight) => {
    const [before] = await dataSource.query<{ state: object }[]>("SELECT state FROM customers WHERE name = 'Ann B'");
    const [first] = (before?.state as { cycles: object[] }).cycles;
    const next = zoneAfter === null ? [] : [{ ...first, timeZone: zoneAfter, inForceFrom: "2020-08-16" }];
    const cycles = [{ ...first, timeZone: zone }, ...next];
    const write = (state: unknown) =>
      dataSource.query("UPDATE customers SET state = $1 WHERE name = 'Ann B'", [JSON.stringify(state)]);
    await write({ ...before?.state, cycles });
    const count = async (is: "OVERDUE" | "UNPAID", at: string) =>
      (await listInvoices(dataSource, wholeProvider(PROVIDER), { filter: { state: { is, at } } })).rows.length;
    const at = Date.parse(midnight);
    const seen = [];
    for (const moment of [at - 1, at]) {
      const instant = new Date(moment).toISOString();
      seen.push([await count("OVERDUE", instant), await count("UNPAID", instant)]);
    }
    await write(before?.state);
    expect(seen).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("are found with their lines", async () => {
    const found = await findInvoices(dataSource, wholeProvider(PROVIDER), [id("Ann's"), id("Bob's")]);
    expect(found).toMatchObject([{ number: "INV-000001", total: "35.00", recipient: { name: "Ann" } }]);
    const page = await listInvoiceLines(dataSource, wholeProvider(PROVIDER), id("Ann's"), { first: 2 });
    const rest = await listInvoiceLines(dataSource, wholeProvider(PROVIDER), id("Ann's"), {
      first: 2,
      after: page.endCursor,
    });
    expect([...page.rows, ...rest.rows].map(({ position }) => position)).toEqual([1, 2, 3]);
    expect((await linesOfInvoices(dataSource, wholeProvider(PROVIDER), [id("Ann's")])).get(id("Ann's"))).toEqual([
      ...page.rows,
      ...rest.rows,
    ]);
  });
});

describe("the catalog", () => {
  it("lists one kind, deleted offers only when asked for", async () => {
    const offers = async (status?: "DELETED") =>
      (await listCatalogItems(dataSource, wholeProvider(PROVIDER), "offer", { filter: { status } })).rows.map(
        ({ name }) => name,
      );
    expect(await offers()).toEqual(["Turbo"]);
    expect(await offers("DELETED")).toEqual(["Old"]);
    expect(await findCatalogItems(dataSource, wholeProvider(PROVIDER), "offer", [id("old"), id("plan")])).toHaveLength(
      1,
    );
  });

  it("filters by what an item holds", async () => {
    const found = async (kind: "addonproduct" | "mainproduct", filter: object) =>
      (await listCatalogItems(dataSource, wholeProvider(PROVIDER), kind, { filter, sort: { by: "NAME" } })).rows.length;
    expect(await found("addonproduct", { service: "Internet", name: "gb" })).toBe(1);
    expect(await found("addonproduct", { service: "Voice" })).toBe(0);
    expect(await found("mainproduct", { addOnProductId: id("1 GB") })).toBe(1);
    expect(await found("mainproduct", { addOnProductId: id("2 GB") })).toBe(0);
  });
});

describe("providers", () => {
  it("are found", async () => {
    expect(await findProvider(dataSource, PROVIDER)).toMatchObject({
      name: "Acme",
      testClock: "2020-07-01T10:00:00.000Z",
    });
    expect(await findProvider(dataSource, "none")).toBeNull();
    expect((await listProviders(dataSource, { filter: { name: "acm" }, sort: { by: "NAME" } })).rows).toHaveLength(1);
    expect((await listProviders(dataSource, { filter: { name: "%" } })).rows).toEqual([]);
  });
});
