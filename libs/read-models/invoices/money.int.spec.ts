import fc from "fast-check";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareText } from "#domain/by-day.js";
import { addDays } from "#domain/calendar.js";
import { type DomainEvent } from "#domain/event.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { big, format, sum, ZERO } from "#domain/money.js";
import { balanceDue } from "#domain/receivables/account.js";
import { accountOf, type Books, emptyBooks } from "#domain/receivables/books.js";
import { applied, type BookStep } from "#domain/receivables/movements.js";
import { customersProjection } from "../customers/projection.js";
import { listCustomers } from "../customers/queries.js";
import { wholeProvider } from "../rows/scope.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, PROVIDER } from "../spec-support/journal.js";
import { allRows, project, startOver } from "../spec-support/rows.js";
import { creditNoteSealed, customerCreated, sealed } from "../spec-support/story.js";
import { findAccount } from "./accounts.js";
import { agedReceivables } from "./aging.js";
import { creditsUsedBy, usesOfCredits } from "./allocations.js";
import { invoicesProjection } from "./projection.js";
import { balancesOf } from "./queries.js";
import { loadMovements } from "./statement.js";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

const ONLY = [invoicesProjection];
const CUSTOMERS = ["Ann", "Bob"] as const;
const FIRST_DAY = "2021-01-01";

/** A journal of money, with the books as the domain keeps them. */
class Story {
  readonly journal = new Journal();
  readonly books = new Map<string, Books>(CUSTOMERS.map((name) => [name, emptyBooks("USD")]));
  readonly payments = new Map<string, { readonly customer: string; readonly amount: string }>();
  day = FIRST_DAY;
  #documents = 0;
  #steps = 0;

  booksOf(customer: string): Books {
    return this.books.get(customer) ?? emptyBooks("USD");
  }

  record(customer: string, ...events: readonly DomainEvent[]): void {
    this.journal.record("receivables", id(customer), events);
  }

  number(customer: string, documentId: string, series: "invoices" | "credit-notes"): string {
    const number = `N-${String((this.#documents += 1)).padStart(6, "0")}`;
    const invoices = [{ invoiceId: documentId, customerId: id(customer), issuedOn: this.day, number }];
    const data = { series, first: this.#documents, effectiveOn: this.day, invoices };
    this.journal.record("register", series, [{ type: "NumbersAssigned", data }]);
    return number;
  }

  step(customer: string, step: BookStep): void {
    this.books.set(customer, applied(this.booksOf(customer), step, (this.#steps += 1)));
  }

  invoice(customer: string, name: string, total: string): void {
    const dueOn = addDays(this.day, 14);
    const changes = { customerId: id(customer), total, issuedOn: this.day, dueOn, lineCount: 0 };
    this.record(customer, sealed(name, customer, [], changes));
    const invoice = {
      invoiceId: id(name),
      issuedOn: this.day,
      dueOn,
      number: this.number(customer, id(name), "invoices"),
    };
    this.step(customer, { kind: "INVOICE", invoice, total });
  }

  creditNote(customer: string, name: string, amount: string, invoiceId: string | null, isGoodwill: boolean): void {
    const purpose = isGoodwill ? "GOODWILL" : invoiceId === null ? "PERIOD" : "CORRECTION";
    const changes = { customerId: id(customer), purpose, total: `-${amount}`, invoiceId, issuedOn: this.day } as const;
    this.record(customer, creditNoteSealed(name, customer, [], { ...changes, lineCount: 0 }));
    this.step(customer, { kind: "CREDIT_NOTE", creditNoteId: id(name), amount, invoiceId });
    this.number(customer, id(name), "credit-notes");
  }

  voidInvoice(customer: string, name: string, invoiceId: string, amount: string): void {
    const changes = { customerId: id(customer), purpose: "VOID", total: `-${amount}`, invoiceId } as const;
    const effectiveOn = this.day;
    this.record(customer, creditNoteSealed(name, customer, [], { ...changes, issuedOn: this.day, lineCount: 0 }), {
      type: "InvoiceVoided",
      data: {
        ...{ invoiceId, creditNoteId: id(name), period: { from: "2021-01-01", until: "2021-01-31" } },
        ...{ undoneFrom: null, effectiveOn, personal: { reason: "wrong" } },
      },
    });
    this.step(customer, { kind: "VOID", invoiceId, creditNoteId: id(name), amount });
    this.number(customer, id(name), "credit-notes");
  }

  pay(customer: string, name: string, amount: string, invoiceId: string | null): void {
    const paymentId = id(name);
    const common = { currency: "USD", method: "CARD", valueOn: this.day, effectiveOn: this.day };
    const personal = { reference: name, note: null };
    const data = { paymentId, customerId: id(customer), amount, invoiceId, ...common, personal };
    this.record(customer, { type: "PaymentRecorded", data });
    this.step(customer, { kind: "PAYMENT", paymentId, amount, invoiceId });
    this.payments.set(paymentId, { customer, amount });
  }

  reverse(paymentId: string): void {
    const { customer, amount } = this.payments.get(paymentId) ?? { customer: "", amount: "" };
    this.payments.delete(paymentId);
    const data = { paymentId, amount, effectiveOn: this.day, personal: { reason: "Bounced" } };
    this.record(customer, { type: "PaymentReversed", data });
    this.step(customer, { kind: "REVERSAL", paymentId, amount });
  }

  refund(customer: string, name: string, amount: string): void {
    const common = {
      currency: "USD",
      method: "CARD",
      effectiveOn: this.day,
      personal: { reference: null, reason: null },
    };
    this.record(customer, {
      type: "RefundRecorded",
      data: { refundId: id(name), customerId: id(customer), amount, ...common },
    });
    this.step(customer, { kind: "REFUND", refundId: id(name), amount });
  }

  writeOff(customer: string, invoiceId: string, amount: string): void {
    const data = { invoiceId, amount, effectiveOn: this.day, personal: { reason: "Insolvent" } };
    this.record(customer, { type: "InvoiceWrittenOff", data });
    this.step(customer, { kind: "WRITE_OFF", invoiceId, amount });
  }
}

const kinds = [
  "INVOICE",
  "INVOICE",
  "PAYMENT",
  "PAYMENT",
  "REVERSAL",
  "REFUND",
  "NOTE",
  "GOODWILL",
  "VOID",
  "WRITE_OFF",
];
const act = fc.record({
  kind: fc.constantFrom(...kinds),
  customer: fc.constantFrom(...CUSTOMERS),
  amount: fc.integer({ min: 1, max: 5000 }).map((cents) => (cents / 100).toFixed(2)),
  at: fc.nat(1000),
  days: fc.nat(20),
});

/** Tells what is drawn, as far as the commands would accept it. */
const told = (acts: readonly (typeof act extends fc.Arbitrary<infer Act> ? Act : never)[]): Story => {
  const story = new Story();
  for (const [index, { kind, customer, amount, at, days }] of acts.entries()) {
    story.day = addDays(story.day, days);
    const books = story.booksOf(customer);
    const { open, balance } = accountOf(books);
    const target = books.invoices[at % Math.max(books.invoices.length, 1)]?.invoiceId ?? null;
    const first = open[at % Math.max(open.length, 1)];
    const [paid] = [...story.payments.keys()].slice(at % Math.max(story.payments.size, 1));
    const named = at % 2 === 0 ? target : null;
    const name = `${kind} ${String(index)}`;
    if (kind === "INVOICE") story.invoice(customer, name, amount);
    else if (kind === "PAYMENT") story.pay(customer, name, amount, named);
    else if (kind === "NOTE" || kind === "GOODWILL") {
      story.creditNote(customer, name, amount, kind === "NOTE" ? named : null, kind === "GOODWILL");
    } else if (kind === "REVERSAL" && paid !== undefined) story.reverse(paid);
    else if (kind === "REFUND" && big(balance).gt(ZERO)) {
      story.refund(customer, name, big(amount).gt(big(balance)) ? balance : amount);
    } else if (kind === "VOID" && target !== null) story.voidInvoice(customer, name, target, amount);
    else if (kind === "WRITE_OFF" && first) story.writeOff(customer, first.invoiceId, first.open);
  }
  return story;
};

/** What the tables say of a customer's books, as the domain would. */
const shown = async (story: Story, customer: string) => {
  const account = await findAccount(dataSource, PROVIDER, id(customer));
  const rows = await dataSource.query<{ id: string; open: string; written_off: string; state: string }[]>(
    "SELECT id, open::text, written_off::text, state FROM invoices WHERE customer_id = $1 AND state <> 'VOID' ORDER BY id",
    [id(customer)],
  );
  const [balance] = await dataSource.query<{ due: string }[]>(
    "SELECT due::text FROM customer_balances WHERE customer_id = $1",
    [id(customer)],
  );
  const credits = story.booksOf(customer).credits.map(({ creditId }) => creditId);
  const uses = await usesOfCredits(dataSource, wholeProvider(PROVIDER), credits);
  return {
    account,
    due: (await balancesOf(dataSource, wholeProvider(PROVIDER), [id(customer)])).get(id(customer)),
    listedBy: balance?.due,
    invoices: rows,
    uses: [...uses.values()]
      .flat()
      .map((use) => JSON.stringify(use))
      .sort(),
  };
};

/** The same, of the domain's books. */
const expected = (books: Books, totals: ReadonlyMap<string, string>) => {
  const account = accountOf(books);
  return {
    account,
    due: balanceDue(account),
    listedBy: balanceDue(account),
    invoices: books.invoices
      .map(({ invoiceId, open, writtenOff }) => ({
        id: invoiceId,
        open,
        written_off: writtenOff,
        state: stateOf(totals.get(invoiceId) ?? "0", open, writtenOff),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    uses: books.uses
      .map(({ creditId, by, userId, amount }) => JSON.stringify({ creditId, usedFor: by, userId, amount }))
      .sort(),
  };
};

const totalsOf = ({ journal }: Story): Map<string, string> =>
  new Map(
    journal.events.flatMap((event) =>
      event.type === "InvoiceSealed" ? [[event.data.invoiceId, event.data.total] as const] : [],
    ),
  );

/** What is true of customers without any row. */
const isKnown = (books: Books): boolean => books.credits.length + books.invoices.length > 0;

describe("money in any story", () => {
  it("is in the tables as in the domain's books, however the events are cut into batches", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), sizes, async (acts, pages) => {
        const story = told(acts);
        await startOver(dataSource, ONLY);
        await project(dataSource, story.journal.events, pages, ONLY);
        for (const [customer, books] of story.books) {
          if (isKnown(books)) expect(await shown(story, customer)).toEqual(expected(books, totalsOf(story)));
        }
        const rows = await allRows(dataSource, ONLY);
        await startOver(dataSource, ONLY);
        await project(dataSource, story.journal.events, undefined, ONLY);
        expect(await allRows(dataSource, ONLY)).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  it("has statements and aged receivables of past days that say what was recorded by then", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), fc.nat(100), async (acts, cut) => {
        const place = cut % acts.length;
        const before = told(acts.slice(0, place));
        const whole = told([
          ...acts.slice(0, place),
          ...acts.slice(place).map((each, index) => ({ ...each, days: each.days + (index === 0 ? 1 : 0) })),
        ]);
        const read = async () => ({
          aged: await agedReceivables(dataSource, wholeProvider(PROVIDER), before.day, null),
          ofBob: await agedReceivables(dataSource, wholeProvider(PROVIDER), before.day, id("Bob")),
          statement: await loadMovements(
            dataSource,
            wholeProvider(PROVIDER),
            { customerId: id("Ann"), currency: "USD" },
            { from: addDays(before.day, -20), until: before.day },
          ),
        });
        await startOver(dataSource, ONLY);
        await project(dataSource, before.journal.events, undefined, ONLY);
        const then = await read();
        await startOver(dataSource, ONLY);
        await project(dataSource, whole.journal.events, undefined, ONLY);
        const now = await read();
        // A currency that came later has nothing but zeros.
        expect(now.aged.filter(({ open, due }) => open !== "0.00" || due !== "0.00")).toEqual(
          then.aged.filter(({ open, due }) => open !== "0.00" || due !== "0.00"),
        );
        expect(now.ofBob.filter(({ due }) => due !== "0.00")).toEqual(then.ofBob.filter(({ due }) => due !== "0.00"));
        expect(now.statement).toEqual(then.statement);
        expect(then.statement.closing).toBe(balanceDue(accountOf(before.booksOf("Ann"))));
        const accounts = [...before.books.values()].map(accountOf);
        const [aged] = then.aged;
        if (!aged) return;
        const { current, days1To30, days31To60, days61To90, over90 } = aged;
        expect(aged.open).toBe(format(sum([current, days1To30, days31To60, days61To90, over90].map(big)), "USD"));
        expect([aged.balance, aged.due]).toEqual([
          format(sum(accounts.map(({ balance }) => big(balance))), "USD"),
          format(sum(accounts.map((account) => big(balanceDue(account)))), "USD"),
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("customers by what they owe", () => {
  it("are listed with those to whom nothing was ever issued, as a filter in memory has them", async () => {
    const story = new Story();
    for (const name of [...CUSTOMERS, "Carl", "Dora"])
      story.journal.record("customer", id(name), [customerCreated(name)]);
    story.invoice("Ann", "Ann's", "35.50");
    story.pay("Bob", "Bob's", "5.00", null);
    story.pay("Ann", "part", "10.00", null);
    const all = [customersProjection, ...ONLY];
    await startOver(dataSource, all);
    await project(dataSource, story.journal.events, undefined, all);
    const dues: Record<string, string> = { Ann: "25.50", Bob: "-5.00", Carl: "0", Dora: "0" };
    const listed = async (options: Parameters<typeof listCustomers>[2]) =>
      (await listCustomers(dataSource, wholeProvider(PROVIDER), options)).rows.map(({ name }) => name);
    const zeros = ["Carl", "Dora"].sort((a, b) => compareText(id(a), id(b)));
    const inOrder = ["Bob", ...zeros, "Ann"];
    expect(await listed({ sort: { by: "BALANCE" } })).toEqual(inOrder);
    expect(await listed({ sort: { by: "BALANCE", direction: "DESC" } })).toEqual(inOrder.toReversed());
    for (const [balanceFrom, balanceUntil] of [
      ["-5.00", "0"],
      ["0.01", null],
      [null, "-0.01"],
      ["25.5", "25.50"],
    ]) {
      const expectedNames = Object.entries(dues).flatMap(([name, due]) =>
        big(due).gte(balanceFrom ?? "-999") && big(due).lte(balanceUntil ?? "999") ? [name] : [],
      );
      expect(await listed({ filter: { balanceFrom, balanceUntil }, sort: { by: "NAME" } })).toEqual(expectedNames);
    }
    await startOver(dataSource, all);
  });
});

describe("aged receivables", () => {
  it("are by how many days invoices were overdue, by currency", async () => {
    const story = new Story();
    const issuedOn = (day: string, name: string, total: string) => {
      story.day = day;
      story.invoice("Ann", name, total);
    };
    // Each due 14 days later: on June 30 not overdue, since 1, 30, 31, 60, 61, 90 and 91 days.
    issuedOn("2021-03-17", "91 days", "0.01");
    issuedOn("2021-03-18", "90 days", "0.10");
    issuedOn("2021-04-16", "61 days", "1.00");
    issuedOn("2021-04-17", "60 days", "2.00");
    issuedOn("2021-05-16", "31 days", "10.00");
    issuedOn("2021-05-17", "30 days", "20.00");
    issuedOn("2021-06-15", "1 day", "100.00");
    issuedOn("2021-06-16", "due today", "200.00");
    story.pay("Bob", "ahead", "5.00", null);
    await startOver(dataSource, ONLY);
    await project(dataSource, story.journal.events, undefined, ONLY);
    expect(await agedReceivables(dataSource, wholeProvider(PROVIDER), "2021-06-30", null)).toEqual([
      {
        currency: "USD",
        ...{ current: "200.00", days1To30: "120.00", days31To60: "12.00", days61To90: "1.10", over90: "0.01" },
        ...{ open: "333.11", balance: "5.00", due: "328.11" },
      },
    ]);
    const [aged] = await agedReceivables(dataSource, wholeProvider(PROVIDER), "2021-05-01", id("Ann"));
    expect(aged).toMatchObject({ current: "2.00", days1To30: "1.10", days31To60: "0.01", balance: "0.00" });
  });
});

describe("allocations", () => {
  it("are told by the invoice or refund too, the oldest credit first", async () => {
    const story = new Story();
    story.pay("Ann", "p1", "5.00", null);
    story.creditNote("Ann", "g1", "5.00", null, true);
    story.pay("Ann", "p2", "20.00", null);
    story.invoice("Ann", "i1", "12.00");
    story.refund("Ann", "r1", "8.00");
    await startOver(dataSource, ONLY);
    await project(dataSource, story.journal.events, undefined, ONLY);
    const users = await creditsUsedBy(dataSource, wholeProvider(PROVIDER), [id("i1"), id("r1")]);
    const used = (creditId: string, usedFor: string, userId: string, amount: string) => ({
      ...{ creditId: id(creditId), usedFor, userId: id(userId), amount },
    });
    expect(users).toEqual(
      new Map([
        [
          id("i1"),
          [
            used("p1", "INVOICE", "i1", "5.00"),
            used("g1", "INVOICE", "i1", "5.00"),
            used("p2", "INVOICE", "i1", "2.00"),
          ],
        ],
        [id("r1"), [used("p2", "REFUND", "r1", "8.00")]],
      ]),
    );
  });
});
