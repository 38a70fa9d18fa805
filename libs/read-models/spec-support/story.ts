import { type AccountEvent } from "#domain/accounts/events.js";
import { type CatalogEvent } from "#domain/catalog/events.js";
import { type Line } from "#domain/billing/line.js";
import { type CommitmentEvent, type PlannedUpgrade, type Terms } from "#domain/commitments/events.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type DomainEvent } from "#domain/event.js";
import { type ProviderEvent } from "#domain/providers/events.js";
import { type CreditNoteSealed, type InvoiceSealed } from "#domain/invoicing/events.js";
import { id, type Journal, PROVIDER } from "./journal.js";

const on = "2020-07-01";

export const customerCreated = (
  name: string,
  changes: Partial<(CustomerEvent & { type: "CustomerCreated" })["data"]> = {},
): CustomerEvent => ({
  type: "CustomerCreated",
  data: {
    customerId: id(name),
    currency: "USD",
    billingPeriod: "MONTHLY",
    timeZone: "Europe/Berlin",
    customerClassId: null,
    creditLimit: "100.00",
    effectiveOn: on,
    personal: { name, companyDomain: null, email: `${name.toLowerCase()}@example.org`, phone: null },
    ...changes,
  },
});

export const accountOpened = (name: string, customer: string): AccountEvent => ({
  type: "AccountOpened",
  data: {
    accountId: id(name),
    customerId: id(customer),
    mainProductId: id("mobile"),
    identifierHash: `hash of ${name}`,
    effectiveOn: on,
    personal: { identifier: name },
  },
});

export const assigned = (
  name: string,
  account: string,
  customer: string,
  discountEnd: string | null,
  changes: { readonly effectiveOn?: string; readonly terms?: Terms } = {},
): CommitmentEvent => ({
  type: "CommitmentAssigned",
  data: {
    commitmentId: id(name),
    accountId: id(account),
    customerId: id(customer),
    terms: termsOf("turbo", "Turbo"),
    discountEnd,
    discountEndKind: "DEFAULT",
    effectiveOn: on,
    ...changes,
  },
});

/** Terms without rows: most read models do not depend on the fees. */
export const termsOf = (offer: string, name: string): Terms => ({
  offerId: id(offer),
  offerRevision: 1,
  name,
  currency: "USD",
  discountPeriods: 24,
  penalty: "SUM_OF_DISCOUNTS",
  transferFee: "0.00",
  recurring: [],
  oneTime: [],
});

const unmoved = { discountEndBefore: null, discountEndAfter: null, discountEndFloors: [] };

export const paused = (pause: string, from: string, until: string | null): CommitmentEvent => ({
  type: "PauseScheduled",
  data: { pauseId: id(pause), from, until, now: false, orderedOn: on, ...unmoved, effectiveOn: from },
});

export const pauseCancelled = (pause: string, from: string): CommitmentEvent => ({
  type: "PauseCancelled",
  data: { pauseId: id(pause), orderedOn: on, ...unmoved, effectiveOn: from },
});

export const pauseEnded = (pause: string, until: string): CommitmentEvent => ({
  type: "PauseEnded",
  data: { pauseId: id(pause), until, orderedOn: until, ...unmoved, effectiveOn: until },
});

/** A time-limited upgrade until a day, with a planned upgrade unless `then` is null. */
export const upgradeOrdered = (upgrade: string, until: string, then: PlannedUpgrade | null): CommitmentEvent => ({
  type: "TimeLimitedUpgradeOrdered",
  data: {
    upgradeId: id(upgrade),
    rowId: "recurring-1",
    addOnProductId: id("2 GB"),
    until,
    then,
    effectiveOn: on,
  },
});

export const upgraded = (terms: Terms, day: string): CommitmentEvent => ({
  type: "CommitmentUpgraded",
  data: {
    terms,
    discountEndChoice: null,
    ended: [],
    discountEndBefore: null,
    discountEndAfter: null,
    effectiveOn: day,
  },
});

export const terminated = (day: string, penaltyPreview: string): CommitmentEvent => ({
  type: "CommitmentTerminated",
  data: { effectiveOn: day, discountEnd: "2022-07-01", early: true, penaltyPreview, reason: "ORDERED" },
});

export const line = (commitment: string, changes: Partial<Line> = {}): Line => ({
  kind: "RECURRING",
  commitmentId: id(commitment),
  accountId: id("+49 1"),
  rowId: "recurring-1",
  description: "Turbo 1 GB",
  from: "2020-07-01",
  until: "2020-07-31",
  days: 31,
  periodDays: 31,
  fee: "20.00",
  discount: "5.00",
  discountOrigin: "COMMITMENT",
  net: "15.00",
  currency: "USD",
  taxes: [],
  causes: [id("cause")],
  ...changes,
});

export const page = (
  invoice: string,
  number: number,
  lines: readonly Line[],
  contentHash = `${invoice} ${number}`,
) => ({
  type: "InvoicePageRecorded" as const,
  data: { invoiceId: id(invoice), page: number, lines, contentHash, effectiveOn: "2020-08-01" },
});

export const sealed = (
  invoice: string,
  customer: string,
  pages: InvoiceSealed["data"]["pages"],
  changes: Partial<InvoiceSealed["data"]> = {},
): InvoiceSealed => ({
  type: "InvoiceSealed",
  data: {
    invoiceId: id(invoice),
    customerId: id(customer),
    period: { from: "2020-07-01", until: "2020-07-31" },
    currency: "USD",
    issuedOn: "2020-08-01",
    dueOn: "2020-08-15",
    graceDays: 14,
    rounding: "HALF_UP",
    lineCount: 1,
    totalsByKind: { RECURRING: "15.00" },
    total: "15.00",
    pages,
    contentHash: `hash of ${invoice}`,
    basis: [{ stream: `customer of ${invoice}`, revision: "0" }],
    effectiveOn: "2020-08-01",
    personal: { recipient: { name: customer, companyDomain: null, email: null, phone: null } },
    ...changes,
  },
});

/** A credit note of 1.00. */
export const creditNoteSealed = (
  creditNote: string,
  customer: string,
  pages: CreditNoteSealed["data"]["pages"],
  changes: Partial<CreditNoteSealed["data"]> = {},
): CreditNoteSealed => ({
  type: "CreditNoteSealed",
  data: {
    creditNoteId: id(creditNote),
    customerId: id(customer),
    purpose: "CORRECTION",
    invoiceId: null,
    period: { from: "2020-07-01", until: "2020-07-31" },
    currency: "USD",
    issuedOn: "2020-08-01",
    rounding: "HALF_UP",
    lineCount: 1,
    totalsByKind: { ADJUSTMENT: "-1.00" },
    total: "-1.00",
    pages,
    contentHash: `hash of ${creditNote}`,
    basis: [],
    effectiveOn: "2020-08-01",
    personal: { recipient: { name: customer, companyDomain: null, email: null, phone: null } },
    ...changes,
  },
});

export const numbers = (first: number, ...invoices: [invoice: string, customer: string][]): DomainEvent => ({
  type: "NumbersAssigned",
  data: {
    series: "invoices",
    first,
    effectiveOn: "2020-08-01",
    invoices: invoices.map(([invoice, customer], index) => ({
      invoiceId: id(invoice),
      customerId: id(customer),
      issuedOn: "2020-08-01",
      number: `INV-${String(first + index).padStart(6, "0")}`,
    })),
  },
});

const subscription = { name: "Plan", currency: "USD", recurringFees: { MONTHLY: "20.00" }, minimumPeriods: 24 };
const subscriptionTerms = {
  ...subscription,
  penalty: "SUM_OF_DISCOUNTS",
  prorateFirst: true,
  prorateLast: true,
} as const;
const offerTerms = {
  name: "Turbo",
  description: null,
  currency: "USD",
  discountPeriods: 24,
  transferFee: "0.00",
  oneTimeFees: [],
  recurringFees: [{ subscriptionId: id("plan"), addOnProductId: null, discount: "5.00" }],
};

const providerEvents: ProviderEvent[] = [
  {
    type: "ProviderCreated",
    data: { providerId: PROVIDER, name: "Acme", invoiceNumberPrefix: "INV-", effectiveOn: on },
  },
  { type: "TestClockSet", data: { at: "2020-07-01T10:00:00.000Z", effectiveOn: on } },
  { type: "ClockAdvanceOrdered", data: { advanceId: id("advance"), to: "2020-08-02T10:00:00.000Z", effectiveOn: on } },
];

const catalog: readonly [category: string, name: string, events: CatalogEvent[]][] = [
  [
    "subscription",
    "plan",
    [
      { type: "SubscriptionDefined", data: { subscriptionId: id("plan"), ...subscriptionTerms, effectiveOn: on } },
      { type: "SubscriptionRevised", data: { ...subscriptionTerms, name: "Plan B", effectiveOn: on } },
    ],
  ],
  [
    "addonproduct",
    "1 GB",
    [
      {
        type: "AddOnProductDefined",
        data: {
          addOnProductId: id("1 GB"),
          name: "1 GB",
          service: "Internet",
          quota: "1 GB",
          volumeDiscountPlanId: null,
          effectiveOn: on,
        },
      },
    ],
  ],
  [
    "mainproduct",
    "mobile",
    [
      {
        type: "MainProductDefined",
        data: { mainProductId: id("mobile"), name: "Mobile", addOnProductIds: [id("1 GB")], effectiveOn: on },
      },
    ],
  ],
  [
    "customerclass",
    "business",
    [
      {
        type: "CustomerClassDefined",
        data: { customerClassId: id("business"), name: "Business", graceDays: 30, rounding: "UP", effectiveOn: on },
      },
    ],
  ],
  ["offer", "turbo", [{ type: "OfferDefined", data: { offerId: id("turbo"), ...offerTerms, effectiveOn: on } }]],
  [
    "offer",
    "old",
    [{ type: "OfferDefined", data: { offerId: id("old"), ...offerTerms, name: "Old", effectiveOn: on } }],
  ],
  ["offer", "old", [{ type: "OfferDeleted", data: { effectiveOn: on } }]],
];

/**
 * One of everything that read models show: two invoices, one with other events between its pages, one without a number.
 */
export const tellStory = (journal: Journal): Journal => {
  const at = { at: "2020-07-02T08:30:00.000Z" };
  const worker = { actor: "worker", at: "2020-08-01T00:00:01.000Z" };
  journal.record("provider", PROVIDER, providerEvents.slice(0, 2));
  for (const [category, name, events] of catalog) journal.record(category, id(name), events);
  journal.record("customer", id("Ann"), [customerCreated("Ann")]);
  journal.record("customer", id("Bob"), [customerCreated("Bob", { currency: "USD", creditLimit: "0.00" })]);
  const opening = { command: "open +49 1" };
  const reserved = { type: "IdentifierReserved", data: { ownerId: id("+49 1"), effectiveOn: on } };
  journal.record("identifier", "hash of +49 1", [reserved], opening);
  journal.record("account", id("+49 1"), [accountOpened("+49 1", "Ann")], opening);
  const alias = { identifierHash: "hash of +49 2", effectiveOn: on, personal: { alias: "+49 2" } };
  journal.record("account", id("+49 1"), [{ type: "AliasAdded", data: alias }], at);
  journal.record("commitment", id("first"), [assigned("first", "+49 1", "Ann", "2022-07-01")]);
  journal.record("commitment", id("second"), [assigned("second", "+49 1", "Ann", null)]);
  journal.record("commitment", id("first"), [terminated("2020-07-31", "12.34")], at);
  journal.record("customer", id("Ann"), [
    {
      type: "CustomerContactChanged",
      data: { effectiveOn: on, personal: { name: "Ann B", companyDomain: "b.example", email: null, phone: "1" } },
    },
    { type: "CustomerClassSet", data: { customerClassId: id("business"), effectiveOn: on } },
  ]);
  journal.record("customer", id("Bob"), [{ type: "CustomerClosed", data: { effectiveOn: "2020-07-31" } }]);
  journal.record("provider", PROVIDER, providerEvents.slice(2));

  const receivables = (name: string, event: DomainEvent) => {
    const [recorded] = journal.record("receivables", id(name), [event], worker);
    if (!recorded) throw new Error(`the journal recorded no ${event.type}`);
    return recorded.id;
  };
  // An interrupted close left a page; the following one recorded other lines.
  receivables("Ann", page("Ann's", 1, [line("first", { net: "99.00" })], "left behind"));
  const one = receivables("Ann", page("Ann's", 1, [line("first"), line("second")]));
  const bobs = receivables("Bob", page("Bob's", 1, [line("third")]));
  const two = receivables(
    "Ann",
    page("Ann's", 2, [
      line("first", {
        kind: "PENALTY",
        fee: "5.00",
        discount: "0.00",
        discountOrigin: null,
        net: "5.00",
        periodDays: null,
        days: 1,
      }),
    ]),
  );
  const annsPages = [
    { page: 1, eventId: one, contentHash: "Ann's 1" },
    { page: 2, eventId: two, contentHash: "Ann's 2" },
  ];
  const anns = { lineCount: 3, total: "35.00", totalsByKind: { RECURRING: "30.00", PENALTY: "5.00" } };
  receivables("Ann", sealed("Ann's", "Ann", annsPages, anns));
  receivables("Ann", page("Ann's", 3, [line("first")], "too late"));
  receivables("Bob", sealed("Bob's", "Bob", [{ page: 1, eventId: bobs, contentHash: "Bob's 1" }]));
  journal.record("register", "invoices", [numbers(1, ["Ann's", "Ann"])], worker);
  return journal;
};
