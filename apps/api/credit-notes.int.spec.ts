import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Accepted, type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

const NOW = "2020-08-10T12:00:00.000Z";
const LINE = `kind from until days periodDays fee discount discountOrigin net
  corrects { kind period { from until } lines { invoiceId line } } invoice { number } creditNote { number }`;
const CREDIT_NOTE = `id number purpose reason issuedOn period { from until } total currency lineCount
  customer { id } recipient { name } invoice { number } lines { totalCount edges { node { ${LINE} } } }`;
const INVOICE = `number issuedOn dueOn total state openAmount
  creditNotes { totalCount edges { node { number } } }`;

let bench: Bench;
let client: Client;
let customerId: string;
let invoiceId: string;
/** Correction and void, by what was answered. */
const creditNotes: string[] = [];

const JULY = { number: "INV-000001", issuedOn: "2020-08-01", dueOn: "2020-08-15", total: "15.00" };
/** What is served of July once it is known that the line was dead for a week. */
const SERVED = { from: "2020-07-08", until: "2020-07-31", days: 24, periodDays: 31, discountOrigin: "COMMITMENT" };
const corrected = () => ({
  kind: "RECURRING",
  period: { from: "2020-07-01", until: "2020-07-31" },
  lines: [{ invoiceId, line: 1 }],
});
/** What both credit notes have in common. */
const document = (id: string) => ({
  id,
  issuedOn: "2020-08-10",
  period: { from: "2020-07-01", until: "2020-07-31" },
  currency: "USD",
  lineCount: 1,
  customer: { id: customerId },
  recipient: { name: "John Doe" },
  invoice: { number: "INV-000001" },
});

/** A command twice with one key: the same answer. @returns the answer of the first time */
const twice = async <Answer>(name: string, input: object, selection: string): Promise<Accepted & Answer> => {
  const keyed = { idempotencyKey: randomUUID(), ...input };
  const first = await client.run(name, keyed, selection);
  expect(await client.run(name, keyed, selection)).toEqual({ ...first, repeated: true });
  expect(first).toMatchObject({ id: customerId, visible: true, repeated: false });
  return first as Accepted & Answer;
};

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  await bench.advance(client, NOW);
  await doDaysWork(bench, client, NOW);
  const { invoice } = (await client.query('{ invoice(number: "INV-000001") { id } }')) as { invoice: { id: string } };
  invoiceId = invoice.id;
});
afterAll(() => bench.stop());

describe("a credit note at once", () => {
  it("is refused where nothing is to be corrected, or it would charge", async () => {
    const july = { customerId, correcting: "2020-07-31" };
    expect(await client.refused("issueCreditNote", july)).toBe("NOTHING_TO_CORRECT correcting");
    expect(await client.refused("issueCreditNote", { ...july, customerId: randomUUID() })).toBe(
      "CUSTOMER_NOT_FOUND customerId",
    );
    expect(await client.refused("issueCreditNote", { ...july, correcting: "2020-02-30" })).toBe(
      "VALIDATION_FAILED correcting",
    );
    await client.run("setSubscriptionDiscountRate", { customerId, rate: "0", effectiveOn: "2020-07-01", reason: "so" });
    expect(await client.refused("issueCreditNote", july)).toBe("INVALID_AMOUNT correcting");
    await client.run("setSubscriptionDiscountRate", { customerId, effectiveOn: "2020-07-01", reason: "not so" });
    expect(await client.refused("issueCreditNote", july)).toBe("NOTHING_TO_CORRECT correcting");
  });

  it("is previewed, issued once, and paid to the invoice that it corrects", async () => {
    await client.run("suspendCustomer", { customerId, effectiveOn: "2020-07-01", reason: "the line was dead" });
    await client.run("unsuspendCustomer", { customerId, effectiveOn: "2020-07-08", reason: "it works" });
    const input = { customerId, correcting: "2020-07-31", reason: "The line was dead" };
    expect(await client.previewed("issueCreditNote", input, "events { type }")).toEqual({
      events: [{ type: "InvoicePageRecorded" }, { type: "CreditNoteSealed" }],
    });
    const { creditNoteId } = await twice<{ creditNoteId: string }>("issueCreditNote", input, "creditNoteId");
    creditNotes.push(creditNoteId);
    expect(await client.refused("issueCreditNote", input)).toBe("NOTHING_TO_CORRECT correcting");
    expect(await client.query(`{ creditNote(id: "${creditNoteId}") { number } }`)).toEqual({ creditNote: null });

    await doDaysWork(bench, client, NOW);
    const shown = await client.query(`{ creditNote(id: "${creditNoteId}") { ${CREDIT_NOTE} }
      invoice(id: "${invoiceId}") { ${INVOICE} } }`);
    expect(shown).toEqual({
      creditNote: {
        ...document(creditNoteId),
        number: "CN-000001",
        purpose: "CORRECTION",
        reason: "The line was dead",
        total: "-3.39",
        lines: {
          totalCount: 1,
          edges: [
            {
              node: {
                kind: "ADJUSTMENT",
                from: "2020-07-01",
                until: "2020-07-07",
                days: 7,
                periodDays: 31,
                fee: "-4.52",
                discount: "-1.13",
                discountOrigin: "COMMITMENT",
                net: "-3.39",
                corrects: corrected(),
                invoice: null,
                creditNote: { number: "CN-000001" },
              },
            },
          ],
        },
      },
      invoice: {
        ...JULY,
        state: "PARTIALLY_PAID",
        openAmount: "11.61",
        creditNotes: { totalCount: 1, edges: [{ node: { number: "CN-000001" } }] },
      },
    });
  });
});

describe("a void invoice", () => {
  it("is credited once, with a reason, and owes nothing", async () => {
    const input = { invoiceId, reason: "Wrong recipient" };
    expect(await client.refused("voidInvoice", { ...input, reason: " " })).toBe("VALIDATION_FAILED reason");
    expect(await client.refused("voidInvoice", { ...input, invoiceId: randomUUID() })).toBe(
      "INVOICE_NOT_FOUND invoiceId",
    );
    expect(await client.refused("reissueInvoice", { invoiceId })).toBe("INVOICE_NOT_FOUND invoiceId");
    const selection = "creditNoteId customer { balanceDue }";
    const answer = await twice<{ creditNoteId: string; customer: unknown }>("voidInvoice", input, selection);
    expect(answer.customer).toEqual({ balanceDue: "0.00" });
    creditNotes.push(answer.creditNoteId);
    expect(await client.refused("voidInvoice", input)).toBe("INVOICE_VOID invoiceId");

    await doDaysWork(bench, client, NOW);
    const shown = await client.query(`{ creditNote(id: "${answer.creditNoteId}") { ${CREDIT_NOTE} }
      invoice(id: "${invoiceId}") { ${INVOICE} } }`);
    expect(shown).toEqual({
      creditNote: {
        ...document(answer.creditNoteId),
        number: "CN-000002",
        purpose: "VOID",
        reason: "Wrong recipient",
        total: "-11.61",
        lines: {
          totalCount: 1,
          edges: [
            {
              node: {
                ...SERVED,
                kind: "ADJUSTMENT",
                fee: "-15.48",
                discount: "-3.87",
                net: "-11.61",
                corrects: corrected(),
                invoice: null,
                creditNote: { number: "CN-000002" },
              },
            },
          ],
        },
      },
      invoice: {
        ...JULY,
        state: "VOID",
        openAmount: "0.00",
        // Of one day: their order is that of their ids.
        creditNotes: {
          totalCount: 2,
          edges: expect.arrayContaining([
            { node: { number: "CN-000001" } },
            { node: { number: "CN-000002" } },
          ]) as unknown,
        },
      },
    });
  });

  it("is issued again once, dated today", async () => {
    const { invoiceId: again } = await twice<{ invoiceId: string }>("reissueInvoice", { invoiceId }, "invoiceId");
    expect(await client.refused("reissueInvoice", { invoiceId })).toBe("INVOICE_NOT_FOUND invoiceId");
    await doDaysWork(bench, client, NOW);
    const shown = await client.query(`{ invoice(id: "${again}") { ${INVOICE} lines { edges { node { ${LINE} } } } }
      customer(id: "${customerId}") { balanceDue invoices { edges { node { number state openAmount } } } } }`);
    expect(shown).toEqual({
      invoice: {
        number: "INV-000002",
        issuedOn: "2020-08-10",
        dueOn: "2020-08-24",
        total: "11.61",
        state: "UNPAID",
        openAmount: "11.61",
        creditNotes: { totalCount: 0, edges: [] },
        lines: {
          edges: [
            {
              node: {
                ...SERVED,
                kind: "RECURRING",
                fee: "15.48",
                discount: "3.87",
                net: "11.61",
                corrects: null,
                invoice: { number: "INV-000002" },
                creditNote: null,
              },
            },
          ],
        },
      },
      customer: {
        balanceDue: "11.61",
        invoices: {
          edges: [
            { node: { number: "INV-000002", state: "UNPAID", openAmount: "11.61" } },
            { node: { number: "INV-000001", state: "VOID", openAmount: "0.00" } },
          ],
        },
      },
    });
  });
});

describe("credit notes", () => {
  const numbers = async (selection: string): Promise<string[]> => {
    const data = await client.query(`{ found: ${selection} { totalCount edges { node { number } } } }`);
    const { found } = data as { found: { totalCount: number; edges: { node: { number: string } }[] } };
    expect(found.totalCount).toBe(found.edges.length);
    return found.edges.map(({ node }) => node.number);
  };
  const [correction, voided] = ["CN-000001", "CN-000002"];

  it("are listed by what they are, whose, and when", async () => {
    expect(await numbers("creditNotes(sort: { by: NUMBER, direction: DESC })")).toEqual([voided, correction]);
    expect(await numbers("creditNotes(filter: { purpose: VOID })")).toEqual([voided]);
    expect(await numbers(`creditNotes(filter: { customerId: "${customerId}", purpose: CORRECTION })`)).toEqual([
      correction,
    ]);
    expect(await numbers(`creditNotes(filter: { customerId: "${randomUUID()}" })`)).toEqual([]);
    expect(await numbers(`creditNotes(filter: { invoiceId: "${invoiceId}" }, sort: { by: NUMBER })`)).toEqual([
      correction,
      voided,
    ]);
    expect(await numbers('creditNotes(filter: { number: "CN-000002" })')).toEqual([voided]);
    expect(await numbers('creditNotes(filter: { issuedFrom: "2020-08-11" })')).toEqual([]);
    expect(await numbers('creditNotes(filter: { issuedUntil: "2020-08-10" }, sort: { by: NUMBER })')).toEqual([
      correction,
      voided,
    ]);
  });

  it("are the customer's, a page at a time, and no other provider's", async () => {
    interface Shown {
      readonly pageInfo: { readonly endCursor: string };
      readonly edges: readonly { readonly node: { readonly id: string } }[];
    }
    const page = async (after: string | null) => {
      const data = await client.query(
        `query ($after: String) { customer(id: "${customerId}") { creditNotes(first: 1, after: $after) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { id } } } } }`,
        { after },
      );
      return (data as { customer: { creditNotes: Shown } }).customer.creditNotes;
    };
    const first = await page(null);
    expect(first).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await page(first.pageInfo.endCursor);
    expect(second).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    // Of one day: in the order of their numbers, which is that of their recording; the latest first.
    const shown = [...first.edges, ...second.edges].map(({ node }) => node.id);
    expect(shown).toEqual([...creditNotes].reverse());
    const other = await bench.provider("2020-07-01T12:00:00Z");
    expect(
      await other.query(`{ creditNote(id: "${creditNotes[0] ?? ""}") { id } creditNotes { totalCount } }`),
    ).toEqual({
      creditNote: null,
      creditNotes: { totalCount: 0 },
    });
  });
});
