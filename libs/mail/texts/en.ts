import { type MailKind } from "#domain/messages/events.js";
import { type Paragraphs } from "./paragraphs.js";

const GREETING = "Dear {{customer.name}},";
const REGARDS = "Kind regards\n{{provider.name}}";
const OVERDUE_INVOICES = {
  list: "overdueInvoices",
  item: "Invoice {{number}} of {{issuedOn}}, due on {{dueOn}}: {{open}}",
} as const;
const CROSSED = "If your payment is already on its way, please disregard this message.";

/** The English texts that ship. */
export const english: Readonly<Record<MailKind, Paragraphs>> = {
  INVOICE_GENERATED: {
    subject: "Your invoice {{invoice.number}} from {{provider.name}}",
    body: [
      GREETING,
      "Your invoice {{invoice.number}} of {{invoice.issuedOn}} for {{invoice.from}} to {{invoice.until}} is attached. Its total is {{invoice.total}}.",
      "{{#if isOpen}}Please pay {{invoice.open}} by {{invoice.dueOn}}; how to pay is on the invoice.{{else}}Nothing is left to pay. You do not need to do anything.{{/if}}",
      REGARDS,
    ],
  },
  INVOICE_OVERDUE: {
    subject: "Your invoice {{invoice.number}} is overdue",
    body: [
      GREETING,
      "Your invoice {{invoice.number}} of {{invoice.issuedOn}} was due on {{invoice.dueOn}}, and {{invoice.open}} of it is not paid yet. Please pay it now.",
      CROSSED,
      REGARDS,
    ],
  },
  REMINDER: {
    subject: "Reminder: {{amountOverdue}} overdue",
    body: [
      GREETING,
      "We remind you that {{amountOverdue}} is overdue:",
      OVERDUE_INVOICES,
      `Please pay it now. ${CROSSED}`,
      REGARDS,
    ],
  },
  ABOUT_TO_BE_SUSPENDED: {
    subject: "Your service will be suspended on {{suspensionOn}}",
    body: [
      GREETING,
      "{{amountOverdue}} is overdue:",
      OVERDUE_INVOICES,
      "Unless it is paid before then, we will suspend your service on {{suspensionOn}}.",
      CROSSED,
      REGARDS,
    ],
  },
  SUSPENDED: {
    subject: "Your service is suspended",
    body: [
      GREETING,
      "Your service has been suspended since {{on}}.{{#if isForNonPayment}} {{amountOverdue}} is overdue. Your service will be restored as soon as these invoices are paid:{{/if}}",
      { ...OVERDUE_INVOICES, when: "isForNonPayment" },
      "{{#unless isForNonPayment}}Please contact us if you have questions.{{else}}No recurring fees are charged while your service is suspended.{{/unless}}",
      REGARDS,
    ],
  },
  COMMITMENT_ENDING_SOON: {
    subject: "The discount of {{commitment.name}} ends soon",
    body: [
      GREETING,
      "The discount on {{commitment.name}} for {{commitment.account}} ends soon: {{commitment.lastDiscountDay}} is its last day. Your service goes on at the regular price.",
      "Contact us if you would like a new offer.",
      REGARDS,
    ],
  },
  COMMITMENT_TERMINATED: {
    subject: "{{commitment.name}} {{#if isCancelled}}was cancelled{{else}}has ended{{/if}}",
    body: [
      GREETING,
      "{{#if isCancelled}}{{commitment.name}} for {{commitment.account}} was cancelled before it began on {{commitment.startsOn}}. No recurring fees are charged for it.{{else}}{{commitment.name}} for {{commitment.account}} has ended; {{commitment.lastDay}} was its last day. What is still to be charged or credited is on your next invoice.{{/if}}",
      REGARDS,
    ],
  },
  DISCOUNT_ENDED: {
    subject: "The discount of {{commitment.name}} has ended",
    body: [
      GREETING,
      "The discount on {{commitment.name}} for {{commitment.account}} has ended. From {{commitment.discountEnd}} on your service costs the regular price.",
      REGARDS,
    ],
  },
  PAYMENT_RECEIVED: {
    subject: "Thank you for your payment of {{payment.amount}}",
    body: [
      GREETING,
      "We received your payment of {{payment.amount}} on {{payment.receivedOn}}{{#if payment.reference}} with the reference {{payment.reference}}{{/if}}. Thank you.",
      REGARDS,
    ],
  },
  SIGN_IN_LINK: {
    subject: "Your link to sign in at {{provider.name}}",
    body: [
      "Dear {{name}},",
      "open this link to sign in for {{customer.name}}:",
      "{{link}}",
      "It can be used once, until {{validUntil}}. Keep it to yourself. If you did not expect it, you need not do anything.",
      REGARDS,
    ],
  },
};
