import { describe, expect, it } from "vitest";
import { invoiceRuns } from "./invoice-runs.js";

const invoice = (month: number, totalAfter: string) => ({
  period: { from: `2027-0${month}-01` },
  invoiceOn: `2027-0${month + 1}-01`,
  totalBefore: "34.95",
  totalAfter,
});
const run = (first: string, last: string, count: number, after: string) => ({
  ...{ first: `2027-${first}-01`, last: `2027-${last}-01`, count },
  ...{ before: "34.95", after },
});

describe("the coming invoices that a command changes", () => {
  it("are told one by one, but for three and more alike", () => {
    expect(invoiceRuns([invoice(1, "0.00"), invoice(2, "0.00"), invoice(3, "9.00")])).toEqual([
      run("02", "02", 1, "0.00"),
      run("03", "03", 1, "0.00"),
      run("04", "04", 1, "9.00"),
    ]);
    expect(invoiceRuns([1, 2, 3].map((month) => invoice(month, "0.00")))).toEqual([run("02", "04", 3, "0.00")]);
    expect(invoiceRuns([])).toEqual([]);
  });

  it("are not told as one across an invoice that stays as it is", () => {
    expect(invoiceRuns([1, 2, 4, 5].map((month) => invoice(month, "0.00"))).map(({ count }) => count)).toEqual([
      1, 1, 1, 1,
    ]);
  });
});
