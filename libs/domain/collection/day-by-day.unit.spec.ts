import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type LocalDate } from "../calendar.js";
import { type CollectionTerms } from "../catalog/events.js";
import { type PaymentEvent } from "../invoicing/payment-events.js";
import { withMoney, withNumber, withSealed } from "./account.js";
import {
  type Collection,
  collectionOn,
  NO_COLLECTION,
  overdueOn,
  withChange,
  withCollectionEvent,
  withLiftingByHand,
} from "./collection.js";
import { takeSteps } from "./decide.js";
import { nextStepOn, nextSteps, type Standing } from "./next-steps.js";
import { invoiceSealed } from "../spec-support/receivables.js";

/** What people do at noon of a day, after its run. */
type Deed =
  | { readonly kind: "PAY"; readonly amount: number }
  | { readonly kind: "REVERSE" }
  | { readonly kind: "PROMISE"; readonly days: number }
  | { readonly kind: "EXEMPT"; readonly exempt: boolean }
  | { readonly kind: "CLASS"; readonly terms: CollectionTerms }
  /** So many days later; 0: at once. */
  | { readonly kind: "LIFT"; readonly days: number };

interface Story {
  readonly terms: CollectionTerms;
  /** Invoices of 10.00, by issue date and days of grace. */
  readonly invoices: readonly { readonly issuedOn: LocalDate; readonly dueOn: LocalDate }[];
  readonly deeds: ReadonlyMap<LocalDate, readonly Deed[]>;
}

const FIRST = "2021-06-01";
const DAYS = Array.from({ length: 60 }, (_, day) => addDays(FIRST, day));
const LAST = DAYS.at(-1) ?? FIRST;
const REST = Array.from({ length: 120 }, (_, day) => addDays(LAST, day + 1));

/** Collection as rules.md tells it: nothing is reckoned ahead, each day looks at the customer as it is then. */
class Walk {
  readonly log: string[] = [];
  readonly #invoices: { id: string; dueOn: LocalDate; open: number; payments: Map<number, number> }[] = [];
  /** Steps taken, by invoice. */
  readonly #taken = new Map<string, Set<string>>();
  readonly #payments: number[] = [];
  #unused: { payment: number; amount: number }[] = [];
  #promise: LocalDate | null = null;
  #exempt = false;
  #suspended = false;
  readonly #spared = new Set<string>();
  /** Days of liftings by hand to come. */
  readonly #liftings = new Set<LocalDate>();

  constructor(private terms: CollectionTerms) {}

  issue(id: string, dueOn: LocalDate): void {
    this.#invoices.push({ id, dueOn, open: 10, payments: new Map() });
    this.#use();
  }

  /** What was ordered for a day happens before anything else of it. */
  begin(day: LocalDate): void {
    if (this.#liftings.has(day)) this.#lift();
  }

  run(day: LocalDate): void {
    for (const { id, dueOn, open } of this.#invoices) {
      if (open > 0 && day > dueOn) this.#take(day, id, "OVERDUE");
    }
    const oldest = this.#invoices.find(({ open }) => open > 0);
    if (!oldest || this.#exempt) return;
    const { id, dueOn } = oldest;
    const promise = this.#promise;
    for (const after of this.terms.remindAfterDays) {
      if (day === addDays(dueOn, after) && (promise === null || day > promise))
        this.#take(day, id, `REMINDER ${after}`);
    }
    const { suspendAfterDays: n, terminateAfterDays: m, warnBeforeSuspensionDays: w } = this.terms;
    const waiting = (date: LocalDate) => (promise !== null && addDays(promise, 1) > date ? addDays(promise, 1) : date);
    if (n !== null && !this.#suspended && !this.#spared.has(id) && !this.#has(id, "SUSPENSION")) {
      const suspension = waiting(addDays(dueOn, n));
      const warning = [addDays(suspension, -w), addDays(dueOn, 1)].sort()[1] ?? suspension;
      if (day === warning || (day > warning && day < suspension)) this.#take(day, id, "WARNING");
      if (day >= suspension) {
        this.#take(day, id, "SUSPENSION");
        this.#suspended = true;
      }
    }
    if (m !== null && day >= waiting(addDays(dueOn, m))) this.#take(day, id, "TERMINATION");
  }

  deed(day: LocalDate, deed: Deed): void {
    switch (deed.kind) {
      case "PAY": {
        const [wasOverdue, wasOpen] = [this.#isOverdue(day), this.#isOpen()];
        this.#unused.push({ payment: this.#payments.push(deed.amount) - 1, amount: deed.amount });
        this.#use();
        if ((wasOverdue && !this.#isOverdue(day)) || (wasOpen && !this.#isOpen())) this.#promise = null;
        if (this.#isOverdue(day)) return;
        if (this.#suspended) this.log.push(`${day} LIFTED`);
        this.#suspended = false;
        return;
      }
      case "REVERSE": {
        const payment = this.#payments.length - 1;
        if (payment < 0) return;
        this.#payments.pop();
        this.#unused = this.#unused.filter((credit) => credit.payment !== payment);
        for (const invoice of this.#invoices) {
          const paid = invoice.payments.get(payment) ?? 0;
          if (paid === 0) continue;
          invoice.open += paid;
          invoice.payments.delete(payment);
          this.#taken.delete(invoice.id);
          this.#spared.delete(invoice.id);
        }
        this.#use();
        return;
      }
      case "PROMISE":
        this.#promise = addDays(day, deed.days);
        return;
      case "EXEMPT":
        this.#exempt = deed.exempt;
        return;
      case "CLASS":
        this.terms = deed.terms;
        return;
      case "LIFT":
        if (deed.days === 0) this.#lift();
        else this.#liftings.add(addDays(day, deed.days));
    }
  }

  #lift(): void {
    const oldest = this.#invoices.find(({ open }) => open > 0);
    if (this.#suspended && oldest) this.#spared.add(oldest.id);
    this.#suspended = false;
  }

  #use(): void {
    for (const invoice of this.#invoices) {
      for (const credit of this.#unused) {
        const part = Math.min(credit.amount, invoice.open);
        if (part === 0) continue;
        credit.amount -= part;
        invoice.open -= part;
        invoice.payments.set(credit.payment, (invoice.payments.get(credit.payment) ?? 0) + part);
      }
    }
  }

  #isOverdue(day: LocalDate): boolean {
    return this.#invoices.some(({ open, dueOn }) => open > 0 && dueOn < day);
  }

  #isOpen(): boolean {
    return this.#invoices.some(({ open }) => open > 0);
  }

  #has(id: string, step: string): boolean {
    return this.#taken.get(id)?.has(step) ?? false;
  }

  #take(day: LocalDate, id: string, step: string): void {
    if (this.#has(id, step)) return;
    this.#taken.set(id, (this.#taken.get(id) ?? new Set()).add(step));
    this.log.push(`${day} ${step} ${id}`);
  }
}

/** The same by the product's functions, as the billing feed and the day's work call them. */
class Product {
  readonly log: string[] = [];
  #collection: Collection = NO_COLLECTION;
  #suspendedOn: LocalDate | null = null;
  readonly #liftings = new Set<LocalDate>();
  readonly #payments: { id: string; amount: string }[] = [];
  #count = 0;

  constructor(private terms: CollectionTerms) {}

  standing(day: LocalDate): Standing {
    const collection = collectionOn(this.#collection, day);
    return { collection, terms: this.terms, isSuspended: this.#isSuspended(day), isClosed: false };
  }

  #isSuspended(day: LocalDate): boolean {
    const since = this.#suspendedOn;
    return since !== null && ![...this.#liftings].some((lifting) => lifting > since && lifting <= day);
  }

  #keep(day: LocalDate, collection: Collection): void {
    const [liftingOn = null] = this.#isSuspended(day) ? [...this.#liftings].filter((on) => on > day).sort() : [];
    this.#collection = { ...collection, liftingOn };
  }

  issue(id: string, issuedOn: LocalDate, dueOn: LocalDate): void {
    const sealed = withSealed(
      collectionOn(this.#collection, issuedOn),
      invoiceSealed(id, { issuedOn, dueOn, total: "10.00" }),
      `seal ${id}`,
      issuedOn,
    );
    const number = { documentId: id, number: id, eventId: `number ${id}` };
    this.#keep(issuedOn, withNumber(sealed, number, issuedOn) ?? sealed);
  }

  run(day: LocalDate): void {
    const on = nextStepOn(this.standing(day));
    if (on === null || on > day) return;
    expect(on).toBe(day);
    for (const event of takeSteps(this.standing(day), day, [])) {
      const { invoiceId } = event.data;
      const name = {
        InvoiceOverdue: "OVERDUE",
        PaymentReminderDue: `REMINDER ${event.type === "PaymentReminderDue" ? event.data.afterDays : ""}`,
        SuspensionWarned: "WARNING",
        SuspendedForNonPayment: "SUSPENSION",
        TerminatedForNonPayment: "TERMINATION",
      }[event.type];
      this.log.push(`${day} ${name} ${invoiceId}`);
      if (event.type === "SuspendedForNonPayment") this.#suspendedOn = day;
      this.#keep(day, withCollectionEvent(collectionOn(this.#collection, day), event, `${day} ${name}`));
    }
  }

  deed(day: LocalDate, deed: Deed): void {
    const nextOn = nextStepOn(this.standing(day));
    const after = this.#after(day, deed);
    const isOrdered = deed.kind === "LIFT" && deed.days > 0;
    if (after) this.#keep(day, isOrdered ? after : withChange(after, addDays(day, 1), nextOn));
    if (deed.kind !== "PAY" || !this.#isSuspended(day) || overdueOn(this.#collection, day).length > 0) return;
    this.#suspendedOn = null;
    this.#keep(day, this.#collection);
    this.log.push(`${day} LIFTED`);
  }

  #after(day: LocalDate, deed: Deed): Collection | null {
    const state = collectionOn(this.#collection, day);
    this.#count += 1;
    const eventId = `deed ${this.#count}`;
    const withEvent = (event: PaymentEvent) => withMoney(state, event, eventId, day);
    switch (deed.kind) {
      case "PAY": {
        const [paymentId, amount] = [`payment ${this.#count}`, `${deed.amount}.00`];
        this.#payments.push({ id: paymentId, amount });
        return withEvent({
          type: "PaymentRecorded",
          data: {
            ...{ paymentId, customerId: "customer", amount, currency: "USD", method: "CASH", invoiceId: null },
            ...{ valueOn: day, effectiveOn: day, personal: { reference: null, note: null } },
          },
        });
      }
      case "REVERSE": {
        const payment = this.#payments.pop();
        if (!payment) return null;
        const { id: paymentId, amount } = payment;
        const personal = { reason: "Bounced" };
        return withEvent({ type: "PaymentReversed", data: { paymentId, amount, effectiveOn: day, personal } });
      }
      case "PROMISE": {
        const data = { by: addDays(day, deed.days), effectiveOn: day, personal: { note: null } };
        return withCollectionEvent(state, { type: "PaymentPromised", data }, eventId);
      }
      case "EXEMPT": {
        const data = { exempt: deed.exempt, effectiveOn: day, personal: { reason: null } };
        return withCollectionEvent(state, { type: "CollectionExemptionSet", data }, eventId);
      }
      case "CLASS":
        this.terms = deed.terms;
        return state;
      case "LIFT": {
        if (deed.days > 0) {
          this.#liftings.add(addDays(day, deed.days));
          return state;
        }
        if (!this.#isSuspended(day)) return state;
        this.#suspendedOn = null;
        return withLiftingByHand(state);
      }
    }
  }
}

const anyTerms: fc.Arbitrary<CollectionTerms> = fc.record({
  suspendAfterDays: fc.option(fc.integer({ min: 1, max: 15 }), { freq: 4 }),
  terminateAfterDays: fc.option(fc.integer({ min: 1, max: 30 })),
  remindAfterDays: fc
    .uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 })
    .map((days) => days.sort((a, b) => a - b)),
  warnBeforeSuspensionDays: fc.nat({ max: 5 }),
});
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("PAY" as const), amount: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 2, arbitrary: fc.constant({ kind: "REVERSE" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("PROMISE" as const), days: fc.nat({ max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("EXEMPT" as const), exempt: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("CLASS" as const), terms: anyTerms }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("LIFT" as const), days: fc.nat({ max: 10 }) }) },
);
const anyDay = fc.constantFrom(...DAYS);
const anyStory: fc.Arbitrary<Story> = fc
  .record({
    terms: anyTerms,
    invoices: fc.uniqueArray(fc.record({ issuedOn: anyDay, grace: fc.nat({ max: 14 }) }), {
      ...{ minLength: 1, maxLength: 4, selector: ({ issuedOn }) => issuedOn },
    }),
    deeds: fc.array(fc.tuple(anyDay, anyDeed), { maxLength: 8 }),
  })
  .map(({ terms, invoices, deeds }) => ({
    terms,
    invoices: invoices.map(({ issuedOn, grace }) => ({ issuedOn, dueOn: addDays(issuedOn, grace) })),
    deeds: new Map(DAYS.map((day) => [day, deeds.filter(([on]) => on === day).map(([, deed]) => deed)])),
  }));

describe("collection, reckoned ahead", () => {
  it("takes the steps that a walk from day to day takes, and foresees those to come", () => {
    fc.assert(
      fc.property(anyStory, ({ terms, invoices, deeds }) => {
        const [walk, product] = [new Walk(terms), new Product(terms)];
        for (const day of DAYS) {
          walk.begin(day);
          for (const { issuedOn, dueOn } of invoices) {
            if (issuedOn !== day) continue;
            walk.issue(`of ${issuedOn}`, dueOn);
            product.issue(`of ${issuedOn}`, issuedOn, dueOn);
          }
          walk.run(day);
          product.run(day);
          for (const deed of deeds.get(day) ?? []) {
            walk.deed(day, deed);
            product.deed(day, deed);
          }
        }
        expect(product.log).toEqual(walk.log);
        const foreseen = nextSteps(product.standing(LAST)).map(
          ({ kind, on, invoice, afterDays }) =>
            `${on} ${kind}${afterDays === null ? "" : ` ${afterDays}`} ${invoice.invoiceId}`,
        );
        const before = walk.log.length;
        for (const day of REST) {
          walk.begin(day);
          walk.run(day);
        }
        expect(foreseen).toEqual(walk.log.slice(before));
      }),
      { numRuns: 300 },
    );
  });
});
