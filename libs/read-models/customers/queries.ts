import { type DataSource, type SelectQueryBuilder } from "typeorm";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { type Amount } from "#domain/money.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { digitsOf, searchForm, typedDigits } from "../search/forms.js";
import { idsStartingWith } from "../search/ids-starting-with.js";
import { containing } from "../search/text-match.js";
import { type CustomerRow, customers } from "./table.js";

export interface CustomerFilter {
  /**
   * Part of the name or the e-mail address, without accents and case, or the beginning of the id; three digits or more
   * and nothing but what is written between digits: part of the phone number too.
   */
  readonly text?: string | null | undefined;
  /** Part of the name, without accents and case. */
  readonly name?: string | null | undefined;
  /** Part of the address, without accents and case. */
  readonly email?: string | null | undefined;
  /** Consecutive digits of the number; other characters of the value are ignored. */
  readonly phone?: string | null | undefined;
  readonly status?: CustomerStatus | null | undefined;
  readonly customerClassId?: string | null | undefined;
  readonly currency?: string | null | undefined;
  /** What it owes, from and until, both included: below zero, it has credit. Whatever the currency. */
  readonly balanceFrom?: Amount | null | undefined;
  readonly balanceUntil?: Amount | null | undefined;
}

/** By EMAIL, customers without an e-mail address sort first. By BALANCE: by what they owe, whatever the currency. */
export type CustomerSortField = "CREATED" | "NAME" | "EMAIL" | "UPDATED" | "STATUS" | "BALANCE";

const sorting: Sorting<CustomerSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    NAME: { sql: "lower(t.name)", type: "text" },
    EMAIL: { sql: "lower(COALESCE(t.email, ''))", type: "text" },
    UPDATED: { sql: "t.updatedAt", type: "timestamptz" },
    STATUS: { sql: "t.status", type: "text" },
    BALANCE: { sql: "b.due", type: "numeric" },
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
  const { text, name, email, phone, status, customerClassId, currency, balanceFrom, balanceUntil } =
    options.filter ?? {};
  const { query } = new Filtered(dataSource, customers, scope, "id")
    .where("t.nameForm LIKE ?", name == null ? name : containing(searchForm(name)))
    .where("t.emailForm LIKE ?", email == null ? email : containing(searchForm(email)))
    .where(HAS_DIGITS, phone == null ? phone : containing(digitsOf(phone)))
    .is("status", status)
    .isId("customerClassId", customerClassId)
    .is("currency", currency)
    .where("b.due >= CAST(? AS numeric)", balanceFrom)
    .where("b.due <= CAST(? AS numeric)", balanceUntil);
  if (text != null) havingText(query, text);
  if (options.sort?.by === "BALANCE" || balanceFrom != null || balanceUntil != null) {
    query.innerJoin("customer_balances", "b", "b.provider_id = t.providerId AND b.customer_id = t.id");
  }
  return paginate(query, sorting, options);
};

const havingText = (query: SelectQueryBuilder<CustomerRow>, text: string): void => {
  const digits = typedDigits(text.trim());
  const ids = idsStartingWith(text.trim());
  const ways = [
    "t.nameForm LIKE :part OR t.emailForm LIKE :part",
    ...(digits === "" ? [] : ["t.phoneDigits LIKE :digits"]),
    ...(ids === null ? [] : ["t.id BETWEEN CAST(:firstId AS uuid) AND CAST(:lastId AS uuid)"]),
  ];
  query.andWhere(`(${ways.join(" OR ")})`, {
    ...{ part: containing(searchForm(text)), digits: containing(digits) },
    ...{ firstId: ids?.first, lastId: ids?.last },
  });
};

/** Unknown ids are left out. */
export const findCustomers = (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<CustomerRow[]> =>
  byIds(dataSource, customers, scope, "id", ids);
