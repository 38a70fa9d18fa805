import { type Day } from "./calendar.js";
import { type Minor } from "./money.js";
import { type Document } from "./receivables.js";

export interface Payment {
  kind: "PAYMENT";
  /** The names that `as` gave: each time that it was recorded. */
  names: string[];
  /** Of a bank: with it the payment is recorded once. */
  reference: string | null;
  valueOn: Day;
  amount: Minor;
  /** The invoice that it was recorded for. */
  invoice: Document | null;
}

export type Step = "OVERDUE" | `REMINDER ${number}` | "WARNING" | "SUSPENSION" | "TERMINATION";

/** One thing that was recorded of a customer's money. All that is known of it is worked out from these, in their order. */
export type Fact = { day: Day } & (
  | { kind: "INVOICE"; invoice: Document }
  | { kind: "CREDIT_NOTE"; amount: Minor; corrects: Document | null }
  | { kind: "VOID"; invoice: Document; amount: Minor }
  | Payment
  | { kind: "REVERSAL"; payment: Payment }
  | { kind: "REFUND"; amount: Minor }
  | { kind: "WRITE_OFF"; invoice: Document }
  | { kind: "PROMISE"; by: Day }
  | { kind: "EXEMPTION"; exempt: boolean }
  | { kind: "STEP"; step: Step; invoice: Document }
  /** A suspension for non-payment was lifted by hand while this was the oldest unpaid invoice. */
  | { kind: "SPARED"; invoice: Document }
);
