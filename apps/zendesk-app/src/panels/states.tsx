import { Tag, type Tone } from "../../../web/components/notice.js";
import { type Commitment, type Invoice, type LinkedCustomer } from "../tenure/operations.js";
import { type Texts } from "../texts/en.js";
import { useAppSay } from "../texts/app.js";

type Named = readonly [text: keyof Texts, tone: Tone];

const OF_CUSTOMERS: Readonly<Record<LinkedCustomer["status"], Named>> = {
  ACTIVE: ["statusActive", "good"],
  SUSPENDED: ["statusSuspended", "bad"],
  CLOSED: ["statusClosed", "neutral"],
};

const OF_COMMITMENTS: Readonly<Record<Commitment["status"], Named>> = {
  ACTIVE: ["statusActive", "good"],
  PAUSED: ["statusPaused", "warning"],
  PENDING: ["statusPending", "neutral"],
  TERMINATED: ["statusTerminated", "neutral"],
};

const OF_INVOICES: Readonly<Record<Invoice["state"], Named>> = {
  PAID: ["invoicePaid", "good"],
  UNPAID: ["invoiceUnpaid", "neutral"],
  PARTIALLY_PAID: ["invoicePartiallyPaid", "warning"],
  OVERDUE: ["invoiceOverdue", "bad"],
  VOID: ["invoiceVoid", "neutral"],
  WRITTEN_OFF: ["invoiceWrittenOff", "neutral"],
};

const State = ({ named: [text, tone] }: { readonly named: Named }) => <Tag tone={tone}>{useAppSay()(text)}</Tag>;

export const CustomerState = ({ status }: Pick<LinkedCustomer, "status">) => <State named={OF_CUSTOMERS[status]} />;
export const CommitmentState = ({ status }: Pick<Commitment, "status">) => <State named={OF_COMMITMENTS[status]} />;
export const InvoiceState = ({ state }: Pick<Invoice, "state">) => <State named={OF_INVOICES[state]} />;
