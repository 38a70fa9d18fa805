import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Line } from "#domain/billing/line.js";
import { movedBy } from "#domain/billing/ledger.js";
import { periodLines } from "#domain/billing/period.js";
import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { judgedBy } from "#domain/invoicing/rules.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type BillingEvent } from "#read-models/billing/fold.js";
import { MemoryFeed } from "#read-models/billing/memory-feed.js";
import { brokenLinkOf } from "./chain.js";
import { proveDocuments } from "./prove.js";

/*
 * The events of a customer as the program recorded them while its rules were version 1: 20.00 a month with 5.00 off until
 * 2020-11-01, where a pause was included and cancelled. On 11-08 a pause from 11-05 was dated back and ended at once, so
 * that the discount ran until 11-08. By version 1 that floor held for the days before 11-05 too (decision 285).
 */
type Stored = Omit<RecordedEvent, "revision" | "position"> & {
  readonly revision: string;
  readonly position: { readonly commit: string; readonly prepare: string };
};
const stored = JSON.parse(readFileSync(new URL("sealed-by-rules-1.json", import.meta.url), "utf8")) as Stored[];
const recorded = stored.map((event) => ({
  ...event,
  revision: BigInt(event.revision),
  position: { commit: BigInt(event.position.commit), prepare: BigInt(event.position.prepare) },
})) as RecordedEvent[];

const streamsOf = (events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const names = [...new Set(events.map(({ stream }) => stream))];
  return new Map(names.map((name) => [name, events.filter(({ stream }) => stream === name)]));
};
const sealed = recorded.at(-1) as RecordedEvent<InvoiceSealed>;
const { provider } = sealed.metadata;
const { customerId } = sealed.data;
/** The last invoice with the name of another version. */
const namedBy = (rules: number): RecordedEvent[] => [
  ...recorded.slice(0, -1),
  { ...sealed, data: { ...sealed.data, rules } },
];
const proofs = (events: readonly RecordedEvent[]) => [...proveDocuments(provider, customerId, streamsOf(events))];

/** As the program of now goes on with it. */
const billing = () => {
  const feed = new MemoryFeed(provider);
  for (const event of recorded) feed.fold(event as BillingEvent);
  const known = feed.billing(customerId);
  if (!known) throw new Error("the customer was created");
  return known;
};
const november = { from: "2020-11-01", to: "2020-12-01" };
const december = { from: "2020-12-01", to: "2021-01-01" };
const shown = (lines: readonly Line[]) =>
  lines.map(({ kind, from, until, fee, discount, net }) => [kind, from, until, fee, discount, net]);

describe("what was sealed by version 1 of the rules", () => {
  it("is here as it was recorded", () => {
    for (const events of streamsOf(recorded).values()) expect(brokenLinkOf(events)).toBeUndefined();
    expect(recorded.some(({ data }) => "rules" in data)).toBe(false);
  });

  it("is proven by it", () => {
    expect(proofs(recorded).map(({ issuedOn, total, differences }) => [issuedOn, total, differences])).toEqual([
      ["2020-11-01", "15.00", []],
      ["2020-12-01", "16.66", []],
    ]);
  });

  it("is not proven by version 2: days before 11-05 keep the end that they had", () => {
    const [, proof] = proofs(namedBy(2));
    expect(proof?.differences.map(({ what, where }) => [what, where.replace(/^.*@/, "")])).toEqual([
      ["LINE_DIFFERS", "4 line 1"],
      ["DOCUMENT_DIFFERS", "4 totalsByKind"],
      ["DOCUMENT_DIFFERS", "4 total"],
      ["DOCUMENT_DIFFERS", "4 pages"],
      ["DOCUMENT_DIFFERS", "4 contentHash"],
    ]);
    expect(proof?.differences[0]).toMatchObject({
      expected: { from: "2020-11-01", until: "2020-11-04", fee: "2.67", discount: "0.00", net: "2.67" },
      found: { from: "2020-11-01", until: "2020-11-04", fee: "2.67", discount: "0.67", net: "2.00" },
    });
  });

  it("is not proven where the program has not its version", () => {
    expect(proofs(namedBy(3))[1]?.differences).toEqual([
      {
        what: "NOT_COMPUTABLE",
        where: `${sealed.stream}@${sealed.revision}`,
        says: "It cannot be computed again: it was computed by version 3 of the rules, which this program has not",
      },
    ]);
  });
});

describe("a period that was closed by version 1", () => {
  it("stays as it was billed while its history does not move", () => {
    expect(shown(periodLines(billing(), december))).toEqual([
      ["RECURRING", "2020-12-01", "2020-12-31", "20.00", "0.00", "20.00"],
    ]);
  });

  it("is computed again by version 2 once it moves", () => {
    const known = billing();
    const moved = movedBy(known, known.history, "2020-11-20");
    expect(shown(periodLines(moved, december))).toEqual([
      ["ADJUSTMENT", "2020-11-01", "2020-11-04", "0.00", "-0.67", "0.67"],
      ["RECURRING", "2020-12-01", "2020-12-31", "20.00", "0.00", "20.00"],
    ]);
  });

  it("comes to what it did, whatever is computed from it as version 1 judges it", () => {
    const judged = judgedBy({ ...billing(), closedTo: november.from, billed: [] }, 1);
    expect(judged && shown(periodLines(judged, november))).toEqual([
      ["RECURRING", "2020-11-01", "2020-11-04", "2.67", "0.67", "2.00"],
      ["RECURRING", "2020-11-09", "2020-11-30", "14.66", "0.00", "14.66"],
    ]);
  });
});
