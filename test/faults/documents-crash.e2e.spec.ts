import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CreditNoteSealed,
  type InvoiceSealed,
  type ReceivablesEvent,
} from "../../libs/domain/invoicing/events.js";
import { ofType } from "../../libs/event-store/catalogue.js";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type RecordedEvent } from "../../libs/event-store/event.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

/** 4,000 lines on an invoice, 8,000 on its credit notes, in pages of 500: more than fits one append. */
const [COMMITMENTS, ROWS] = [4, 1_000];
const LINES = COMMITMENTS * ROWS;
/** An API that dies between two pages; its second attempt finds the pages of the first and dies before the seal. */
const FAULTS = ["command.between-pages:3", "command.between-pages:5"];

describe("an API that is killed between the pages of a document", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  let customerId: string;
  let january: string;

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Documents" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const lines = await defineLines(graphql);
    const offerId = await lines.offer(ROWS);
    const offers = Array.from({ length: COMMITMENTS }, () => offerId);
    ({ customerId } = await lines.signUp(1, offers));
    await graphql.mutate("advanceTestClock", { to: "2021-02-10T12:00:00.000Z" }, "id");
    const [sealed] = ofType(await receivables(), "InvoiceSealed");
    if (!sealed) throw new Error("January was not closed");
    january = sealed.data.invoiceId;
    const rated = { rate: "50", effectiveOn: "2021-01-01", reason: "as agreed" };
    await graphql.mutate("setSubscriptionDiscountRate", { customerId, ...rated });
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  const receivables = (): Promise<RecordedEvent[]> => store.readStream(streamName(provider, "receivables", customerId));

  /** Gives the command to APIs that die of it, then twice to one that lives, always with the same key. */
  const retried = async <Payload extends object>(name: string, input: object, fields: string): Promise<Payload> => {
    const whole = { idempotencyKey: name, ...input };
    const before = (await receivables()).length;
    for (const [attempt, fault] of FAULTS.entries()) {
      const doomed = client(await stack.startApi({ TENURE_FAULT: fault }), provider);
      await expect(doomed.mutate(name, whole)).rejects.toThrow("fetch failed");
      const left = (await receivables()).slice(before).map(({ type }) => type);
      expect(left).toEqual(Array<string>([3, 8][attempt] ?? 0).fill("InvoicePageRecorded"));
    }
    const first = await graphql.mutate<Payload>(name, whole, `${fields} repeated`);
    const recorded = (await receivables()).length;
    const second = await graphql.mutate<Payload>(name, whole, `${fields} repeated`);
    expect(first).toMatchObject({ repeated: false });
    expect(second).toEqual({ ...first, repeated: true });
    const events = await receivables();
    expect(events.length).toBe(recorded);
    expect(verifyChain(events)).toBeUndefined();
    return first;
  };

  /** What the event's pages hold: as many lines as it says, each page once. */
  const linesOf = async ({ data }: RecordedEvent<InvoiceSealed> | RecordedEvent<CreditNoteSealed>): Promise<number> => {
    const pages = ofType(await receivables(), "InvoicePageRecorded");
    const named = data.pages.map(({ eventId }) => pages.filter(({ id }) => id === eventId));
    expect(named.map(({ length }) => length)).toEqual(data.pages.map(() => 1));
    return named.flat().reduce((sum, page) => sum + page.data.lines.length, 0);
  };

  const last = async <Type extends ReceivablesEvent["type"]>(type: Type) => ofType(await receivables(), type).at(-1);

  const shown = async () => {
    const { creditNotes, invoices } = await graphql.request<
      Record<"creditNotes" | "invoices", { readonly edges: readonly { readonly node: unknown }[] }>
    >(
      `{ creditNotes(sort: { by: NUMBER }) { edges { node { number purpose total lineCount } } }
         invoices(sort: { by: NUMBER }) { edges { node { number issuedOn total lineCount state openAmount } } } }`,
    );
    const nodes = ({ edges }: typeof invoices) => edges.map(({ node }) => node);
    return { creditNotes: nodes(creditNotes), invoices: nodes(invoices) };
  };

  it("credits a period once, with the same answer", async () => {
    const { creditNoteId } = await retried<{ creditNoteId: string }>(
      "issueCreditNote",
      { customerId, correcting: "2021-01-15", reason: "as agreed" },
      "creditNoteId",
    );
    const sealed = await last("CreditNoteSealed");
    if (!sealed) throw new Error("there is no credit note");
    expect(sealed.data).toMatchObject({ creditNoteId, lineCount: 2 * LINES, total: "-12000.00" });
    expect(await linesOf(sealed)).toBe(2 * LINES);
  });

  it("voids an invoice once, with the same answer", async () => {
    const { creditNoteId } = await retried<{ creditNoteId: string }>(
      "voidInvoice",
      { invoiceId: january, reason: "wrong address" },
      "creditNoteId",
    );
    const voided = (await receivables()).filter(({ type }) => type === "InvoiceVoided");
    expect(voided.length).toBe(1);
    const sealed = await last("CreditNoteSealed");
    if (!sealed) throw new Error("there is no credit note");
    expect(sealed.data).toMatchObject({ creditNoteId, purpose: "VOID", lineCount: 2 * LINES, total: "-20000.00" });
    expect(await linesOf(sealed)).toBe(2 * LINES);
  });

  it("issues an invoice again once, with the same answer", async () => {
    const { invoiceId } = await retried<{ invoiceId: string }>("reissueInvoice", { invoiceId: january }, "invoiceId");
    const sealed = await last("InvoiceSealed");
    if (!sealed) throw new Error("there is no invoice");
    expect(sealed.data).toMatchObject({ invoiceId, reissueOf: january, lineCount: LINES, total: "20000.00" });
    expect(await linesOf(sealed)).toBe(LINES);
  });

  it("leaves nothing else behind: the next month is billed as if nobody had died", async () => {
    await graphql.mutate("advanceTestClock", { to: "2021-03-10T12:00:00.000Z" }, "id");
    // Each row: 10.00 - 2.00, then 10.00 - 5.00 by the rate.
    const invoice = { lineCount: LINES, total: "20000.00", state: "UNPAID", openAmount: "20000.00" };
    expect(await shown()).toEqual({
      creditNotes: [
        { number: "CN-000001", purpose: "CORRECTION", total: "-12000.00", lineCount: 2 * LINES },
        { number: "CN-000002", purpose: "VOID", total: "-20000.00", lineCount: 2 * LINES },
      ],
      invoices: [
        {
          ...invoice,
          number: "INV-000001",
          issuedOn: "2021-02-01",
          total: "32000.00",
          state: "VOID",
          openAmount: "0.00",
        },
        { ...invoice, number: "INV-000002", issuedOn: "2021-02-10", state: "OVERDUE" },
        { ...invoice, number: "INV-000003", issuedOn: "2021-03-01" },
      ],
    });
    expect(verifyChain(await receivables())).toBeUndefined();
  });
});
