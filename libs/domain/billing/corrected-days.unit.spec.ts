import { describe, expect, it } from "vitest";
import { recurringLine } from "../spec-support/history.js";
import { daysWithout } from "./corrected-days.js";
import { type BilledLine } from "./ledger.js";
import { type ChargedDays } from "./line.js";

const run = (from: string, until: string): ChargedDays => ({
  from,
  until,
  unitDiscount: "5.00",
  discountOrigin: "COMMITMENT",
});

const billed = (invoiceId: string): BilledLine => ({
  ...recurringLine({ unitDiscount: "5.00" }),
  invoiceId,
  position: 1,
  belongsTo: "2020-07-01",
});

/** An adjustment after which the row is charged on these days. */
const adjusted = (invoiceId: string, ...charged: ChargedDays[]): BilledLine => ({
  ...billed(invoiceId),
  kind: "ADJUSTMENT",
  corrects: { kind: "RECURRING", period: { from: "2020-07-01", until: "2020-07-31" }, lines: [], charged },
});

const july = billed("July's");
/** Takes July 10 away. */
const august = adjusted("August's", run("2020-07-01", "2020-07-09"), run("2020-07-11", "2020-07-31"));

describe("the days of a row without an adjustment that is undone", () => {
  it("are those billed before it, where nothing was corrected since", () => {
    expect(daysWithout(august, [july, august])).toEqual([run("2020-07-01", "2020-07-31")]);
  });

  it("are what was corrected since, with the days that it changed as before it", () => {
    const september = adjusted("September's", run("2020-07-01", "2020-07-09"), run("2020-07-21", "2020-07-31"));
    expect(daysWithout(august, [july, august, september])).toEqual([
      run("2020-07-01", "2020-07-10"),
      run("2020-07-21", "2020-07-31"),
    ]);
  });

  it("are without the days that it added", () => {
    const september = adjusted("September's", run("2020-07-01", "2020-07-31"));
    const october = adjusted("October's", run("2020-07-01", "2020-07-20"));
    expect(daysWithout(september, [july, august, september, october])).toEqual([
      run("2020-07-01", "2020-07-09"),
      run("2020-07-11", "2020-07-20"),
    ]);
  });

  it("leave out a day that was corrected back since: the next close takes it back once more", () => {
    const september = adjusted("September's", run("2020-07-01", "2020-07-31"));
    expect(daysWithout(august, [july, august, september])).toEqual([
      run("2020-07-01", "2020-07-09"),
      run("2020-07-11", "2020-07-31"),
    ]);
  });
});
