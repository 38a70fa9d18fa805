import { type DataSource } from "typeorm";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, type PageOf, paginate, type Sorting } from "../rows/paging.js";
import { type CustomerRow, customers } from "./table.js";

export interface CustomerFilter {
  /** Part of the name, whatever its case. */
  readonly name?: string | null | undefined;
  /** The whole address, whatever its case. */
  readonly email?: string | null | undefined;
  readonly status?: CustomerStatus | null | undefined;
  readonly customerClassId?: string | null | undefined;
  readonly currency?: string | null | undefined;
}

/** Those without an e-mail address sort before all others by EMAIL. */
export type CustomerSortField = "CREATED" | "NAME" | "EMAIL" | "UPDATED";

const sorting: Sorting<CustomerSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    NAME: { sql: "lower(t.name)", type: "text" },
    EMAIL: { sql: "lower(COALESCE(t.email, ''))", type: "text" },
    UPDATED: { sql: "t.updatedAt", type: "timestamptz" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

export const listCustomers = (
  dataSource: DataSource,
  providerId: string,
  options: ListOptions<CustomerFilter, CustomerSortField> = {},
): Promise<PageOf<CustomerRow>> => {
  const { name, email, status, customerClassId, currency } = options.filter ?? {};
  const { query } = new Filtered(dataSource, customers, providerId)
    .contains("name", name)
    .where("lower(t.email) = lower(?)", email)
    .is("status", status)
    .isId("customerClassId", customerClassId)
    .is("currency", currency);
  return paginate(query, sorting, options);
};

/** Unknown ids are left out. */
export const findCustomers = (
  dataSource: DataSource,
  providerId: string,
  ids: readonly string[],
): Promise<CustomerRow[]> => byIds(dataSource, customers, providerId, ids);
