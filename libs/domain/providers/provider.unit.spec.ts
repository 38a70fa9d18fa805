import { describe, expect, it } from "vitest";
import { at } from "../spec-support/examples.js";
import { givenFor, stateOf } from "../spec-support/given.js";
import { type ProviderEvent } from "./events.js";
import {
  changeProviderSettings,
  completeAdvance,
  createProvider,
  moveClock,
  nowOf,
  advanceTestClock,
  providerEvolver,
  setTestClock,
} from "./provider.js";

const given = givenFor(providerEvolver);
const now = at("2020-07-20");
const created: ProviderEvent = {
  type: "ProviderCreated",
  data: {
    ...{ providerId: "provider-1", name: "CSP", invoiceNumberPrefix: "INV-" },
    ...{ backDatingDays: 90, coolingOffDays: 14, effectiveOn: "2020-07-20" },
  },
};
const clockSet = (date: string): ProviderEvent => ({ type: "TestClockSet", data: { at: at(date), effectiveOn: date } });
const clockMoved = (date: string): ProviderEvent => ({
  type: "TestClockMoved",
  data: { at: at(date), effectiveOn: date },
});
const ordered = (to: string, effectiveOn: string): ProviderEvent => ({
  type: "ClockAdvanceOrdered",
  data: { advanceId: "advance-1", to: at(to), effectiveOn },
});
const completed = (effectiveOn: string): ProviderEvent => ({
  type: "ClockAdvanceCompleted",
  data: { advanceId: "advance-1", effectiveOn },
});

describe("a provider", () => {
  const command = { providerId: "provider-1", name: " CSP ", invoiceNumberPrefix: "INV-", now };

  it("is created", () => {
    given()
      .when(() => createProvider(command))
      .then([created]);
  });

  it("needs a name", () => {
    given()
      .when(() => createProvider({ ...command, name: "" }))
      .thenRejected("VALIDATION_FAILED", "name");
    given(created)
      .when((state) => changeProviderSettings({ name: " ", now }, state))
      .thenRejected("VALIDATION_FAILED", "name");
  });

  it.each(["INV 1", "x".repeat(21), "ÄÖ", "#"])("cannot number invoices with the prefix %j", (invoiceNumberPrefix) => {
    given()
      .when(() => createProvider({ ...command, invoiceNumberPrefix }))
      .thenRejected("VALIDATION_FAILED", "invoiceNumberPrefix");
    given(created)
      .when((state) => changeProviderSettings({ invoiceNumberPrefix, now }, state))
      .thenRejected("VALIDATION_FAILED", "invoiceNumberPrefix");
  });

  it.each(["", "2020/INV_a.b-", "x".repeat(20)])("can number them with %j", (invoiceNumberPrefix) => {
    given()
      .when(() => createProvider({ ...command, invoiceNumberPrefix }))
      .then([{ type: "ProviderCreated", data: { ...created.data, invoiceNumberPrefix } }]);
  });

  it("knows what an hour of support costs, once it was told", () => {
    const supportHourlyRate = { amount: "48.00", currency: "EUR" };
    const settings = { name: "CSP", invoiceNumberPrefix: "INV-", backDatingDays: 90, coolingOffDays: 14 };
    const effectiveOn = "2020-07-20";
    const told: ProviderEvent = {
      type: "ProviderSettingsChanged",
      data: { ...settings, supportHourlyRate, effectiveOn },
    };
    given(created)
      .when((state) => changeProviderSettings({ supportHourlyRate: { amount: "48", currency: "EUR" }, now }, state))
      .then([told]);
    given(created, told)
      .when((state) => changeProviderSettings({ supportHourlyRate, now }, state))
      .then([]);
    given(created, told)
      .when((state) => changeProviderSettings({ name: "Other", now }, state))
      .then([{ type: "ProviderSettingsChanged", data: { ...settings, name: "Other", effectiveOn } }]);
    given(created, told)
      .when((state) => changeProviderSettings({ supportHourlyRate: null, now }, state))
      .then([{ type: "ProviderSettingsChanged", data: { ...settings, supportHourlyRate: null, effectiveOn } }]);
    given(created)
      .when((state) => changeProviderSettings({ supportHourlyRate: { amount: "-1", currency: "EUR" }, now }, state))
      .thenRejected("INVALID_AMOUNT", "supportHourlyRate.amount");
    given(created)
      .when((state) => changeProviderSettings({ supportHourlyRate: { amount: "1", currency: "XYZ" }, now }, state))
      .thenRejected("VALIDATION_FAILED", "supportHourlyRate.currency");
  });

  it("keeps the settings that are left out, and records nothing when none changes", () => {
    given(created)
      .when((state) => changeProviderSettings({ name: "Other", now }, state))
      .then([
        {
          type: "ProviderSettingsChanged",
          data: {
            ...{ name: "Other", invoiceNumberPrefix: "INV-", backDatingDays: 90, coolingOffDays: 14 },
            effectiveOn: "2020-07-20",
          },
        },
      ]);
    given(created, {
      type: "ProviderSettingsChanged",
      data: { name: "Other", invoiceNumberPrefix: "I", effectiveOn: "2020-07-20" },
    })
      .when((state) => changeProviderSettings({ name: "Other ", invoiceNumberPrefix: "I", now }, state))
      .then([]);
    given()
      .when((state) => changeProviderSettings({ name: "Other", now }, state))
      .thenRejected("VALIDATION_FAILED", "providerId");
  });
});

describe("the limits of days", () => {
  const olden: ProviderEvent = {
    type: "ProviderCreated",
    data: { providerId: "provider-1", name: "CSP", invoiceNumberPrefix: "INV-", effectiveOn: "2020-07-20" },
  };

  it("hold by default for a provider from before them", () => {
    expect(stateOf(providerEvolver, [olden])).toMatchObject({ backDatingDays: 90, coolingOffDays: 14 });
  });

  it("are changed, each by itself", () => {
    given(olden)
      .when((state) => changeProviderSettings({ backDatingDays: 0, now }, state))
      .then([
        {
          type: "ProviderSettingsChanged",
          data: {
            ...{ name: "CSP", invoiceNumberPrefix: "INV-", backDatingDays: 0, coolingOffDays: 14 },
            effectiveOn: "2020-07-20",
          },
        },
      ]);
    given(olden)
      .when((state) => changeProviderSettings({ coolingOffDays: 14, now }, state))
      .then([]);
  });

  it.each([-1, 1.5, 3651, Number.NaN])("are no %s days", (days) => {
    given(created)
      .when((state) => changeProviderSettings({ backDatingDays: days, now }, state))
      .thenRejected("VALIDATION_FAILED", "backDatingDays");
    given()
      .when(() =>
        createProvider({ ...{ providerId: "p", name: "CSP", invoiceNumberPrefix: "" }, coolingOffDays: days, now }),
      )
      .thenRejected("VALIDATION_FAILED", "coolingOffDays");
  });
});

describe("the test clock", () => {
  it("is set once", () => {
    given(created)
      .when((state) => setTestClock({ at: at("2019-01-01") }, state, { hasCustomers: false }))
      .then([clockSet("2019-01-01")]);
    given(created, clockSet("2019-01-01"))
      .when((state) => setTestClock({ at: at("2020-01-01") }, state, { hasCustomers: false }))
      .thenRejected("CONFLICT", "at");
  });

  it("is not set under customers, whose days it would move", () => {
    given(created)
      .when((state) => setTestClock({ at: at("2019-01-01") }, state, { hasCustomers: true }))
      .thenRejected("CONFLICT", "at");
  });

  it("belongs to a provider", () => {
    given()
      .when((state) => setTestClock({ at: now }, state, { hasCustomers: false }))
      .thenRejected("VALIDATION_FAILED", "providerId");
    given()
      .when((state) => advanceTestClock({ advanceId: "advance-1", to: now, systemNow: now }, state))
      .thenRejected("VALIDATION_FAILED", "providerId");
  });

  it("is the provider's time; without one the system's is", () => {
    const state = (...events: ProviderEvent[]) => {
      const found = stateOf(providerEvolver, events);
      if (!found) throw new Error("no provider");
      return found;
    };
    expect(nowOf(state(created), now)).toBe(now);
    expect(nowOf(state(created, clockSet("2019-01-01")), now)).toBe(at("2019-01-01"));
    expect(nowOf(state(created, clockSet("2019-01-01"), clockMoved("2019-02-01")), now)).toBe(at("2019-02-01"));
  });
});

describe("advancing", () => {
  const advance = (to: string) => ({ advanceId: "advance-1", to: at(to), systemNow: now });

  it("orders a walk", () => {
    given(created, clockSet("2019-01-01"))
      .when((state) => advanceTestClock(advance("2019-03-01"), state))
      .then([ordered("2019-03-01", "2019-01-01")]);
  });

  it("from the system's time sets the clock there first", () => {
    given(created)
      .when((state) => advanceTestClock(advance("2020-08-01"), state))
      .then([clockSet("2020-07-20"), ordered("2020-08-01", "2020-07-20")]);
  });

  it("to where the clock stands is fine, behind it is refused", () => {
    given(created, clockSet("2019-01-01"))
      .when((state) => advanceTestClock(advance("2019-01-01"), state))
      .then([ordered("2019-01-01", "2019-01-01")]);
    given(created, clockSet("2019-01-01"))
      .when((state) => advanceTestClock({ ...advance("2019-01-01"), to: "2019-01-01T11:59:59.999Z" }, state))
      .thenRejected("INVALID_DATE", "to");
    given(created)
      .when((state) => advanceTestClock(advance("2020-07-19"), state))
      .thenRejected("INVALID_DATE", "to");
  });

  it("waits for the walk under way", () => {
    given(created, clockSet("2019-01-01"), ordered("2019-03-01", "2019-01-01"))
      .when((state) => advanceTestClock(advance("2018-01-01"), state))
      .thenRejected("CONFLICT", "to");
    given(
      created,
      clockSet("2019-01-01"),
      ordered("2019-03-01", "2019-01-01"),
      clockMoved("2019-03-01"),
      completed("2019-03-01"),
    )
      .when((state) => advanceTestClock(advance("2019-04-01"), state))
      .then([ordered("2019-04-01", "2019-03-01")]);
  });

  it("moves forward step by step; a step behind the clock changes nothing", () => {
    given(created, clockSet("2019-01-01"))
      .when((state) => moveClock({ at: at("2019-01-02") }, state))
      .then([clockMoved("2019-01-02")]);
    for (const date of ["2019-01-01", "2018-12-31"]) {
      given(created, clockSet("2019-01-01"))
        .when((state) => moveClock({ at: at(date) }, state))
        .then([]);
    }
    given(created)
      .when((state) => moveClock({ at: at("2019-01-02") }, state))
      .then([]);
  });

  it("is completed once, by its own id", () => {
    const walking = [created, clockSet("2019-01-01"), ordered("2019-03-01", "2019-01-01"), clockMoved("2019-03-01")];
    given(...walking)
      .when((state) => completeAdvance({ advanceId: "advance-1" }, state))
      .then([completed("2019-03-01")]);
    given(...walking)
      .when((state) => completeAdvance({ advanceId: "advance-2" }, state))
      .then([]);
    given(...walking, completed("2019-03-01"))
      .when((state) => completeAdvance({ advanceId: "advance-1" }, state))
      .then([]);
  });
});
