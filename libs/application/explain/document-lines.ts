import { type Line } from "#domain/billing/line.js";
import { Recording, type Working } from "#domain/billing/recording.js";
import { documentIdOf } from "#domain/invoicing/events.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { streamName } from "#event-store/streams.js";
import { eachDocument, streamsNamed } from "../audit/invoices/prove.js";
import { type Based, type Document, recompute } from "../audit/invoices/recompute.js";
import { type ReadStreams } from "../audit/invoices/streams.js";

/** A line of an issued document as it is computed again from the document's basis. */
export interface ExplainedLine {
  /** Null: the basis comes to no such line. */
  readonly recomputed: Line | null;
  /** How it was computed; null: there is no such line. */
  readonly working: Working | null;
  /** Whether the line that was issued is equal to it, to the last field. */
  readonly isEqual: boolean;
}

/**
 * Explains the lines of an issued invoice or credit note, in their order: the document is computed again from exactly the
 * events that its basis names, by the code that made it, which takes down its steps (decision 216).
 * @returns null: the customer's receivables have no such document; empty where it cannot be computed again
 */
export const explainDocument = async (
  read: ReadStreams,
  asked: { readonly providerId: string; readonly customerId: string; readonly documentId: string },
): Promise<readonly ExplainedLine[] | null> => {
  const { providerId, customerId, documentId } = asked;
  const receivables = streamName(providerId, "receivables", customerId);
  const isWanted = (document: Document): boolean =>
    document.type !== "PeriodClosed" && documentIdOf(document) === documentId;
  const own = await read([receivables]);
  const named = streamsNamed(own.get(receivables) ?? [], isWanted);
  named.delete(receivables);
  const streams = new Map([...own, ...(await read([...named]))]);
  const [found] = eachDocument(providerId, customerId, streams, isWanted);
  return found ? explained(found.based) : null;
};

const explained = (based: () => Based): ExplainedLine[] => {
  try {
    return linesOf(based());
  } catch {
    // Events that were tampered with make the rules do anything: such a document is not proven, `audit-invoices` says why.
    return [];
  }
};

const linesOf = ({ lines, billing, before, document }: Based): ExplainedLine[] => {
  if (!billing) return [];
  const record = new Recording();
  record.holds(billing.sealed, billing.billed);
  const computed = recompute(billing, before, document, record).flatMap((event) =>
    event.type === "InvoicePageRecorded" ? event.data.lines : [],
  );
  return lines.map((line, index): ExplainedLine => {
    const recomputed = computed[index] ?? null;
    const working = recomputed === null ? undefined : record.workingOf(recomputed);
    return {
      recomputed,
      working: working ?? null,
      isEqual: recomputed !== null && canonicalJson(recomputed) === canonicalJson(line),
    };
  });
};
