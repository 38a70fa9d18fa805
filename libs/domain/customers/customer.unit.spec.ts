import { describe, expect, it } from "vitest";
import { customer, customerClosed, customerCreated } from "../spec-support/examples.js";
import { classIdOn, timeZoneOn } from "./customer.js";
import { type CustomerEvent } from "./events.js";

const classSet = (customerClassId: string | null, effectiveOn: string): CustomerEvent => ({
  type: "CustomerClassSet",
  data: { customerClassId, effectiveOn },
});

describe("a customer", () => {
  it("is what its events say", () => {
    const personal = { name: "Jane Doe", companyDomain: "example.com", email: null, phone: null };
    expect(
      customer(
        customerCreated({ customerClassId: "class-1" }),
        { type: "CustomerContactChanged", data: { effectiveOn: "2020-01-01", personal } },
        {
          type: "CustomerTimeZoneChanged",
          data: { timeZone: "Asia/Tokyo", inForceFrom: "2020-02-01", effectiveOn: "2020-01-02" },
        },
        { type: "CustomerCreditLimitChanged", data: { creditLimit: "50.00", effectiveOn: "2020-01-03" } },
        classSet("class-2", "2020-01-04"),
        customerClosed("2020-06-30"),
      ),
    ).toEqual({
      customerId: "customer-1",
      currency: "USD",
      cycles: [
        { inForceFrom: "2019-01-01", type: "MONTHLY", anchor: null, timeZone: "UTC" },
        { inForceFrom: "2020-02-01", type: "MONTHLY", anchor: null, timeZone: "Asia/Tokyo" },
      ],
      anniversaryDay: 1,
      classes: [
        { effectiveOn: "2019-01-01", customerClassId: "class-1" },
        { effectiveOn: "2020-01-04", customerClassId: "class-2" },
      ],
      discountRates: [],
      suspensions: [],
      creditLimit: "50.00",
      createdOn: "2019-01-01",
      closedOn: "2020-06-30",
      closedEventId: "event-6",
      contact: personal,
    });
  });

  it("has the zone ordered last for a day, each from its own day on", () => {
    const zone = (timeZone: string, inForceFrom: string): CustomerEvent => ({
      type: "CustomerTimeZoneChanged",
      data: { timeZone, inForceFrom, effectiveOn: "2020-01-01" },
    });
    const moved = customer(customerCreated(), zone("Asia/Tokyo", "2020-02-01"), zone("Asia/Seoul", "2020-02-01"));
    expect(moved.cycles).toHaveLength(2);
    expect(timeZoneOn(moved, "2018-01-01")).toBe("UTC");
    expect(timeZoneOn(moved, "2020-01-31")).toBe("UTC");
    expect(timeZoneOn(moved, "2020-02-01")).toBe("Asia/Seoul");
  });

  it("is in the class recorded last of those in force on a day", () => {
    const classed = customer(
      customerCreated(),
      classSet("a", "2020-07-10"),
      classSet("b", "2020-07-10"),
      classSet(null, "2020-08-01"),
    );
    expect(classIdOn(classed, "2018-01-01")).toBeNull();
    expect(classIdOn(classed, "2020-07-09")).toBeNull();
    expect(classIdOn(classed, "2020-07-10")).toBe("b");
    expect(classIdOn(classed, "2020-07-31")).toBe("b");
    expect(classIdOn(classed, "2020-08-01")).toBeNull();
  });
});
