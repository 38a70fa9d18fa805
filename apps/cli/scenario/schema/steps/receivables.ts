import { type ReceivablesAction } from "../../actions.js";
import { date, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const customer = nameOf("customer");
const issued = date.describe("The invoice's date");

export const RECEIVABLES_STEPS: StepSchemas<ReceivablesAction> = {
  creditNote: step(
    "creditNote",
    { creditNote: customer, correcting: date.describe("A day of the corrected period") },
    ({ creditNote, correcting }) => ({
      action: { kind: "creditNote", customer: creditNote, correcting },
      whose: { customer: creditNote },
    }),
  ),
  voidInvoice: step("voidInvoice", { voidInvoice: customer, issued }, (written) => ({
    action: { kind: "voidInvoice", customer: written.voidInvoice, issued: written.issued },
    whose: { customer: written.voidInvoice },
  })),
  reissueInvoice: step("reissueInvoice", { reissueInvoice: customer, issued }, (written) => ({
    action: { kind: "reissueInvoice", customer: written.reissueInvoice, issued: written.issued },
    whose: { customer: written.reissueInvoice },
  })),
};
