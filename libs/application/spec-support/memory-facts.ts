import { identifierForm } from "#domain/accounts/identifier-form.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type PaymentRecorded } from "#domain/invoicing/payment-events.js";
import { type ReceivablesAccount } from "#domain/receivables/account.js";
import { type ZendeskOrganization } from "#domain/customers/link-zendesk.js";
import { callsOf, type CallsRecorded } from "#domain/voice/events.js";
import { type AmountOfCall, type KnownCall } from "#domain/voice/rate-calls.js";
import { type RateName, type RecordedRate, versionOf } from "#domain/voice/rates.js";
import { type CallCorrected } from "#domain/voice/usage-events.js";
import { isCallerHidden, type RecordedVersion } from "#domain/voice/xdr.js";
import { eventTypes } from "#event-store/catalogue.js";
import { isForeign } from "#event-store/codec.js";
import { type InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { positionFromText } from "#event-store/position.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { type BillingEvent } from "#read-models/billing/fold.js";
import { type Billing } from "#read-models/billing/load.js";
import { MemoryFeed } from "#read-models/billing/memory-feed.js";
import { evolvers, type FoldedCategory, type StateOf } from "#read-models/runner/evolvers.js";
import { type FactSource } from "../command/facts.js";
import { type Processed } from "../command/idempotency.js";
import { type Walks } from "../command/await-walk.js";

const amountOf = (call: Omit<AmountOfCall, "place">): Omit<AmountOfCall, "place"> => {
  const { customerId, tariffId, prefix, day, amount, currency } = call;
  return { customerId, tariffId, prefix, day, amount, currency };
};

/** What was billed to a customer. */
export type Billed = Partial<Omit<CustomerBilling, "history">>;

/** The categories whose events tell what is charged and billed. */
const FED: ReadonlySet<string> = new Set([
  ...["customer", "account", "customerclass", "commitment", "receivables"],
  ...["calls", "usage"],
]);

/** The fact source on a store in memory. Events are folded on demand, so facts are never behind. */
export class MemoryFacts implements FactSource {
  /** By provider, category and id. */
  private readonly states = new Map<string, Map<string, Map<string, unknown>>>();
  private readonly processed = new Map<string, Processed>();
  private readonly feeds = new Map<string, MemoryFeed>();
  private readonly billings = new Map<string, { at: number; providerId: string; billing: Billing | null }>();
  private seen = 0;
  /** How many of the events seen went into a billing feed: between them a billing stays what it is. */
  private fed = 0;

  /** By customer id: what specs say of it in the place of what the log tells. */
  readonly billed = new Map<string, Billed>();

  constructor(private readonly store: InMemoryEventStore) {}

  /** The same facts, on a store that has the same events: they are folded anew there. */
  fork(store: InMemoryEventStore): MemoryFacts {
    const fork = new MemoryFacts(store);
    for (const [id, billed] of this.billed) fork.billed.set(id, billed);
    fork.stalled.push(...this.stalled);
    for (const [id, organization] of this.organizations) fork.organizations.set(id, organization);
    for (const [id, invoice] of this.issued) fork.issued.set(id, invoice);
    for (const [id, account] of this.accounts) fork.accounts.set(id, account);
    return fork;
  }

  /** States of a provider's aggregates by id, in order of creation. */
  all<Category extends FoldedCategory>(provider: string, category: Category): ReadonlyMap<string, StateOf<Category>> {
    this.catchUp();
    return this.statesOf(provider, category) as Map<string, StateOf<Category>>;
  }

  provider: FactSource["provider"] = (providerId) =>
    Promise.resolve(this.all(providerId, "provider").get(providerId) ?? null);

  standing: FactSource["standing"] = async (providerId, commandId) => ({
    provider: await this.provider(providerId),
    processed: this.processed.get(commandId) ?? null,
  });

  identifierKey: FactSource["identifierKey"] = (providerId) => Promise.resolve(Buffer.from(providerId));

  /** Nothing stalls in memory: what specs put here. */
  readonly stalled: { stream: string; revision: string; eventId: string; eventType: string }[] = [];

  stalledEvent: FactSource["stalledEvent"] = (_providerId, { stream, revision }) =>
    Promise.resolve(this.stalled.find((event) => event.stream === stream && event.revision === revision) ?? null);

  /** What Zendesk has, by id: what specs put here. */
  readonly organizations = new Map<string, ZendeskOrganization>();

  zendeskOrganization: FactSource["zendeskOrganization"] = (providerId, organizationId) =>
    Promise.resolve({
      organization: this.organizations.get(organizationId) ?? null,
      linkedTo: [...this.all(providerId, "customer").values()].flatMap(({ customerId, zendesk }) =>
        zendesk?.link?.organizationId === organizationId ? [customerId] : [],
      ),
    });

  identifierHashes: FactSource["identifierHashes"] = (providerId, form) =>
    Promise.resolve(
      [...this.all(providerId, "account").values()].flatMap((account) => {
        if (account.closedOn !== null) return [];
        const { identifier: alias, identifierHash, aliases } = account;
        const everywhere = [{ alias, identifierHash }, ...aliases.filter(({ realm }) => realm === null)];
        const own = everywhere.filter((each) => identifierForm(each.alias) === form);
        return own.map((each) => each.identifierHash);
      }),
    );

  hasCustomers: FactSource["hasCustomers"] = (providerId) => Promise.resolve(this.all(providerId, "customer").size > 0);

  unknownItems: FactSource["unknownItems"] = (providerId, kind, ids) =>
    Promise.resolve(ids.filter((id) => !this.all(providerId, kind).has(id)));

  tariff: FactSource["tariff"] = (providerId, tariffId) => Promise.resolve(this.find(providerId, "tariff", tariffId));

  voiceItems: FactSource["voiceItems"] = (providerId) =>
    Promise.resolve({
      servicePolicies: new Set(this.all(providerId, "servicepolicy").keys()),
      tariffs: new Map([...this.all(providerId, "tariff")].map(([id, { currency }]) => [id, currency])),
    });

  voiceProducts: FactSource["voiceProducts"] = (providerId) =>
    Promise.resolve({
      mainProducts: this.all(providerId, "mainproduct"),
      addOnProducts: this.all(providerId, "addonproduct"),
      volumeDiscountPlans: this.all(providerId, "volumediscountplan"),
    });

  hasCalls: FactSource["hasCalls"] = (providerId) =>
    Promise.resolve(
      this.store.log.some(
        ({ type, stream }) => type === "CallsRecorded" && parseStreamName(stream).provider === providerId,
      ),
    );

  unknownRates: FactSource["unknownRates"] = (providerId, tariffId, named) => {
    const nameOf = ({ prefix, effectiveFrom }: RateName): string => `${prefix} ${effectiveFrom}`;
    const known = new Set<string>();
    for (const { type, stream, data } of this.store.log) {
      const { provider, id } = parseStreamName(stream);
      if (provider !== providerId || id !== tariffId) continue;
      const rates = (data as { readonly rates?: readonly RateName[] }).rates ?? [];
      if (type === "RatesChanged") for (const rate of rates) known.add(nameOf(rate));
      if (type === "RatesRemoved") for (const rate of rates) known.delete(nameOf(rate));
    }
    return Promise.resolve(named.filter((rate) => !known.has(nameOf(rate))));
  };

  rates: FactSource["rates"] = (providerId, tariffId) => {
    const known = new Map<string, RecordedVersion>();
    for (const { type, stream, revision, data } of this.store.log) {
      if (stream !== streamName(providerId, "rates", tariffId)) continue;
      const recorded = (data as { readonly rates?: readonly RecordedRate[] }).rates ?? [];
      for (const rate of recorded) {
        const name = `${rate.prefix} ${rate.effectiveFrom}`;
        if (type === "RatesChanged") known.set(name, { ...versionOf(rate), revision: Number(revision) });
        else known.delete(name);
      }
    }
    return Promise.resolve([...known.values()]);
  };

  charging: FactSource["charging"] = async (providerId, customerIds, numbers) => {
    const tariffs = [...numbers.keys()].map(async (id) => {
      const tariff = this.find(providerId, "tariff", id);
      return tariff ? [[id, { tariff, rates: await this.rates(providerId, id, null) }] as const] : [];
    });
    const customers = customerIds.flatMap((id) => this.find(providerId, "customer", id) ?? []);
    return {
      customers: new Map(customers.map((customer) => [customer.customerId, customer])),
      tariffs: new Map((await Promise.all(tariffs)).flat()),
    };
  };

  calls: FactSource["calls"] = (providerId, keys) => {
    const known = new Map<string, KnownCall>();
    for (const { type, stream, data, position } of this.store.log) {
      if (parseStreamName(stream).provider !== providerId) continue;
      if (type === "CallCorrected") {
        const { key, amount, rating } = data as CallCorrected["data"];
        const call = known.get(key);
        if (call?.rated) {
          const { tariffId, prefix, ended } = { ...call, ...call.rated, ...rating };
          known.set(key, { ...call, ended, rated: { ...call.rated, amount, tariffId, prefix } });
        }
      }
      if (type !== "CallsRecorded") continue;
      const { edge, hour } = data as CallsRecorded["data"];
      for (const { key, leg, state, accountId, answered, ended, authorised, ...call } of callsOf(
        data as CallsRecorded["data"],
      )) {
        if (!keys.includes(key)) continue;
        const { redirectedTo = null, personal } = call;
        const facts = { key, leg, state, accountId, answered, ended, authorised };
        const rated = "amount" in call ? { ...amountOf(call), place: position.commit } : null;
        const numbers = { ...personal, callerHidden: isCallerHidden(personal) };
        known.set(key, { ...facts, edge, hour, redirectedTo, ...numbers, rated });
      }
    }
    return Promise.resolve([...known.values()]);
  };

  placesCounted: FactSource["placesCounted"] = (_providerId, _accountId, counted) =>
    Promise.resolve(new Map(counted.map(({ eventId, position }) => [eventId, positionFromText(position).commit])));

  ratesOf: FactSource["ratesOf"] = async (providerId, tariffId, prefixes) => {
    const known = await this.rates(providerId, tariffId, null);
    return known.filter(({ prefix }) => prefixes.includes(prefix)).map(({ revision: _, ...version }) => version);
  };

  offerRows: FactSource["offerRows"] = (providerId) =>
    Promise.resolve({
      subscriptions: this.all(providerId, "subscription"),
      addOnProducts: new Set(this.all(providerId, "addonproduct").keys()),
    });

  wasEverAssigned: FactSource["wasEverAssigned"] = (providerId, offerId) =>
    Promise.resolve(
      [...this.all(providerId, "commitment").values()].some(
        ({ versions, upgrades, scheduledUpgrades }) =>
          [...versions, ...scheduledUpgrades].some(({ terms }) => terms.offerId === offerId) ||
          upgrades.some(({ then }) => then?.terms.offerId === offerId),
      ),
    );

  accountFacts: FactSource["accountFacts"] = (providerId, customerId, mainProductId) =>
    Promise.resolve({
      customer: this.find(providerId, "customer", customerId),
      mainProductExists: this.find(providerId, "mainproduct", mainProductId) !== null,
    });

  hasPerson: FactSource["hasPerson"] = (providerId, customerId, email) =>
    Promise.resolve(
      [...this.all(providerId, "person").values()].some(
        (person) =>
          person.customerId === customerId &&
          person.removedBecause === null &&
          person.email.toLowerCase() === email.toLowerCase(),
      ),
    );

  named: FactSource["named"] = (providerId, { accountId, offerId, addOnProductId, syncWith }) => {
    const account = this.all(providerId, "account").get(accountId) ?? null;
    return Promise.resolve({
      account,
      customer: this.find(providerId, "customer", account?.customerId),
      offer: this.find(providerId, "offer", offerId),
      mainProduct: this.find(providerId, "mainproduct", account?.mainProductId),
      addOnProduct: this.find(providerId, "addonproduct", addOnProductId),
      syncTarget: this.find(providerId, "commitment", syncWith),
      subscriptions: this.all(providerId, "subscription"),
    });
  };

  billing: FactSource["billing"] = (providerId, customerId) => Promise.resolve(this.billingNow(providerId, customerId));

  ledgerLines: FactSource["ledgerLines"] = (providerId, customerId) =>
    Promise.resolve(
      (this.billingNow(providerId, customerId)?.billed ?? []).filter(
        ({ discountOrigin }) => discountOrigin === "COMMITMENT",
      ),
    );

  /** What specs put here, by invoice id. */
  readonly issued = new Map<string, { customerId: string; from: string }>();

  issuedInvoice: FactSource["issuedInvoice"] = (_providerId, invoiceId) =>
    Promise.resolve(this.issued.get(invoiceId) ?? null);

  /** What specs put here, by customer id. */
  readonly accounts = new Map<string, ReceivablesAccount>();

  money: FactSource["money"] = (providerId, customerId) =>
    Promise.resolve({
      customer: this.find(providerId, "customer", customerId),
      account: this.accounts.get(customerId) ?? null,
    });

  person: FactSource["person"] = (providerId, personId) =>
    Promise.resolve(this.all(providerId, "person").get(personId) ?? null);

  payer: FactSource["payer"] = (_providerId, paymentId) => {
    const recorded = this.store.log.find(
      ({ type, data }) => type === "PaymentRecorded" && (data as PaymentRecorded["data"]).paymentId === paymentId,
    );
    return Promise.resolve(recorded ? parseStreamName(recorded.stream).id : null);
  };

  billingNow(providerId: string, customerId: string): Billing | null {
    this.catchUp();
    const at = this.fed;
    const known = this.billings.get(customerId);
    if (known?.at === at && known.providerId === providerId) return known.billing;
    const found = this.feedOf(providerId).billing(customerId);
    const billing = found && { ...found, ...this.billed.get(customerId) };
    this.billings.set(customerId, { at, providerId, billing });
    return billing;
  }

  /** The billing feed of a provider, with all that is in the log. */
  feed(providerId: string): MemoryFeed {
    this.catchUp();
    return this.feedOf(providerId);
  }

  private feedOf(providerId: string): MemoryFeed {
    const found = this.feeds.get(providerId) ?? new MemoryFeed(providerId);
    this.feeds.set(providerId, found);
    return found;
  }

  private find<Category extends FoldedCategory>(
    provider: string,
    category: Category,
    id: string | null | undefined,
  ): StateOf<Category> | null {
    return id == null ? null : (this.all(provider, category).get(id) ?? null);
  }

  private statesOf(provider: string, category: string): Map<string, unknown> {
    const known = this.states.get(provider)?.get(category);
    if (known) return known;
    const states = new Map<string, unknown>();
    this.states.set(provider, new Map(this.states.get(provider)).set(category, states));
    return states;
  }

  private catchUp(): void {
    const { log } = this.store;
    for (; this.seen < log.length; this.seen += 1) {
      const event = log[this.seen];
      if (!event) return;
      const { provider, category, id } = parseStreamName(event.stream);
      const { origin, commandId, commandHash } = event.metadata as Readonly<Record<string, string>>;
      if (origin !== "worker" && commandId !== undefined && commandHash !== undefined && category !== "identifier") {
        this.processed.set(commandId, { hash: commandHash, stream: event.stream });
      }
      if (isForeign(eventTypes, event)) continue;
      if (FED.has(category)) {
        this.feedOf(provider).fold(event as unknown as BillingEvent);
        this.fed += 1;
      }
      if (!Object.hasOwn(evolvers, category)) continue;
      const evolver: Evolver<unknown, DomainEvent> = evolvers[category as FoldedCategory];
      const states = this.statesOf(provider, category);
      const before = states.has(id) ? states.get(id) : evolver.initial;
      const after = evolver.evolve(before, { type: event.type, data: event.data as object }, event.id);
      if (after !== null) states.set(id, after);
    }
  }
}

/** Walks without a worker: no test clock is advanced in these specs. */
export const noWalks: Walks = {
  provider: () => Promise.resolve({ provider: null, revision: BigInt(Number.MAX_SAFE_INTEGER) }),
  parked: () => Promise.resolve([]),
};
