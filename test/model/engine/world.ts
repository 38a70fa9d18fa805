import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { type AccountEvent } from "#domain/accounts/events.js";
import { type Instant, type LocalDate, noon } from "#domain/calendar.js";
import { customerClassEvolver, defineCustomerClass, type CustomerClass } from "#domain/catalog/customer-class.js";
import { type OfferEvent } from "#domain/catalog/events.js";
import { type Offer, offerEvolver } from "#domain/catalog/offer.js";
import { type AddOnProduct, type MainProduct } from "#domain/catalog/products.js";
import { type Subscription, subscriptionEvolver } from "#domain/catalog/subscription.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { type CustomerBilling, EMPTY_LEDGER, type Ledger } from "#domain/billing/ledger.js";
import { type Line } from "#domain/billing/line.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type Interval } from "#domain/calendar.js";

/** A stream as the store would hold it: events with their ids, and what they fold to. */
export class Stream<State, Event extends DomainEvent> {
  readonly events: { readonly id: string; readonly event: Event }[] = [];
  state: State;

  constructor(
    readonly name: string,
    readonly evolver: Evolver<State, Event>,
  ) {
    this.state = evolver.initial;
  }

  append(events: readonly Event[]): void {
    for (const event of events) {
      const id = `${this.name}@${this.events.length}`;
      this.events.push({ id, event });
      this.state = this.evolver.evolve(this.state, event, id);
    }
  }

  /** What the events fold to, from the first on. */
  replayed(): State {
    return this.events.reduce<State>(
      (state, { event, id }) => this.evolver.evolve(state, event, id),
      this.evolver.initial,
    );
  }
}

/** One closed period of a customer, with what it was computed from. */
export interface Close {
  readonly customer: string;
  readonly period: Interval;
  readonly lines: readonly Line[];
  readonly total: string;
  readonly due: LocalDate;
  readonly sealedBefore: Ledger;
  readonly closedToBefore: LocalDate | null;
}

export interface Billed {
  readonly stream: Stream<Customer | null, CustomerEvent>;
  /** First day after the last closed period. */
  closedTo: LocalDate | null;
  /** First day after the period that closes next; null: it never held a commitment. */
  nextEnd: LocalDate | null;
  sealed: Ledger;
}

/** Everything that the application keeps in its streams and in the billing feed, in memory. */
export class World {
  readonly subscriptions = new Map<string, Subscription>();
  readonly addOnProducts = new Map<string, AddOnProduct>();
  readonly mainProducts = new Map<string, MainProduct>();
  readonly classes = new Map<string, CustomerClass>();
  readonly offers = new Map<string, Stream<Offer | null, OfferEvent>>();
  readonly customers = new Map<string, Billed>();
  /** By the identifier that the story knows: the account that has it now, or had it last. */
  readonly accounts = new Map<string, Stream<Account | null, AccountEvent>>();
  readonly everyAccount: Stream<Account | null, AccountEvent>[] = [];
  /** By `as` name. */
  readonly commitments = new Map<string, Stream<Commitment | null, CommitmentEvent>>();
  readonly closes: Close[] = [];
  now: Instant = "";
  ids = 0;

  constructor(readonly zone: string) {}

  newId(kind: string): string {
    this.ids += 1;
    return `${kind}-${this.ids}`;
  }

  moveTo(date: LocalDate): void {
    this.now = noon(date, this.zone);
  }

  billed(customerId: string): Billed {
    const found = this.customers.get(customerId);
    if (!found) throw new Error(`the story has no customer ${customerId}`);
    return found;
  }

  /** The customer's history as the billing feed has it. */
  history(customerId: string): CustomerHistory {
    const customer = this.billed(customerId).stream.state;
    if (!customer) throw new Error(`${customerId} was not created`);
    const accounts = this.everyAccount.flatMap(({ state }) => (state?.customerId === customerId ? [state] : []));
    const commitments = [...this.commitments.values()].flatMap(({ state }) =>
      state?.customerId === customerId ? [state] : [],
    );
    return {
      customer,
      accounts: new Map(accounts.map((account) => [account.accountId, account])),
      classes: this.classes,
      commitments,
    };
  }

  billing(customerId: string): CustomerBilling {
    const { sealed, closedTo } = this.billed(customerId);
    return { history: this.history(customerId), sealed, closedTo };
  }
}

export const newCustomer = (name: string): Billed => ({
  stream: new Stream(`customer-${name}`, customerEvolver),
  closedTo: null,
  nextEnd: null,
  sealed: EMPTY_LEDGER,
});

export const newAccount = (id: string) => new Stream<Account | null, AccountEvent>(id, accountEvolver);
export const newCommitment = (as: string) =>
  new Stream<Commitment | null, CommitmentEvent>(`commitment-${as}`, commitmentEvolver);
export const newOffer = (name: string) => new Stream<Offer | null, OfferEvent>(`offer-${name}`, offerEvolver);

/** A class or subscription that has one event or few: folded at once. */
export const definedClass = (terms: Parameters<typeof defineCustomerClass>[0]): CustomerClass => {
  const state = defineCustomerClass(terms).reduce<CustomerClass | null>(
    (before, event) => customerClassEvolver.evolve(before, event, ""),
    null,
  );
  if (!state) throw new Error("a class that was defined is there");
  return state;
};

export const subscriptionOf = (
  before: Subscription | null,
  events: readonly Parameters<typeof subscriptionEvolver.evolve>[1][],
): Subscription => {
  const state = events.reduce((found, event) => subscriptionEvolver.evolve(found, event, ""), before);
  if (!state) throw new Error("a subscription that was defined is there");
  return state;
};
