import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, negated } from "#domain/money.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { type BookStep, countsWhenSealed, moneyStep } from "#domain/receivables/movements.js";
import { type EventOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { keyOf } from "./pages.js";

export type ReceivablesOrRegister = RecordedEvent<EventOf<"receivables" | "register">>;

/** A step of a customer's books, from an event. */
export interface Placed {
  readonly event: ReceivablesOrRegister;
  readonly provider: string;
  readonly customerId: string;
  /** Null: the event does not say it, since others came before it. */
  readonly currency: string | null;
  /** Its day: of documents their date. */
  readonly on: LocalDate;
  readonly step: BookStep;
}

/** An invoice or credit note as its row says. */
interface Document {
  readonly provider_id: string;
  readonly id: string;
  readonly issued_on: LocalDate;
  readonly due_on: LocalDate | null;
  readonly currency: string;
  readonly total: Amount;
  /** Null: it is an invoice. */
  readonly purpose: CreditNotePurpose | null;
  /** The invoice that a credit note is for. */
  readonly invoice_id: string | null;
}

/**
 * What a batch does to the books of customers, in the order of the events: an invoice counts once it is numbered, as the
 * credit note of a period does; money, a void, and credit notes that people issue, at once.
 */
export const stepsOf = async (
  manager: EntityManager,
  events: readonly ReceivablesOrRegister[],
): Promise<readonly Placed[]> => {
  const documents = await documentsOf(manager, events);
  const documentOf = (event: ReceivablesOrRegister, id: string): Document => {
    const found = documents.get(keyOf(parseStreamName(event.stream).provider, id));
    if (!found) throw new ContradictoryEvent(event, `${id} was not sealed before`);
    return found;
  };
  return events.flatMap((event): readonly Placed[] => {
    const { provider, id: customerId } = parseStreamName(event.stream);
    const place = { event, provider, customerId };
    switch (event.type) {
      case "NumbersAssigned":
        return event.data.invoices.flatMap(({ invoiceId, customerId: owner, number }) =>
          numbered({ ...place, customerId: owner }, documentOf(event, invoiceId), number),
        );
      case "CreditNoteSealed": {
        const { creditNoteId, purpose } = event.data;
        if (!countsWhenSealed(purpose)) return [];
        const note = documentOf(event, creditNoteId);
        return [{ ...place, currency: note.currency, on: note.issued_on, step: creditStep(note) }];
      }
      case "InvoiceVoided": {
        const { invoiceId, creditNoteId, effectiveOn: on } = event.data;
        const note = documentOf(event, creditNoteId);
        const step: BookStep = { kind: "VOID", invoiceId, creditNoteId, amount: creditOf(note) };
        return [{ ...place, currency: note.currency, on, step }];
      }
      case "PaymentRecorded":
      case "PaymentReversed":
      case "RefundRecorded":
      case "InvoiceWrittenOff": {
        const currency = "currency" in event.data ? event.data.currency : null;
        return [{ ...place, currency, on: event.data.effectiveOn, step: moneyStep(event) }];
      }
      default:
        return [];
    }
  });
};

/** The step of a document that got its number; none of a credit note that counted at once, or with its void. */
const numbered = (
  place: Pick<Placed, "event" | "provider" | "customerId">,
  document: Document,
  number: string,
): readonly Placed[] => {
  const { id, currency, total, issued_on: issuedOn, due_on: dueOn } = document;
  const common = { ...place, currency, on: issuedOn };
  if (document.purpose === null) {
    const invoice = { invoiceId: id, issuedOn, dueOn: dueOn ?? issuedOn, number };
    return [{ ...common, step: { kind: "INVOICE", invoice, total } }];
  }
  const { purpose } = document;
  return purpose === "VOID" || countsWhenSealed(purpose) ? [] : [{ ...common, step: creditStep(document) }];
};

const creditStep = (document: Document): BookStep => ({
  kind: "CREDIT_NOTE",
  creditNoteId: document.id,
  amount: creditOf(document),
  invoiceId: document.invoice_id,
});

const creditOf = ({ total, currency }: Document): Amount => negated(total, currency);

const documentsOf = async (
  manager: EntityManager,
  events: readonly ReceivablesOrRegister[],
): Promise<Map<string, Document>> => {
  const named = events.flatMap((event) => {
    const { provider } = parseStreamName(event.stream);
    if (event.type === "InvoiceVoided" || event.type === "CreditNoteSealed") {
      return [{ provider, id: event.data.creditNoteId }];
    }
    if (event.type !== "NumbersAssigned") return [];
    return event.data.invoices.map(({ invoiceId: id }) => ({ provider, id }));
  });
  if (named.length === 0) return new Map();
  const found = await manager.query<Document[]>(
    `SELECT d.* FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, id),
       LATERAL (SELECT i.provider_id, i.id, i.issued_on::text, i.due_on::text, i.currency, i.total::text,
                       NULL AS purpose, NULL::uuid AS invoice_id
                  FROM invoices i WHERE i.provider_id = s.provider_id AND i.id = s.id
                 UNION ALL
                SELECT c.provider_id, c.id, c.issued_on::text, NULL, c.currency, c.total::text, c.purpose, c.invoice_id
                  FROM credit_notes c WHERE c.provider_id = s.provider_id AND c.id = s.id) d`,
    [named.map(({ provider }) => provider), named.map(({ id }) => id)],
  );
  return new Map(found.map((document) => [keyOf(document.provider_id, document.id), document]));
};
