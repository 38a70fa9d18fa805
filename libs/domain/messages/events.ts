import { type LocalDate } from "../calendar.js";
import { type DateFormat } from "../date-format.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";
import { type Language } from "../language.js";

/** What customers are written about. Part of stored events: names never change. */
export const mailKinds = [
  "INVOICE_GENERATED",
  "INVOICE_OVERDUE",
  "REMINDER",
  "ABOUT_TO_BE_SUSPENDED",
  "SUSPENDED",
  "COMMITMENT_ENDING_SOON",
  "COMMITMENT_TERMINATED",
  "DISCOUNT_ENDED",
  "PAYMENT_RECEIVED",
  "SIGN_IN_LINK",
] as const;
export type MailKind = (typeof mailKinds)[number];

/** Subject, text and HTML of a mail, with variables in them (docs/mail.md). */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** How its dates are written; null: as the customer's class says. */
  readonly dates: DateFormat | null;
}

/** Which mails a template is for. */
export interface MailTemplateOf {
  /** Null: customers of every class that has no template of its own. */
  readonly customerClassId: string | null;
  readonly kind: MailKind;
  readonly language: Language;
}

interface On {
  readonly effectiveOn: LocalDate;
}

/** Mails of a kind in a language have texts of the provider's own from now on. */
export type MailTemplateDefined = DomainEvent<
  "MailTemplateDefined",
  MailTemplateOf & MailText & On & { readonly mailTemplateId: string }
>;
/** The template no longer counts: mails have the texts that they would have without it. */
export type MailTemplateReset = DomainEvent<"MailTemplateReset", On>;

export type MailTemplateEvent = MailTemplateDefined | MailTemplateReset | CommandAccepted;

export const mailTemplateEvents: CategoryEvents<"mailtemplate", MailTemplateEvent> = {
  category: "mailtemplate",
  types: {
    MailTemplateDefined: { version: 1, movesCharges: false, callsForWork: false },
    MailTemplateReset: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};
