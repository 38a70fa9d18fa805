import { describe, it } from "vitest";
import { REFUSE } from "../customers/closed-days.js";
import {
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { type Account, accountEvolver } from "./account.js";
import { addAlias, changeAlias, removeAlias } from "./decide-aliases.js";
import { changeMainProduct, closeAccount, closeWithCustomer, openAccount, type OpenAccount } from "./decide.js";
import { type AccountEvent } from "./events.js";

const given = givenFor(accountEvolver);
const now = at("2020-07-20");
const owner = { customer: customer(), closedDays: REFUSE };
const nobody = { customer: null, closedDays: REFUSE };
const gone = { customer: customer(customerCreated(), customerClosed("2020-07-20")), closedDays: REFUSE };
const known = { mainProductExists: true };
const unknown = { mainProductExists: false };

describe("opening an account", () => {
  const command: OpenAccount = {
    accountId: "account-1",
    identifier: " 12012555215 ",
    identifierHash: "hash-1",
    mainProductId: "main-1",
    now,
  };

  it("dates it today in the customer's zone", () => {
    given()
      .when(() => openAccount(command, { ...owner, ...known }))
      .then([accountOpened({ effectiveOn: "2020-07-20" })]);
    const apia = customer(customerCreated({ timeZone: "Pacific/Apia" }));
    given()
      .when(() => openAccount(command, { customer: apia, ...known }))
      .then([accountOpened({ effectiveOn: "2020-07-21" })]);
  });

  it("takes an identifier of 100 characters", () => {
    const identifier = "x".repeat(100);
    given()
      .when(() => openAccount({ ...command, identifier }, { ...owner, ...known }))
      .then([accountOpened({ effectiveOn: "2020-07-20", personal: { identifier } })]);
  });

  it("may date back to the customer's first day: opening charges nothing", () => {
    given()
      .when(() => openAccount({ ...command, effectiveOn: "2019-01-01" }, { ...owner, ...known }))
      .then([accountOpened({ effectiveOn: "2019-01-01" })]);
  });

  it.each(["2018-12-31", "2020-07-21"])("on %s is refused", (effectiveOn) => {
    given()
      .when(() => openAccount({ ...command, effectiveOn }, { ...owner, ...known }))
      .thenRejected("INVALID_DATE", "effectiveOn");
  });

  it.each(["", "  ", "x".repeat(101)])("with the identifier %j is refused", (identifier) => {
    given()
      .when(() => openAccount({ ...command, identifier }, { ...owner, ...known }))
      .thenRejected("VALIDATION_FAILED", "identifier");
  });

  it("with several reasons answers malformed, unknown, closed, date", () => {
    const late = { ...command, effectiveOn: "2030-01-01" };
    given()
      .when(() => openAccount({ ...late, identifier: "" }, { ...nobody, ...unknown }))
      .thenRejected("VALIDATION_FAILED", "identifier");
    given()
      .when(() => openAccount(late, { ...nobody, ...unknown }))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
    given()
      .when(() => openAccount(late, { ...gone, ...unknown }))
      .thenRejected("VALIDATION_FAILED", "mainProductId");
    given()
      .when(() => openAccount(late, { ...gone, ...known }))
      .thenRejected("CUSTOMER_CLOSED", "customerId");
    given()
      .when(() => openAccount(late, { ...owner, ...known }))
      .thenRejected("INVALID_DATE", "effectiveOn");
  });
});

describe("changing the main product", () => {
  it("is recorded today", () => {
    given(accountOpened())
      .when((state) => changeMainProduct({ mainProductId: "main-2", now }, state, { ...owner, ...known }))
      .then([{ type: "MainProductChanged", data: { mainProductId: "main-2", effectiveOn: "2020-07-20" } }]);
  });

  it("to the one it has changes nothing", () => {
    given(accountOpened())
      .when((state) => changeMainProduct({ mainProductId: "main-1", now }, state, { ...owner, ...known }))
      .then([]);
    given(accountOpened(), { type: "MainProductChanged", data: { mainProductId: "main-2", effectiveOn: "2020-07-01" } })
      .when((state) => changeMainProduct({ mainProductId: "main-2", now }, state, { ...owner, ...known }))
      .then([]);
  });

  it("to an unknown one is refused, though the account is closed", () => {
    given(accountOpened(), accountClosed("2020-07-20"))
      .when((state) => changeMainProduct({ mainProductId: "x", now }, state, { ...owner, ...unknown }))
      .thenRejected("VALIDATION_FAILED", "mainProductId");
  });
});

describe("closing an account", () => {
  it("ends with today, or with a day of the running period", () => {
    given(accountOpened())
      .when((state) => closeAccount({ now }, state, owner))
      .then([accountClosed("2020-07-20")]);
    given(accountOpened())
      .when((state) => closeAccount({ effectiveOn: "2020-07-01", now }, state, owner))
      .then([accountClosed("2020-07-01")]);
  });

  it("may be on the day it was opened, not before", () => {
    const opened = accountOpened({ effectiveOn: "2020-07-10" });
    given(opened)
      .when((state) => closeAccount({ effectiveOn: "2020-07-10", now }, state, owner))
      .then([accountClosed("2020-07-10")]);
    given(opened)
      .when((state) => closeAccount({ effectiveOn: "2020-07-09", now }, state, owner))
      .thenRejected("INVALID_DATE", "effectiveOn");
    given(opened)
      .when((state) => closeAccount({ effectiveOn: "2020-06-30", now }, state, owner))
      .thenRejected("INVALID_DATE", "effectiveOn");
  });

  it("is refused in the future and in a closed period", () => {
    given(accountOpened())
      .when((state) => closeAccount({ effectiveOn: "2020-07-21", now }, state, owner))
      .thenRejected("INVALID_DATE", "effectiveOn");
    given(accountOpened())
      .when((state) => closeAccount({ effectiveOn: "2020-06-29", now }, state, owner))
      .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });
});

describe.each<[string, (state: Account | null, facts: typeof owner | typeof nobody) => AccountEvent[]]>([
  [
    "changing the main product",
    (state, facts) => changeMainProduct({ mainProductId: "m", now }, state, { ...facts, ...known }),
  ],
  ["adding an alias", (state, facts) => addAlias({ alias: "1", identifierHash: "hash-1", now }, state, facts)],
  ["changing an alias", (state, facts) => changeAlias({ alias: "1", role: "MOBILE", now }, state, facts)],
  ["removing an alias", (state, facts) => removeAlias({ alias: "x", now }, state, facts)],
  ["closing", (state, facts) => closeAccount({ effectiveOn: "2030-01-01", now }, state, facts)],
])("%s", (_, act) => {
  it("needs an account, then an open customer, then an open account", () => {
    given()
      .when((state) => act(state, nobody))
      .thenRejected("ACCOUNT_NOT_FOUND", "accountId");
    given(accountOpened(), accountClosed("2020-07-20"))
      .when((state) => act(state, gone))
      .thenRejected("CUSTOMER_CLOSED", "customerId");
    given(accountOpened(), accountClosed("2020-07-20"))
      .when((state) => act(state, owner))
      .thenRejected("ACCOUNT_CLOSED", "accountId");
  });
});

describe("closing with the customer", () => {
  it("closes the account on the customer's last day, or on its own first one if that is later", () => {
    given(accountOpened())
      .when((state) => closeWithCustomer({ closedOn: "2020-07-20" }, state))
      .then([accountClosed("2020-07-20")]);
    given(accountOpened({ effectiveOn: "2020-07-25" }))
      .when((state) => closeWithCustomer({ closedOn: "2020-07-20" }, state))
      .then([accountClosed("2020-07-25")]);
  });

  it("changes nothing the second time, or where there is no account", () => {
    given(accountOpened(), accountClosed("2020-07-01"))
      .when((state) => closeWithCustomer({ closedOn: "2020-07-20" }, state))
      .then([]);
    given()
      .when((state) => closeWithCustomer({ closedOn: "2020-07-20" }, state))
      .then([]);
  });
});
