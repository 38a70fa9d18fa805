import { type MailKind } from "#domain/messages/events.js";

/** What a variable holds, ready to print. */
export type VariableType =
  | "TEXT"
  /** With its currency, as the customer's language writes it. */
  | "AMOUNT"
  /** A date, or a date with its time, in the customer's time zone and by the format of the template or class. */
  | "DATE"
  | "DATE_AND_TIME"
  /** For `{{#if}}` only. */
  | "YES_NO"
  /** For `{{#each}}` only. */
  | "LIST";

interface Plain {
  readonly type: Exclude<VariableType, "LIST">;
  readonly description: string;
  /** Whether it can be empty. */
  readonly optional?: true;
  /** Of a YES_NO: what it is in samples; absent: true. */
  readonly sample?: false;
}

interface List {
  readonly type: "LIST";
  readonly description: string;
  readonly items: Readonly<Record<string, Plain>>;
}

export type Variables = Readonly<Record<string, Plain | List>>;

const COMMON = {
  "customer.name": { type: "TEXT", description: "The customer's name." },
  "provider.name": { type: "TEXT", description: "The provider's name." },
  on: { type: "DATE", description: "The day that the mail is about." },
  recordedAt: { type: "DATE_AND_TIME", description: "When it happened or was recorded." },
} as const satisfies Variables;

const INVOICE = {
  "invoice.number": { type: "TEXT", description: "The invoice's number." },
  "invoice.issuedOn": { type: "DATE", description: "Its date." },
  "invoice.dueOn": { type: "DATE", description: "The day by which it is to be paid." },
  "invoice.from": { type: "DATE", description: "The first day of its billing period." },
  "invoice.until": { type: "DATE", description: "The last day of its billing period." },
  "invoice.total": { type: "AMOUNT", description: "Its total." },
  "invoice.open": { type: "AMOUNT", description: "What is left of it to pay." },
} as const satisfies Variables;

const OVERDUE = {
  amountOverdue: { type: "AMOUNT", description: "What is overdue of all invoices." },
  overdueInvoices: {
    type: "LIST",
    description: "All invoices that are overdue, oldest first.",
    items: {
      number: { type: "TEXT", description: "The invoice's number." },
      issuedOn: { type: "DATE", description: "Its date." },
      dueOn: { type: "DATE", description: "The day by which it was to be paid." },
      open: { type: "AMOUNT", description: "What is left of it to pay." },
    },
  },
} as const satisfies Variables;

const COMMITMENT = {
  "commitment.name": { type: "TEXT", description: "The name of the offer that was agreed." },
  "commitment.account": { type: "TEXT", description: "The identifier of its account." },
  "commitment.startsOn": { type: "DATE", description: "Its first charged day." },
} as const satisfies Variables;

const DISCOUNT_END = {
  "commitment.discountEnd": { type: "DATE", description: "The first day without discount." },
  "commitment.lastDiscountDay": { type: "DATE", description: "The day before it." },
} as const satisfies Variables;

/** The variables of each kind of mail: what templates may use (docs/mail.md lists them). */
export const mailVariables = {
  INVOICE_GENERATED: {
    ...COMMON,
    ...INVOICE,
    isOpen: { type: "YES_NO", description: "Whether something is left to pay." },
  },
  INVOICE_OVERDUE: { ...COMMON, ...INVOICE, ...OVERDUE },
  REMINDER: { ...COMMON, ...INVOICE, ...OVERDUE },
  ABOUT_TO_BE_SUSPENDED: {
    ...COMMON,
    ...INVOICE,
    ...OVERDUE,
    suspensionOn: { type: "DATE", description: "The day on which the service will be blocked." },
  },
  SUSPENDED: {
    ...COMMON,
    ...OVERDUE,
    isForNonPayment: { type: "YES_NO", description: "Whether overdue invoices are the reason." },
  },
  COMMITMENT_ENDING_SOON: { ...COMMON, ...COMMITMENT, ...DISCOUNT_END },
  COMMITMENT_TERMINATED: {
    ...COMMON,
    ...COMMITMENT,
    "commitment.lastDay": { type: "DATE", description: "Its last charged day." },
    isCancelled: {
      type: "YES_NO",
      description: "Whether it ended before it began: it was cancelled or annulled.",
      sample: false,
    },
  },
  DISCOUNT_ENDED: { ...COMMON, ...COMMITMENT, ...DISCOUNT_END },
  PAYMENT_RECEIVED: {
    ...COMMON,
    "payment.amount": { type: "AMOUNT", description: "The amount that was received." },
    "payment.receivedOn": { type: "DATE", description: "Its value date." },
    "payment.method": { type: "TEXT", description: "How it was paid." },
    "payment.reference": { type: "TEXT", description: "Its reference, where it has one.", optional: true },
  },
  SIGN_IN_LINK: {
    ...COMMON,
    name: { type: "TEXT", description: "The name of the person whom it is for." },
    link: { type: "TEXT", description: "The address that lets the person in, once." },
    validUntil: { type: "DATE_AND_TIME", description: "Until when it does." },
  },
} as const satisfies Readonly<Record<MailKind, Variables>>;

type Value<V> = V extends { readonly type: "YES_NO" }
  ? boolean
  : V extends { readonly items: infer Items }
    ? readonly { readonly [Name in keyof Items]: string }[]
    : V extends { readonly optional: true }
      ? string | null
      : string;

/** The values of a mail's variables, by their full names. */
export type MailValues<Kind extends MailKind = MailKind> = {
  readonly [Each in Kind]: {
    readonly [Name in keyof (typeof mailVariables)[Each]]: Value<(typeof mailVariables)[Each][Name]>;
  };
}[Kind];
