import { dateOf, type LocalDate } from "#domain/calendar.js";
import { todayOf } from "#domain/customer/customer.js";
import { findAccounts, listAccounts } from "#read-models/accounts/queries.js";
import { findCatalogItems, listCatalogItems } from "#read-models/catalog/queries.js";
import { type CatalogKind, type CatalogRow } from "#read-models/catalog/table.js";
import { findCommitments, listCommitments } from "#read-models/commitments/queries.js";
import { findCustomers, listCustomers } from "#read-models/customers/queries.js";
import { findInvoices, listInvoices } from "#read-models/invoices/queries.js";
import { type ListOptions } from "#read-models/paging.js";
import { findProvider, listProviders } from "#read-models/provider/queries.js";
import { accountShown } from "../accounts/shown.js";
import { type Backend } from "../backend.js";
import {
  addOnProductShown,
  customerClassShown,
  isDeleted,
  mainProductShown,
  offerShown,
  subscriptionShown,
  volumeDiscountPlanShown,
} from "../catalog/shown.js";
import { commitmentShown } from "../commitments/shown.js";
import { customerShown } from "../customers/shown.js";
import { type Connection } from "../graphql/pagination.js";
import { invoiceShown } from "../invoices/shown.js";
import { type Clocks } from "../providers/clocks.js";
import { providerShown } from "../providers/shown.js";
import { type Kind, type Listed } from "./messages.js";
import { connection } from "./pages.js";

export interface Reader {
  readonly backend: Backend;
  readonly clocks: Clocks;
}

type Options<K extends Kind> = ListOptions<Listed[K]["filter"], Listed[K]["sort"]["by"]>;

interface Access<K extends Kind> {
  /** By ids; unknown ones are left out. */
  find(reader: Reader, providerId: string, ids: readonly string[]): Promise<Listed[K]["model"][]>;
  list(reader: Reader, providerId: string, options: Options<K>): Promise<Connection<Listed[K]["model"]>>;
}

/** The catalog's kinds differ in how a row is shown, nothing else. */
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
  subscription: catalog("subscription", subscriptionShown),
  addOnProduct: catalog("addonproduct", addOnProductShown),
  volumeDiscountPlan: catalog("volumediscountplan", volumeDiscountPlanShown),
  mainProduct: catalog("mainproduct", mainProductShown),
  customerClass: catalog("customerclass", customerClassShown),
  offer: catalog("offer", offerShown),
  customer: {
    find: async ({ backend }, providerId, ids) =>
      (await findCustomers(backend.dataSource, providerId, ids)).map(customerShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listCustomers(backend.dataSource, providerId, options), customerShown),
  },
  account: {
    find: async ({ backend }, providerId, ids) =>
      (await findAccounts(backend.dataSource, providerId, ids)).map(accountShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listAccounts(backend.dataSource, providerId, options), accountShown),
  },
  commitment: {
    find: async ({ backend }, providerId, ids) =>
      (await findCommitments(backend.dataSource, providerId, ids)).map(commitmentShown),
    async list(reader, providerId, { filter, ...options }) {
      const { status: is, ...rest } = filter ?? {};
      const status = is ? { is, on: await todayFor(reader, providerId, rest) } : null;
      const page = await listCommitments(reader.backend.dataSource, providerId, {
        ...options,
        filter: { ...rest, status },
      });
      return connection(page, commitmentShown);
    },
  },
  invoice: {
    find: async ({ backend }, providerId, ids) =>
      (await findInvoices(backend.dataSource, providerId, ids)).map(invoiceShown),
    list: async ({ backend }, providerId, options) =>
      connection(await listInvoices(backend.dataSource, providerId, options), invoiceShown),
  },
};

/** The customer's today where the filter names one, else the date in UTC. */
const todayFor = async (
  { backend, clocks }: Reader,
  providerId: string,
  { customerId, accountId }: Listed["commitment"]["filter"],
): Promise<LocalDate> => {
  const now = await clocks.now(providerId);
  const [account] = accountId == null ? [] : await findAccounts(backend.dataSource, providerId, [accountId]);
  const id = customerId ?? account?.customerId;
  const [customer] = id == null ? [] : await findCustomers(backend.dataSource, providerId, [id]);
  return customer ? todayOf(customer.state, now) : dateOf(now, "UTC");
};
