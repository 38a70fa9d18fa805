import { describe, expect, it } from "vitest";
import { readScenario } from "./scenario.js";
import { Problems } from "./source.js";

/** A valid beginning of 14 lines, in which `net` and `tv` are assigned: the step under test is on line 15. */
const WORLD = `scenario: a
catalog:
  subscriptions: [{ name: Net, currency: USD, recurringFees: { MONTHLY: "20.00" } }]
  addOnProducts: [{ name: Midi, service: Internet }, { name: Turbo, service: Internet }]
  mainProducts: [{ name: Home, addOnProducts: [Midi, Turbo] }]
  customerClasses: [{ name: Class }]
  tariffs: [{ name: Calls, currency: USD }]
  commitments: [{ name: Net, currency: USD, recurringFees: [{ subscription: Net }] }]
customers:
  - { name: John, currency: USD, billingPeriod: MONTHLY, timeZone: Asia/Tokyo, accounts: [{ id: "1", mainProduct: Home }] }
until: 2021-01-01
steps:
  - { on: 2020-08-01, assign: Net, account: "1", as: net }
  - { on: 2020-08-01, assign: Net, account: "1", as: tv }
`;

const stepOf = (step: string) => readScenario(`${WORLD}  - { on: 2020-08-03, ${step} }`).steps[2];

const problemOf = (step: string): string => {
  try {
    return JSON.stringify(stepOf(step));
  } catch (error) {
    if (error instanceof Problems) return error.all.map(({ line, reason }) => `${line}: ${reason}`).join(" | ");
    throw error;
  }
};

describe("reading a step", () => {
  it("knows its line, its moment at noon of its customer, and what it is called", () => {
    expect(stepOf("pause: net, effective: 2020-08-05, rejected: PAUSE_OVERLAPS")).toEqual({
      line: 15,
      name: "pause net",
      on: "2020-08-03",
      at: "2020-08-03T03:00:00.000Z",
      effective: "2020-08-05",
      rejected: "PAUSE_OVERLAPS",
      action: { kind: "pause", commitment: "net" },
    });
  });

  it.each([
    ["pause: net", { kind: "pause", commitment: "net" }],
    ["pause: net, until: 2020-09-30", { kind: "pause", commitment: "net", until: "2020-09-30" }],
    ["pause: net, from: 2020-08-10", { kind: "pause", commitment: "net", from: "2020-08-10" }],
    [
      "pause: net, from: 2020-08-10, until: 2020-09-30",
      { kind: "pause", commitment: "net", from: "2020-08-10", until: "2020-09-30" },
    ],
    [
      "changePause: net, from: 2020-08-10, newFrom: 2020-08-11",
      { kind: "changePause", commitment: "net", from: "2020-08-10", newFrom: "2020-08-11" },
    ],
    [
      "changePause: net, from: 2020-08-10, newUntil: 2020-09-29",
      { kind: "changePause", commitment: "net", from: "2020-08-10", newUntil: "2020-09-29" },
    ],
    ["cancelPause: net, from: 2020-08-10", { kind: "cancelPause", commitment: "net", from: "2020-08-10" }],
    [
      "requestPause: net, from: 2020-08-10, until: 2020-08-20",
      { kind: "requestPause", commitment: "net", from: "2020-08-10", until: "2020-08-20" },
    ],
    ["approvePause: net, from: 2020-08-10", { kind: "approvePause", commitment: "net", from: "2020-08-10" }],
    ["declinePause: net, from: 2020-08-10", { kind: "declinePause", commitment: "net", from: "2020-08-10" }],
    ["withdrawPause: net, from: 2020-08-10", { kind: "withdrawPause", commitment: "net", from: "2020-08-10" }],
    ["resume: net", { kind: "resume", commitment: "net" }],
    [
      "timeLimitedUpgrade: net, addOnProduct: Turbo, until: 2020-09-30",
      { kind: "timeLimitedUpgrade", commitment: "net", addOnProduct: "Turbo", until: "2020-09-30" },
    ],
    [
      "timeLimitedUpgrade: net, addOnProduct: Turbo, until: 2020-09-30, replacing: Midi, thenUpgradeTo: Net",
      {
        kind: "timeLimitedUpgrade",
        commitment: "net",
        addOnProduct: "Turbo",
        until: "2020-09-30",
        replacing: "Midi",
        thenUpgradeTo: "Net",
      },
    ],
    ["extendUpgrade: net, until: 2020-10-31", { kind: "extendUpgrade", commitment: "net", until: "2020-10-31" }],
    ["endUpgrade: net", { kind: "endUpgrade", commitment: "net" }],
    ["cancelThenUpgrade: net", { kind: "cancelThenUpgrade", commitment: "net" }],
    ["upgrade: net, to: Net", { kind: "upgrade", commitment: "net", offer: "Net", discountEnd: { kind: "KEEP" } }],
    [
      "upgrade: net, to: Net, discountEnd: KEEP",
      { kind: "upgrade", commitment: "net", offer: "Net", discountEnd: { kind: "KEEP" } },
    ],
    [
      "upgrade: net, to: Net, discountEnd: DEFAULT",
      { kind: "upgrade", commitment: "net", offer: "Net", discountEnd: { kind: "DEFAULT" } },
    ],
    [
      "upgrade: net, to: Net, discountEnd: { date: 2022-08-01 }",
      { kind: "upgrade", commitment: "net", offer: "Net", discountEnd: { kind: "MANUAL", date: "2022-08-01" } },
    ],
    [
      "upgrade: net, to: Net, discountEnd: { syncWith: tv }",
      { kind: "upgrade", commitment: "net", offer: "Net", discountEnd: { kind: "SYNCHRONISED", commitment: "tv" } },
    ],
    [
      "setDiscountEnd: net, to: { date: 2022-08-01 }",
      { kind: "setDiscountEnd", commitment: "net", discountEnd: { kind: "MANUAL", date: "2022-08-01" } },
    ],
    [
      "setDiscountEnd: net, to: { syncWith: tv }",
      { kind: "setDiscountEnd", commitment: "net", discountEnd: { kind: "SYNCHRONISED", commitment: "tv" } },
    ],
    [
      'assign: Net, account: "1", as: more, discountEnd: { syncWith: tv }',
      {
        kind: "assign",
        offer: "Net",
        account: "1",
        as: "more",
        discountEnd: { kind: "SYNCHRONISED", commitment: "tv" },
      },
    ],
    ["terminate: net", { kind: "terminate", commitment: "net" }],
    [
      "terminate: net, waivePenalty: Moved abroad",
      { kind: "terminate", commitment: "net", waivePenalty: "Moved abroad" },
    ],
    ["cancelTermination: net", { kind: "cancelTermination", commitment: "net" }],
    [
      'setSubscriptionDiscountRate: John, rate: "12.5"',
      { kind: "setSubscriptionDiscountRate", customer: "John", rate: "12.5" },
    ],
    [
      "setSubscriptionDiscountRate: John, rate: null",
      { kind: "setSubscriptionDiscountRate", customer: "John", rate: null },
    ],
    ["suspend: John", { kind: "suspend", customer: "John" }],
    ["unsuspend: John", { kind: "unsuspend", customer: "John" }],
    [
      "cancelScheduled: John, what: SUSPENSION, effective: 2020-09-01",
      { kind: "cancelScheduled", customer: "John", what: "SUSPENSION" },
    ],
    [
      "cancelScheduled: net, what: UPGRADE, effective: 2020-09-01",
      { kind: "cancelScheduled", commitment: "net", what: "UPGRADE" },
    ],
  ])("%s", (step, action) => {
    expect(stepOf(step)?.action).toEqual(action);
  });

  it("of a call happens at the answer, by the clocks of the customer; told of late, at noon", () => {
    const call = `call: "1", leg: IN, to: "18005550100", seconds: "30.6"`;
    const action = { kind: "call", account: "1", leg: "IN", from: null, to: "18005550100", seconds: "30.6" };
    expect(stepOf(`${call}, at: "23:59:50", from: "1206", key: c1`)).toMatchObject({
      ...{ name: "call 1", at: "2020-08-03T14:59:50.000Z" },
      action: { ...action, from: "1206", answered: "2020-08-03T14:59:50.000Z", key: "c1" },
    });
    expect(stepOf(`${call}, effective: 2020-08-02`)).toMatchObject({
      at: "2020-08-03T03:00:00.000Z",
      action: { ...action, answered: "2020-08-02T03:00:00.000Z" },
    });
  });

  it("of the day of a call happens with it, where it is behind it and would be earlier", () => {
    const call = (at: string, on = "2020-08-03") =>
      `  - { on: ${on}, call: "1", leg: IN, to: "1", seconds: "4", at: "${at}" }\n`;
    const moments = (steps: string) =>
      readScenario(`${WORLD}${steps}`.replace("until: 2021-01-01", "until: 2020-08-03"));
    const pause = "  - { on: 2020-08-03, pause: net }\n";
    const noon = "2020-08-03T03:00:00.000Z";
    const evening = "2020-08-03T14:59:50.000Z";
    const { steps, endsAt } = moments(`${pause}${call("09:00:00")}${call("23:59:50")}${pause}${pause}`);
    expect(steps.slice(2).map(({ at }) => at)).toEqual([noon, noon, evening, evening, evening]);
    expect(steps[3]?.action).toMatchObject({ answered: "2020-08-03T00:00:00.000Z" });
    expect(endsAt).toBe(evening);
    expect(() => moments(`${call("23:59:50")}${pause.replace("03", "02")}`)).toThrow("this step happens at");
  });

  it("on calls that are there happens at noon of the customer of the first", () => {
    const call = `call: "1", leg: IN, to: "18005550100", seconds: "30.6", at: "09:00:00"`;
    const after = (step: string) =>
      readScenario(
        `${WORLD}  - { on: 2020-08-02, ${call}, key: c1 }\n  - { on: 2020-08-02, ${call}, key: c2 }\n  - { on: 2020-08-03, ${step} }`,
      ).steps[4];
    expect(after("rateCalls: [c1, c2], tariff: Calls")).toMatchObject({
      ...{ name: "rateCalls c1, c2", at: "2020-08-03T03:00:00.000Z" },
      action: { kind: "rateCalls", calls: ["c1", "c2"], tariff: "Calls" },
    });
    expect(after("correctCalls: [c2], void: true, reason: A test")).toMatchObject({
      ...{ name: "correctCalls c2", at: "2020-08-03T03:00:00.000Z", reason: "A test" },
      action: { kind: "correctCalls", calls: ["c2"], void: true },
    });
  });

  it.each([
    'assign: Net, account: "1"',
    "pause: net",
    "resume: net",
    "upgrade: net, to: Net",
    "terminate: net",
    'setSubscriptionDiscountRate: John, rate: "0"',
    "suspend: John",
    "unsuspend: John",
    'closeAccount: "1"',
    "closeCustomer: John",
    "setCustomerClass: John, class: Class",
    'openAccount: "2", customer: John, mainProduct: Home',
  ])("%s may have another day, past or future: the server says which", (step) => {
    expect(stepOf(`${step}, effective: 2020-08-01`)?.effective).toBe("2020-08-01");
    expect(stepOf(`${step}, effective: 2020-09-01`)?.effective).toBe("2020-09-01");
  });
});

describe("a step is refused", () => {
  it.each([
    ["setDiscountEnd", "to: { date: 2022-08-01 }"],
    ["cancelTermination", ""],
    ["changePause", "from: 2020-08-10, newFrom: 2020-08-11"],
    ["cancelPause", "from: 2020-08-10"],
    ["requestPause", "from: 2020-08-10, until: 2020-08-20"],
    ["approvePause", "from: 2020-08-10"],
    ["declinePause", "from: 2020-08-10"],
    ["withdrawPause", "from: 2020-08-10"],
    ["timeLimitedUpgrade", "addOnProduct: Turbo, until: 2020-09-30"],
    ["extendUpgrade", "until: 2020-09-30"],
    ["endUpgrade", ""],
    ["cancelThenUpgrade", ""],
  ])("%s on another day", (kind, keys) => {
    expect(problemOf(`${kind}: net, effective: 2020-08-02, ${keys}`)).toBe(
      `15: an effective date of ${kind} is not supported yet`,
    );
  });

  it.each([
    ["changeBilling: John", 'changeBilling needs "billingPeriod", "timeZone" or "anniversaryDay"'],
    ["pause: internet", 'there is no assigned commitment "internet"'],
    ["pause: Net, from: 2020-08-10", 'there is no assigned commitment "Net"'],
    ["pause: net, from: 2020-02-30", '"from" must be a date such as 2020-08-01, not "2020-02-30"'],
    ["pause: net, newUntil: 2020-09-30", 'unknown key "newUntil" in a step'],
    ["changePause: net, newFrom: 2020-08-11", 'a step needs "from"'],
    ["changePause: net, from: 2020-08-10", 'changePause needs "newFrom" or "newUntil"'],
    ["cancelPause: net", 'a step needs "from"'],
    ["requestPause: net, from: 2020-08-10", 'a step needs "until"'],
    ["resume: net, until: 2020-08-10", 'unknown key "until" in a step'],
    ["resume: net, pause: net", "a step does one thing, not both resume and pause"],
    ["timeLimitedUpgrade: net, addOnProduct: Turbo", 'a step needs "until"'],
    ["timeLimitedUpgrade: net, addOnProduct: Net, until: 2020-09-30", 'there is no add-on product "Net"'],
    [
      "timeLimitedUpgrade: net, addOnProduct: Turbo, until: 2020-09-30, replacing: Mini",
      'there is no add-on product "Mini"',
    ],
    [
      "timeLimitedUpgrade: net, addOnProduct: Turbo, until: 2020-09-30, thenUpgradeTo: Turbo",
      'there is no commitment "Turbo"',
    ],
    ["upgrade: net", 'a step needs "to"'],
    ["upgrade: net, to: tv", 'there is no commitment "tv"'],
    ["upgrade: net, to: Net, discountEnd: NEVER", 'must be KEEP, DEFAULT, {date: …} or {syncWith: …}, not "NEVER"'],
    ["upgrade: net, to: Net, discountEnd: { syncWith: Net }", 'there is no assigned commitment "Net"'],
    ["setDiscountEnd: net", 'a step needs "to"'],
    ["setDiscountEnd: net, to: 2022-08-01", '"to" must be {date: …} or {syncWith: …}, not "2022-08-01"'],
    ["setDiscountEnd: net, to: DEFAULT", '"to" must be {date: …} or {syncWith: …}, not "DEFAULT"'],
    ["setDiscountEnd: net, to: { date: 2022-08-01, syncWith: tv }", '"to" has either "date" or "syncWith"'],
    ['assign: Net, account: "1", as: a, discountEnd: KEEP', "must be DEFAULT, {date: …} or {syncWith: …}"],
    ['assign: Net, account: "1", as: a, discountEnd: { syncWith: a }', '"a" cannot be synchronised with itself'],
    ['assign: Net, account: "1", discountEnd: { syncWith: Net }', '"Net" cannot be synchronised with itself'],
    ["terminate: net, waivePenalty: true", '"waivePenalty" must be text, not true: put it in quotes'],
    ["setSubscriptionDiscountRate: John", 'a step needs "rate"'],
    ["setSubscriptionDiscountRate: John, rate: 10", '"rate" must be a decimal text such as "15.00", not the number 10'],
    ['setSubscriptionDiscountRate: John, rate: "10 %"', '"rate" must be a decimal text such as "15.00", not "10 %"'],
    ["suspend: net", 'there is no customer "net"'],
    ['call: "2", leg: IN, to: "1", seconds: "4"', 'there is no account "2"'],
    ['call: "1", leg: IN, to: "1", seconds: 4', '"seconds" must be a decimal text such as "15.00", not the number 4'],
    ['call: "1", leg: IN, to: "1", seconds: "4", at: "24:00:00"', '"at" must be a time of day such as "23:59:50"'],
    ["changeRates: Net, rates: []", 'there is no tariff "Net"'],
    ["rateCalls: [c1]", 'there is no call "c1"'],
    ['rateCalls: [], seconds: "4"', 'unknown key "seconds" in a step'],
    ["correctCalls: [], void: yes", '"void" must be true or false, not "yes"'],
    ["correctCalls: [], tariff: Net", 'there is no tariff "Net"'],
    [
      'changeRates: Calls, rates: [{ prefix: "1", priceFirst: "1", priceNext: "1", effectiveFrom: "2020-08-03" }]',
      '"effectiveFrom" must be an instant such as "2020-08-01T00:00:00Z"',
    ],
    ["cancelScheduled: net, what: RATE, effective: 2020-09-01", 'there is no customer "net"'],
    ["cancelScheduled: John, what: RENEWAL, effective: 2020-09-01", 'there is no assigned commitment "John"'],
    ["cancelScheduled: John, what: RATE", 'a step needs "effective"'],
    ["cancelScheduled: John, effective: 2020-09-01", 'a step needs "what"'],
    [
      "cancelScheduled: John, what: PAUSE, effective: 2020-09-01",
      '"what" must be one of SUSPENSION, UNSUSPENSION, RATE, UPGRADE, RENEWAL, not "PAUSE"',
    ],
    ["suspend: John, because: Unpaid", 'unknown key "because" in a step'],
    ["changeBilling: John, anniversaryDay: last", '"anniversaryDay" must be a whole number, not "last"'],
    [
      "changeBilling: John, billingPeriod: MONTH",
      '"billingPeriod" must be one of DAILY, WEEKLY, SEMI_MONTHLY, MONTHLY,',
    ],
  ])("%s", (step, reason) => {
    const problem = problemOf(step);
    expect(problem).toMatch(/^15: /);
    expect(problem).toContain(reason);
    expect(problem).not.toContain(" | ");
  });
});
