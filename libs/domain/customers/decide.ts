import { type BillingPeriodType } from "../billing-periods.js";
import { addDays, dateOf, dayOfMonth, type Instant, isTimeZone, type LocalDate, type TimeZone } from "../calendar.js";
import { isEmailAddress } from "../email-address.js";
import { reasoned } from "../event.js";
import { requireName } from "../input.js";
import { type Currency, minorUnits, parseAmount } from "../money.js";
import { checkAll, noSuchItem, reject } from "../rejection.js";
import { checkedAddress, checkedPart, isSameAddress, type PostalAddress } from "../postal-address.js";
import { type ClosedDaysFact, type ClosedDays, requireChangeableDay } from "./closed-days.js";
import { type Customer, todayOf } from "./customer.js";
import { requireAnniversaryDay } from "./cycles.js";
import { type Contact, type CustomerEvent } from "./events.js";

export interface CreateCustomer {
  readonly customerId: string;
  readonly currency: Currency;
  readonly billingPeriod: BillingPeriodType;
  /** Of a MONTHLY_ANNIVERSARY customer; the day of its creation unless given. */
  readonly anniversaryDay?: number;
  readonly timeZone: TimeZone;
  readonly customerClassId: string | null;
  readonly creditLimit: string;
  readonly contact: GivenContact;
  readonly now: Instant;
}

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT (credit limit) */
export const createCustomer = (command: CreateCustomer, facts: { readonly classExists: boolean }): CustomerEvent[] => {
  const { customerId, currency, billingPeriod, timeZone, customerClassId, now } = command;
  minorUnits(currency);
  checkAll(
    () => parseAmount(command.creditLimit, currency, "creditLimit"),
    () => {
      requireTimeZone(timeZone);
    },
    () => checkedContact(command.contact, ["contact"]),
  );
  const creditLimit = parseAmount(command.creditLimit, currency);
  const personal = checkedContact(command.contact);
  const effectiveOn = dateOf(now, timeZone);
  const day = requireAnniversaryDay(billingPeriod, command.anniversaryDay, dayOfMonth(effectiveOn));
  requireClass(customerClassId, facts);
  return [
    {
      type: "CustomerCreated",
      data: {
        customerId,
        currency,
        billingPeriod,
        ...(day !== null && { anniversaryDay: day }),
        timeZone,
        customerClassId,
        creditLimit,
        effectiveOn,
        personal,
      },
    },
  ];
};

/** Contact data as it is given: null is none. */
export interface GivenContact extends Omit<Contact, "address" | "taxId"> {
  readonly address?: PostalAddress | null;
  readonly taxId?: string | null;
}

/** What is left out stays, null removes it; the name cannot be removed. @returns no event when nothing changes */
export const changeCustomerContact = (
  command: { readonly contact: Partial<GivenContact>; readonly now: Instant },
  state: Customer | null,
): CustomerEvent[] => {
  const { contact } = known(state);
  const personal = checkedContact({ ...contact, ...command.contact }, [], contact.email);
  const customer = open(state);
  if (isSame(personal, contact)) return [];
  return [{ type: "CustomerContactChanged", data: { effectiveOn: todayOf(customer, command.now), personal } }];
};

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT */
export const changeCreditLimit = (
  command: { readonly creditLimit: string; readonly now: Instant },
  state: Customer | null,
): CustomerEvent[] => {
  const creditLimit = parseAmount(command.creditLimit, known(state).currency, "creditLimit");
  const customer = open(state);
  if (creditLimit === customer.creditLimit) return [];
  return [{ type: "CustomerCreditLimitChanged", data: { creditLimit, effectiveOn: todayOf(customer, command.now) } }];
};

/**
 * Sets the customer's class from a day on; null: none. A period is billed by the class of its last day. The same class as before is recorded too: it holds against a class that is set later for
 * an earlier day (docs/rules.md#in-force).
 */
export const setCustomerClass = (
  command: { readonly customerClassId: string | null; readonly effectiveOn?: LocalDate; readonly now: Instant },
  state: Customer | null,
  facts: ClosedDaysFact & { readonly classExists: boolean },
): CustomerEvent[] => {
  known(state);
  requireClass(command.customerClassId, facts);
  const customer = open(state);
  const effectiveOn = requireOpenDay(customer, command.effectiveOn, command.now, facts.closedDays);
  const { customerClassId } = command;
  return [{ type: "CustomerClassSet", data: { customerClassId, effectiveOn, ...reasoned(facts.closedDays.reason) } }];
};

/**
 * The day is the last charged one (docs/rules.md#closing).
 * @throws Rejection CUSTOMER_CLOSED when it was closed before
 */
export const closeCustomer = (
  command: { readonly effectiveOn?: LocalDate; readonly now: Instant },
  state: Customer | null,
  facts: ClosedDaysFact,
): CustomerEvent[] => {
  const customer = open(state);
  const effectiveOn = requireClosingDay(customer, command.effectiveOn, command.now, facts.closedDays);
  return [{ type: "CustomerClosed", data: { effectiveOn, ...reasoned(facts.closedDays.reason) } }];
};

/** @throws Rejection CUSTOMER_NOT_FOUND */
export const known = (state: Customer | null, field = "customerId"): Customer => {
  if (state) return state;
  throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field });
};

/**
 * Asked after malformed input and unknown names were refused.
 * @throws Rejection CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED
 */
export const open = (state: Customer | null, field = "customerId"): Customer => {
  const customer = known(state, field);
  if (customer.closedOn === null) return customer;
  throw reject("CUSTOMER_CLOSED", `The customer was closed on ${customer.closedOn}.`, {
    field,
    facts: { case: "CUSTOMER_CLOSED_ON", day: customer.closedOn },
  });
};

/**
 * The day of a command: today unless given; not in the future, not before the customer existed, not a closed day that
 * may not be changed (docs/rules.md#closed-periods).
 * @throws Rejection INVALID_DATE, DATE_ALREADY_INVOICED, VALIDATION_FAILED (reason)
 */
export const requireOpenDay = (
  customer: Customer,
  effectiveOn: LocalDate | undefined,
  now: Instant,
  closedDays: ClosedDays,
): LocalDate => {
  const today = todayOf(customer, now);
  const date = effectiveOn ?? today;
  requireNotInFuture(date, today);
  return requireOpenOrComingDay(customer, date, now, closedDays);
};

/** The same, with coming days. @throws as there */
export const requireOpenOrComingDay = (
  customer: Customer,
  effectiveOn: LocalDate | undefined,
  now: Instant,
  closedDays: ClosedDays,
): LocalDate => {
  const today = todayOf(customer, now);
  const date = requireNotBeforeCreation(customer, effectiveOn ?? today);
  requireChangeableDay(closedDays, customer, date, today);
  return date;
};

/** The same for the last charged day of what is closed: charges change from the day after it on. @throws as there */
export const requireClosingDay = (
  customer: Customer,
  effectiveOn: LocalDate | undefined,
  now: Instant,
  closedDays: ClosedDays,
): LocalDate => {
  const today = todayOf(customer, now);
  const date = effectiveOn ?? today;
  requireNotInFuture(date, today);
  requireNotBeforeCreation(customer, date);
  requireChangeableDay(closedDays, customer, addDays(date, 1), today);
  return date;
};

/** @throws Rejection INVALID_DATE */
const requireNotBeforeCreation = (customer: Customer, date: LocalDate): LocalDate => {
  if (date >= customer.createdOn) return date;
  throw reject("INVALID_DATE", `${date} is before the customer was created on ${customer.createdOn}.`, {
    field: "effectiveOn",
    facts: { case: "DAY_BEFORE_CUSTOMER", day: date, created: customer.createdOn },
  });
};

/** @throws Rejection INVALID_DATE */
export const requireNotInFuture = (date: LocalDate, today: LocalDate, field = "effectiveOn"): void => {
  if (date > today) {
    throw reject("INVALID_DATE", `${date} is in the future: today is ${today} for this customer.`, {
      field,
      facts: { case: "DAY_TO_COME", day: date, today },
    });
  }
};

/** @throws Rejection VALIDATION_FAILED */
export const requireTimeZone = (timeZone: TimeZone): void => {
  if (isTimeZone(timeZone)) return;
  throw reject("VALIDATION_FAILED", `"${timeZone}" is not an IANA time zone such as Europe/Berlin.`, {
    field: "timeZone",
    facts: { case: "NO_TIME_ZONE" },
  });
};

const requireClass = (classId: string | null, facts: { readonly classExists: boolean }): void => {
  if (classId === null || facts.classExists) return;
  throw noSuchItem("customer class", "customerClassId");
};

const isSame = (a: Contact, b: Contact): boolean =>
  (["name", "companyDomain", "email", "phone", "taxId"] as const).every((field) => a[field] === b[field]) &&
  isSameAddress(a.address, b.address);

/**
 * @param at the way from the input to the contact
 * @param known the e-mail address that the customer has: it stays, whatever was taken when it was recorded
 */
const checkedContact = (contact: GivenContact, at: readonly string[] = [], known: string | null = null): Contact => {
  const { name, companyDomain, email, phone, address, taxId } = contact;
  const printedTaxId = checkedPart(taxId ?? null, [...at, "taxId"]);
  return {
    name: requireName(name, [...at, "name"]),
    companyDomain: companyDomain?.trim() || null,
    email: checkedEmail(email?.trim() || null, known, [...at, "email"]),
    phone: phone?.trim() || null,
    ...(address && { address: checkedAddress(address, [...at, "address"]) }),
    ...(printedTaxId !== null && { taxId: printedTaxId }),
  };
};

const checkedEmail = (email: string | null, known: string | null, field: readonly string[]): string | null => {
  if (email === null || email === known || isEmailAddress(email)) return email;
  throw reject("VALIDATION_FAILED", "email is not one e-mail address such as jo@example.com.", {
    field,
    facts: { case: "NO_EMAIL" },
  });
};
