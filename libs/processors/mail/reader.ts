import { type DataSource } from "typeorm";
import { type Instant, type LocalDate, type TimeZone } from "#domain/calendar.js";
import { type ClassTerms } from "#domain/catalog/events.js";
import { type Customer, classIdOn, timeZoneOn, todayOf } from "#domain/customers/customer.js";
import { DEFAULT_DATE_FORMAT, type DateFormat } from "#domain/date-format.js";
import { nowOf } from "#domain/providers/provider.js";
import { DEFAULT_LANGUAGE, type Language } from "#domain/language.js";
import { type Amount } from "#domain/money.js";
import { amountText } from "#documents/formats.js";
import { dateAndTimeText, dateText } from "#mail/dates.js";
import { termsOfCustomer } from "#read-models/catalog/terms-of-customer.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { findProvider } from "#read-models/providers/queries.js";
import { type Scope } from "#read-models/rows/scope.js";

/** A customer as its mails address it. */
export interface Reader {
  readonly providerId: string;
  readonly customer: Customer;
  /** Its present day. */
  readonly today: LocalDate;
  readonly name: string;
  /** Null: it gets no mail. */
  readonly email: string | null;
  readonly providerName: string;
  /** The class that it belongs to on the day; null: none. */
  readonly customerClassId: string | null;
  readonly language: Language;
  /** Of its class on the day. */
  readonly terms: ClassTerms;
  readonly timeZone: TimeZone;
}

/** Who reads a mail of a day; null: the scope has no such customer. @param on default: its present day */
export const readerOf = async (
  dataSource: DataSource,
  scope: Scope,
  customerId: string,
  on: LocalDate | { readonly now: Instant },
): Promise<Reader | null> => {
  const { providerId } = scope;
  const [[row], provider] = await Promise.all([
    findCustomers(dataSource, scope, [customerId]),
    findProvider(dataSource, providerId),
  ]);
  if (!row || !provider) return null;
  const customer = row.state;
  const now = typeof on === "string" ? nowOf(provider.state, new Date().toISOString()) : on.now;
  const today = todayOf(customer, now);
  const day = typeof on === "string" ? on : today;
  const terms = await termsOfCustomer(dataSource, providerId, customer, day);
  return {
    ...{ providerId, customer, today, terms },
    customerClassId: classIdOn(customer, day),
    language: terms.language ?? DEFAULT_LANGUAGE,
    name: row.name,
    email: row.email,
    providerName: provider.name,
    timeZone: timeZoneOn(customer, day),
  };
};

/** Writes values as a reader reads them. */
export interface Writing {
  date(date: LocalDate): string;
  dateAndTime(instant: Instant): string;
  amount(amount: Amount): string;
}

/** @param dates the format of the template, where it has one */
export const writingFor = ({ customer, language, timeZone, terms }: Reader, dates: DateFormat | null): Writing => {
  const format = dates ?? terms.dateFormat ?? DEFAULT_DATE_FORMAT;
  return {
    date: (date) => dateText(date, format, language),
    dateAndTime: (instant) => dateAndTimeText(instant, timeZone, format, language),
    amount: (amount) => amountText(amount, customer.currency, language),
  };
};
