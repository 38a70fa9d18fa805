import { type LocalDate } from "#domain/calendar.js";
import { type NumbersAssigned } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { INVOICES } from "#read-models/billing/numbers.js";
import { type Facts } from "./facts.js";
import { type DeliveryKind } from "./target.js";

/** A message that an event makes. */
export interface Wanted<Kind extends DeliveryKind = DeliveryKind> {
  readonly kind: Kind;
  readonly customerId: string;
  readonly on: LocalDate;
  readonly subjectId: string | null;
}

/** To the customers whose invoices got their numbers; nobody is told of credit notes. */
export const ofInvoices = <Kind extends DeliveryKind>(
  kind: Kind,
  { data: { series, invoices } }: RecordedEvent<NumbersAssigned>,
): Wanted<Kind>[] =>
  series === INVOICES
    ? invoices.map(({ invoiceId, customerId, issuedOn }) => ({
        ...{ kind, customerId, on: issuedOn, subjectId: invoiceId },
      }))
    : [];

/** To who holds the commitment on the day. */
export const ofCommitment = <Kind extends DeliveryKind>(
  kind: Kind,
  { commitmentId, effectiveOn }: { readonly commitmentId: string; readonly effectiveOn: LocalDate },
  facts: Pick<Facts, "holderOn">,
): Wanted<Kind>[] => {
  const customerId = facts.holderOn(commitmentId, effectiveOn);
  return customerId === undefined ? [] : [{ kind, customerId, on: effectiveOn, subjectId: commitmentId }];
};
