import { type DataSource } from "typeorm";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { todayOf } from "#domain/customers/customer.js";
import { DEFAULT_DATE_FORMAT, datePatternsOf } from "#domain/date-format.js";
import { DEFAULT_LANGUAGE } from "#domain/language.js";
import { reject } from "#domain/rejection.js";
import { type StatementDocument } from "#documents/document.js";
import { termsOfCustomer } from "#read-models/catalog/terms-of-customer.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { loadMovements } from "#read-models/invoices/statement.js";
import { presentIssuer } from "#read-models/issuers/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { issuerOf } from "./load-documents.js";

/** The days of a statement, both included; left out: from the customer's first day, until its today. */
export interface StatementDays {
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
}

/**
 * The days of a statement, where none are left out.
 * @throws Rejection INVALID_DATE for days in the wrong order or still to come
 */
export const statementDays = (
  { from, until }: StatementDays,
  createdOn: LocalDate,
  today: LocalDate,
): { readonly from: LocalDate; readonly until: LocalDate } => {
  const last = until ?? today;
  if (last > today) {
    const facts = { case: "DAY_AHEAD", day: last } as const;
    throw reject("INVALID_DATE", `${last} is still to come.`, { field: "until", facts });
  }
  const first = from ?? (createdOn < last ? createdOn : last);
  if (first > last) {
    const facts = { case: "DAYS_REVERSED", from: first, until: last } as const;
    throw reject("INVALID_DATE", `${first} is after ${last}.`, { field: "from", facts });
  }
  return { from: first, until: last };
};

/**
 * A customer's statement of account; null: the scope has no such customer. Of days that have passed it says what was
 * recorded by then. Issuer, recipient, language and date format are those of today: a statement is drawn for whoever asks now.
 * @param now the provider's time
 * @throws Rejection INVALID_DATE for days in the wrong order or still to come
 */
export const loadStatement = async (
  dataSource: DataSource,
  scope: Scope,
  customerId: string,
  days: StatementDays,
  now: Instant,
): Promise<StatementDocument | null> => {
  const [row] = await findCustomers(dataSource, scope, [customerId]);
  if (!row) return null;
  const { state: customer, currency } = row;
  const today = todayOf(customer, now);
  const { from, until } = statementDays(days, row.createdOn, today);
  const { opening, movements, closing } = await loadMovements(
    dataSource,
    scope,
    { customerId, currency },
    { from, until },
  );
  const terms = await termsOfCustomer(dataSource, scope.providerId, customer, today);
  return {
    type: "STATEMENT",
    language: terms.language ?? DEFAULT_LANGUAGE,
    dates: { pattern: datePatternsOf(terms.dateFormat ?? DEFAULT_DATE_FORMAT)?.date ?? null },
    issuer: issuerOf(await presentIssuer(dataSource, scope.providerId)),
    recipient: customer.contact,
    currency,
    from,
    until,
    opening,
    movements: movements.map(({ documentId: _, ...movement }) => movement),
    closing,
  };
};
