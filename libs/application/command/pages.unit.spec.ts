import { describe, expect, it } from "vitest";
import { type ReceivablesEvent } from "#domain/invoicing/events.js";
import { pagesOf } from "#domain/invoicing/invoice.js";
import { type Receivables, receivablesEvolver } from "#domain/invoicing/receivables.js";
import { month, recurringLine } from "#domain/spec-support/history.js";
import { eventTypes } from "#event-store/catalogue.js";
import { verifyChain } from "#event-store/content-hash.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { streamName } from "#event-store/streams.js";
import { envelope } from "../spec-support/counter.js";
import { decideAndAppend } from "./decide-and-append.js";
import { pageId } from "./pages.js";

const stream = streamName("00000000-0000-4000-8000-000000000001", "receivables", "1");
const july = month("2020-07");
const lines = Array.from({ length: 5_000 }, (_, index) => recurringLine({ rowId: `row-${index}`, causes: [] }));
const pages = pagesOf("note-1", lines, july, (page) => `hash of ${(page as unknown[]).length}`);
const voided: ReceivablesEvent = {
  type: "InvoiceVoided",
  data: {
    ...{ invoiceId: "invoice-1", creditNoteId: "note-1", period: { from: "2020-07-01", until: "2020-07-31" } },
    ...{ undoneFrom: null, effectiveOn: "2020-09-02", personal: { reason: "Wrong" } },
  },
};

const ask = (store: InMemoryEventStore, key = "a") =>
  decideAndAppend<Receivables | null, ReceivablesEvent>(store, {
    stream,
    evolver: receivablesEvolver,
    envelope: envelope(key, {}),
    decide: () => [...pages, voided],
  });

describe("a command whose events do not fit one append", () => {
  it.each([1, 2, 5, pages.length])("loses and repeats nothing when it is cut off after %i appends", async (appends) => {
    let left = appends;
    const store = new InMemoryEventStore(eventTypes);
    store.onAppend = () => {
      left -= 1;
      if (left < 0) throw new Error("killed");
    };
    await expect(ask(store)).rejects.toThrow("killed");
    expect(store.log.map(({ type }) => type)).toEqual(Array.from({ length: appends }, () => "InvoicePageRecorded"));
    left = Infinity;
    const done = await ask(store);
    expect(done.repeated).toBe(false);
    expect(store.log.map(({ id }) => id).slice(0, pages.length)).toEqual(pages.map(pageId));
    expect(store.log.map(({ type }) => type).slice(pages.length)).toEqual(["InvoiceVoided"]);
    expect(verifyChain(await store.readStream(stream))).toBeUndefined();
    expect((await ask(store)).repeated).toBe(true);
    expect(store.log).toHaveLength(pages.length + 1);
  });

  it("is one append where they fit", async () => {
    let appends = 0;
    const store = new InMemoryEventStore(eventTypes);
    store.onAppend = () => {
      appends += 1;
    };
    await decideAndAppend<Receivables | null, ReceivablesEvent>(store, {
      ...{ stream, evolver: receivablesEvolver, envelope: envelope("a", {}) },
      decide: () => [...pages.slice(0, 1), voided],
    });
    expect([appends, store.log.length]).toEqual([1, 2]);
  });
});
