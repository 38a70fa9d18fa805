import { type AnyEventType } from "#event-store/catalogue.js";
import { type HistoryKind } from "./kinds.js";
import { type TypesOf } from "./sentences-of.js";

/** What no command records: workers do, when it is due or because of another event. */
export const fromWorkers = [
  "ClockAdvanceCompleted",
  "IdentifierReleased",
  "InvoiceOverdue",
  "NonPaymentSuspensionLifted",
  "NumbersAssigned",
  "PauseRequestLapsed",
  "PaymentReminderDue",
  "SuspendedForNonPayment",
  "SuspensionWarned",
  "TerminatedForNonPayment",
  "TestClockMoved",
  "ZendeskContactUntouched",
  "ZendeskDomainAdded",
  "ZendeskNameTaken",
] as const satisfies readonly AnyEventType[];

/** The event types that a preview can show. A command that changes nothing shows none. */
export type PreviewedType = Exclude<AnyEventType, (typeof fromWorkers)[number] | TypesOf<"SIGNAL"> | "CommandAccepted">;

/** Those of kinds of entries. */
export type PreviewedOf<Kind extends HistoryKind> = Extract<PreviewedType, TypesOf<Kind>>;
