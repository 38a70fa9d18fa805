import { type Instant } from "#domain/calendar.js";
import { format, ZERO } from "#domain/money.js";
import { discountsGiven } from "#read-models/commitments/queries.js";
import { balancesOf, listInvoiceLines } from "#read-models/invoices/queries.js";
import { type NestedList } from "#read-models/nested-lists.js";
import { batch } from "../graphql/batch.js";
import { type Loaders } from "./loaders.js";
import { type Connection } from "../graphql/pagination.js";
import { lineShown } from "../invoices/shown.js";
import { billingLoaders } from "./billing-loaders.js";
import { firstLines } from "./invoice-lines.js";
import { kinds, type Reader } from "./kinds.js";
import { type Kind, type Listed } from "./messages.js";
import { firstPages } from "./nested.js";
import { connection } from "./connections.js";

const ACCOUNTS = {
  table: "accounts",
  parent: "customer_id",
  key: "created_commit",
  direction: "ASC",
  order: "CREATED ASC",
} as const satisfies NestedList;
const COMMITMENTS = {
  table: "commitments",
  parent: "account_id",
  key: "start",
  direction: "ASC",
  order: "START ASC",
} as const satisfies NestedList;
const INVOICES = {
  table: "invoices",
  parent: "customer_id",
  key: "issued_on",
  direction: "DESC",
  order: "ISSUED DESC",
  only: "number IS NOT NULL",
} as const satisfies NestedList;

const BY_START = { by: "START", direction: "ASC" } as const;
const LATEST_FIRST = { by: "ISSUED", direction: "DESC" } as const;

/** The loaders of one request: each value is loaded from the database once. */
export const loadersFor = ({ backend, clocks }: Reader, providerId: string): Loaders => {
  let now: Promise<Instant> | undefined;
  const reader: Reader = { backend, clocks: { now: () => (now ??= clocks.now(providerId)) } };
  const byId = <K extends Kind>(kind: K) => {
    const load = batch<string, Listed[K]["model"]>(async (ids) => {
      const found = await kinds[kind].find(reader, providerId, ids);
      return new Map(found.map((model) => [model.id, model]));
    });
    return async (id: string) => (await load(id)) ?? null;
  };
  const one = {
    plan: byId("plan"),
    addOnProduct: byId("addOnProduct"),
    offer: byId("offer"),
    volumeDiscountPlan: byId("volumeDiscountPlan"),
    mainProduct: byId("mainProduct"),
    customerClass: byId("customerClass"),
    customer: byId("customer"),
    account: byId("account"),
    commitment: byId("commitment"),
    invoice: byId("invoice"),
  };

  const nested = <K extends "account" | "commitment" | "invoice">(kind: K, list: NestedList) =>
    paged((parents, first) =>
      firstPages(backend, providerId, list, parents, first, (ids) => kinds[kind].find(reader, providerId, ids)),
    );
  const accounts = nested("account", ACCOUNTS);
  const commitments = nested("commitment", COMMITMENTS);
  const invoices = nested("invoice", INVOICES);
  const lines = paged((invoiceIds, first) => firstLines(backend, providerId, invoiceIds, first));

  const balances = batch<string, string>((ids) => balancesOf(backend.dataSource, providerId, ids));
  const given = batch<string, string>((ids) => discountsGiven(backend.dataSource, providerId, ids));

  return {
    ...one,
    ...billingLoaders(reader, providerId, one),
    accountsOfCustomer: (customerId, { first, after }) =>
      after == null
        ? accounts(customerId, first)
        : kinds.account.list(reader, providerId, { first, after, filter: { customerId } }),
    commitmentsOfAccount: (accountId, { first, after }) =>
      after == null
        ? commitments(accountId, first)
        : kinds.commitment.list(reader, providerId, { first, after, filter: { accountId }, sort: BY_START }),
    invoicesOfCustomer: (customerId, { first, after }) =>
      after == null
        ? invoices(customerId, first)
        : kinds.invoice.list(reader, providerId, { first, after, filter: { customerId }, sort: LATEST_FIRST }),
    linesOfInvoice: async (invoiceId, { first, after }) =>
      after == null
        ? lines(invoiceId, first)
        : connection(await listInvoiceLines(backend.dataSource, providerId, invoiceId, { first, after }), lineShown),
    balanceDue: async ({ id, currency }) => (await balances(id)) ?? format(ZERO, currency),
    discountsGiven: async ({ id, terms }) => (await given(id)) ?? format(ZERO, terms.currency),
  };
};

/** Loads first rows of nested lists, batched by `first`; a missing list is empty. */
const paged = <Node>(
  load: (parents: readonly string[], first: number) => Promise<ReadonlyMap<string, Connection<Node>>>,
): ((parent: string, first: number) => Promise<Connection<Node>>) => {
  const bySize = new Map<number, (parent: string) => Promise<Connection<Node> | undefined>>();
  return async (parent, first) => {
    const sized = bySize.get(first) ?? batch<string, Connection<Node>>((parents) => load(parents, first));
    bySize.set(first, sized);
    return (await sized(parent)) ?? EMPTY;
  };
};

const EMPTY = {
  edges: [],
  pageInfo: { endCursor: null, hasNextPage: false },
  totalCount: Promise.resolve(0),
};
