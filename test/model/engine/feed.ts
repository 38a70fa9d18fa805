import { customerEvolver } from "#domain/customers/customer.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import {
  documentIdOf,
  type DocumentSealed,
  type NumbersAssigned,
  type ReceivablesEvent,
} from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { CREDIT_NOTES, INVOICES } from "#read-models/billing/numbers.js";
import { book } from "./books.js";
import { take } from "./documents.js";
import { tell } from "./mails.js";
import { foldSignals } from "./signals.js";
import { knowCalls } from "./usage.js";
import { type World } from "./world.js";

/**
 * As the read models do it: what is new in the log goes into what is known of each customer; then what was sealed gets its
 * numbers.
 */
export const follow = (world: World): void => {
  const { log } = world.session.store;
  const sealed: DocumentSealed[] = [];
  for (; world.followed < log.length; world.followed += 1) {
    const stored = log[world.followed];
    if (!stored) return;
    const event = stored as unknown as RecordedEvent;
    const { category, id } = parseStreamName(event.stream);
    tell(world, event);
    knowCalls(world, event);
    switch (category) {
      case "customer":
        world.customers.set(
          id,
          known(customerEvolver.evolve(world.customers.get(id) ?? null, event as never, event.id)),
        );
        break;
      case "customerclass":
        world.classes.set(
          id,
          known(customerClassEvolver.evolve(world.classes.get(id) ?? null, event as never, event.id)),
        );
        break;
      case "receivables": {
        const received = { type: event.type, data: event.data } as ReceivablesEvent;
        take(world, id, received);
        book(world, id, received);
        if (received.type === "InvoiceSealed" || received.type === "CreditNoteSealed") sealed.push(received);
        break;
      }
      default:
    }
    world.collection.fold(event);
    foldSignals(world, event);
  }
  for (const document of sealed) number(world, document);
};

const known = <State>(state: State | null): State => {
  if (state === null) throw new Error("an event makes nothing");
  return state;
};

/** Within a customer, documents are numbered in the order in which they were sealed. */
const number = (world: World, document: DocumentSealed): void => {
  const { providerId: provider } = LOCAL;
  const { issuedOn, customerId } = document.data;
  const series = document.type === "InvoiceSealed" ? INVOICES : CREDIT_NOTES;
  const invoiceId = documentIdOf(document);
  const given = `${world.numbered++}`.padStart(9, "0");
  const data = { series, invoices: [{ invoiceId, customerId, issuedOn, number: given }] };
  const event = {
    ...{ type: "NumbersAssigned", data: data as unknown as NumbersAssigned["data"] },
    ...{ stream: streamName(provider, "register", series), id: `${series} ${given}` },
    metadata: { recordedAt: world.now },
  } as unknown as RecordedEvent;
  tell(world, event);
  world.collection.fold(event);
};
