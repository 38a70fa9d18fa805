import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { billingPeriodTypes } from "#domain/billing-periods.js";
import { missingValues } from "../capabilities.js";
import { KINDS } from "../schema/steps.js";
import { readScenario } from "./scenario.js";
import { Problems } from "./source.js";

const problemsOf = (text: string): readonly { line: number; reason: string }[] => {
  try {
    readScenario(text);
    return [];
  } catch (error) {
    if (error instanceof Problems) return error.all;
    throw error;
  }
};

/** A valid beginning of 11 lines: the steps come next. */
const WORLD = `scenario: a
catalog:
  subscriptions: [{ name: Net, currency: USD, recurringFees: { MONTHLY: "20.00" } }]
  mainProducts: [{ name: Home }]
  customerClasses: [{ name: Class }]
  commitments: [{ name: Net, currency: USD, recurringFees: [{ subscription: Net }] }]
customers:
  - { name: John, currency: USD, billingPeriod: MONTHLY, accounts: [{ id: "1", mainProduct: Home }] }
  - { name: Apia, currency: USD, billingPeriod: MONTHLY, timeZone: Pacific/Apia, accounts: [{ id: "2", mainProduct: Home }] }
until: 2021-01-01
steps:
`;

const play = (...steps: string[]) => readScenario(`${WORLD}${steps.map((step) => `  - ${step}\n`).join("")}`);
const refused = (...steps: string[]) => problemsOf(`${WORLD}${steps.map((step) => `  - ${step}\n`).join("")}`);

describe("what a file leaves out", () => {
  it("has a default", () => {
    const { catalog, customers, expect: expected } = play("{ on: 2020-08-01 }");
    expect(catalog.subscriptions[0]).toMatchObject({ penalty: "SUM_OF_DISCOUNTS", minimumPeriods: null });
    expect(catalog.subscriptions[0]).toMatchObject({ prorateFirst: true, prorateLast: true });
    expect(catalog.customerClasses[0]).toMatchObject({ graceDays: 14, rounding: "HALF_UP" });
    expect(catalog.commitments[0]).toMatchObject({ discountPeriods: null, transferFee: "0", oneTimeFees: [] });
    expect(customers[0]).toMatchObject({ timeZone: "UTC", customerClass: null, contact: {} });
    expect(expected).toEqual({});
  });

  it("a file without steps begins where it ends", () => {
    const { startsAt, endsAt } = readScenario("scenario: a\nuntil: 2020-08-01");
    expect([startsAt, endsAt]).toEqual(["2020-08-01T12:00:00.000Z", "2020-08-01T12:00:00.000Z"]);
  });

  it("a commitment without a name goes by its offer's", () => {
    const assign = '{ on: 2020-08-01, assign: Net, account: "1" }';
    const { steps } = play(assign, assign);
    expect(steps.map(({ action }) => action.kind === "assign" && action.as)).toEqual(["Net", "Net 2"]);
  });
});

describe("moments", () => {
  it("are noon in the customer's zone, else in the file's", () => {
    const { steps } = play(
      "{ on: 2020-08-01 }",
      '{ on: 2020-08-03, assign: Net, account: "2", as: apia }',
      '{ on: 2020-08-03, assign: Net, account: "1", as: john }',
      "{ on: 2020-08-04, terminate: apia }",
    );
    expect(steps.map(({ at }) => at)).toEqual([
      "2020-08-01T12:00:00.000Z",
      "2020-08-02T23:00:00.000Z",
      "2020-08-03T12:00:00.000Z",
      "2020-08-03T23:00:00.000Z",
    ]);
  });

  it("follow a commitment to the customer that it is transferred to", () => {
    const { steps } = play(
      '{ on: 2020-08-03, assign: Net, account: "1", as: net }',
      '{ on: 2020-08-04, transfer: net, toAccount: "2", rejected: ADD_ON_NOT_ALLOWED }',
      '{ on: 2020-08-05, transfer: net, toAccount: "2" }',
      "{ on: 2020-08-06, terminate: net }",
    );
    expect(steps.map(({ at }) => at)).toEqual([
      "2020-08-03T12:00:00.000Z",
      "2020-08-04T12:00:00.000Z",
      "2020-08-05T12:00:00.000Z",
      "2020-08-05T23:00:00.000Z",
    ]);
  });

  it("follow a customer to another zone from the next month on", () => {
    const { steps, endsAt } = play(
      "{ on: 2020-08-03, changeBilling: John, timeZone: America/Los_Angeles }",
      "{ on: 2020-08-31, changeContact: John, contact: { email: null } }",
      "{ on: 2020-09-01, changeContact: John, contact: { email: a@example.com } }",
    );
    expect(steps.map(({ at }) => at.slice(11, 16))).toEqual(["12:00", "12:00", "19:00"]);
    expect(endsAt).toBe("2021-01-01T20:00:00.000Z");
  });

  it("follow a customer whose billing changes twice: the zone waits for the end of a week then", () => {
    const { steps } = play(
      "{ on: 2020-08-03, changeBilling: John, billingPeriod: WEEKLY }",
      "{ on: 2020-09-02, changeBilling: John, timeZone: America/Los_Angeles }",
      "{ on: 2020-09-06, changeContact: John, contact: { email: null } }",
      "{ on: 2020-09-07, changeContact: John, contact: { email: a@example.com } }",
    );
    expect(steps.map(({ at }) => at.slice(11, 16))).toEqual(["12:00", "12:00", "12:00", "19:00"]);
  });

  it("follow a customer with a day of its own from that day on", () => {
    const anniversary = (day: string) =>
      readScenario(
        WORLD.replace("John, currency: USD, billingPeriod: MONTHLY", `$&_ANNIVERSARY${day}`) +
          `  - { on: 2020-08-10, changeBilling: John, timeZone: America/Los_Angeles }
  - { on: 2020-08-30, changeContact: John, contact: { email: null } }
  - { on: 2020-08-31, changeContact: John, contact: { email: null } }
  - { on: 2020-09-09, changeContact: John, contact: { email: null } }
  - { on: 2020-09-10, changeContact: John, contact: { email: null } }
`,
      ).steps.map(({ at }) => at.slice(11, 16));
    // The first step, on the 10th, is the moment of creation.
    expect(anniversary("")).toEqual(["12:00", "12:00", "12:00", "12:00", "19:00"]);
    expect(anniversary(", anniversaryDay: 9")).toEqual(["12:00", "12:00", "12:00", "19:00", "19:00"]);
    expect(anniversary(", anniversaryDay: 31")).toEqual(["12:00", "12:00", "19:00", "19:00", "19:00"]);
  });

  it("do not follow a change that must be rejected", () => {
    const { steps } = play(
      "{ on: 2020-08-03, changeBilling: John, timeZone: Mars/Base, rejected: VALIDATION_FAILED }",
      "{ on: 2020-09-01, closeCustomer: John }",
    );
    expect(steps[1]?.at).toBe("2020-09-01T12:00:00.000Z");
  });

  it("at the same moment go by their order in the file", () => {
    expect(refused("{ on: 2020-08-01 }", "{ on: 2020-08-01 }")).toEqual([]);
    expect(refused("{ on: 2020-08-02 }", "{ on: 2020-08-01 }")[0]?.line).toBe(13);
  });
});

describe("names", () => {
  it("of an account may be given again by a step, and belong to the new customer then", () => {
    const { steps } = play(
      '{ on: 2020-08-01, closeAccount: "1" }',
      '{ on: 2020-08-02, openAccount: "1", customer: Apia, mainProduct: Home }',
      '{ on: 2020-08-03, closeAccount: "1" }',
    );
    expect(steps[2]?.at).toBe("2020-08-02T23:00:00.000Z");
  });

  it("of an account that must be rejected stay where they were", () => {
    const { steps } = play(
      '{ on: 2020-08-01, openAccount: "1", customer: Apia, mainProduct: Home, rejected: IDENTIFIER_TAKEN }',
      '{ on: 2020-08-03, closeAccount: "1" }',
    );
    expect(steps[1]?.at).toBe("2020-08-03T12:00:00.000Z");
  });

  it("of assigned commitments are given once", () => {
    const assign = '{ on: 2020-08-01, assign: Net, account: "1", as: net }';
    expect(refused(assign, assign)).toEqual([
      { line: 13, reason: 'the assigned commitment "net" is there already, on line 12' },
    ]);
    expect(refused(assign.replace(" }", ", rejected: CURRENCY_MISMATCH }"), assign)).toEqual([]);
  });

  it("are not missing because their own item has another mistake", () => {
    const text = WORLD.replace('"20.00"', "20.00").replace("HALF", "x");
    expect(problemsOf(`${text}  - { on: 2020-08-01, assign: Net, account: "1" }`).map(({ line }) => line)).toEqual([3]);
  });
});

describe("all that is wrong", () => {
  it("is told in order of lines", () => {
    expect(refused("{ on: 2020-8-1 }", "{ on: 2020-08-01, terminate: net }", "{ on: 2020-08-02, x: 1 }")).toEqual([
      { line: 12, reason: '"on" must be a date such as 2020-08-01, not "2020-8-1"' },
      { line: 13, reason: 'there is no assigned commitment "net"' },
      { line: 14, reason: 'unknown key "x" in a step; known are on' },
    ]);
  });
});

describe("one item", () => {
  const catalog = (item: string) => problemsOf(`scenario: a\ncatalog: { ${item} }\nuntil: 2021-01-01`);

  it("has all its mistakes told, misspelled keys first", () => {
    expect(catalog("subscriptions: [{ name: Net, curency: USD, recurringFees: { MONTHLY: 1 } }]")).toEqual([
      {
        line: 2,
        reason:
          'unknown key "curency" in a subscription; known are name, currency, recurringFees, minimumPeriods, penalty, penaltyAmount, prorateFirst, prorateLast, rejected',
      },
      { line: 2, reason: 'a subscription needs "currency"' },
      { line: 2, reason: '"MONTHLY" must be a decimal text such as "15.00", not the number 1' },
    ]);
  });

  it.each(["quota: 1 GB, volumeDiscountPlan: Gigabytes", "quota: null, volumeDiscountPlan: null"])(
    "that is an add-on product has not both: %s",
    (fields) => {
      const plans = 'volumeDiscountPlans: [{ name: Gigabytes, service: S, quota: "1", unit: GB }]';
      expect(catalog(`${plans}, addOnProducts: [{ name: A, service: S, ${fields} }]`)).toEqual([
        { line: 2, reason: 'an add-on product has either "quota" or "volumeDiscountPlan"' },
      ]);
    },
  );

  it("may contain itself without end", () => {
    expect(catalog("addOnProducts: &list [*list]").map(({ reason }) => reason)).toEqual([
      "an add-on product must be a mapping, not a list",
    ]);
  });

  it("has no keys but its own", () => {
    expect(catalog("mainProducts: [{ name: A, __proto__: {}, constructor: 1 }]").map(({ reason }) => reason)).toEqual([
      'unknown key "__proto__" in a main product; known are name, addOnProducts, voice, rejected',
      'unknown key "constructor" in a main product; known are name, addOnProducts, voice, rejected',
    ]);
  });
});

describe("values that the server must judge", () => {
  it.each(["1.005", "-1.00", "007", "99999999999999999999"])("amount %s is well-formed", (amount) => {
    expect(problemsOf(WORLD.replace("20.00", amount) + "  []")).toEqual([]);
  });

  it.each(["", "1.", ".5", "1e3", "+1", "1 000", "1,5", "NaN"])("amount %j is not", (amount) => {
    expect(problemsOf(WORLD.replace("20.00", amount) + "  []")).toHaveLength(1);
  });
});

describe("customers", () => {
  const customer = (fields: string) =>
    `scenario: a\ncustomers: [{ name: John, currency: USD, ${fields} }]\nuntil: 2021-01-01`;
  const anniversary = (fields: string) =>
    readScenario(customer(fields)).customers.map(({ billingPeriod, anniversaryDay }) => [
      billingPeriod,
      anniversaryDay,
    ]);

  it.each(billingPeriodTypes)("are billed %s", (type) => {
    expect(anniversary(`billingPeriod: ${type}`)).toEqual([[type, null]]);
  });

  it("have months from a day of their own", () => {
    expect(anniversary("billingPeriod: MONTHLY_ANNIVERSARY, anniversaryDay: 31")).toEqual([
      ["MONTHLY_ANNIVERSARY", 31],
    ]);
  });

  it.each([
    ["billingPeriod: MONTHLY, anniversaryDay: 15", '"anniversaryDay" goes with the billing period MONTHLY_ANNIVERSARY'],
    ["billingPeriod: MONTHLY_ANNIVERSARY, anniversaryDay: 32", "must be a day from 1 to 31, not the number 32"],
    ["billingPeriod: MONTHLY_ANNIVERSARY, anniversaryDay: 0", "must be a day from 1 to 31, not the number 0"],
    ['billingPeriod: MONTHLY_ANNIVERSARY, anniversaryDay: "15"', 'must be a whole number, not "15"'],
    ["billingPeriod: FORTNIGHTLY", '"billingPeriod" must be one of DAILY, WEEKLY, SEMI_MONTHLY, MONTHLY,'],
  ])("are not billed by %s", (fields, reason) => {
    expect(problemsOf(customer(fields))).toEqual([{ line: 2, reason: expect.stringContaining(reason) as string }]);
  });

  it("that must be rejected may have any day", () => {
    const rejected = "billingPeriod: MONTHLY, anniversaryDay: 32, rejected: VALIDATION_FAILED";
    expect(anniversary(rejected)).toEqual([["MONTHLY", 32]]);
  });
});

describe("capabilities that do not exist yet", () => {
  it.each(missingValues("step"))("the step %s", (kind) => {
    expect(refused(`{ on: 2020-08-01, ${kind}: x }`)[0]?.reason).toMatch(/^[a-z].* (are|is) not supported yet$/);
    expect(Object.keys(KINDS)).not.toContain(kind);
  });

  it.each([
    ["reviseSubscription: Net, recurringFees: { MONTHLY: '1' }, effective: 2020-08-01", "an effective date of"],
    ["changeBilling: John, billingPeriod: WEEKLY, effective: 2020-08-01", "an effective date of"],
  ])("%s", (step, reason) => {
    expect(refused(`{ on: 2020-08-01, ${step} }`)[0]?.reason).toContain(reason);
  });

  it.each([
    ["ODOO", "ODOO is not told of REMINDER, but of"],
    ["ZENDESK", "ZENDESK is not told of REMINDER, but of"],
  ])("a mail to %s", (to, reason) => {
    const expected = `outbound: [{ to: ${to}, event: REMINDER, customer: John, on: 2020-09-01 }]`;
    expect(problemsOf(`${WORLD}  []\nexpect: { ${expected} }`)[0]).toMatchObject({ line: 13 });
    expect(problemsOf(`${WORLD}  []\nexpect: { ${expected} }`)[0]?.reason).toContain(reason);
  });
});

describe("what a file says", () => {
  it("of classes reaches the run", () => {
    const terms =
      "suspendAfterDays: 10, terminateAfterDays: 40, remindAfterDays: [3, 7], warnBeforeSuspensionDays: 2, warnBeforeEndDays: 20";
    const { catalog } = readScenario(WORLD.replace("name: Class", `name: Class, ${terms}`) + "  []");
    expect(catalog.customerClasses[0]).toMatchObject({
      ...{ suspendAfterDays: 10, terminateAfterDays: 40, remindAfterDays: [3, 7] },
      ...{ warnBeforeSuspensionDays: 2, warnBeforeEndDays: 20 },
    });
  });

  it("of what is expected reaches the comparison, each list with its lines", () => {
    const { expect: expected } = readScenario(`${WORLD}  []
expect:
  invoices: []
  creditNotes: []
  commitments: []
  customers: [{ customer: John, status: SUSPENDED }]
  outbound:
    - { to: EMAIL, event: REMINDER, customer: John, on: 2020-09-18 }
`);
    expect(expected).toEqual({
      ...{ invoices: [], creditNotes: [], commitments: [] },
      customers: [{ customer: "John", status: "SUSPENDED", line: 17 }],
      outbound: [{ to: "EMAIL", event: "REMINDER", customer: "John", on: "2020-09-18", line: 19 }],
    });
  });
});

describe("the files in test/scenarios", () => {
  const folder = new URL("../../../../test/scenarios/", import.meta.url);
  it.each(readdirSync(folder).filter((file) => file.endsWith(".yaml")))("%s is valid", (file) => {
    expect(problemsOf(readFileSync(new URL(file, folder), "utf8"))).toEqual([]);
  });
});

describe("the files in test/scenarios/invalid", () => {
  const folder = new URL("../../../../test/scenarios/invalid/", import.meta.url);
  it.each(readdirSync(folder))("%s is refused as its first line says", (file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    const [, line, reason] = /^# refused: line (\d+): (.*)\n/.exec(text) ?? [];
    expect(reason).toBeDefined();
    const [first] = problemsOf(text);
    expect(String(first?.line)).toBe(line);
    expect(first?.reason).toContain(reason);
  });
});
