import { type Account, mainProductOn, voiceOn } from "#domain/accounts/account.js";
import { classIdOn, type Customer, discountRateOn, lastCycle, suspensionOn } from "#domain/customers/customer.js";
import { type CustomerCycle } from "#domain/customers/cycles.js";
import { type Person } from "#domain/people/person.js";
import { type PostalAddress } from "#domain/postal-address.js";
import { type Speaker } from "../speaker.js";
import { aliasText } from "./alias.js";
import { each, type FactsOf } from "./fact.js";
import { voiceFacts } from "./voice.js";

export const addressText = ({ street, addition, postalCode, city, region, country }: PostalAddress): string =>
  [street, addition, postalCode, city, region, country].filter((part) => part !== null).join(", ");

const billingText = ({ type }: CustomerCycle, { anniversaryDay }: Customer, { words, count }: Speaker): string =>
  type === "MONTHLY_ANNIVERSARY"
    ? words.anniversary(words.billingPeriods[type], count(anniversaryDay))
    : words.billingPeriods[type];

const statusText = (customer: Customer, on: string, { words }: Speaker): string => {
  const suspension = suspensionOn(customer, on);
  if (!suspension) return words.customerStatus.ACTIVE;
  const why = suspension.origin === "NON_PAYMENT" ? words.forNonPayment : words.byHand;
  return words.and([words.customerStatus.SUSPENDED, why]);
};

export const customerFacts: FactsOf<Customer> = (customer, on, say) => {
  const { contact, zendesk } = customer;
  const cycle = lastCycle(customer);
  const classId = classIdOn(customer, on);
  const rate = discountRateOn(customer, on)?.rate ?? null;
  return [
    { field: "name", value: contact.name },
    { field: "companyDomain", value: contact.companyDomain },
    { field: "email", value: contact.email },
    { field: "phone", value: contact.phone },
    { field: "address", value: contact.address ? addressText(contact.address) : null },
    { field: "taxId", value: contact.taxId ?? null },
    { field: "currency", value: customer.currency },
    { field: "billingPeriod", value: billingText(cycle, customer, say) },
    { field: "timeZone", value: cycle.timeZone },
    { field: "customerClass", value: classId === null ? null : say.name("CUSTOMER_CLASS", classId) },
    { field: "subscriptionDiscountRate", value: rate === null ? null : say.percent(rate) },
    { field: "creditLimit", value: say.money(customer.creditLimit, customer.currency) },
    {
      field: "status",
      value: customer.closedOn === null ? statusText(customer, on, say) : say.words.customerStatus.CLOSED,
    },
    { field: "createdOn", value: say.day(customer.createdOn) },
    { field: "closedOn", value: customer.closedOn === null ? null : say.day(customer.closedOn) },
    { field: "zendesk", value: zendesk?.link?.organizationName ?? null },
    { field: "zendeskDomain", value: zendesk?.link?.domain ?? null },
  ];
};

export const accountFacts: FactsOf<Account> = (account, on, say) => {
  const mainProduct = mainProductOn(account, on) ?? account.mainProductId;
  return [
    { field: "identifier", value: account.identifier },
    { field: "customer", value: say.name("CUSTOMER", account.customerId) },
    { field: "mainProduct", value: say.name("MAIN_PRODUCT", mainProduct) },
    { field: "openedOn", value: say.day(account.openedOn) },
    { field: "closedOn", value: account.closedOn === null ? null : say.day(account.closedOn) },
    ...each(
      account.aliases,
      "alias",
      ({ identifierHash }) => identifierHash,
      (alias) => aliasText(alias, say),
    ),
    ...voiceFacts(voiceOn(account, on), say),
  ];
};

export const personFacts: FactsOf<Person> = ({ name, email, customerId, account, removedBecause }, _, say) => [
  { field: "name", value: name },
  { field: "email", value: email },
  { field: "customer", value: say.name("CUSTOMER", customerId) },
  { field: "openIdSubject", value: account?.subject ?? null },
  { field: "status", value: say.words.personStatus[removedBecause === null ? "INVITED" : "REMOVED"] },
];
