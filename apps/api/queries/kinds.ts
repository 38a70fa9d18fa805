import { dateOf, type LocalDate } from "#domain/calendar.js";
import { todayOf } from "#domain/customers/customer.js";
import { findAccounts, listAccounts } from "#read-models/accounts/queries.js";
import { findCatalogItems, listCatalogItems } from "#read-models/catalog/queries.js";
import { type CatalogKind, type CatalogRow } from "#read-models/catalog/table.js";
import { findCommitments, listCommitments } from "#read-models/commitments/queries.js";
import { findCustomers, listCustomers } from "#read-models/customers/queries.js";
import { findCreditNotes, listCreditNotes } from "#read-models/invoices/credit-notes.js";
import { findInvoices, listInvoices } from "#read-models/invoices/queries.js";
import { findPayments, findRefunds, listPayments, listRefunds } from "#read-models/invoices/payment-queries.js";
import { type ListOptions } from "#read-models/rows/paging.js";
import { findProvider, listProviders } from "#read-models/providers/queries.js";
import { accountShown } from "../accounts/shown.js";
import { type Backend } from "../core/backend.js";
import {
  addOnProductShown,
  customerClassShown,
  isDeleted,
  mainProductShown,
  offerShown,
  planShown,
  volumeDiscountPlanShown,
} from "../catalog/shown.js";
import { commitmentShown } from "../commitments/shown.js";
import { customerShown } from "../customers/shown.js";
import { type Connection } from "../graphql/pagination.js";
import { creditNoteShown, invoiceShown } from "../invoices/shown.js";
import { mailTemplateShown } from "../mails/shown.js";
import { type Clocks } from "../core/clocks.js";
import { providerShown } from "../providers/shown.js";
import { paymentShown, refundShown } from "../receivables/shown.js";
import { type Kind, type Listed } from "./messages.js";
import { connection } from "./connections.js";

export interface Reader {
  readonly backend: Backend;
  readonly clocks: Pick<Clocks, "now">;
}

type Options<K extends Kind> = ListOptions<Listed[K]["filter"], Listed[K]["sort"]["by"]>;

interface Access<K extends Kind> {
  /** Finds entities by ids; unknown ids are left out. */
  find(reader: Reader, providerId: string, ids: readonly string[]): Promise<Listed[K]["model"][]>;
  list(reader: Reader, providerId: string, options: Options<K>): Promise<Connection<Listed[K]["model"]>>;
}

/** Kinds of catalog items differ only in their GraphQL form. */
const catalog = <K extends CatalogKind, Node>(kind: K, shown: (row: CatalogRow<K>) => Node) => ({
  find: async ({ backend }: Reader, providerId: string, ids: readonly string[]) => {
    const rows = await findCatalogItems(backend.dataSource, providerId, kind, ids);
    return rows.filter((row) => !isDeleted(row)).map(shown);
  },
  list: async ({ backend }: Reader, providerId: string, options: ListOptions<object, "NAME" | "CREATED" | "UPDATED">) =>
    connection(await listCatalogItems(backend.dataSource, providerId, kind, options), shown),
});

/** How each kind of entity is found and listed. */
export const kinds: { readonly [K in Kind]: Access<K> } = {
  provider: {
    async find({ backend }, _providerId, ids) {
      const rows = await Promise.all(ids.map((id) => findProvider(backend.dataSource, id)));
      return rows.flatMap((row) => (row ? [providerShown(row)] : []));
    },
    list: async ({ backend }, _providerId, options) =>
      connection(await listProviders(backend.dataSource, options), providerShown),
  },
  plan: catalog("subscription", planShown),
  addOnProduct: catalog("addonproduct", addOnProductShown),
  volumeDiscountPlan: catalog("volumediscountplan", volumeDiscountPlanShown),
  mainProduct: catalog("mainproduct", mainProductShown),
  customerClass: catalog("customerclass", customerClassShown),
  offer: catalog("offer", offerShown),
  mailTemplate: catalog("mailtemplate", mailTemplateShown),
  customer: {
    async find({ backend, clocks }, providerId, ids) {
      const rows = await findCustomers(backend.dataSource, providerId, ids);
      const now = await clocks.now(providerId);
      return rows.map((row) => customerShown(row, now));
    },
    async list({ backend, clocks }, providerId, options) {
      const slice = await listCustomers(backend.dataSource, providerId, options);
      const now = await clocks.now(providerId);
      return connection(slice, (row) => customerShown(row, now));
    },
  },
  account: {
    find: async ({ backend }, providerId, ids) =>
      (await findAccounts(backend.dataSource, providerId, ids)).map(accountShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listAccounts(backend.dataSource, providerId, options), accountShown),
  },
  commitment: {
    async find(reader, providerId, ids) {
      const rows = await findCommitments(reader.backend.dataSource, providerId, ids);
      const today = await todays(reader, providerId, rows);
      return rows.map((row) => commitmentShown(row, today(row.customerId)));
    },
    async list(reader, providerId, { filter, ...options }) {
      const { status: is, ...rest } = filter ?? {};
      const status = is ? { is, on: await todayFor(reader, providerId, rest) } : null;
      const slice = await listCommitments(reader.backend.dataSource, providerId, {
        ...options,
        filter: { ...rest, status },
      });
      const today = await todays(reader, providerId, slice.rows);
      return connection(slice, (row) => commitmentShown(row, today(row.customerId)));
    },
  },
  invoice: {
    async find(reader, providerId, ids) {
      const rows = await findInvoices(reader.backend.dataSource, providerId, ids);
      const today = await todays(reader, providerId, rows);
      return rows.map((row) => invoiceShown(row, today(row.customerId)));
    },
    async list(reader, providerId, { filter, ...options }) {
      const { state: is, ...rest } = filter ?? {};
      const state = is ? { is, at: await reader.clocks.now(providerId) } : null;
      const slice = await listInvoices(reader.backend.dataSource, providerId, {
        ...options,
        filter: { ...rest, state },
      });
      const today = await todays(reader, providerId, slice.rows);
      return connection(slice, (row) => invoiceShown(row, today(row.customerId)));
    },
  },
  creditNote: {
    find: async ({ backend }, providerId, ids) =>
      (await findCreditNotes(backend.dataSource, providerId, ids)).map(creditNoteShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listCreditNotes(backend.dataSource, providerId, options), creditNoteShown),
  },
  payment: {
    find: async ({ backend }, providerId, ids) =>
      (await findPayments(backend.dataSource, providerId, ids)).map(paymentShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listPayments(backend.dataSource, providerId, options), paymentShown),
  },
  refund: {
    find: async ({ backend }, providerId, ids) =>
      (await findRefunds(backend.dataSource, providerId, ids)).map(refundShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listRefunds(backend.dataSource, providerId, options), refundShown),
  },
};

/** The today of each customer that holds one of these; the UTC day for a customer that is not projected yet. */
const todays = async (
  { backend, clocks }: Reader,
  providerId: string,
  rows: readonly { readonly customerId: string }[],
): Promise<(customerId: string) => LocalDate> => {
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const customers = await findCustomers(backend.dataSource, providerId, ids);
  const now = await clocks.now(providerId);
  const days = new Map(customers.map(({ id, state }) => [id, todayOf(state, now)]));
  return (customerId) => days.get(customerId) ?? dateOf(now, "UTC");
};

/** The customer's today where the filter names one, otherwise the UTC day. */
const todayFor = async (
  { backend, clocks }: Reader,
  providerId: string,
  { customerId, accountId }: Pick<Listed["commitment"]["filter"], "customerId" | "accountId">,
): Promise<LocalDate> => {
  const now = await clocks.now(providerId);
  const [account] = accountId == null ? [] : await findAccounts(backend.dataSource, providerId, [accountId]);
  const id = customerId ?? account?.customerId;
  const [customer] = id == null ? [] : await findCustomers(backend.dataSource, providerId, [id]);
  return customer ? todayOf(customer.state, now) : dateOf(now, "UTC");
};
