import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import {
  type BasisPageRecorded,
  documentIdOf,
  type InvoicePageRecorded,
  type ReceivablesEvent,
} from "#domain/invoicing/events.js";
import { type Receivables, receivablesEvolver } from "#domain/invoicing/receivables.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { basisOf, linesOf } from "#read-models/billing/memory-feed.js";
import { type Difference } from "../job.js";
import { BasisReplay, type Streams } from "./basis-replay.js";
import { compared } from "./compare.js";
import { type Based, type Document, isDocument, recompute, Uncomputable } from "./recompute.js";

/** What became of proving one document. */
export interface Proof {
  readonly customerId: string;
  readonly kind: DocumentKind;
  /** Null: nothing was issued. */
  readonly documentId: string | null;
  readonly issuedOn: LocalDate;
  readonly period: PeriodDays;
  readonly total: string | null;
  readonly currency: string | null;
  readonly lines: number;
  /** Of the event that issued it. */
  readonly stream: string;
  readonly revision: string;
  /** Empty: proven. */
  readonly differences: readonly Difference[];
}

/** An invoice, the purpose of a credit note, or `NOTHING`: a period was closed without a line. */
export type DocumentKind = "INVOICE" | "PERIOD" | "CORRECTION" | "VOID" | "GOODWILL" | "NOTHING";

export const kindOf = (document: Document): DocumentKind => {
  if (document.type === "InvoiceSealed") return "INVOICE";
  return document.type === "PeriodClosed" ? "NOTHING" : document.data.purpose;
};

/** The day that a document is dated. */
export const issuedOnOf = ({ data }: Document): LocalDate => ("issuedOn" in data ? data.issuedOn : data.effectiveOn);

/**
 * The documents of a customer in order of recording, each with the billing as of its basis. What cannot be put together
 * is thrown by `based()`, and leaves the others as they are.
 * @param streams at least the customer's receivables stream and all that the bases of the documents name
 */
export function* eachDocument(
  provider: string,
  customerId: string,
  streams: Streams,
  wanted: (document: Document) => boolean = () => true,
): Generator<{ readonly document: Document; readonly based: () => Based }> {
  const events = streams.get(streamName(provider, "receivables", customerId)) ?? [];
  const replay = new BasisReplay(provider, streams);
  const pages = new Map<string, InvoicePageRecorded["data"]>();
  const basisPages = new Map<string, BasisPageRecorded["data"]>();
  let before: Receivables | null = receivablesEvolver.initial;
  for (const [place, event] of events.entries()) {
    if (!isOf(event, "receivables")) continue;
    if (event.type === "InvoicePageRecorded") pages.set(event.id, event.data);
    else if (event.type === "BasisPageRecorded") basisPages.set(event.id, event.data);
    else if (isDocument(event) && wanted(event)) {
      const state = before;
      const based = (): Based => ({
        document: event,
        lines: event.type === "PeriodClosed" ? [] : linesOf(event, pages),
        billing: kindOf(event) === "GOODWILL" ? null : replay.at(basisOf(event, basisPages)).billing(customerId),
        before: state,
        next: events[place + 1],
      });
      yield { document: event, based };
    }
    before = receivablesEvolver.evolve(before, event, event.id);
  }
}

/**
 * Proves the documents of a customer: each is computed again from exactly the events that its basis names, by the code
 * that made it, and compared whole with what was recorded: every line, total, date and name.
 */
export function* proveDocuments(...asked: Parameters<typeof eachDocument>): Generator<Proof> {
  const [, customerId] = asked;
  for (const { document, based } of eachDocument(...asked)) {
    const { stream, revision, data } = document;
    yield {
      customerId,
      kind: kindOf(document),
      documentId: document.type === "PeriodClosed" ? null : documentIdOf(document),
      issuedOn: issuedOnOf(document),
      period: data.period,
      total: "total" in data ? data.total : null,
      currency: "currency" in data ? data.currency : null,
      lines: "lineCount" in data ? data.lineCount : 0,
      stream,
      revision: revision.toString(),
      differences: differencesOf(document, based),
    };
  }
}

const differencesOf = (document: Document, based: () => Based): readonly Difference[] => {
  try {
    const found = based();
    return compared(found, found.billing ? recompute(found.billing, found.before, document) : given(document));
  } catch (error) {
    // Whatever tampered events make the rules do: the document is not proven.
    const says = `It cannot be computed again: ${error instanceof Error ? error.message : String(error)}`;
    return [{ what: "NOT_COMPUTABLE", where: `${document.stream}@${document.revision}`, says }];
  }
};

/** A goodwill credit: its amount was given by a person, and it has no line. */
const given = (document: Document): readonly ReceivablesEvent[] => {
  if (document.type !== "CreditNoteSealed") throw new Uncomputable("its customer was not created");
  if (document.data.lineCount > 0 || document.data.pages.length > 0)
    throw new Uncomputable("a goodwill credit has no line");
  return [{ type: document.type, data: document.data }];
};

/** The streams that the documents of a receivables stream were computed from. */
export const streamsNamed = (
  events: readonly RecordedEvent[],
  wanted: (document: Document) => boolean = () => true,
): Set<string> => {
  const named = new Set<string>();
  for (const event of events) {
    if (event.type === "BasisPageRecorded") for (const { stream } of event.data.entries) named.add(stream);
    else if (isOf(event, "receivables") && isDocument(event) && wanted(event))
      for (const { stream } of event.data.basis) named.add(stream);
  }
  return named;
};
