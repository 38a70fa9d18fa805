import { describe, it } from "vitest";
import { type InvoiceSealed, type InvoiceVoided, type ReceivablesEvent } from "../invoicing/events.js";
import { type PaymentRecorded } from "../invoicing/payment-events.js";
import { receivablesEvolver } from "../invoicing/receivables.js";
import { type CustomerHistory } from "../commitments/history.js";
import { history } from "../spec-support/history.js";
import { at, contact, customer, customerClosed, customerCreated } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { type ReceivablesAccount } from "./account.js";
import { issueGoodwillCredit, writeOffInvoice } from "./goodwill.js";
import { recordPayment, type RecordPayment, recordRefund, reversePayment } from "./payments.js";

const given = givenFor(receivablesEvolver);

const now = at("2021-03-10");
const known = { customer: customer() };
const yen = { customer: customer(customerCreated({ currency: "JPY" })) };

const invoiced: InvoiceSealed = {
  type: "InvoiceSealed",
  data: {
    ...{ invoiceId: "invoice-1", customerId: "customer-1", currency: "USD", rounding: "HALF_UP", total: "15.00" },
    ...{ period: { from: "2021-02-01", until: "2021-02-28" }, issuedOn: "2021-03-01", effectiveOn: "2021-03-01" },
    ...{ dueOn: "2021-03-15", graceDays: 14, lineCount: 0, totalsByKind: {}, pages: [], contentHash: "", basis: [] },
    personal: { recipient: contact },
  },
};
const voided: InvoiceVoided = {
  type: "InvoiceVoided",
  data: {
    ...{ invoiceId: "invoice-1", creditNoteId: "note-1", period: invoiced.data.period, undoneFrom: null },
    ...{ effectiveOn: "2021-03-02", personal: { reason: "Wrong" } },
  },
};
const paid = (changes: Partial<PaymentRecorded["data"]> = {}): PaymentRecorded => ({
  type: "PaymentRecorded",
  data: {
    ...{ paymentId: "payment-1", customerId: "customer-1", amount: "15.00", currency: "USD", invoiceId: null },
    ...{ method: "BANK_TRANSFER", valueOn: "2021-03-08", effectiveOn: "2021-03-10" },
    personal: { reference: "R-1", note: null },
    ...changes,
  },
});
const reversed: ReceivablesEvent = {
  type: "PaymentReversed",
  data: { paymentId: "payment-1", amount: "15.00", effectiveOn: "2021-03-10", personal: { reason: "Bounced" } },
};

const payment = (changes: Partial<RecordPayment> = {}): RecordPayment => ({
  ...{ paymentId: "payment-1", amount: "15.00", currency: "USD", method: "BANK_TRANSFER", valueOn: "2021-03-08" },
  ...{ invoiceId: null, reference: "R-1", note: null, now },
  ...changes,
});
const pay =
  (changes: Partial<RecordPayment> = {}, facts = known, isIssued = true) =>
  (state: Parameters<typeof recordPayment>[1]) =>
    recordPayment(payment(changes), state, { ...facts, isIssued });

const account = (balance: string, open: ReceivablesAccount["open"] = []): ReceivablesAccount => ({
  ...{ currency: "USD", balance, open },
});

describe("recordPayment", () => {
  it("records what came, when and how, counted from today on", () => {
    given().when(pay()).then([paid()]);
    given()
      .when(pay({ valueOn: undefined, reference: null, note: "Cash at the shop", method: "CASH" }))
      .then([paid({ valueOn: "2021-03-10", method: "CASH", personal: { reference: null, note: "Cash at the shop" } })]);
  });

  it("takes trailing zeros, and nothing that is finer than the currency, negative, zero or no amount", () => {
    given()
      .when(pay({ amount: "15.0000" }))
      .then([paid()]);
    given()
      .when(pay({ amount: "15.001" }))
      .thenRejected("INVALID_AMOUNT", "amount");
    given()
      .when(pay({ amount: "-15.00" }))
      .thenRejected("INVALID_AMOUNT", "amount");
    given()
      .when(pay({ amount: "0.00" }))
      .thenRejected("INVALID_AMOUNT", "amount");
    given()
      .when(pay({ amount: "much" }))
      .thenRejected("VALIDATION_FAILED", "amount");
    given()
      .when(pay({ amount: "1500.5", currency: "JPY" }, yen))
      .thenRejected("INVALID_AMOUNT", "amount");
    given()
      .when(pay({ amount: "1500", currency: "JPY" }, yen))
      .then([paid({ amount: "1500", currency: "JPY" })]);
  });

  it("refuses another currency, a value date to come, and a customer that is not there", () => {
    given()
      .when(pay({ currency: "EUR" }))
      .thenRejected("CURRENCY_MISMATCH", "currency");
    given()
      .when(pay({ currency: "XYZ" }))
      .thenRejected("VALIDATION_FAILED", "currency");
    given()
      .when(pay({ valueOn: "2021-03-11" }))
      .thenRejected("INVALID_DATE", "valueOn");
    given()
      .when(pay({}, { customer: null as never }))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
  });

  it("takes money of a closed customer", () => {
    const closed = { customer: customer(customerCreated(), customerClosed("2021-01-31")) };
    given().when(pay({}, closed)).then([paid()]);
  });

  it("names an issued invoice of the customer that is not void", () => {
    given(invoiced)
      .when(pay({ invoiceId: "invoice-1" }))
      .then([paid({ invoiceId: "invoice-1" })]);
    given()
      .when(pay({ invoiceId: "invoice-1" }))
      .thenRejected("INVOICE_NOT_FOUND", "invoiceId");
    given(invoiced)
      .when(pay({ invoiceId: "invoice-1" }, known, false))
      .thenRejected("INVOICE_NOT_FOUND", "invoiceId");
    given(invoiced, voided)
      .when(pay({ invoiceId: "invoice-1" }))
      .thenRejected("INVOICE_VOID", "invoiceId");
  });

  it("knows a payment again by its reference, also a reversed one", () => {
    given(paid())
      .when(pay({ paymentId: "payment-2" }))
      .then([]);
    given(paid(), reversed)
      .when(pay({ paymentId: "payment-2" }))
      .then([]);
    given(paid())
      .when(pay({ paymentId: "payment-2", valueOn: undefined }))
      .then([]);
    given(paid())
      .when(pay({ paymentId: "payment-2", amount: "16.00" }))
      .thenRejected("CONFLICT", "reference");
    given(paid())
      .when(pay({ paymentId: "payment-2", valueOn: "2021-03-09" }))
      .thenRejected("CONFLICT", "reference");
    given(paid({ personal: { reference: null, note: null } }))
      .when(pay({ paymentId: "payment-2", reference: null }))
      .then([paid({ paymentId: "payment-2", personal: { reference: null, note: null } })]);
  });
});

describe("reversePayment", () => {
  const reverse =
    (changes: object = {}, facts = known) =>
    (state: Parameters<typeof reversePayment>[1]) =>
      reversePayment({ ...{ paymentId: "payment-1", reason: "Bounced", now }, ...changes }, state, facts);

  it("takes a payment back, whole and once, with a reason", () => {
    given(paid()).when(reverse()).then([reversed]);
    given(paid(), reversed).when(reverse()).thenRejected("PAYMENT_REVERSED", "paymentId");
    given(paid())
      .when(reverse({ paymentId: "payment-2" }))
      .thenRejected("PAYMENT_NOT_FOUND", "paymentId");
    given().when(reverse()).thenRejected("PAYMENT_NOT_FOUND", "paymentId");
    given(paid())
      .when(reverse({ reason: null }))
      .thenRejected("VALIDATION_FAILED", "reason");
  });
});

describe("recordRefund", () => {
  const refund = (amount: string, balance: string | null, facts = known) =>
    recordRefund(
      { refundId: "refund-1", amount, method: "BANK_TRANSFER", reference: null, reason: "Asked for", now },
      { ...facts, account: balance === null ? null : account(balance) },
    );

  it("pays back at most the unused balance", () => {
    given()
      .when(() => refund("5.00", "5.00"))
      .then([
        {
          type: "RefundRecorded",
          data: {
            ...{ refundId: "refund-1", customerId: "customer-1", amount: "5.00", currency: "USD" },
            ...{ method: "BANK_TRANSFER", effectiveOn: "2021-03-10" },
            personal: { reference: null, reason: "Asked for" },
          },
        },
      ]);
    for (const [amount, balance] of [
      ["5.01", "5.00"],
      ["0.01", "0.00"],
      ["0.01", "-5.00"],
      ["0.01", null],
      ["0.00", "5.00"],
    ] as const) {
      given()
        .when(() => refund(amount, balance))
        .thenRejected("INVALID_AMOUNT", "amount");
    }
    given()
      .when(() => refund("5.00", "5.00", { customer: null as never }))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
  });
});

describe("issueGoodwillCredit", () => {
  const goodwill = (changes: object = {}, known: CustomerHistory | null = history([])) =>
    issueGoodwillCredit(
      { ...{ creditNoteId: "note-1", amount: "5.00", reason: "Long outage", now }, ...changes },
      { history: known, hash: () => "hash of nothing" },
    );

  it("is a credit note without lines in the running period", () => {
    given()
      .when(() => goodwill())
      .then([
        {
          type: "CreditNoteSealed",
          data: {
            ...{ creditNoteId: "note-1", purpose: "GOODWILL", invoiceId: null, customerId: "customer-1" },
            ...{ period: { from: "2021-03-01", until: "2021-03-31" }, currency: "USD", issuedOn: "2021-03-10" },
            ...{ rounding: "HALF_UP", lineCount: 0, totalsByKind: {}, total: "-5.00", pages: [] },
            ...{ contentHash: "hash of nothing", basis: [], rules: 2, effectiveOn: "2021-03-10" },
            personal: { recipient: contact, reason: "Long outage" },
          },
        },
      ]);
    given()
      .when(() => goodwill({ amount: "0" }))
      .thenRejected("INVALID_AMOUNT", "amount");
    given()
      .when(() => goodwill({ reason: null }))
      .thenRejected("VALIDATION_FAILED", "reason");
    given()
      .when(() => goodwill({}, null))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
  });
});

describe("writeOffInvoice", () => {
  const open = [
    { invoiceId: "invoice-1", issuedOn: "2021-03-01", dueOn: "2021-03-15", number: "INV-000001", open: "10.00" },
  ];
  const writeOff =
    (facts = { ...known, account: account("0.00", open), isIssued: true }, reason: string | null = "Insolvent") =>
    (state: Parameters<typeof writeOffInvoice>[1]) =>
      writeOffInvoice({ invoiceId: "invoice-1", reason, now }, state, facts);

  it("gives up what is open of an invoice", () => {
    given(invoiced)
      .when(writeOff())
      .then([
        {
          type: "InvoiceWrittenOff",
          data: {
            ...{ invoiceId: "invoice-1", amount: "10.00", effectiveOn: "2021-03-10" },
            personal: { reason: "Insolvent" },
          },
        },
      ]);
    given(invoiced)
      .when(writeOff({ ...known, account: account("0.00"), isIssued: true }))
      .thenRejected("INVALID_AMOUNT", "invoiceId");
    given(invoiced).when(writeOff(undefined, null)).thenRejected("VALIDATION_FAILED", "reason");
    given(invoiced, voided).when(writeOff()).thenRejected("INVOICE_VOID", "invoiceId");
    given().when(writeOff()).thenRejected("INVOICE_NOT_FOUND", "invoiceId");
  });
});
