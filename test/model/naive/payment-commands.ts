import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { customerNamed } from "./customer-commands.js";
import { todayOf } from "./cycles.js";
import { type Fact } from "./facts.js";
import { note } from "./invoice-commands.js";
import { mail } from "./mails.js";
import { type Minor, parseMoney } from "./money.js";
import { type Document } from "./receivables.js";
import { refuse } from "./refused.js";
import { type Customer, type World } from "./world.js";

/** More than nothing. */
function amountOf(text: string, { currency }: Customer): Minor {
  const amount = parseMoney(text, currency);
  return amount === 0n ? refuse("INVALID_AMOUNT") : amount;
}

function record(world: World, customer: Customer, factOn: (day: Day) => Fact): void {
  customer.receivables.facts.push(factOn(todayOf(world, customer)));
}

export function pay(world: World, step: story.PayStep): void {
  const customer = customerNamed(world, step.pay);
  const invoice = step.issued === undefined ? null : invoiceOf(customer, dayOf(step.issued));
  if (step.currency !== undefined && step.currency !== customer.currency) refuse("CURRENCY_MISMATCH");
  const amount = amountOf(step.amount, customer);
  const today = todayOf(world, customer);
  const valueOn = step.effective === undefined ? today : dayOf(step.effective);
  if (valueOn > today) refuse("INVALID_DATE");
  const { reference = null } = step;
  const names = step.as === undefined ? [] : [step.as];
  const earlier = [...customer.receivables.account.payments.keys()].find(
    (payment) => reference !== null && payment.reference === reference,
  );
  if (earlier) {
    const isSame =
      earlier.amount === amount &&
      earlier.invoice === invoice &&
      (step.effective === undefined || earlier.valueOn === valueOn);
    if (!isSame) refuse("CONFLICT");
    earlier.names.push(...names);
    return;
  }
  record(world, customer, (day) => ({ day, kind: "PAYMENT", names, amount, invoice, reference, valueOn }));
  mail(customer, "PAYMENT_RECEIVED", todayOf(world, customer));
}

export function reversePayment(world: World, step: story.ReversePaymentStep): void {
  for (const customer of world.customers) {
    const { account } = customer.receivables;
    for (const [payment, state] of account.payments) {
      if (!payment.names.includes(step.reversePayment)) continue;
      if (state === "REVERSED") refuse("PAYMENT_REVERSED");
      record(world, customer, (day) => ({ day, kind: "REVERSAL", payment }));
      return;
    }
  }
  refuse("PAYMENT_NOT_FOUND");
}

export function refund(world: World, step: story.RefundStep): void {
  const customer = customerNamed(world, step.refund);
  const amount = amountOf(step.amount, customer);
  if (amount > customer.receivables.account.balance) refuse("INVALID_AMOUNT");
  record(world, customer, (day) => ({ day, kind: "REFUND", amount }));
}

/** A credit note without lines. */
export function goodwill(world: World, step: story.GoodwillStep): void {
  const customer = customerNamed(world, step.goodwill);
  const amount = amountOf(step.amount, customer);
  customer.receivables.issue({ ...note([], todayOf(world, customer)), total: -amount });
}

export function writeOff(world: World, step: story.WriteOffStep): void {
  const customer = customerNamed(world, step.writeOff);
  const invoice = invoiceOf(customer, dayOf(step.issued));
  if (customer.receivables.account.of(invoice).open === 0n) refuse("INVALID_AMOUNT");
  record(world, customer, (day) => ({ day, kind: "WRITE_OFF", invoice }));
}

/** The latest one of that date that is not void. */
function invoiceOf(customer: Customer, issued: Day): Document {
  const ofDate = customer.receivables.documents.filter((each) => each.kind === "INVOICE" && each.issued === issued);
  if (ofDate.length === 0) refuse("INVOICE_NOT_FOUND");
  return ofDate.findLast(({ isVoid }) => !isVoid) ?? refuse("INVOICE_VOID");
}

export function promiseToPay(world: World, step: story.PromiseToPayStep): void {
  const customer = customerNamed(world, step.promiseToPay);
  const by = dayOf(step.by);
  if (by < todayOf(world, customer)) refuse("INVALID_DATE");
  record(world, customer, (day) => ({ day, kind: "PROMISE", by }));
}

export function exempt(world: World, step: story.ExemptStep): void {
  const customer = customerNamed(world, step.exemptFromCollection);
  record(world, customer, (day) => ({ day, kind: "EXEMPTION", exempt: step.exempt }));
}
