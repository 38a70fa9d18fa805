import { describe, expect, it } from "vitest";
import { billingPeriodTypes } from "../billing-periods.js";
import { at, contact, customerClosed, customerCreated } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { changeCustomerBilling } from "./change-billing.js";
import { customerEvolver } from "./customer.js";
import { REFUSE } from "./closed-days.js";
import {
  changeCustomerContact,
  changeCreditLimit,
  closeCustomer,
  createCustomer,
  type CreateCustomer,
  setCustomerClass,
} from "./decide.js";
import { type CustomerEvent } from "./events.js";

const given = givenFor(customerEvolver);
const created = customerCreated();
const closed = customerClosed("2020-07-31");
const now = at("2020-07-20");
const found = { classExists: true, closedDays: REFUSE };
const nothingHeld = { rowsHeldFrom: () => [] };
const missing = { classExists: false, closedDays: REFUSE };

describe("creating a customer", () => {
  const command: CreateCustomer = {
    customerId: "customer-1",
    currency: "USD",
    billingPeriod: "MONTHLY",
    timeZone: "America/Vancouver",
    customerClassId: "class-1",
    creditLimit: "100",
    contact: { name: " John Doe ", companyDomain: "example.com", email: " john@example.com", phone: " " },
    now: "2020-07-01T06:00:00.000Z",
  };

  it("dates it in the customer's zone", () => {
    given()
      .when(() => createCustomer(command, found))
      .then([
        {
          type: "CustomerCreated",
          data: {
            customerId: "customer-1",
            currency: "USD",
            billingPeriod: "MONTHLY",
            timeZone: "America/Vancouver",
            customerClassId: "class-1",
            creditLimit: "100.00",
            effectiveOn: "2020-06-30",
            personal: { name: "John Doe", companyDomain: "example.com", email: "john@example.com", phone: null },
          },
        },
      ]);
  });

  it.each(billingPeriodTypes)("takes the billing period type %s", (billingPeriod) => {
    const anniversary = billingPeriod === "MONTHLY_ANNIVERSARY" ? { anniversaryDay: 30 } : {};
    expect(createCustomer({ ...command, billingPeriod }, found)[0]?.data).toMatchObject({
      billingPeriod,
      effectiveOn: "2020-06-30",
      ...anniversary,
    });
  });

  it("with an e-mail address that no mail server takes is refused", () => {
    const { contact: asked } = command;
    given()
      .when(() => createCustomer({ ...command, contact: { ...asked, email: "john@example.com, jane" } }, found))
      .thenRejected("VALIDATION_FAILED", "contact.email");
  });

  it("needs no class", () => {
    given()
      .when(() =>
        createCustomer({ ...command, customerClassId: null, timeZone: "UTC", contact, creditLimit: "0" }, missing),
      )
      .then([customerCreated({ effectiveOn: "2020-07-01" })]);
  });

  it.each<[string, Partial<CreateCustomer>, "VALIDATION_FAILED" | "INVALID_AMOUNT", string]>([
    ["an unknown currency", { currency: "XXZ" }, "VALIDATION_FAILED", "currency"],
    ["a credit limit that is no amount", { creditLimit: "" }, "VALIDATION_FAILED", "creditLimit"],
    ["a credit limit finer than a cent", { creditLimit: "0.001" }, "INVALID_AMOUNT", "creditLimit"],
    ["a negative credit limit", { creditLimit: "-1" }, "INVALID_AMOUNT", "creditLimit"],
    ["an unknown time zone", { timeZone: "Europe/Atlantis" }, "VALIDATION_FAILED", "timeZone"],
    ["an offset for a time zone", { timeZone: "+02:00" }, "VALIDATION_FAILED", "timeZone"],
    ["no name", { contact: { ...contact, name: "" } }, "VALIDATION_FAILED", "contact.name"],
  ])("with %s is refused", (_, changes, code, field) => {
    given()
      .when(() => createCustomer({ ...command, ...changes }, missing))
      .thenRejected(code, field);
  });

  it("in an unknown class is refused", () => {
    given()
      .when(() => createCustomer(command, missing))
      .thenRejected("VALIDATION_FAILED", "customerClassId");
  });
});

describe("changing the contact", () => {
  it("records it whole; null removes, what is left out stays", () => {
    const before = { name: "John Doe", companyDomain: null, email: "john@example.com", phone: "+1201" };
    given(customerCreated({ personal: before }))
      .when((state) => changeCustomerContact({ contact: { email: "doe@example.com", phone: null }, now }, state))
      .then([
        {
          type: "CustomerContactChanged",
          data: {
            effectiveOn: "2020-07-20",
            personal: { name: "John Doe", companyDomain: null, email: "doe@example.com", phone: null },
          },
        },
      ]);
  });

  it("to what it is changes nothing, in whatever order its fields were stored", () => {
    const stored = { phone: null, email: "john@example.com", companyDomain: null, name: "John Doe" };
    given(created, { type: "CustomerContactChanged", data: { effectiveOn: "2020-07-01", personal: stored } })
      .when((state) => changeCustomerContact({ contact: { email: "john@example.com " }, now }, state))
      .then([]);
  });

  it("cannot remove the name", () => {
    given(created)
      .when((state) => changeCustomerContact({ contact: { name: " " }, now }, state))
      .thenRejected("VALIDATION_FAILED", "name");
  });

  it("takes an e-mail address that mail servers take; one that the customer has stays, whatever it is", () => {
    const before = { name: "John Doe", companyDomain: null, email: "john at example", phone: null };
    given(created)
      .when((state) => changeCustomerContact({ contact: { email: "john at example" }, now }, state))
      .thenRejected("VALIDATION_FAILED", "email");
    given(customerCreated({ personal: before }))
      .when((state) => changeCustomerContact({ contact: { email: " john at example", phone: "+1201" }, now }, state))
      .then([
        {
          type: "CustomerContactChanged",
          data: { effectiveOn: "2020-07-20", personal: { ...before, phone: "+1201" } },
        },
      ]);
  });

  it("has an address and a tax id, which stay until they are removed", () => {
    const address = {
      street: " Via Torino 12",
      addition: "",
      postalCode: "20123",
      city: "Milano",
      region: "MI",
      country: "IT",
    };
    const kept = { ...address, street: "Via Torino 12", addition: null };
    const withBoth: CustomerEvent = {
      type: "CustomerContactChanged",
      data: { effectiveOn: "2020-07-20", personal: { ...contact, address: kept, taxId: "IT1" } },
    };
    given(created)
      .when((state) => changeCustomerContact({ contact: { address, taxId: " IT1 " }, now }, state))
      .then([withBoth]);
    given(created, withBoth)
      .when((state) => changeCustomerContact({ contact: { address, taxId: "IT1" }, now }, state))
      .then([]);
    given(created, withBoth)
      .when((state) => changeCustomerContact({ contact: { taxId: null }, now }, state))
      .then([
        {
          type: "CustomerContactChanged",
          data: { effectiveOn: "2020-07-20", personal: { ...contact, address: kept } },
        },
      ]);
    given(created, withBoth)
      .when((state) => changeCustomerContact({ contact: { address: null, taxId: "" }, now }, state))
      .then([{ type: "CustomerContactChanged", data: { effectiveOn: "2020-07-20", personal: contact } }]);
    given(created)
      .when((state) => changeCustomerContact({ contact: { address: { ...address, country: "Italia" } }, now }, state))
      .thenRejected("VALIDATION_FAILED", "address.country");
  });
});

describe("changing the credit limit", () => {
  it("records it in the customer's currency", () => {
    given(customerCreated({ currency: "KWD", creditLimit: "0.000" }))
      .when((state) => changeCreditLimit({ creditLimit: "1.5", now }, state))
      .then([{ type: "CustomerCreditLimitChanged", data: { creditLimit: "1.500", effectiveOn: "2020-07-20" } }]);
  });

  it("to what it is changes nothing", () => {
    given(created)
      .when((state) => changeCreditLimit({ creditLimit: "0", now }, state))
      .then([]);
  });

  it.each<[string, "VALIDATION_FAILED" | "INVALID_AMOUNT"]>([
    ["", "VALIDATION_FAILED"],
    ["-1", "INVALID_AMOUNT"],
    ["0.001", "INVALID_AMOUNT"],
  ])("to %j is refused", (creditLimit, code) => {
    given(created)
      .when((state) => changeCreditLimit({ creditLimit, now }, state))
      .thenRejected(code, "creditLimit");
  });
});

describe("setting the class", () => {
  const set = (customerClassId: string | null, effectiveOn: string): CustomerEvent => ({
    type: "CustomerClassSet",
    data: { customerClassId, effectiveOn },
  });

  it("is in force from today, or from a day of the running period", () => {
    given(created)
      .when((state) => setCustomerClass({ customerClassId: "class-1", now }, state, found))
      .then([set("class-1", "2020-07-20")]);
    given(created)
      .when((state) => setCustomerClass({ customerClassId: "class-1", effectiveOn: "2020-07-01", now }, state, found))
      .then([set("class-1", "2020-07-01")]);
  });

  it("to none takes the customer out of it", () => {
    given(created, set("class-1", "2020-07-01"))
      .when((state) => setCustomerClass({ customerClassId: null, now }, state, missing))
      .then([set(null, "2020-07-20")]);
  });

  it("to the one it is in is recorded: it holds against one set later for an earlier day", () => {
    given(created, set("class-1", "2020-07-01"))
      .when((state) => setCustomerClass({ customerClassId: "class-1", now }, state, found))
      .then([set("class-1", "2020-07-20")]);
  });

  it("is refused for an unknown class", () => {
    given(created)
      .when((state) => setCustomerClass({ customerClassId: "x", effectiveOn: "2030-01-01", now }, state, missing))
      .thenRejected("VALIDATION_FAILED", "customerClassId");
  });

  it.each<[string, "INVALID_DATE" | "DATE_ALREADY_INVOICED"]>([
    ["2020-07-21", "INVALID_DATE"],
    ["2018-12-31", "INVALID_DATE"],
    ["2020-06-29", "DATE_ALREADY_INVOICED"],
    ["2019-01-01", "DATE_ALREADY_INVOICED"],
  ])("is refused from %s", (effectiveOn, code) => {
    given(created)
      .when((state) => setCustomerClass({ customerClassId: "class-1", effectiveOn, now }, state, found))
      .thenRejected(code, "effectiveOn");
  });
});

describe("closing a customer", () => {
  it("ends with today, or with a day of the running period", () => {
    given(created)
      .when((state) => closeCustomer({ now }, state, { closedDays: REFUSE }))
      .then([customerClosed("2020-07-20")]);
    given(created)
      .when((state) => closeCustomer({ effectiveOn: "2020-07-01", now }, state, { closedDays: REFUSE }))
      .then([customerClosed("2020-07-01")]);
  });

  it("counts today by the customer's own clock", () => {
    given(customerCreated({ timeZone: "Pacific/Apia" }))
      .when((state) => closeCustomer({ now: "2020-07-31T11:00:00.000Z" }, state, { closedDays: REFUSE }))
      .then([customerClosed("2020-08-01")]);
    given(customerCreated({ timeZone: "Pacific/Apia" }))
      .when((state) =>
        closeCustomer({ effectiveOn: "2020-07-30", now: "2020-07-31T11:00:00.000Z" }, state, { closedDays: REFUSE }),
      )
      .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });

  it.each<[string, "INVALID_DATE" | "DATE_ALREADY_INVOICED"]>([
    ["2020-07-21", "INVALID_DATE"],
    ["2018-12-31", "INVALID_DATE"],
    ["2020-06-29", "DATE_ALREADY_INVOICED"],
  ])("on %s is refused", (effectiveOn, code) => {
    given(created)
      .when((state) => closeCustomer({ effectiveOn, now }, state, { closedDays: REFUSE }))
      .thenRejected(code, "effectiveOn");
  });

  it("before the customer was created is refused, in the month of creation too", () => {
    given(customerCreated({ effectiveOn: "2020-07-10" }))
      .when((state) => closeCustomer({ effectiveOn: "2020-07-09", now }, state, { closedDays: REFUSE }))
      .thenRejected("INVALID_DATE", "effectiveOn");
    given(customerCreated({ effectiveOn: "2020-07-10" }))
      .when((state) => closeCustomer({ effectiveOn: "2020-07-10", now }, state, { closedDays: REFUSE }))
      .then([customerClosed("2020-07-10")]);
  });
});

type Attempt = [name: string, act: (state: Parameters<typeof closeCustomer>[1]) => CustomerEvent[]];

const wellFormed: Attempt[] = [
  ["changing the contact", (state) => changeCustomerContact({ contact: { email: "x@y.z" }, now }, state)],
  ["changing the billing", (state) => changeCustomerBilling({ timeZone: "Asia/Tokyo", now }, state, nothingHeld)],
  ["changing the credit limit", (state) => changeCreditLimit({ creditLimit: "1", now }, state)],
  [
    "setting the class",
    (state) => setCustomerClass({ customerClassId: "c", effectiveOn: "2030-01-01", now }, state, found),
  ],
  ["closing", (state) => closeCustomer({ effectiveOn: "2030-01-01", now }, state, { closedDays: REFUSE })],
];

describe.each(wellFormed)("%s", (_, act) => {
  it("needs a customer, one that is open, before dates are looked at", () => {
    given().when(act).thenRejected("CUSTOMER_NOT_FOUND", "customerId");
    given(created, closed).when(act).thenRejected("CUSTOMER_CLOSED", "customerId");
  });
});

it.each<[string, Attempt[1], string]>([
  ["a name", (state) => changeCustomerContact({ contact: { name: "" }, now }, state), "name"],
  ["a time zone", (state) => changeCustomerBilling({ timeZone: "x", now }, state, nothingHeld), "timeZone"],
  [
    "an anniversary day",
    (state) => changeCustomerBilling({ anniversaryDay: 5, now }, state, nothingHeld),
    "anniversaryDay",
  ],
  ["a credit limit", (state) => changeCreditLimit({ creditLimit: "x", now }, state), "creditLimit"],
  ["a class", (state) => setCustomerClass({ customerClassId: "x", now }, state, missing), "customerClassId"],
])("%s that is malformed or unknown is refused as that, though the customer is closed", (_, act, field) => {
  given(created, closed).when(act).thenRejected("VALIDATION_FAILED", field);
});
