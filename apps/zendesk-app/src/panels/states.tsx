import { type Commitment, type Invoice, type LinkedCustomer } from "../tenure/operations.js";
import { type Texts } from "../texts/en.js";
import { useLanguage } from "../texts/spoken.js";

/** How a state is tinted; its name stands in it, so that no colour says something alone. */
type Tone = "good" | "plain" | "warning" | "bad";
type Named = readonly [text: keyof Texts, tone: Tone];

const OF_CUSTOMERS: Readonly<Record<LinkedCustomer["status"], Named>> = {
  ACTIVE: ["statusActive", "good"],
  SUSPENDED: ["statusSuspended", "bad"],
  CLOSED: ["statusClosed", "plain"],
};

const OF_COMMITMENTS: Readonly<Record<Commitment["status"], Named>> = {
  ACTIVE: ["statusActive", "good"],
  PAUSED: ["statusPaused", "warning"],
  PENDING: ["statusPending", "plain"],
  TERMINATED: ["statusTerminated", "plain"],
};

const OF_INVOICES: Readonly<Record<Invoice["state"], Named>> = {
  PAID: ["invoicePaid", "good"],
  UNPAID: ["invoiceUnpaid", "plain"],
  PARTIALLY_PAID: ["invoicePartiallyPaid", "warning"],
  OVERDUE: ["invoiceOverdue", "bad"],
  VOID: ["invoiceVoid", "plain"],
  WRITTEN_OFF: ["invoiceWrittenOff", "plain"],
};

const State = ({ named: [text, tone] }: { readonly named: Named }) => (
  <span className={`state ${tone}`}>{useLanguage().say(text)}</span>
);

export const CustomerState = ({ status }: Pick<LinkedCustomer, "status">) => <State named={OF_CUSTOMERS[status]} />;
export const CommitmentState = ({ status }: Pick<Commitment, "status">) => <State named={OF_COMMITMENTS[status]} />;
export const InvoiceState = ({ state }: Pick<Invoice, "state">) => <State named={OF_INVOICES[state]} />;
