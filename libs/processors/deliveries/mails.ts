import { later, type LocalDate } from "#domain/calendar.js";
import { customerEvolver, suspensionOn, todayOf } from "#domain/customers/customer.js";
import { type MailKind } from "#domain/messages/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Facts } from "./facts.js";
import { ofCommitment, ofInvoices, type Wanted } from "./wanted.js";

/** What decides about mails. */
type MailFacts = Pick<Facts, "customer" | "holderOn">;

/**
 * The mails that an event makes (docs/rules.md#mails). Customers without an e-mail address get none; people of theirs
 * have addresses of their own.
 */
export const mailsOf = (event: RecordedEvent, facts: MailFacts): Wanted<MailKind>[] =>
  event.type === "PersonLinkIssued" ? [signInLink(event)] : ofCustomers(event, facts);

const signInLink = ({ stream, data }: RecordedEvent & { readonly type: "PersonLinkIssued" }): Wanted<MailKind> => ({
  ...{ kind: "SIGN_IN_LINK", customerId: data.customerId, on: data.effectiveOn },
  subjectId: parseStreamName(stream).id,
});

const ofCustomers = (event: RecordedEvent, facts: MailFacts): Wanted<MailKind>[] =>
  wanted(event, facts).filter(({ customerId }) => (facts.customer(customerId)?.contact.email ?? null) !== null);

const wanted = (event: RecordedEvent, facts: MailFacts): Wanted<MailKind>[] => {
  switch (event.type) {
    case "NumbersAssigned":
      return ofInvoices("INVOICE_GENERATED", event);
    case "InvoiceOverdue":
      return [demand("INVOICE_OVERDUE", event)];
    case "PaymentReminderDue":
      return [demand("REMINDER", event)];
    case "SuspensionWarned":
      return [demand("ABOUT_TO_BE_SUSPENDED", event)];
    case "PaymentRecorded": {
      const { paymentId, customerId, effectiveOn: on } = event.data;
      return [{ kind: "PAYMENT_RECEIVED", customerId, on, subjectId: paymentId }];
    }
    case "CustomerSuspended":
      return suspended(event, facts);
    case "SuspensionTookEffect": {
      const { customerId, effectiveOn } = event.data;
      return [{ kind: "SUSPENDED", customerId, on: effectiveOn, subjectId: null }];
    }
    case "CommitmentEndNears":
      return ofCommitment("COMMITMENT_ENDING_SOON", event.data, facts);
    case "DiscountEndTookEffect":
      return ofCommitment("DISCOUNT_ENDED", event.data, facts);
    case "TerminationTookEffect":
      return ofCommitment("COMMITMENT_TERMINATED", event.data, facts);
    default:
      return [];
  }
};

/** What collection tells of an invoice, on the day of its step. */
const demand = (
  kind: MailKind,
  { stream, data }: RecordedEvent & { readonly type: "InvoiceOverdue" | "PaymentReminderDue" | "SuspensionWarned" },
): Wanted<MailKind> => ({
  ...{ kind, customerId: parseStreamName(stream).id },
  ...{ on: data.effectiveOn, subjectId: data.invoiceId },
});

/**
 * One that is ordered for a coming day is told of on that day, by its signal. One that blocks no day by then which was not
 * blocked before is not told of; one that is dated back may block days behind its own only.
 */
const suspended = (
  event: RecordedEvent & { readonly type: "CustomerSuspended" },
  facts: MailFacts,
): Wanted<MailKind>[] => {
  const { orderedOn = null, effectiveOn } = event.data;
  const before = facts.customer(parseStreamName(event.stream).id);
  if (!before || orderedOn !== null) return [];
  const after = customerEvolver.evolve(before, event, event.id) ?? before;
  const through = later(effectiveOn, todayOf(before, event.metadata.recordedAt));
  // Between these days nothing changes.
  const days = [effectiveOn, ...before.suspensions.map((one) => one.effectiveOn)];
  const isBlockedNow = (day: LocalDate): boolean =>
    effectiveOn <= day && day <= through && !suspensionOn(before, day) && suspensionOn(after, day) !== undefined;
  if (!days.some(isBlockedNow)) return [];
  return [{ kind: "SUSPENDED", customerId: before.customerId, on: effectiveOn, subjectId: null }];
};
