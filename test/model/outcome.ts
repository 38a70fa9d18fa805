/**
 * What a story comes to, in the names and formats of the scenario format's observed results: amounts are decimal strings
 * with the currency's decimals, dates `YYYY-MM-DD`.
 */
export interface Outcome {
  /** The rejection code of each step; null where it was accepted. */
  steps: (string | null)[];
  /** Ordered by issue date, then customer; the lines of one invoice come in any order. */
  invoices: Invoice[];
  /** Ordered likewise. */
  creditNotes: CreditNote[];
  /** Of those with a name, in the order of their steps. */
  commitments: CommitmentState[];
  /** In the order of the story. */
  customers: CustomerState[];
  /** All movements on each customer's statement of account, in the order of the story. */
  statements: Statement[];
  /** What goes out to customers by mail, in any order. */
  outbound: Told[];
  /** By answer, account, leg, called number. */
  calls: CallState[];
}

export interface Invoice {
  customer: string;
  issued: string;
  due: string;
  total: string;
  /** What is left to pay. */
  open: string;
  state: "UNPAID" | "PARTIALLY_PAID" | "PAID" | "OVERDUE" | "VOID" | "WRITTEN_OFF";
  lines: Line[];
}

export interface CreditNote {
  customer: string;
  issued: string;
  total: string;
  lines: Line[];
  /** It voids an invoice; left out: it does not. */
  voids?: true;
}

export interface Line {
  /** The name that `as` gave; null for a commitment without a name, and for calls. */
  commitment: string | null;
  kind: "RECURRING" | "ONE_TIME" | "PENALTY" | "PENALTY_WAIVED" | "TRANSFER_FEE" | "USAGE" | "ADJUSTMENT";
  description: string;
  from: string;
  until: string;
  days: number;
  periodDays: number | null;
  fee: string;
  discount: string;
  discountOrigin: "COMMITMENT" | "CUSTOMER_RATE" | null;
  net: string;
  /** Of a line of calls, as scenario files spell it; left out: it is no such line. */
  calls?: number;
  seconds?: number;
  chargedSeconds?: number;
  late?: boolean;
}

export interface CallState {
  key: string | null;
  account: string;
  leg: "IN" | "OUT";
  from: string | null;
  to: string;
  /** UTC. */
  answered: string;
  day: string;
  tariff: string | null;
  prefix: string | null;
  seconds: number | null;
  chargedSeconds: number | null;
  /** Three decimals more than the currency has. */
  amount: string | null;
  state: "RATED" | "UNRATED";
  reason: string | null;
}

export interface CommitmentState {
  commitment: string;
  status: "PENDING" | "ACTIVE" | "PAUSED" | "TERMINATED";
  discountEndDate: string | null;
  discountsGiven: string;
}

export type MailEvent =
  | "INVOICE_GENERATED"
  | "INVOICE_OVERDUE"
  | "REMINDER"
  | "ABOUT_TO_BE_SUSPENDED"
  | "SUSPENDED"
  | "COMMITMENT_ENDING_SOON"
  | "COMMITMENT_TERMINATED"
  | "DISCOUNT_ENDED"
  | "PAYMENT_RECEIVED"
  | "SIGN_IN_LINK";

export interface Statement {
  customer: string;
  /** `date kind amount`: added to what the customer owes. */
  movements: string[];
}

export type OdooEvent =
  "INVOICE_GENERATED" | "INVOICE_OVERDUE" | "CUSTOMER_SUSPENDED" | "CUSTOMER_UNSUSPENDED" | "COMMITMENT_TERMINATED";

export type ZendeskEvent = "ORGANIZATION_UPSERTED" | "USER_UPSERTED";

/** What leaves for a customer: a target, and what it is told. */
export type Message =
  { to: "EMAIL"; event: MailEvent } | { to: "ODOO"; event: OdooEvent } | { to: "ZENDESK"; event: ZendeskEvent };

export type Told = Message & { customer: string; on: string };

export interface CustomerState {
  customer: string;
  status: "ACTIVE" | "SUSPENDED" | "CLOSED";
  balanceDue: string;
}
