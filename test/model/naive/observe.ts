import { type CallState, type Invoice, type Line, type Outcome } from "../outcome.js";
import { type OpenInvoice } from "./account.js";
import { type Day, textOf } from "./calendar.js";
import { type Charge } from "./charges.js";
import { todayOf } from "./cycles.js";
import { isSuspended } from "./days.js";
import { shownEnd } from "./discount-end.js";
import { customerOf, statusOn } from "./life.js";
import { decimal, decimalsOf, formatMoney, type Minor } from "./money.js";
import { type Document } from "./receivables.js";
import { type Call, type Customer, type World } from "./world.js";

/** What a story comes to by now. */
export function observe(world: World): Omit<Outcome, "steps"> {
  const documents = world.customers.flatMap((customer) =>
    customer.receivables.documents.map((document) => ({ customer, document })),
  );
  documents.sort((a, b) => a.document.issued - b.document.issued || (a.customer.name < b.customer.name ? -1 : 1));
  return {
    invoices: documents
      .filter(({ document }) => document.kind === "INVOICE")
      .map(({ customer, document }): Invoice => {
        const today = todayOf(world, customer);
        const state = customer.receivables.account.of(document);
        return {
          ...shown(customer, document),
          due: textOf(document.due ?? 0),
          open: formatMoney(state.open, customer.currency),
          state: stateOf(state, today),
        };
      }),
    creditNotes: documents
      .filter(({ document }) => document.kind === "CREDIT_NOTE")
      .map(({ customer, document }) => ({
        ...shown(customer, document),
        ...(document.voids && { voids: true as const }),
      })),
    commitments: world.commitments.flatMap((c) => {
      if (c.name === null) return [];
      const customer = customerOf(c);
      const today = todayOf(world, customer);
      const end = shownEnd(c, today);
      const given = documents
        .flatMap(({ document }) => document.charges)
        .filter(({ commitment, origin }) => commitment === c && origin === "COMMITMENT")
        .reduce((sum, { discount }) => sum + discount, 0n);
      return {
        commitment: c.name,
        status: statusOn(c, today),
        discountEndDate: end === null ? null : textOf(end),
        discountsGiven: formatMoney(given, customer.currency),
      };
    }),
    customers: world.customers.map((customer) => ({
      customer: customer.name,
      status:
        customer.closedOn !== null
          ? "CLOSED"
          : isSuspended(customer, todayOf(world, customer))
            ? "SUSPENDED"
            : "ACTIVE",
      balanceDue: formatMoney(customer.receivables.account.balanceDue, customer.currency),
    })),
    statements: world.customers.map(({ name, currency, receivables: { account } }) => ({
      customer: name,
      movements: account.movements.map(
        ({ day, kind, amount }) => `${textOf(day)} ${kind} ${formatMoney(amount, currency)}`,
      ),
    })),
    outbound: world.customers.flatMap(({ name, told }) =>
      told.map(({ day, ...message }) => ({ ...message, customer: name, on: textOf(day) })),
    ),
    calls: world.calls.map(callOf).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
  };
}

const placeOf = ({ answered, account, leg, to }: CallState): string => [answered, account, leg, to].join(" ");

function callOf({ key, account, leg, from, to, answered, day, rated }: Call): CallState {
  const { id, customer } = account;
  const call = { key, account: id, leg, from, to, answered: new Date(answered).toISOString(), day: textOf(day) };
  if (typeof rated === "string") {
    const none = { tariff: null, prefix: null, seconds: null, chargedSeconds: null, amount: null };
    return { ...call, ...none, state: "UNRATED", reason: rated };
  }
  const { tariff, prefix, seconds, charged, amount } = rated;
  const lengths = { seconds: Number(seconds), chargedSeconds: Number(charged) };
  const text = decimal(amount, decimalsOf(customer.currency) + 3);
  return { ...call, tariff, prefix, ...lengths, amount: text, state: "RATED", reason: null };
}

function stateOf({ invoice, open, writtenOff }: OpenInvoice, today: Day): Invoice["state"] {
  const { isVoid, total, due } = invoice;
  if (isVoid) return "VOID";
  if (open === 0n) return writtenOff > 0n ? "WRITTEN_OFF" : "PAID";
  if (due !== null && today > due) return "OVERDUE";
  return open + writtenOff < total ? "PARTIALLY_PAID" : "UNPAID";
}

const shown = (customer: Customer, { issued, total, charges }: Document) => ({
  customer: customer.name,
  issued: textOf(issued),
  total: formatMoney(total, customer.currency),
  lines: charges.map((charge) => lineOf(charge, customer.currency)),
});

function lineOf(charge: Charge, currency: string): Line {
  const money = (amount: Minor): string => formatMoney(amount, currency);
  const { kind, row, from, until, days, periodDays, fee, discount, origin } = charge;
  return {
    commitment: charge.commitment?.name ?? null,
    kind,
    description: row.description,
    from: textOf(from),
    until: textOf(until),
    days,
    periodDays,
    fee: money(fee),
    discount: money(discount),
    discountOrigin: origin,
    net: money(fee - discount),
    ...(kind === "USAGE" && charge.usage),
  };
}
