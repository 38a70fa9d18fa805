import { type ReceivablesAction } from "../../actions.js";
import { date, money, nameOf, text } from "../values.js";
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
  pay: step(
    "pay",
    {
      pay: customer,
      amount: money,
      as: text.optional().describe("A name for the payment"),
      currency: text.optional().describe("ISO 4217 code; the customer's unless given"),
      reference: text.optional().describe("What identifies the payment among those of the customer"),
      issued: issued.optional().describe("The date of the invoice that it was paid for; none unless given"),
    },
    ({ pay, ...written }) => ({ action: { kind: "pay", customer: pay, ...written }, whose: { customer: pay } }),
  ),
  reversePayment: step("reversePayment", { reversePayment: nameOf("payment") }, ({ reversePayment: payment }) => ({
    action: { kind: "reversePayment", payment },
    whose: { payment },
  })),
  refund: step("refund", { refund: customer, amount: money }, ({ refund, amount }) => ({
    action: { kind: "refund", customer: refund, amount },
    whose: { customer: refund },
  })),
  goodwill: step("goodwill", { goodwill: customer, amount: money }, ({ goodwill, amount }) => ({
    action: { kind: "goodwill", customer: goodwill, amount },
    whose: { customer: goodwill },
  })),
  writeOff: step("writeOff", { writeOff: customer, issued }, (written) => ({
    action: { kind: "writeOff", customer: written.writeOff, issued: written.issued },
    whose: { customer: written.writeOff },
  })),
  voidInvoice: step("voidInvoice", { voidInvoice: customer, issued }, (written) => ({
    action: { kind: "voidInvoice", customer: written.voidInvoice, issued: written.issued },
    whose: { customer: written.voidInvoice },
  })),
  reissueInvoice: step("reissueInvoice", { reissueInvoice: customer, issued }, (written) => ({
    action: { kind: "reissueInvoice", customer: written.reissueInvoice, issued: written.issued },
    whose: { customer: written.reissueInvoice },
  })),
};
