import fc from "fast-check";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { balancesOf } from "./invoices/queries.js";
import { feedRowsOf } from "./billing/feed-rows.js";
import { ledgersOf } from "./billing/lines.js";
import { discountsGiven } from "./commitments/queries.js";
import { projections } from "./read-models.js";
import { wholeProvider } from "./rows/scope.js";
import { allRows, project, startOver } from "./spec-support/rows.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "./spec-support/journal.js";
import {
  accountOpened,
  assigned,
  customerCreated,
  line,
  numbers,
  page,
  sealed,
  tellStory,
  terminated,
} from "./spec-support/story.js";

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());
beforeEach(() => startOver(dataSource));

const projectionsNamed = (name: string) => projections.filter((projection) => projection.name === name);
const query = <Row = unknown>(sql: string): Promise<Row[]> => dataSource.query<Row[]>(sql);

describe("the read models", () => {
  beforeEach(() => project(dataSource, tellStory(new Journal()).events));

  it("show the provider with its clock and the walk under way", async () => {
    expect(await query("SELECT name, test_clock, advance_to, revision FROM providers")).toEqual([
      {
        name: "Acme",
        test_clock: new Date("2020-07-01T10:00:00Z"),
        advance_to: new Date("2020-08-02T10:00:00Z"),
        revision: "2",
      },
    ]);
  });

  it("show the catalog", async () => {
    const rows = await query(
      "SELECT kind, name, status, currency, revision FROM catalog_items ORDER BY created_commit",
    );
    expect(rows).toEqual([
      { kind: "subscription", name: "Plan B", status: null, currency: "USD", revision: "1" },
      { kind: "addonproduct", name: "1 GB", status: null, currency: null, revision: "0" },
      { kind: "mainproduct", name: "Mobile", status: null, currency: null, revision: "0" },
      { kind: "customerclass", name: "Business", status: null, currency: null, revision: "0" },
      { kind: "offer", name: "Turbo", status: "ON_SALE", currency: "USD", revision: "0" },
      { kind: "offer", name: "Old", status: "DELETED", currency: "USD", revision: "1" },
    ]);
  });

  it("show customers as they are now", async () => {
    const columns = "name, company_domain, email, customer_class_id, credit_limit, status, closed_on, revision";
    expect(await query(`SELECT ${columns}, created_on FROM customers ORDER BY name`)).toEqual([
      {
        name: "Ann B",
        company_domain: "b.example",
        email: null,
        customer_class_id: id("business"),
        credit_limit: "100.00",
        status: "ACTIVE",
        created_on: "2020-07-01",
        closed_on: null,
        revision: "2",
      },
      {
        name: "Bob",
        company_domain: null,
        email: "bob@example.org",
        customer_class_id: null,
        credit_limit: "0.00",
        status: "CLOSED",
        created_on: "2020-07-01",
        closed_on: "2020-07-31",
        revision: "1",
      },
    ]);
  });

  it("show accounts with their aliases", async () => {
    expect(await query("SELECT identifier, aliases, customer_id, status, updated_at FROM accounts")).toEqual([
      {
        identifier: "+49 1",
        aliases: ["+49 2"],
        customer_id: id("Ann"),
        status: "OPEN",
        updated_at: new Date("2020-07-02T08:30:00Z"),
      },
    ]);
    const called = "account_id, customer_id, kind, alias, alias_form, account_status, identifier_hash";
    const account = { account_id: id("+49 1"), customer_id: id("Ann"), account_status: "OPEN" };
    expect(await query(`SELECT ${called} FROM account_aliases ORDER BY alias_form`)).toEqual([
      { ...account, kind: "IDENTIFIER", alias: "+49 1", alias_form: "+49 1", identifier_hash: "hash of +49 1" },
      { ...account, kind: "ALIAS", alias: "+49 2", alias_form: "+49 2", identifier_hash: "hash of +49 2" },
    ]);
  });

  it("show commitments with what terminating answered, and the discounts of issued invoices", async () => {
    const columns = "id, start, discount_end, terminated_on, early, penalty_preview, offer_name";
    expect(await query(`SELECT ${columns} FROM commitments ORDER BY created_commit`)).toEqual([
      {
        id: id("first"),
        start: "2020-07-01",
        discount_end: "2022-07-01",
        offer_name: "Turbo",
        terminated_on: "2020-07-31",
        early: true,
        penalty_preview: "12.34",
      },
      {
        id: id("second"),
        start: "2020-07-01",
        discount_end: null,
        offer_name: "Turbo",
        terminated_on: null,
        early: null,
        penalty_preview: null,
      },
    ]);
    const given = await discountsGiven(dataSource, wholeProvider(PROVIDER), [
      id("first"),
      id("second"),
      id("third"),
      "no id",
    ]);
    expect(given).toEqual(
      new Map([
        [id("first"), "5.00"],
        [id("second"), "5.00"],
      ]),
    );
  });

  it("take an invoice's lines from the pages that its seal names, and no others", async () => {
    const columns =
      "position, commitment_id, kind, fee, discount, discount_origin, net, from_on, until_on, period_days";
    const lines = await query(
      `SELECT ${columns}, causes FROM invoice_lines WHERE invoice_id = '${id("Ann's")}' ORDER BY position`,
    );
    const recurring = {
      kind: "RECURRING",
      fee: "20.00",
      discount: "5.00",
      discount_origin: "COMMITMENT",
      net: "15.00",
      from_on: "2020-07-01",
      until_on: "2020-07-31",
      period_days: 31,
      causes: [id("cause")],
    };
    expect(lines).toEqual([
      { position: 1, commitment_id: id("first"), ...recurring },
      { position: 2, commitment_id: id("second"), ...recurring },
      {
        position: 3,
        commitment_id: id("first"),
        ...recurring,
        period_days: null,
        kind: "PENALTY",
        fee: "5.00",
        discount: "0.00",
        discount_origin: null,
        net: "5.00",
      },
    ]);
    expect(await query("SELECT * FROM invoice_pages")).toEqual([]);
  });

  it("keep the lines billed in the feed, and the ledger is the sum of their discounts", async () => {
    const lines = await query(
      `SELECT * FROM billing_lines WHERE invoice_id = '${id("Ann's")}' AND position IN (1, 3) ORDER BY position`,
    );
    const billed = {
      provider_id: PROVIDER,
      invoice_id: id("Ann's"),
      customer_id: id("Ann"),
      account_id: id("+49 1"),
      commitment_id: id("first"),
      row_id: "recurring-1",
      period_from: "2020-07-01",
      period_until: "2020-07-31",
      from_on: "2020-07-01",
      until_on: "2020-07-31",
      belongs_to: "2020-07-01",
      days: 31,
      description: "Turbo 1 GB",
      unit_discount: null,
      charged: null,
      corrects: null,
      revision: "3",
      currency: "USD",
    };
    expect(lines).toEqual([
      {
        ...billed,
        position: 1,
        kind: "RECURRING",
        period_days: 31,
        fee: "20.00",
        discount: "5.00",
        discount_origin: "COMMITMENT",
        net: "15.00",
      },
      {
        ...billed,
        position: 3,
        kind: "PENALTY",
        days: 1,
        period_days: null,
        fee: "5.00",
        discount: "0.00",
        discount_origin: null,
        net: "5.00",
      },
    ]);
    expect(await query("SELECT * FROM billing_pages")).toEqual([]);
    // The third one's invoice has no number yet: it is billed all the same.
    const given = new Map([["recurring-1", "5.00"]]);
    expect(ledgersOf((await feedRowsOf(dataSource, PROVIDER, [id("Ann"), id("Bob")])).ledger)).toEqual(
      new Map([
        [
          id("Ann"),
          new Map([
            [id("first"), given],
            [id("second"), given],
          ]),
        ],
        [id("Bob"), new Map([[id("third"), given]])],
      ]),
    );
  });

  it("show invoices, numbered or not yet", async () => {
    const columns = "number, series, series_index, customer_id, total, totals_by_kind, state, line_count, issued_on";
    expect(await query(`SELECT ${columns}, stream, revision FROM invoices ORDER BY number`)).toEqual([
      {
        number: "INV-000001",
        series: "invoices",
        series_index: "1",
        customer_id: id("Ann"),
        total: "35.00",
        totals_by_kind: { RECURRING: "30.00", PENALTY: "5.00" },
        state: "UNPAID",
        line_count: 3,
        issued_on: "2020-08-01",
        revision: "3",
        stream: `tenure.${PROVIDER.replaceAll("-", "")}.receivables-${id("Ann")}`,
      },
      {
        number: null,
        series: null,
        series_index: null,
        customer_id: id("Bob"),
        total: "15.00",
        totals_by_kind: { RECURRING: "15.00" },
        state: "UNPAID",
        line_count: 1,
        issued_on: "2020-08-01",
        revision: "1",
        stream: `tenure.${PROVIDER.replaceAll("-", "")}.receivables-${id("Bob")}`,
      },
    ]);
    expect(await balancesOf(dataSource, wholeProvider(PROVIDER), [id("Ann"), id("Bob")])).toEqual(
      new Map([[id("Ann"), "35.00"]]),
    );
  });

  it("remember commands from outside by the stream of their result, not by a reservation on the way", async () => {
    const [opened] = await query<{ stream: string; command_hash: string }>(
      `SELECT stream, command_hash FROM processed_commands WHERE command_id = '${id("open +49 1")}'`,
    );
    expect(opened?.stream).toContain(".account-");
    expect(opened?.command_hash).toBe(`hash of ${id("open +49 1")}`);
    const ofWorkers = "SELECT metadata ->> 'commandId' FROM journal WHERE metadata ->> 'actor' LIKE 'worker%'";
    expect(await query(`SELECT FROM processed_commands WHERE command_id::text IN (${ofWorkers})`)).toEqual([]);
  });
});

describe("the page boundary", () => {
  it("may lie anywhere: the rows come out the same", async () => {
    const { events } = tellStory(new Journal());
    await project(dataSource, events);
    const expected = await allRows(dataSource);
    expect(expected["invoice_lines"]).toHaveLength(4);
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, async (pages) => {
        await startOver(dataSource);
        await project(dataSource, events, pages);
        expect(await allRows(dataSource)).toEqual(expected);
      }),
      { numRuns: 25, examples: [[[1]]] },
    );
  });

  it("may lie anywhere around transfers: whom an event concerns is what was recorded until then", async () => {
    const journal = new Journal();
    const customers = ["Ann", "Bob", "Eve"] as const;
    const accountOf = { Ann: "+49 1", Bob: "+49 2", Eve: "+49 3" };
    const suspendedOn = (effectiveOn: string) => ({
      type: "CustomerSuspended",
      data: { effectiveOn, personal: { reason: null } },
    });
    for (const name of customers) journal.record("customer", id(name), [customerCreated(name)]);
    for (const name of customers)
      journal.record("account", id(accountOf[name]), [accountOpened(accountOf[name], name)]);
    journal.record("commitment", id("first"), [assigned("first", "+49 1", "Ann", "2022-07-01")]);
    const transfer = (from: (typeof customers)[number], to: (typeof customers)[number], effectiveOn: string) => {
      const data = {
        accountId: id(accountOf[to]),
        customerId: id(to),
        fromAccountId: id(accountOf[from]),
        fromCustomerId: id(from),
        transferFee: "0.00",
        termsName: "Turbo",
        effectiveOn,
      };
      journal.record("commitment", id("first"), [{ type: "CommitmentTransferred", data }]);
    };
    for (const name of customers) journal.record("customer", id(name), [suspendedOn("2020-07-03")]);
    transfer("Ann", "Bob", "2020-07-05");
    for (const name of customers) journal.record("customer", id(name), [suspendedOn("2020-07-06")]);
    transfer("Bob", "Eve", "2020-07-08");
    journal.record("account", id("+49 1"), [{ type: "AccountClosed", data: { effectiveOn: "2020-07-09" } }]);
    journal.record("commitment", id("first"), [terminated("2020-07-31", "12.34")]);

    await project(dataSource, journal.events);
    const expected = await allRows(dataSource);
    const names = new Map(customers.map((name) => [id(name), name]));
    const facts = await query<Record<string, string>>("SELECT type, effective_on, subject_id FROM billing_facts");
    const shown = facts.map(({ type, effective_on, subject_id }) =>
      [type, effective_on, names.get(subject_id ?? "")].join(" "),
    );
    expect(shown.sort()).toEqual([
      "AccountClosed 2020-07-09 Ann",
      "AccountClosed 2020-07-09 Bob",
      "AccountClosed 2020-07-09 Eve",
      "CommitmentAssigned 2020-07-01 Ann",
      "CommitmentTerminated 2020-07-31 Ann",
      "CommitmentTerminated 2020-07-31 Bob",
      "CommitmentTerminated 2020-07-31 Eve",
      "CommitmentTransferred 2020-07-05 Ann",
      "CommitmentTransferred 2020-07-05 Bob",
      "CommitmentTransferred 2020-07-08 Ann",
      "CommitmentTransferred 2020-07-08 Bob",
      "CommitmentTransferred 2020-07-08 Eve",
      "CustomerSuspended 2020-07-03 Ann",
      "CustomerSuspended 2020-07-03 Bob",
      "CustomerSuspended 2020-07-03 Eve",
      // Of Ann's and Bob's each concerns both.
      "CustomerSuspended 2020-07-06 Ann",
      "CustomerSuspended 2020-07-06 Ann",
      "CustomerSuspended 2020-07-06 Bob",
      "CustomerSuspended 2020-07-06 Bob",
      "CustomerSuspended 2020-07-06 Eve",
    ]);
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, async (pages) => {
        await startOver(dataSource);
        await project(dataSource, journal.events, pages);
        expect(await allRows(dataSource)).toEqual(expected);
      }),
      { numRuns: 10, examples: [[[1]]] },
    );
  });
});

describe("periods without a close of their own", () => {
  it("come out the same wherever the page boundary lies between closes that compute them again", async () => {
    const journal = new Journal();
    journal.record("customer", id("Ann"), [customerCreated("Ann")]);
    const closed = (from: string, until: string, effectiveOn: string, recomputedFrom?: string) => ({
      type: "PeriodClosed",
      data: { customerId: id("Ann"), period: { from, until }, basis: [], effectiveOn, recomputedFrom },
    });
    const july = closed("2020-07-01", "2020-07-31", "2020-08-01", "2020-06-01");
    const august = closed("2020-08-01", "2020-08-31", "2020-09-01", "2020-06-01");
    journal.record("receivables", id("Ann"), [july], { at: "2020-08-01T00:00:00.000Z" });
    journal.record("receivables", id("Ann"), [august], { at: "2020-09-01T00:00:00.000Z" });
    const rows = () =>
      query(
        `SELECT period_from::text, recomputed_with::text, left(recorded_at, 10) AS on
           FROM billing_closed_periods ORDER BY period_from`,
      );
    // June is known since July's close, and was last computed with August's.
    const expected = [
      { period_from: "2020-06-01", recomputed_with: "2020-08-01", on: "2020-08-01" },
      { period_from: "2020-07-01", recomputed_with: "2020-08-01", on: "2020-08-01" },
      { period_from: "2020-08-01", recomputed_with: null, on: "2020-09-01" },
    ];
    await project(dataSource, journal.events);
    expect(await rows()).toEqual(expected);
    await startOver(dataSource);
    await project(dataSource, journal.events, [1]);
    expect(await rows()).toEqual(expected);
  });
});

describe("a projection", () => {
  it("keeps providers apart, ids included", async () => {
    const journal = new Journal();
    journal.record("customer", id("Ann"), [customerCreated("Ann")]);
    journal.record("customer", id("Ann"), [customerCreated("Another Ann")], { provider: OTHER_PROVIDER });
    await project(dataSource, journal.events);
    const rows = await query("SELECT provider_id, name FROM customers ORDER BY name");
    expect(rows).toEqual([
      { provider_id: PROVIDER, name: "Ann" },
      { provider_id: OTHER_PROVIDER, name: "Another Ann" },
    ]);
  });

  it("takes text that PostgreSQL cannot store", async () => {
    const journal = new Journal();
    const personal = { name: "A\0b \ud800 \\u0000 😀", companyDomain: null, email: null, phone: null };
    journal.record("customer", id("Ann"), [customerCreated("Ann", { personal })]);
    journal.record("account", id("line"), [accountOpened("1\0", "Ann")]);
    await project(dataSource, journal.events);
    const stored = "A\ufffdb \ufffd \\u0000 😀";
    expect(await query("SELECT name FROM customers")).toEqual([{ name: stored }]);
    const names = "SELECT state #>> '{contact,name}' AS name FROM billing_customers";
    expect(await query(names)).toEqual([{ name: stored }]);
    expect(await query("SELECT name_form FROM customers")).toEqual([{ name_form: "a\ufffdb \ufffd \\u0000 😀" }]);
    expect(await query("SELECT alias_form FROM account_aliases")).toEqual([{ alias_form: "1\ufffd" }]);
  });

  it("keeps every currency's decimals", async () => {
    const journal = new Journal();
    journal.record("customer", id("Jo"), [customerCreated("Jo", { currency: "JPY", creditLimit: "1500" })]);
    journal.record("customer", id("Ku"), [customerCreated("Ku", { currency: "KWD", creditLimit: "0.500" })]);
    await project(dataSource, journal.events);
    const rows = await query("SELECT credit_limit FROM customers ORDER BY name");
    expect(rows).toEqual([{ credit_limit: "1500" }, { credit_limit: "0.500" }]);
  });

  it("refuses a stream with a gap", async () => {
    const journal = new Journal();
    journal.record("customer", id("Ann"), [customerCreated("Ann")]);
    const closed = { type: "CustomerClosed", data: { effectiveOn: "2020-07-31" } };
    journal.record("customer", id("Ann"), [closed, closed]);
    const withGap = journal.events.filter(({ revision }) => revision !== 1n);
    const refused = project(dataSource, withGap, [1], projectionsNamed("customers"));
    await expect(refused).rejects.toThrow(/jumps from revision 0 to 2/);
  });

  it.each([
    ["a page that never came", "Ann's 1", id("nowhere"), /page 1 .* is not in the log/],
    ["a page of other lines", "other lines", null, /page 1 .* is not in the log/],
  ])("refuses a seal that names %s", async (_, contentHash, eventId, reason) => {
    const journal = new Journal();
    const [recorded] = journal.record("receivables", id("Ann"), [page("Ann's", 1, [line("first")])]);
    const named = { page: 1, eventId: eventId ?? recorded?.id ?? "", contentHash };
    journal.record("receivables", id("Ann"), [sealed("Ann's", "Ann", [named])]);
    await expect(project(dataSource, journal.events, [1], projectionsNamed("invoices"))).rejects.toThrow(reason);
  });

  it("refuses a number for an invoice that nobody sealed", async () => {
    const journal = new Journal();
    journal.record("register", "invoices", [numbers(1, ["Ann's", "Ann"])]);
    await expect(project(dataSource, journal.events, [1], projectionsNamed("invoices"))).rejects.toThrow(
      /sealed before/,
    );
  });
});
