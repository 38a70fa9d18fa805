import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let customerId: string;
/** Of July and August, 15.00 each. */
let july: string;
let august: string;
/** Payments by the names that they have here. */
const payments = new Map<string, string>();

/** July and August are billed with 15.00 each, due on August 15 and September 15; today is September 2. */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  await bench.advance(client, "2020-09-02T12:00:00.000Z");
  await work();
  const invoices = (await client.query("{ invoices { edges { node { id } } } }")) as {
    invoices: { edges: { node: { id: string } }[] };
  };
  [july = "", august = ""] = invoices.invoices.edges.map(({ node }) => node.id);
});
afterAll(() => bench.stop());

const work = (): Promise<void> => doDaysWork(bench, client, "2020-09-02T12:00:00.000Z");

const pay = async (name: string, input: object): Promise<void> => {
  const keyed = { customerId, idempotencyKey: randomUUID(), ...input };
  const first = await client.run("recordPayment", keyed, "paymentId customer { id }");
  expect(first).toMatchObject({ id: customerId, visible: true, repeated: false, customer: { id: customerId } });
  expect(await client.run("recordPayment", keyed, "paymentId customer { id }")).toEqual({ ...first, repeated: true });
  payments.set(name, (first as unknown as { paymentId: string }).paymentId);
};

/** What is open of both invoices, the balance, and what is owed. */
const owed = async () => {
  const { invoices, customer } = (await client.query(
    `query ($id: ID!) { invoices { edges { node { state openAmount writtenOff } } } customer(id: $id) { balance balanceDue } }`,
    { id: customerId },
  )) as {
    invoices: { edges: { node: { state: string; openAmount: string; writtenOff: string } }[] };
    customer: { balance: string; balanceDue: string };
  };
  return {
    invoices: invoices.edges.map(({ node }) => `${node.state} ${node.openAmount} ${node.writtenOff}`),
    ...customer,
  };
};

const idsWith = async (state: string): Promise<string[]> => {
  const query = "query ($filter: InvoiceFilter) { invoices(filter: $filter) { edges { node { id } } } }";
  const { invoices } = (await client.query(query, { filter: { customerId, state } })) as {
    invoices: { edges: { node: { id: string } }[] };
  };
  return invoices.edges.map(({ node }) => node.id);
};

const ALLOCATIONS =
  "allocations { amount usedFor payment { reference } creditNote { purpose } invoice { id } refund { amount } }";
const allocated = (amount: string, usedFor: string, changes: object) => ({
  ...{ amount, usedFor, payment: null, creditNote: null, invoice: null, refund: null, ...changes },
});

describe("money", () => {
  it("is overdue the day after the due date, and refused where it cannot be", async () => {
    expect(await owed()).toEqual({
      invoices: ["OVERDUE 15.00 0.00", "UNPAID 15.00 0.00"],
      ...{ balance: "0.00", balanceDue: "30.00" },
    });
    expect([await idsWith("OVERDUE"), await idsWith("UNPAID"), await idsWith("PAID")]).toEqual([[july], [august], []]);
    const refused = (input: object) => client.refused("recordPayment", { customerId, amount: "1.00", ...input });
    expect(await refused({ currency: "EUR" })).toBe("CURRENCY_MISMATCH currency");
    expect(await refused({ amount: "0.00" })).toBe("INVALID_AMOUNT amount");
    expect(await refused({ amount: "-1.00" })).toBe("INVALID_AMOUNT amount");
    expect(await refused({ amount: "1.001" })).toBe("INVALID_AMOUNT amount");
    expect(await refused({ valueOn: "2020-09-03" })).toBe("INVALID_DATE valueOn");
    expect(await refused({ invoiceId: randomUUID() })).toBe("INVOICE_NOT_FOUND invoiceId");
    expect(await refused({ customerId: randomUUID() })).toBe("CUSTOMER_NOT_FOUND customerId");
    expect(await client.refused("reversePayment", { paymentId: randomUUID(), reason: "Bounced" })).toBe(
      "PAYMENT_NOT_FOUND paymentId",
    );
    expect(await client.refused("recordRefund", { customerId, amount: "0.01" })).toBe("INVALID_AMOUNT amount");
    expect(await client.refused("issueGoodwillCredit", { customerId, amount: "1.00" })).toBe(
      "VALIDATION_FAILED reason",
    );
    expect(await client.refused("writeOffInvoice", { invoiceId: july })).toBe("VALIDATION_FAILED reason");
  });

  it("is previewed, recorded once by key and by reference, and pays what it is for", async () => {
    const input = { customerId, amount: "5.00", invoiceId: august, reference: "TRX-1", valueOn: "2020-09-01" };
    expect(await client.previewed("recordPayment", input, "events { type }")).toEqual({
      events: [{ type: "PaymentRecorded" }],
    });
    await pay("first", input);
    const again = { ...input, valueOn: undefined };
    expect(await client.run("recordPayment", again, "paymentId")).toMatchObject({ paymentId: payments.get("first") });
    expect(await client.refused("recordPayment", { ...input, amount: "5.01" })).toBe("CONFLICT reference");
    expect(await owed()).toEqual({
      invoices: ["OVERDUE 15.00 0.00", "PARTIALLY_PAID 10.00 0.00"],
      ...{ balance: "0.00", balanceDue: "25.00" },
    });
    await pay("second", { amount: "30.00", method: "CARD", reference: "TRX-2", note: "Too much" });
    expect(await owed()).toEqual({
      invoices: ["PAID 0.00 0.00", "PAID 0.00 0.00"],
      ...{ balance: "5.00", balanceDue: "-5.00" },
    });
  });

  it("is paid back as far as it is unused, and reversed whole", async () => {
    expect(await client.refused("recordRefund", { customerId, amount: "5.01" })).toBe("INVALID_AMOUNT amount");
    const refund = { customerId, amount: "5.00", reference: "BACK-1", reason: "Asked for" };
    const { refundId } = (await client.run("recordRefund", refund, "refundId")) as unknown as { refundId: string };
    expect(await client.refused("recordRefund", { customerId, amount: "0.01" })).toBe("INVALID_AMOUNT amount");
    const shown = await client.query(
      `query ($id: ID!, $refund: ID!) {
         payment(id: $id) { amount currency method valueOn recordedOn reference note reversedOn unusedAmount
           customer { id } invoice { id } ${ALLOCATIONS} }
         refund(id: $refund) { amount method recordedOn reference reason customer { id } ${ALLOCATIONS} }
         customer(id: "${customerId}") { payments { totalCount edges { node { reference } } } refunds { totalCount } }
       }`,
      { id: payments.get("second"), refund: refundId },
    );
    const refunded = allocated("5.00", "REFUND", { payment: { reference: "TRX-2" }, refund: { amount: "5.00" } });
    expect(shown).toEqual({
      payment: {
        ...{ amount: "30.00", currency: "USD", method: "CARD", valueOn: "2020-09-02", recordedOn: "2020-09-02" },
        ...{ reference: "TRX-2", note: "Too much", reversedOn: null, unusedAmount: "0.00" },
        customer: { id: customerId },
        invoice: null,
        allocations: expect.arrayContaining([
          allocated("15.00", "INVOICE", { payment: { reference: "TRX-2" }, invoice: { id: july } }),
          allocated("10.00", "INVOICE", { payment: { reference: "TRX-2" }, invoice: { id: august } }),
          refunded,
        ]) as unknown,
      },
      refund: {
        ...{
          amount: "5.00",
          method: "BANK_TRANSFER",
          recordedOn: "2020-09-02",
          reference: "BACK-1",
          reason: "Asked for",
        },
        customer: { id: customerId },
        allocations: [refunded],
      },
      customer: {
        payments: { totalCount: 2, edges: [{ node: { reference: "TRX-2" } }, { node: { reference: "TRX-1" } }] },
        refunds: { totalCount: 1 },
      },
    });
    await client.run("reversePayment", { paymentId: payments.get("second"), reason: "Bounced" });
    const twice = { paymentId: payments.get("second"), reason: "Bounced" };
    expect(await client.refused("reversePayment", twice)).toBe("PAYMENT_REVERSED paymentId");
    expect(await owed()).toEqual({
      invoices: ["OVERDUE 15.00 0.00", "PARTIALLY_PAID 10.00 0.00"],
      ...{ balance: "-5.00", balanceDue: "30.00" },
    });
    const filtered = await client.query(
      "{ reversed: payments(filter: { isReversed: true }) { edges { node { reference reversedOn reversalReason } } }\n" +
        "  others: payments(filter: { isReversed: false }) { edges { node { reference } } } }",
    );
    expect(filtered).toEqual({
      reversed: { edges: [{ node: { reference: "TRX-2", reversedOn: "2020-09-02", reversalReason: "Bounced" } }] },
      others: { edges: [{ node: { reference: "TRX-1" } }] },
    });
  });

  it("is credited by goodwill, which settles the balance below zero first, and can be refunded at once", async () => {
    const input = { customerId, amount: "6.00", reason: "Long outage" };
    const { creditNoteId } = (await client.run("issueGoodwillCredit", input, "creditNoteId")) as unknown as {
      creditNoteId: string;
    };
    // It has no number yet, and is used already: 5.00 for the balance, 1.00 for July's invoice.
    expect(await owed()).toEqual({
      invoices: ["OVERDUE 14.00 0.00", "PARTIALLY_PAID 10.00 0.00"],
      ...{ balance: "0.00", balanceDue: "24.00" },
    });
    await work();
    const { creditNote } = (await client.query(
      `{ creditNote(id: "${creditNoteId}") { number purpose total lineCount reason unusedAmount ${ALLOCATIONS} } }`,
    )) as { creditNote: object };
    const note = { creditNote: { purpose: "GOODWILL" } };
    expect(creditNote).toEqual({
      ...{ number: "CN-000001", purpose: "GOODWILL", total: "-6.00", lineCount: 0, reason: "Long outage" },
      unusedAmount: "0.00",
      allocations: [allocated("1.00", "INVOICE", { ...note, invoice: { id: july } }), allocated("5.00", "OWED", note)],
    });
    expect((await owed()).balanceDue).toBe("24.00");
  });

  it("is written off, passed by others, and reopened by a payment for the invoice", async () => {
    await client.run("writeOffInvoice", { invoiceId: july, reason: "Insolvent" });
    expect(await client.refused("writeOffInvoice", { invoiceId: july, reason: "Insolvent" })).toBe(
      "INVALID_AMOUNT invoiceId",
    );
    expect([await idsWith("WRITTEN_OFF"), await idsWith("OVERDUE")]).toEqual([[july], []]);
    await pay("third", { amount: "12.00", reference: "TRX-3" });
    expect(await owed()).toEqual({
      invoices: ["WRITTEN_OFF 0.00 14.00", "PAID 0.00 0.00"],
      ...{ balance: "2.00", balanceDue: "-2.00" },
    });
    await pay("fourth", { amount: "4.00", invoiceId: july, reference: "TRX-4" });
    expect(await owed()).toEqual({
      invoices: ["WRITTEN_OFF 0.00 10.00", "PAID 0.00 0.00"],
      ...{ balance: "2.00", balanceDue: "-2.00" },
    });
    const { invoice } = (await client.query(`{ invoice(id: "${july}") { ${ALLOCATIONS} } }`)) as { invoice: object };
    expect(invoice).toEqual({
      allocations: [
        allocated("1.00", "INVOICE", { creditNote: { purpose: "GOODWILL" }, invoice: { id: july } }),
        allocated("4.00", "INVOICE", { payment: { reference: "TRX-4" }, invoice: { id: july } }),
      ],
    });
  });

  it("comes back of a void invoice, with what was written off undone", async () => {
    await client.run("voidInvoice", { invoiceId: july, reason: "Never delivered" });
    await work();
    // 1.00 of goodwill and the 4.00 come back.
    expect(await owed()).toEqual({
      invoices: ["VOID 0.00 0.00", "PAID 0.00 0.00"],
      ...{ balance: "7.00", balanceDue: "-7.00" },
    });
    expect(await client.refused("writeOffInvoice", { invoiceId: july, reason: "Insolvent" })).toBe(
      "INVOICE_VOID invoiceId",
    );
    const forIt = { customerId, amount: "1.00", invoiceId: july };
    expect(await client.refused("recordPayment", forIt)).toBe("INVOICE_VOID invoiceId");
  });

  it("is on the statement, from an opening to a closing balance, as of any day", async () => {
    const { customer } = (await client.query(
      `query ($id: ID!) { customer(id: $id) {
         statement(from: "2020-09-01") { from until currency opening closing movements { on kind reference amount balance
           invoice { id } creditNote { purpose } payment { reference } refund { reference } } }
         august: statement(until: "2020-08-31") { from until opening closing movements { on kind reference } }
         before: statement(until: "2020-06-30") { from until opening closing movements { on } }
       } }`,
      { id: customerId },
    )) as { customer: Record<string, { movements: Record<string, unknown>[] }> };
    const { movements, ...statement } = customer["statement"] ?? { movements: [] };
    expect(statement).toEqual({
      ...{ from: "2020-09-01", until: "2020-09-02", currency: "USD", opening: "15.00", closing: "-7.00" },
    });
    expect(
      movements.map(({ on, kind, reference, amount, balance }) => [on, kind, reference, amount, balance].join(" ")),
    ).toEqual([
      "2020-09-01 INVOICE INV-000002 15.00 30.00",
      "2020-09-02 PAYMENT TRX-1 -5.00 25.00",
      "2020-09-02 PAYMENT TRX-2 -30.00 -5.00",
      "2020-09-02 REFUND BACK-1 5.00 0.00",
      "2020-09-02 REVERSAL TRX-2 30.00 30.00",
      "2020-09-02 CREDIT_NOTE CN-000001 -6.00 24.00",
      "2020-09-02 WRITE_OFF INV-000001 -14.00 10.00",
      "2020-09-02 PAYMENT TRX-3 -12.00 -2.00",
      "2020-09-02 PAYMENT TRX-4 -4.00 -6.00",
      "2020-09-02 WRITE_OFF_UNDONE INV-000001 4.00 -2.00",
      "2020-09-02 CREDIT_NOTE CN-000002 -15.00 -17.00",
      "2020-09-02 WRITE_OFF_UNDONE INV-000001 10.00 -7.00",
    ]);
    expect(
      movements
        .slice(3, 7)
        .map(({ invoice, creditNote, payment, refund }) => ({ invoice, creditNote, payment, refund })),
    ).toEqual([
      { invoice: null, creditNote: null, payment: null, refund: { reference: "BACK-1" } },
      { invoice: null, creditNote: null, payment: { reference: "TRX-2" }, refund: null },
      { invoice: null, creditNote: { purpose: "GOODWILL" }, payment: null, refund: null },
      { invoice: { id: july }, creditNote: null, payment: null, refund: null },
    ]);
    expect(customer["august"]).toEqual({
      ...{ from: "2020-07-01", until: "2020-08-31", opening: "0.00", closing: "15.00" },
      movements: [{ on: "2020-08-01", kind: "INVOICE", reference: "INV-000001" }],
    });
    expect(customer["before"]).toEqual({
      ...{ from: "2020-06-30", until: "2020-06-30", opening: "0.00", closing: "0.00", movements: [] },
    });
    const { errors } = await client.ask(
      `{ customer(id: "${customerId}") { statement(until: "2020-09-03") { from } } }`,
    );
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([{ code: "INVALID_DATE", field: "until" }]);
  });

  it("is aged as of any day", async () => {
    const AMOUNTS = "currency current days1To30 days31To60 days61To90 over90 open balance due";
    const aged = async (asOf: string) => {
      const query = `query ($asOf: LocalDate) { agedReceivables(asOf: $asOf) { asOf amounts { ${AMOUNTS} } } }`;
      return ((await client.query(query, { asOf })) as { agedReceivables: { amounts: object[] } }).agedReceivables;
    };
    const none = { days31To60: "0.00", days61To90: "0.00", over90: "0.00" };
    // By then nothing was paid.
    expect(await aged("2020-09-01")).toEqual({
      asOf: "2020-09-01",
      amounts: [
        {
          currency: "USD",
          current: "15.00",
          days1To30: "15.00",
          ...none,
          open: "30.00",
          balance: "0.00",
          due: "30.00",
        },
      ],
    });
    expect((await aged("2020-09-02")).amounts).toEqual([
      { currency: "USD", current: "0.00", days1To30: "0.00", ...none, open: "0.00", balance: "7.00", due: "-7.00" },
    ]);
    const { errors } = await client.ask('{ agedReceivables(asOf: "2020-09-04") { asOf } }');
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([{ code: "INVALID_DATE", field: "asOf" }]);
  });

  it("is nobody else's", async () => {
    const other = await bench.provider("2020-09-02T12:00:00Z");
    const id = payments.get("first") ?? "";
    expect(
      await other.query(`{ payment(id: "${id}") { id } payments { totalCount } agedReceivables { amounts { due } } }`),
    ).toEqual({ payment: null, payments: { totalCount: 0 }, agedReceivables: { amounts: [] } });
    expect(await other.refused("reversePayment", { paymentId: id, reason: "Bounced" })).toBe(
      "PAYMENT_NOT_FOUND paymentId",
    );
  });
});
