import { type LocalDate } from "#domain/calendar.js";
import {
  type CorrectingFacts,
  issueCreditNote,
  reissueInvoice,
  voidInvoice,
} from "#domain/invoicing/correct-invoices.js";
import { type Receivables, receivablesEvolver } from "#domain/invoicing/receivables.js";
import { reject } from "#domain/rejection.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { invoiceId } from "#event-store/ids.js";
import { commandsOn, type Loading } from "../command/definition.js";
import { pageId } from "../command/pages.js";
import { creditNoteAnswer, invoiceOwner, textOf } from "./answers.js";
import { moneyCommands } from "./money-commands.js";

export interface IssueCreditNote {
  readonly customerId: string;
  /** A day of the closed billing period whose corrections are credited. */
  readonly correcting: LocalDate;
  readonly reason?: string | null;
}
export interface VoidInvoice {
  readonly invoiceId: string;
  readonly reason?: string | null;
}
export interface ReissueInvoice {
  readonly invoiceId: string;
}

const command = commandsOn("receivables", receivablesEvolver);

export const receivablesCommands = {
  ...moneyCommands,
  issueCreditNote: command({
    whenShown: true,
    target: ({ customerId }: IssueCreditNote) => customerId,
    facts: ({ customerId, correcting }, loading) => correctingFacts(loading, customerId, correcting),
    decide: ({ correcting, reason }, { state, facts, now, newId }) =>
      issueCreditNote({ creditNoteId: newId("creditnote"), correcting, reason: textOf(reason), now }, state, facts),
    answer: creditNoteAnswer,
  }),
  voidInvoice: command({
    whenShown: true,
    target: ({ invoiceId }: VoidInvoice, { providerId }, facts) => invoiceOwner(facts, providerId, invoiceId),
    facts: ({ invoiceId }, loading) => factsOfInvoice(loading, invoiceId),
    decide: ({ invoiceId, reason }, { state, facts, now, newId }) =>
      voidInvoice({ invoiceId, creditNoteId: newId("creditnote"), reason: textOf(reason), now }, state, facts),
    answer: creditNoteAnswer,
  }),
  reissueInvoice: command({
    whenShown: true,
    target: ({ invoiceId }: ReissueInvoice, { providerId }, facts) => invoiceOwner(facts, providerId, invoiceId),
    facts: ({ invoiceId }, loading) => factsOfInvoice(loading, invoiceId),
    decide: ({ invoiceId }, { state, facts, now }) => reissueInvoice({ invoiceId, now }, state, facts),
    answer: ({ events }) =>
      Promise.resolve({
        invoiceId: events.find((event) => event.type === "InvoiceSealed")?.data.invoiceId ?? null,
      }),
  }),
};

const factsOfInvoice = async (loading: Loading<Receivables | null>, id: string): Promise<CorrectingFacts> => {
  const found = await loading.facts.issuedInvoice(loading.providerId, id);
  if (!found) throw reject("INVOICE_NOT_FOUND", "There is no such invoice.", { field: "invoiceId" });
  return correctingFacts(loading, found.customerId, found.from);
};

const correctingFacts = async (
  { facts, providerId }: Loading<Receivables | null>,
  customerId: string,
  from: LocalDate,
): Promise<CorrectingFacts> => {
  const billing = await facts.billing(providerId, customerId, from);
  if (!billing) throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
  return {
    billing,
    basis: billing.basis,
    isIssued: true,
    hash: (value) => sha256(canonicalJson(value)),
    pageId,
    idOf: (periodFrom, attempt) => invoiceId(providerId, customerId, periodFrom, attempt),
  };
};
