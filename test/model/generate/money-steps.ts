import { decimalsOf, formatMoney, type Minor } from "../naive/money.js";
import { textOf } from "../naive/calendar.js";
import { isExempt } from "../naive/collection.js";
import { type Customer } from "../naive/world.js";
import { type Step } from "../story.js";
import { aimedDay, effective, type Scene } from "./aim.js";

/** Payments, and what is done about those that do not come. */
export function onMoney(scene: Scene, as: string): Step {
  const { random, world, on, today, has } = scene;
  const customer = random.pick(world.customers);
  const { name, receivables } = customer;
  const { account } = receivables;
  const paid = [...account.payments].filter(([, state]) => state === "RECORDED").flatMap(([payment]) => payment.names);
  const reversed = [...account.payments]
    .filter(([, state]) => state === "REVERSED")
    .flatMap(([payment]) => payment.names);
  const payment = (random.chance(0.93) ? random.maybe(paid) : undefined) ?? random.maybe(reversed);
  const isOverdue = account.overdue(today).length > 0;
  const collects = has.has("COLLECTION");
  return random.weighted<() => Step>([
    [account.balanceDue > 0n ? 12 : 2, () => pay(scene, customer, as)],
    [payment == null ? 0 : 4, () => ({ on, reversePayment: payment ?? "" })],
    [account.balance > 0n ? 4 : 0.3, () => refund(scene, customer)],
    [1.5, () => ({ on, goodwill: name, amount: amountNear(scene, customer, 500n) })],
    [1.5, () => writeOff(scene, customer)],
    [collects ? (isOverdue ? 4 : 1) : 0, () => promise(scene, customer)],
    [collects ? (isExempt(customer) ? 3 : 1) : 0, () => exempt(scene, customer)],
  ])();
}

/** Mostly what an invoice, or all of them, leave to pay; less and more too. */
function pay(scene: Scene, customer: Customer, as: string): Step {
  const { random, on } = scene;
  const { documents, account } = customer.receivables;
  const open = account.unpaid;
  const due = random.chance(0.6) ? (open[0]?.open ?? 0n) : account.balanceDue;
  const named = random.chance(0.15);
  const lost = documents.filter((document) => account.of(document).writtenOff > 0n);
  const invoices = documents.filter(({ kind }) => kind === "INVOICE");
  const invoice = named ? (random.maybe(lost) ?? random.maybe(open)?.invoice ?? random.maybe(invoices)) : undefined;
  const meant = invoice === undefined ? due : account.of(invoice).open + account.of(invoice).writtenOff;
  return {
    on,
    pay: customer.name,
    amount: amountNear(scene, customer, meant),
    as,
    // The value date.
    ...effective(scene, customer, { back: 0.1, ahead: 0.01, reach: 3 }),
    ...(invoice !== undefined && { issued: textOf(invoice.issued) }),
  };
}

/** A refund of the unused balance, or of a part, or of too much. */
const refund = (scene: Scene, customer: Customer): Step => {
  const { balance } = customer.receivables.account;
  return { on: scene.on, refund: customer.name, amount: amountNear(scene, customer, balance) };
};

function writeOff({ random, on, today }: Scene, { name, receivables }: Customer): Step {
  const invoices = receivables.documents.filter(({ kind }) => kind === "INVOICE");
  const open = random.maybe(receivables.account.unpaid)?.invoice;
  const invoice = (random.chance(0.85) ? open : undefined) ?? random.maybe(invoices);
  return { on, writeOff: name, issued: textOf(invoice?.issued ?? today) };
}

function promise(scene: Scene, customer: Customer): Step {
  const { random, on, today } = scene;
  const by = random.chance(0.05) ? today - 1 : aimedDay(scene, customer, today, today + random.pick([0, 7, 14, 30]));
  return { on, promiseToPay: customer.name, by: textOf(by) };
}

const exempt = ({ random, on }: Scene, customer: Customer): Step => ({
  on,
  exemptFromCollection: customer.name,
  exempt: random.chance(0.9) ? !isExempt(customer) : isExempt(customer),
});

/** The amount, a part of it, or more; now and then none at all, or finer than the currency. */
function amountNear({ random }: Scene, { currency }: Customer, amount: Minor): string {
  const meant = amount > 0n ? amount : 1000n;
  const near = random.weighted<Minor>([
    [10, meant],
    [2, meant / 2n],
    [2, meant / 3n + 1n],
    [1, meant + 1n],
    [2, meant * 2n],
    [0.3, 0n],
  ]);
  const text = formatMoney(near, currency);
  if (random.chance(0.98)) return text;
  return decimalsOf(currency) === 0 ? `${text}.5` : `${text}1`;
}
