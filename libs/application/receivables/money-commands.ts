import { type LocalDate } from "#domain/calendar.js";
import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { receivablesEvolver } from "#domain/invoicing/receivables.js";
import { issueGoodwillCredit, writeOffInvoice } from "#domain/receivables/goodwill.js";
import { paymentOfReference, recordPayment, recordRefund, reversePayment } from "#domain/receivables/payments.js";
import { reject } from "#domain/rejection.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { commandsOn } from "../command/definition.js";
import { creditNoteAnswer, invoiceOwner, textOf } from "./answers.js";

export interface RecordPayment {
  readonly customerId: string;
  readonly amount: string;
  /** Left out: the customer's. */
  readonly currency?: string | null;
  readonly method?: PaymentMethod;
  /** The day on which the money came; left out: today. */
  readonly valueOn?: LocalDate | null;
  /** The invoice that it was paid for. */
  readonly invoiceId?: string | null;
  readonly reference?: string | null;
  readonly note?: string | null;
}
export interface ReversePayment {
  readonly paymentId: string;
  readonly reason?: string | null;
}
export interface RecordRefund {
  readonly customerId: string;
  readonly amount: string;
  readonly method?: PaymentMethod;
  readonly reference?: string | null;
  readonly reason?: string | null;
}
export interface IssueGoodwillCredit {
  readonly customerId: string;
  readonly amount: string;
  readonly reason?: string | null;
}
export interface WriteOffInvoice {
  readonly invoiceId: string;
  readonly reason?: string | null;
}

const command = commandsOn("receivables", receivablesEvolver);

/** How money goes unless it is said. */
const USUAL: PaymentMethod = "BANK_TRANSFER";

export const moneyCommands = {
  recordPayment: command({
    whenShown: true,
    target: ({ customerId }: RecordPayment) => customerId,
    facts: async ({ customerId, invoiceId = null }, { facts, providerId }) => {
      const [money, invoice] = await Promise.all([
        facts.money(providerId, customerId),
        invoiceId === null ? null : facts.issuedInvoice(providerId, invoiceId),
      ]);
      return { ...money, isIssued: invoice?.customerId === customerId };
    },
    decide: ({ amount, currency = null, method = USUAL, valueOn, invoiceId = null, ...input }, given) => {
      const [reference, note] = [textOf(input.reference), textOf(input.note)];
      const { state, facts, now, newId } = given;
      const payment = { paymentId: newId("payment"), amount, currency, method, invoiceId, reference, note, now };
      return recordPayment({ ...payment, valueOn: valueOn ?? undefined }, state, facts);
    },
    answer: ({ state, events }, _loading, { reference }) => {
      const recorded = events.find((event) => event.type === "PaymentRecorded")?.data.paymentId;
      const known = state ? paymentOfReference(state, textOf(reference))?.paymentId : undefined;
      return Promise.resolve({ paymentId: recorded ?? known ?? null });
    },
  }),
  reversePayment: command({
    whenShown: true,
    target: async ({ paymentId }: ReversePayment, { providerId }, facts) => {
      const payer = await facts.payer(providerId, paymentId);
      if (payer !== null) return payer;
      throw reject("PAYMENT_NOT_FOUND", "There is no such payment.", { field: "paymentId" });
    },
    facts: (_input, { state, facts, providerId }) => facts.money(providerId, state?.customerId ?? ""),
    decide: ({ paymentId, reason }, { state, facts, now }) =>
      reversePayment({ paymentId, reason: textOf(reason), now }, state, facts),
  }),
  recordRefund: command({
    whenShown: true,
    target: ({ customerId }: RecordRefund) => customerId,
    facts: ({ customerId }, { facts, providerId }) => facts.money(providerId, customerId),
    decide: ({ amount, method = USUAL, reference, reason }, { facts, now, newId }) => {
      const refund = {
        refundId: newId("refund"),
        amount,
        method,
        reference: textOf(reference),
        reason: textOf(reason),
      };
      return recordRefund({ ...refund, now }, facts);
    },
    answer: ({ events }) =>
      Promise.resolve({ refundId: events.find((event) => event.type === "RefundRecorded")?.data.refundId ?? null }),
  }),
  issueGoodwillCredit: command({
    whenShown: true,
    target: ({ customerId }: IssueGoodwillCredit) => customerId,
    facts: async ({ customerId }, { facts, providerId }) => ({
      history: (await facts.billing(providerId, customerId))?.history ?? null,
      hash: (value: unknown) => sha256(canonicalJson(value)),
    }),
    decide: ({ amount, reason }, { facts, now, newId }) =>
      issueGoodwillCredit({ creditNoteId: newId("creditnote"), amount, reason: textOf(reason), now }, facts),
    answer: creditNoteAnswer,
  }),
  writeOffInvoice: command({
    whenShown: true,
    target: ({ invoiceId }: WriteOffInvoice, { providerId }, facts) => invoiceOwner(facts, providerId, invoiceId),
    facts: async (_input, { state, facts, providerId }) => ({
      ...(await facts.money(providerId, state?.customerId ?? "")),
      // Its customer was found by it.
      isIssued: true,
    }),
    decide: ({ invoiceId, reason }, { state, facts, now }) =>
      writeOffInvoice({ invoiceId, reason: textOf(reason), now }, state, facts),
  }),
};
