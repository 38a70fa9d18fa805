import { type LocalDate } from "#domain/calendar.js";
import { type DocumentSealed, documentIdOf, type NumbersAssigned } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { CREDIT_NOTES, INVOICES } from "#read-models/billing/numbers.js";
import { type Difference } from "../job.js";

type Assigned = Pick<RecordedEvent<NumbersAssigned>, "stream" | "revision" | "position" | "data">;

/** What is compared with the registers of a document. */
export type Issued = DocumentSealed & Pick<RecordedEvent<DocumentSealed>, "stream" | "revision" | "position">;

/** A number as a register gives it to a document. */
interface Given {
  readonly series: string;
  readonly documentId: string;
  readonly number: string;
  /** `stream@revision` of the register. */
  readonly where: string;
}

/** One event of a register: documents are numbered by the day of issue, then by customer. */
interface Batch {
  readonly position: Position;
  /** The last place in that order that got a number by this event, or by one after it. */
  readonly reached: string;
}

/**
 * What the registers of both series say, for the comparison with the documents that are there: each number is of a
 * document, and each document has one, unless it may still wait for it (docs/rules.md#invoice-numbers).
 */
export class Numbers {
  readonly #given = new Map<string, Given[]>();
  readonly #batches = new Map<string, readonly Batch[]>();

  /**
   * @param registers all events of each register that are covered, in order
   * @param customerId only numbers of this customer are kept; null: of all
   */
  constructor(registers: Iterable<readonly Assigned[]>, customerId: string | null) {
    for (const events of registers) {
      let reached = "";
      const batches: Batch[] = [];
      for (const { position, data } of events.toReversed()) {
        for (const one of data.invoices) reached = later(reached, placeOf(one));
        batches.push({ position, reached });
      }
      const [first] = events;
      if (first) this.#batches.set(first.data.series, batches.reverse());
      for (const { stream, revision, data } of events) {
        for (const one of data.invoices) {
          if (customerId !== null && one.customerId !== customerId) continue;
          const given = this.#given.get(one.customerId) ?? [];
          const where = `${stream}@${revision}`;
          given.push({ series: data.series, documentId: one.invoiceId, number: one.number, where });
          this.#given.set(one.customerId, given);
        }
      }
    }
  }

  /** The customers that have numbers. */
  get customers(): string[] {
    return [...this.#given.keys()];
  }

  /** How many numbers the documents of a customer were given. */
  countOf(customerId: string): number {
    return this.#given.get(customerId)?.length ?? 0;
  }

  /**
   * Compares the documents of a customer with its numbers.
   * @param documents all that are covered, whatever their days
   * @returns what differs, and how many documents wait for their numbers
   */
  compare(customerId: string, documents: readonly Issued[]): { differences: Difference[]; waiting: number } {
    const differences: Difference[] = [];
    const given = this.#given.get(customerId) ?? [];
    const numbered = new Set(given.map(keyOf));
    const there = new Set(documents.map((document) => keyOf(namesOf(document))));
    for (const one of given) {
      if (there.has(keyOf(one))) continue;
      const { series, documentId, number, where } = one;
      const says = `${number} of the series ${series} is the number of document ${documentId}, which is not there.`;
      differences.push({ what: "DOCUMENT_MISSING", where, says, expected: documentId });
    }
    let waiting = 0;
    for (const document of documents) {
      const { series, documentId } = namesOf(document);
      if (numbered.has(keyOf({ series, documentId }))) continue;
      if (!this.#isPassedOver(series, document)) {
        waiting += 1;
        continue;
      }
      const where = `${document.stream}@${document.revision}`;
      const says = `Document ${documentId} has no number of the series ${series}, and documents behind it have theirs.`;
      differences.push({ what: "NUMBER_MISSING", where, says, found: documentId });
    }
    return { differences, waiting };
  }

  /**
   * Whether a document without a number cannot be waiting for it: who gave numbers knew all that was recorded before the
   * register's event before, and gave a number to a document that comes after it.
   */
  #isPassedOver(series: string, { position, data }: Issued): boolean {
    const batches = this.#batches.get(series) ?? [];
    const known = batches.findIndex((batch) => comparePositions(batch.position, position) > 0);
    const next = known < 0 ? undefined : batches[known + 1];
    return next !== undefined && next.reached > placeOf(data);
  }
}

const namesOf = (document: Issued): Pick<Given, "series" | "documentId"> => ({
  series: document.type === "InvoiceSealed" ? INVOICES : CREDIT_NOTES,
  documentId: documentIdOf(document),
});

const keyOf = ({ series, documentId }: Pick<Given, "series" | "documentId">): string => `${series} ${documentId}`;

const placeOf = ({ issuedOn, customerId }: { readonly issuedOn: LocalDate; readonly customerId: string }): string =>
  `${issuedOn} ${customerId}`;

const later = (a: string, b: string): string => (a < b ? b : a);
