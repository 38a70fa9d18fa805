import { type DataSource } from "typeorm";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { classTermsOn } from "#domain/catalog/customer-class.js";
import { classIdOn, type Customer, todayOf } from "#domain/customers/customer.js";
import { DEFAULT_LANGUAGE, type Language } from "#domain/language.js";
import { big, format } from "#domain/money.js";
import { reject } from "#domain/rejection.js";
import { type StatementDocument, type StatementMovement } from "#documents/document.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { owedBefore, statementLines } from "#read-models/invoices/statement.js";
import { presentIssuer } from "#read-models/issuers/queries.js";
import { issuerOf } from "./load-documents.js";

/** The days of a statement, both included; left out: from the customer's first day, until its today. */
export interface StatementDays {
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
}

/**
 * A customer's statement of account; null: the provider has no such customer. Of days that have passed it says what was
 * recorded by then. Issuer, recipient and language are those of today: a statement is drawn for whoever asks now.
 * @param now the provider's time
 * @throws Rejection INVALID_DATE for days in the wrong order or still to come
 */
export const loadStatement = async (
  dataSource: DataSource,
  providerId: string,
  customerId: string,
  days: StatementDays,
  now: Instant,
): Promise<StatementDocument | null> => {
  const [row] = await findCustomers(dataSource, providerId, [customerId]);
  if (!row) return null;
  const { state: customer, currency } = row;
  const today = todayOf(customer, now);
  const { from = row.createdOn, until = today } = days;
  if (until > today) throw reject("INVALID_DATE", `${until} is still to come.`, { field: "until" });
  if (from > until) throw reject("INVALID_DATE", `${from} is after ${until}.`, { field: "from" });
  const opening = format(big(await owedBefore(dataSource, providerId, customerId, from)), currency);
  let owed = big(opening);
  const lines = await statementLines(dataSource, providerId, customerId, { from, until });
  const movements = lines.map(({ amount, ...line }): StatementMovement => {
    owed = owed.plus(big(amount));
    return { ...line, amount: format(big(amount), currency), balance: format(owed, currency) };
  });
  return {
    type: "STATEMENT",
    language: await languageOf(dataSource, providerId, customer, today),
    dates: { pattern: null },
    issuer: issuerOf(await presentIssuer(dataSource, providerId)),
    recipient: customer.contact,
    currency,
    from,
    until,
    opening,
    movements,
    closing: format(owed, currency),
  };
};

/** The language of the customer's class on a day. */
const languageOf = async (
  dataSource: DataSource,
  providerId: string,
  customer: Customer,
  day: LocalDate,
): Promise<Language> => {
  const classId = classIdOn(customer, day);
  const [found] = classId === null ? [] : await findCatalogItems(dataSource, providerId, "customerclass", [classId]);
  return classTermsOn(found?.state, day).language ?? DEFAULT_LANGUAGE;
};
