import { type FeePeriod, feePeriods, type TimeZone } from "#domain/calendar.js";
import { missingCapability } from "../capabilities.js";
import { type AccountItem, type ContactFields, type CustomerItem } from "../items.js";
import { readNamed } from "./catalog.js";
import { type Moments } from "./moments.js";
import { type Names } from "./names.js";
import { Mapping, type Reader } from "./place.js";
import { dayOfMonth, nullable, text, timeZone, whole, word } from "./values.js";

const BILLING_PERIODS = feePeriods.filter((period) => missingCapability("billingPeriod", period) === undefined);

export const readCustomer =
  (names: Names, moments: Moments, fileZone: TimeZone): Reader<CustomerItem> =>
  (at) => {
    const item = new Mapping(at, [
      "name",
      "currency",
      "billingPeriod",
      "anniversaryDay",
      "timeZone",
      "class",
      "contact",
      "accounts",
      "rejected",
    ]);
    const named = readNamed(item, "customer", names);
    const { name, rejected } = named;
    // The zone of a customer that never comes into being moves no clock: the server says what is wrong with it.
    const zone = item.optional("timeZone", rejected === undefined ? timeZone : text) ?? fileZone;
    if (rejected === undefined) moments.addCustomer(name, zone);
    const accounts = item.list("accounts", "an account", readAccount(names, moments, named));
    const billingPeriod = item.required("billingPeriod", word(BILLING_PERIODS, "billingPeriod"));
    const anniversaryDay = readAnniversaryDay(item, billingPeriod, rejected !== undefined);
    if (billingPeriod === "MONTHLY_ANNIVERSARY") moments.setAnniversary(name, anniversaryDay);
    return {
      ...named,
      currency: item.required("currency", text),
      billingPeriod,
      anniversaryDay,
      timeZone: zone,
      customerClass: item.optional("class", names.reference("customerClass")) ?? null,
      contact: item.optional("contact", readContact) ?? {},
      accounts,
    };
  };

/** Of a customer that must be rejected, any number: the server says what is wrong with it. */
const readAnniversaryDay = (item: Mapping, billingPeriod: FeePeriod, rejected: boolean): number | null => {
  const day = item.optional("anniversaryDay", nullable(rejected ? whole : dayOfMonth)) ?? null;
  if (day !== null && billingPeriod !== "MONTHLY_ANNIVERSARY" && !rejected) {
    item.place("anniversaryDay").refuse(`"anniversaryDay" goes with the billing period MONTHLY_ANNIVERSARY`);
  }
  return day;
};

const readAccount =
  (names: Names, moments: Moments, owner: Pick<CustomerItem, "name" | "rejected">): Reader<AccountItem> =>
  (at) => {
    const item = new Mapping(at, ["id", "mainProduct"]);
    // A customer may be there to be refused for the very account id that another one has.
    const id = item.required("id", owner.rejected === undefined ? (place) => names.define("account", place) : text);
    if (owner.rejected === undefined) moments.addAccount(id, owner.name);
    return { id, mainProduct: item.required("mainProduct", names.reference("mainProduct")), line: at.line };
  };

export const readContact: Reader<ContactFields> = (at) => {
  const contact = new Mapping(at, ["email", "phone", "domain"]);
  const field = nullable(text);
  return {
    email: contact.optional("email", field),
    phone: contact.optional("phone", field),
    domain: contact.optional("domain", field),
  };
};
