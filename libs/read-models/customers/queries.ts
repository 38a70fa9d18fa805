import { type DataSource } from "typeorm";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { digitsOf, searchForm } from "../search/forms.js";
import { containing } from "../search/text-match.js";
import { type CustomerRow, customers } from "./table.js";

export interface CustomerFilter {
  /** Part of the name, without accents and case. */
  readonly name?: string | null | undefined;
  /** Part of the address, without accents and case. */
  readonly email?: string | null | undefined;
  /** Consecutive digits of the number; other characters of the value are ignored. */
  readonly phone?: string | null | undefined;
  readonly status?: CustomerStatus | null | undefined;
  readonly customerClassId?: string | null | undefined;
  readonly currency?: string | null | undefined;
}

/** By EMAIL, customers without an e-mail address sort first. */
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

/** A value without a digit matches no number. */
const HAS_DIGITS = "(t.phoneDigits LIKE ? AND ? <> '%%')";

export const listCustomers = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<CustomerFilter, CustomerSortField> = {},
): Promise<Slice<CustomerRow>> => {
  const { name, email, phone, status, customerClassId, currency } = options.filter ?? {};
  const { query } = new Filtered(dataSource, customers, scope, "id")
    .where("t.nameForm LIKE ?", name == null ? name : containing(searchForm(name)))
    .where("t.emailForm LIKE ?", email == null ? email : containing(searchForm(email)))
    .where(HAS_DIGITS, phone == null ? phone : containing(digitsOf(phone)))
    .is("status", status)
    .isId("customerClassId", customerClassId)
    .is("currency", currency);
  return paginate(query, sorting, options);
};

/** Unknown ids are left out. */
export const findCustomers = (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<CustomerRow[]> =>
  byIds(dataSource, customers, scope, "id", ids);
