import { dateOf, type LocalDate } from "#domain/calendar.js";
import { todayOf } from "#domain/customers/customer.js";
import { findAccounts, listAccounts } from "#read-models/accounts/queries.js";
import { findCalls, listCalls } from "#read-models/calls/queries.js";
import { findCatalogItems, listCatalogItems } from "#read-models/catalog/queries.js";
import { type CatalogKind, type CatalogRow } from "#read-models/catalog/table.js";
import { findCommitments, listCommitments } from "#read-models/commitments/queries.js";
import { findCustomers, listCustomers } from "#read-models/customers/queries.js";
import { findCreditNotes, listCreditNotes } from "#read-models/invoices/credit-notes.js";
import { findInvoices, listInvoices } from "#read-models/invoices/queries.js";
import { findPayments, findRefunds, listPayments, listRefunds } from "#read-models/invoices/payment-queries.js";
import { findKeys, listKeys } from "#read-models/keys/queries.js";
import { findPeople, listPeople } from "#read-models/people/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type ListOptions } from "#read-models/rows/paging.js";
import { findProvider, listProviders } from "#read-models/providers/queries.js";
import { accountShown } from "../accounts/shown.js";
import { callShown } from "../calls/shown.js";
import {
  addOnProductShown,
  customerClassShown,
  isDeleted,
  mainProductShown,
  offerShown,
  planShown,
  volumeDiscountPlanShown,
} from "../catalog/shown.js";
import { servicePolicyShown, tariffShown } from "../catalog/tariffs-shown.js";
import { commitmentShown } from "../commitments/shown.js";
import { customerShown } from "../customers/shown.js";
import { edgeShown } from "../edges/models.js";
import { type Connection } from "../graphql/pagination.js";
import { creditNoteShown, invoiceShown } from "../invoices/shown.js";
import { keyShown } from "../keys/shown.js";
import { personShown } from "../people/shown.js";
import { mailTemplateShown } from "../mails/shown.js";
import { systemNow } from "../core/clocks.js";
import { providerShown } from "../providers/shown.js";
import { paymentShown, refundShown } from "../receivables/shown.js";
import { type Kind, type Listed } from "./messages.js";
import { connection } from "./connections.js";
import { type Reader } from "./reader.js";

type Options<K extends Kind> = ListOptions<Listed[K]["filter"], Listed[K]["sort"]["by"]>;

interface Access<K extends Kind> {
  /** Finds entities by ids; unknown ids are left out. */
  find(reader: Reader, scope: Scope, ids: readonly string[]): Promise<Listed[K]["model"][]>;
  list(reader: Reader, scope: Scope, options: Options<K>): Promise<Connection<Listed[K]["model"]>>;
}

/** Kinds of catalog items differ only in their GraphQL form. */
const catalog = <K extends CatalogKind, Node>(kind: K, shown: (row: CatalogRow<K>) => Node) => ({
  find: async ({ backend }: Reader, scope: Scope, ids: readonly string[]) => {
    const rows = await findCatalogItems(backend.dataSource, scope, kind, ids);
    return rows.filter((row) => !isDeleted(row)).map(shown);
  },
  list: async ({ backend }: Reader, scope: Scope, options: ListOptions<object, "NAME" | "CREATED" | "UPDATED">) =>
    connection(await listCatalogItems(backend.dataSource, scope, kind, options), shown),
});

/** How each kind of entity is found and listed. */
export const kinds: { readonly [K in Kind]: Access<K> } = {
  provider: {
    async find({ backend }, _scope, ids) {
      const rows = await Promise.all(ids.map((id) => findProvider(backend.dataSource, id)));
      return rows.flatMap((row) => (row ? [providerShown(row)] : []));
    },
    list: async ({ backend }, _scope, options) =>
      connection(await listProviders(backend.dataSource, options), providerShown),
  },
  plan: catalog("subscription", planShown),
  addOnProduct: catalog("addonproduct", addOnProductShown),
  volumeDiscountPlan: catalog("volumediscountplan", volumeDiscountPlanShown),
  mainProduct: catalog("mainproduct", mainProductShown),
  customerClass: catalog("customerclass", customerClassShown),
  offer: catalog("offer", offerShown),
  servicePolicy: catalog("servicepolicy", servicePolicyShown),
  tariff: catalog("tariff", tariffShown),
  mailTemplate: catalog("mailtemplate", mailTemplateShown),
  edge: catalog("edge", edgeShown),
  key: {
    find: async ({ backend }, scope, ids) =>
      (await findKeys(backend.dataSource, scope, ids)).map((row) => keyShown(row, systemNow())),
    list: async ({ backend }, scope, options) =>
      connection(await listKeys(backend.dataSource, scope, options), (row) => keyShown(row, systemNow())),
  },
  person: {
    find: async ({ backend }, scope, ids) => (await findPeople(backend.dataSource, scope, ids)).map(personShown),
    list: async ({ backend }, scope, options) =>
      connection(await listPeople(backend.dataSource, scope, options), personShown),
  },
  customer: {
    async find({ backend, clocks }, scope, ids) {
      const rows = await findCustomers(backend.dataSource, scope, ids);
      const now = await clocks.now(scope.providerId);
      return rows.map((row) => customerShown(row, now));
    },
    async list({ backend, clocks }, scope, options) {
      const slice = await listCustomers(backend.dataSource, scope, options);
      const now = await clocks.now(scope.providerId);
      return connection(slice, (row) => customerShown(row, now));
    },
  },
  account: {
    find: async ({ backend }, scope, ids) => (await findAccounts(backend.dataSource, scope, ids)).map(accountShown),
    list: async ({ backend }, scope, options) =>
      connection(await listAccounts(backend.dataSource, scope, options), accountShown),
  },
  call: {
    find: async ({ backend }, scope, ids) => (await findCalls(backend.dataSource, scope, ids)).map(callShown),
    list: async ({ backend }, scope, options) =>
      connection(await listCalls(backend.dataSource, scope, options), callShown),
  },
  commitment: {
    async find(reader, scope, ids) {
      const rows = await findCommitments(reader.backend.dataSource, scope, ids);
      const today = await todays(reader, scope, rows);
      return rows.map((row) => commitmentShown(row, today(row.customerId)));
    },
    async list(reader, scope, { filter, ...options }) {
      const { status: is, ...rest } = filter ?? {};
      const status = is ? { is, on: await todayFor(reader, scope, rest) } : null;
      const slice = await listCommitments(reader.backend.dataSource, scope, {
        ...options,
        filter: { ...rest, status },
      });
      const today = await todays(reader, scope, slice.rows);
      return connection(slice, (row) => commitmentShown(row, today(row.customerId)));
    },
  },
  invoice: {
    async find(reader, scope, ids) {
      const rows = await findInvoices(reader.backend.dataSource, scope, ids);
      const today = await todays(reader, scope, rows);
      return rows.map((row) => invoiceShown(row, today(row.customerId)));
    },
    async list(reader, scope, { filter, ...options }) {
      const { state: is, ...rest } = filter ?? {};
      const state = is ? { is, at: await reader.clocks.now(scope.providerId) } : null;
      const slice = await listInvoices(reader.backend.dataSource, scope, {
        ...options,
        filter: { ...rest, state },
      });
      const today = await todays(reader, scope, slice.rows);
      return connection(slice, (row) => invoiceShown(row, today(row.customerId)));
    },
  },
  creditNote: {
    find: async ({ backend }, scope, ids) =>
      (await findCreditNotes(backend.dataSource, scope, ids)).map(creditNoteShown),
    list: async ({ backend }, scope, options) =>
      connection(await listCreditNotes(backend.dataSource, scope, options), creditNoteShown),
  },
  payment: {
    find: async ({ backend }, scope, ids) => (await findPayments(backend.dataSource, scope, ids)).map(paymentShown),
    list: async ({ backend }, scope, options) =>
      connection(await listPayments(backend.dataSource, scope, options), paymentShown),
  },
  refund: {
    find: async ({ backend }, scope, ids) => (await findRefunds(backend.dataSource, scope, ids)).map(refundShown),
    list: async ({ backend }, scope, options) =>
      connection(await listRefunds(backend.dataSource, scope, options), refundShown),
  },
};

/** The today of each customer that holds one of these; the UTC day for a customer that is not projected yet. */
const todays = async (
  { backend, clocks }: Reader,
  scope: Scope,
  rows: readonly { readonly customerId: string }[],
): Promise<(customerId: string) => LocalDate> => {
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const customers = await findCustomers(backend.dataSource, scope, ids);
  const now = await clocks.now(scope.providerId);
  const days = new Map(customers.map(({ id, state }) => [id, todayOf(state, now)]));
  return (customerId) => days.get(customerId) ?? dateOf(now, "UTC");
};

/** The customer's today where the filter names one, otherwise the UTC day. */
const todayFor = async (
  { backend, clocks }: Reader,
  scope: Scope,
  { customerId, accountId }: Pick<Listed["commitment"]["filter"], "customerId" | "accountId">,
): Promise<LocalDate> => {
  const now = await clocks.now(scope.providerId);
  const [account] = accountId == null ? [] : await findAccounts(backend.dataSource, scope, [accountId]);
  const id = customerId ?? account?.customerId;
  const [customer] = id == null ? [] : await findCustomers(backend.dataSource, scope, [id]);
  return customer ? todayOf(customer.state, now) : dateOf(now, "UTC");
};
