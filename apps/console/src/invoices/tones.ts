import { type Tone } from "../../../web/components/notice.js";
import { type InvoiceSite } from "./commands.js";

/** How the state of an invoice is coloured; its name stands beside it. */
export const INVOICE_TONES: Readonly<Record<InvoiceSite["invoice"]["state"], Tone>> = {
  PAID: "good",
  UNPAID: "neutral",
  PARTIALLY_PAID: "warning",
  OVERDUE: "bad",
  VOID: "neutral",
  WRITTEN_OFF: "neutral",
};
