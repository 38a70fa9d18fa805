import { describe, expect, it } from "vitest";
import { at, customer, customerCreated } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { changeCustomerBilling, type ChangeCustomerBilling } from "./change-billing.js";
import { billingPeriodOf, type Customer, customerEvolver, naturalDaysOf } from "./customer.js";
import { type CustomerBillingChanged, type CustomerEvent } from "./events.js";

const given = givenFor(customerEvolver);
const created = customerCreated();
const now = at("2020-07-20");
const change =
  (command: Partial<ChangeCustomerBilling>, rows: Parameters<typeof held>[0] = []) =>
  (state: Customer | null) =>
    changeCustomerBilling({ now, ...command }, state, held(rows));
const held = (rows: readonly { description: string; fees: Record<string, string>; discount: string }[]) => ({
  rowsHeldFrom: () => rows,
});
const changed = (data: Partial<CustomerBillingChanged["data"]> = {}): CustomerEvent => ({
  type: "CustomerBillingChanged",
  data: {
    billingPeriod: "MONTHLY",
    timeZone: "UTC",
    inForceFrom: "2020-08-01",
    effectiveOn: "2020-07-20",
    ...data,
  },
});
const anniversary = (anniversaryDay: number): CustomerEvent =>
  customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay, effectiveOn: "2020-01-31" });

describe("changing the billing", () => {
  it("takes effect when the running period ends", () => {
    given(created)
      .when(change({ timeZone: "Asia/Tokyo" }))
      .then([changed({ timeZone: "Asia/Tokyo" })]);
    given(created)
      .when(change({ billingPeriod: "WEEKLY" }))
      .then([changed({ billingPeriod: "WEEKLY" })]);
  });

  it("on a period's last day takes effect on the next", () => {
    given(created)
      .when(change({ timeZone: "Asia/Tokyo", now: "2020-07-31T23:59:59.999Z" }))
      .then([changed({ timeZone: "Asia/Tokyo", effectiveOn: "2020-07-31" })]);
  });

  it("keeps what is not named as it was ordered last", () => {
    given(created, changed({ billingPeriod: "WEEKLY", timeZone: "Asia/Tokyo" }))
      .when(change({ timeZone: "Asia/Seoul" }))
      .then([changed({ billingPeriod: "WEEKLY", timeZone: "Asia/Seoul" })]);
    given(anniversary(15))
      .when(change({ timeZone: "Asia/Seoul" }))
      .then([
        changed({
          billingPeriod: "MONTHLY_ANNIVERSARY",
          anniversaryDay: 15,
          timeZone: "Asia/Seoul",
          inForceFrom: "2020-08-15",
        }),
      ]);
  });

  it("to what it is, or will be, changes nothing", () => {
    given(created)
      .when(change({ billingPeriod: "MONTHLY", timeZone: "UTC" }))
      .then([]);
    given(created, changed({ billingPeriod: "WEEKLY" }))
      .when(change({ billingPeriod: "WEEKLY" }))
      .then([]);
    given(anniversary(15))
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 15 }))
      .then([]);
    given(created).when(change({})).then([]);
  });

  it("is replaced by one ordered before it takes effect, or taken back", () => {
    const ordered = changed({ billingPeriod: "WEEKLY" });
    given(created, ordered)
      .when(change({ billingPeriod: "DAILY" }))
      .then([changed({ billingPeriod: "DAILY" })]);
    given(created, ordered)
      .when(change({ billingPeriod: "MONTHLY" }))
      .then([changed()]);
    expect(customer(created, ordered, changed({ billingPeriod: "DAILY" })).cycles).toEqual([
      { type: "MONTHLY", anchor: null, inForceFrom: "2019-01-01", timeZone: "UTC" },
      { type: "DAILY", anchor: null, inForceFrom: "2020-08-01", timeZone: "UTC" },
    ]);
  });

  it("waits for the end of a period that an earlier change cut short", () => {
    given(created, changed({ billingPeriod: "QUARTERLY", inForceFrom: "2020-02-01" }))
      .when(change({ billingPeriod: "DAILY" }))
      .then([changed({ billingPeriod: "DAILY", inForceFrom: "2020-10-01" })]);
    given(created, changed({ billingPeriod: "WEEKLY", inForceFrom: "2020-08-01" }))
      .when(change({ billingPeriod: "DAILY", now: at("2020-08-01") }))
      .then([changed({ billingPeriod: "DAILY", inForceFrom: "2020-08-03", effectiveOn: "2020-08-01" })]);
  });

  it.each([{ timeZone: "Nowhere" }, { anniversaryDay: 5 }, { billingPeriod: "WEEKLY", anniversaryDay: 5 } as const])(
    "to %j is malformed",
    (command) => {
      given(created)
        .when(change(command))
        .thenRejected("VALIDATION_FAILED", "timeZone" in command ? "timeZone" : "anniversaryDay");
    },
  );

  it.each([0, 32, 1.5, NaN])("does not know the anniversary day %d", (anniversaryDay) => {
    given(anniversary(15)).when(change({ anniversaryDay })).thenRejected("VALIDATION_FAILED", "anniversaryDay");
  });
});

describe("the anniversary day", () => {
  const to = (anniversaryDay: number, inForceFrom: string) =>
    changed({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay, inForceFrom });

  it("is given, or as it was given last, or the day of its creation", () => {
    const onThe31st = customerCreated({ effectiveOn: "2020-01-31" });
    given(onThe31st)
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY" }))
      .then([to(31, "2020-08-01")]);
    given(onThe31st)
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 5 }))
      .then([to(5, "2020-08-01")]);
    given(anniversary(15), changed({ billingPeriod: "DAILY", inForceFrom: "2020-03-15" }))
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY" }))
      .then([to(15, "2020-07-21")]);
    given(onThe31st, to(20, "2020-08-01"), changed({ billingPeriod: "DAILY" }))
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY" }))
      .then([to(20, "2020-08-01")]);
  });

  it("changes when the running period ends: what lies between is a part of a period", () => {
    given(anniversary(10))
      .when(change({ anniversaryDay: 20 }))
      .then([to(20, "2020-08-10")]);
    const moved = customer(anniversary(10), to(20, "2020-08-10"));
    const periods = ["2020-08-09", "2020-08-10", "2020-08-19", "2020-08-20"].map((day) => billingPeriodOf(moved, day));
    expect(periods).toEqual([
      { from: "2020-07-10", to: "2020-08-10" },
      { from: "2020-08-10", to: "2020-08-20" },
      { from: "2020-08-10", to: "2020-08-20" },
      { from: "2020-08-20", to: "2020-09-20" },
    ]);
    expect(periods.map((period) => naturalDaysOf(moved, period))).toEqual([31, 31, 31, 31]);
  });
});

describe("thirty days", () => {
  it("are counted from the creation", () => {
    const owner = customer(customerCreated({ billingPeriod: "THIRTY_DAYS", effectiveOn: "2020-01-31" }));
    expect(billingPeriodOf(owner, "2020-02-29")).toEqual({ from: "2020-01-31", to: "2020-03-01" });
    expect(billingPeriodOf(owner, "2020-03-01")).toEqual({ from: "2020-03-01", to: "2020-03-31" });
  });

  it("are counted from the change to them, and go on when the zone changes", () => {
    const thirty = changed({ billingPeriod: "THIRTY_DAYS" });
    const owner = customer(created, thirty);
    expect(billingPeriodOf(owner, "2020-08-01")).toEqual({ from: "2020-08-01", to: "2020-08-31" });
    given(created, thirty)
      .when(change({ timeZone: "Asia/Tokyo", now: at("2020-09-01") }))
      .then([
        changed({
          billingPeriod: "THIRTY_DAYS",
          timeZone: "Asia/Tokyo",
          inForceFrom: "2020-09-30",
          effectiveOn: "2020-09-01",
        }),
      ]);
    const moved = customer(
      created,
      thirty,
      changed({ billingPeriod: "THIRTY_DAYS", timeZone: "Asia/Tokyo", inForceFrom: "2020-09-30" }),
    );
    expect(moved.cycles.map(({ anchor }) => anchor)).toEqual([null, "2020-08-01", "2020-08-01"]);
  });
});

describe("what is held", () => {
  const row = (fees: Record<string, string>, discount = "0.00") => ({ description: "Internet", fees, discount });

  it("needs a fee for the new type, and no discount above it", () => {
    const weekly = change({ billingPeriod: "WEEKLY" }, [row({ MONTHLY: "20.00", WEEKLY: "5.00" }, "5.00")]);
    given(created)
      .when(weekly)
      .then([changed({ billingPeriod: "WEEKLY" })]);
    given(created)
      .when(
        change({ billingPeriod: "WEEKLY" }, [row({ MONTHLY: "20.00", WEEKLY: "5.00" }, "5.01"), row({ DAILY: "1" })]),
      )
      .thenRejected("FEE_MISSING_FOR_PERIOD", "billingPeriod");
    given(created)
      .when(change({ billingPeriod: "WEEKLY" }, [row({ MONTHLY: "20.00", WEEKLY: "5.00" }, "5.01")]))
      .thenRejected("DISCOUNT_EXCEEDS_FEE", "billingPeriod");
    given(created)
      .when(change({ billingPeriod: "MONTHLY_ANNIVERSARY" }, [row({ MONTHLY: "20.00" }, "20.00")]))
      .then([changed({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 1 })]);
  });

  it("is not looked at where no type is named", () => {
    given(anniversary(10))
      .when(change({ anniversaryDay: 20, timeZone: "Asia/Tokyo" }, [row({ DAILY: "1.00" })]))
      .then([
        changed({
          billingPeriod: "MONTHLY_ANNIVERSARY",
          anniversaryDay: 20,
          timeZone: "Asia/Tokyo",
          inForceFrom: "2020-08-10",
        }),
      ]);
  });

  it("is looked at from the day on which the change is in force, also where one that was ordered is taken back", () => {
    const days: string[][] = [];
    const looking = (billingPeriod: "WEEKLY" | "MONTHLY") => (state: Customer | null) =>
      changeCustomerBilling({ billingPeriod, now }, state, {
        rowsHeldFrom: (...asked) => {
          days.push(asked);
          return [row({ WEEKLY: "5.00" })];
        },
      });
    given(created, changed({ billingPeriod: "WEEKLY" }))
      .when(looking("MONTHLY"))
      .thenRejected("FEE_MISSING_FOR_PERIOD", "billingPeriod");
    given(created)
      .when(looking("WEEKLY"))
      .then([changed({ billingPeriod: "WEEKLY" })]);
    given(created, changed({ billingPeriod: "MONTHLY" }))
      .when(looking("MONTHLY"))
      .thenRejected("FEE_MISSING_FOR_PERIOD", "billingPeriod");
    expect(days).toEqual(Array.from({ length: 3 }, () => ["2020-08-01", "2020-07-20"]));
  });
});
