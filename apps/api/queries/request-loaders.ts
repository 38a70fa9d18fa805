import { collectionsOf } from "#read-models/billing/due-steps.js";
import { collectionShown, nothingToCollect } from "../collection/shown.js";
import { type Instant } from "#domain/calendar.js";
import { format, ZERO } from "#domain/money.js";
import { discountsGiven } from "#read-models/commitments/queries.js";
import { countsOf, type NestedList, placesAtEnd } from "#read-models/nested-lists.js";
import { kindsOf, type NodeKind } from "#read-models/nodes.js";
import { batch } from "../graphql/batch.js";
import { type Loaders } from "./loaders.js";
import { billingLoaders } from "./billing-loaders.js";
import { callLoaders } from "./call-loaders.js";
import { explainLoaders } from "./explain-loaders.js";
import { reasonLoaders } from "./reason-loaders.js";
import { commitmentLinesLoader, linesLoader } from "./invoice-lines.js";
import { kinds } from "./kinds.js";
import { type Reader } from "./reader.js";
import { moneyLoaders } from "./money-loaders.js";
import { type Kind, type Listed } from "./messages.js";
import { nestedLoader } from "./nested.js";
import { offerCostsLoader } from "./offer-costs.js";
import { nodeKinds } from "./nodes.js";
import { type Scope } from "#read-models/rows/scope.js";

const ACCOUNTS = {
  table: "accounts",
  parent: "customer_id",
  key: "created_commit",
  unique: "id",
  direction: "ASC",
} as const satisfies NestedList;
const COMMITMENTS = {
  table: "commitments",
  parent: "account_id",
  key: "start",
  unique: "id",
  direction: "ASC",
} as const satisfies NestedList;
const COMMITMENTS_OF_CUSTOMER = { ...COMMITMENTS, parent: "customer_id" } as const satisfies NestedList;
const INVOICES = {
  table: "invoices",
  parent: "customer_id",
  key: "issued_on",
  unique: "series_index",
  direction: "DESC",
  only: "number IS NOT NULL",
} as const satisfies NestedList;

const CREDIT_NOTES = { ...INVOICES, table: "credit_notes" } as const satisfies NestedList;
const CREDIT_NOTES_OF_INVOICE = { ...CREDIT_NOTES, parent: "invoice_id" } as const satisfies NestedList;

const PAYMENTS = {
  table: "payments",
  parent: "customer_id",
  key: "recorded_commit",
  unique: "id",
  direction: "DESC",
} as const satisfies NestedList;
const REFUNDS = { ...PAYMENTS, table: "refunds" } as const satisfies NestedList;

const PEOPLE = { ...ACCOUNTS, table: "people", only: "is_removed IS FALSE" } as const satisfies NestedList;

const BY_CREATION = { by: "CREATED", direction: "ASC" } as const;
const BY_START = { by: "START", direction: "ASC" } as const;
const LAST_RECORDED_FIRST = { by: "RECORDED", direction: "DESC" } as const;
const LATEST_FIRST = { by: "ISSUED", direction: "DESC" } as const;

/** The loaders of one request: each value is loaded from the database once. */
export const loadersFor = ({ backend, clocks }: Reader, scope: Scope): Loaders => {
  let now: Promise<Instant> | undefined;
  const reader: Reader = { backend, clocks: { now: () => (now ??= clocks.now(scope.providerId)) } };
  const byId = <K extends Kind>(kind: K) => {
    const load = batch<string, Listed[K]["model"]>(async (ids) => {
      const found = await kinds[kind].find(reader, scope, ids);
      return new Map(found.map((model) => [model.id, model]));
    });
    return async (id: string) => (await load(id)) ?? null;
  };
  const one = {
    provider: byId("provider"),
    plan: byId("plan"),
    addOnProduct: byId("addOnProduct"),
    offer: byId("offer"),
    volumeDiscountPlan: byId("volumeDiscountPlan"),
    mainProduct: byId("mainProduct"),
    customerClass: byId("customerClass"),
    servicePolicy: byId("servicePolicy"),
    tariff: byId("tariff"),
    edge: byId("edge"),
    mailTemplate: byId("mailTemplate"),
    customer: byId("customer"),
    account: byId("account"),
    commitment: byId("commitment"),
    invoice: byId("invoice"),
    creditNote: byId("creditNote"),
    payment: byId("payment"),
    refund: byId("refund"),
  };

  const kindOf = batch<string, NodeKind>((ids) => kindsOf(backend.dataSource, scope, ids));
  const node: Loaders["node"] = async (id) => {
    const found = await kindOf(id);
    if (found === undefined) return null;
    const { kind, type } = nodeKinds[found];
    const model = await one[kind](id);
    return model && { ...model, __typename: type };
  };

  const nested = <K extends "account" | "commitment" | "invoice" | "creditNote" | "payment" | "refund" | "person">(
    kind: K,
    list: NestedList,
    sort: Listed[K]["sort"],
    filterOf: (parent: string) => Listed[K]["filter"],
  ) =>
    nestedLoader<Listed[K]["model"]>({
      order: `${sort.by} ${sort.direction}`,
      atEnd: async (parents, window) => {
        const places = await placesAtEnd(backend.dataSource, scope, list, parents, window);
        const found = await kinds[kind].find(reader, scope, [...new Set(places.map(({ id }) => id))]);
        const nodes = new Map(found.map((node) => [node.id, node]));
        return places.flatMap(({ id, parent, ...place }) => {
          const node = nodes.get(id);
          return node ? [{ parent, node, place }] : [];
        });
      },
      counts: (parents) => countsOf(backend.dataSource, scope, list, parents),
      list: (parent, asked) => kinds[kind].list(reader, scope, { ...asked, filter: filterOf(parent), sort }),
    });

  const collections = batch(async (ids: readonly string[]) =>
    collectionsOf(backend.dataSource, scope, ids, await reader.clocks.now(scope.providerId)),
  );
  const given = batch<string, string>((ids) => discountsGiven(backend.dataSource, scope, ids));

  return {
    ...one,
    node,
    ...billingLoaders(reader, scope, one),
    ...moneyLoaders(reader, scope),
    ...callLoaders(backend.dataSource, scope),
    ...explainLoaders(reader, scope, one),
    ...reasonLoaders(reader, scope),
    offerCosts: offerCostsLoader(reader, scope),
    accountsOfCustomer: nested("account", ACCOUNTS, BY_CREATION, (customerId) => ({ customerId })),
    peopleOfCustomer: nested("person", PEOPLE, BY_CREATION, (customerId) => ({ customerId })),
    commitmentsOfAccount: nested("commitment", COMMITMENTS, BY_START, (accountId) => ({ accountId })),
    invoicesOfCustomer: nested("invoice", INVOICES, LATEST_FIRST, (customerId) => ({ customerId })),
    creditNotesOfCustomer: nested("creditNote", CREDIT_NOTES, LATEST_FIRST, (customerId) => ({ customerId })),
    creditNotesOfInvoice: nested("creditNote", CREDIT_NOTES_OF_INVOICE, LATEST_FIRST, (invoiceId) => ({ invoiceId })),
    paymentsOfCustomer: nested("payment", PAYMENTS, LAST_RECORDED_FIRST, (customerId) => ({ customerId })),
    refundsOfCustomer: nested("refund", REFUNDS, LAST_RECORDED_FIRST, (customerId) => ({ customerId })),
    commitmentsOfCustomer: nested("commitment", COMMITMENTS_OF_CUSTOMER, BY_START, (customerId) => ({ customerId })),
    linesOfInvoice: linesLoader(backend.dataSource, scope),
    linesOfCommitment: commitmentLinesLoader(backend.dataSource, scope),
    collection: async ({ id, currency }) => {
      const found = await collections(id);
      return found ? collectionShown(found, await reader.clocks.now(scope.providerId)) : nothingToCollect(currency);
    },
    discountsGiven: async ({ id, terms }) => (await given(id)) ?? format(ZERO, terms.currency),
  };
};
