import { expect, it } from "vitest";
import { recurringLine } from "../spec-support/history.js";
import { billedIn } from "./billed-in.js";
import { type BilledLine } from "./ledger.js";

const line = (invoiceId: string, belongsTo: string): BilledLine => ({
  ...recurringLine({}),
  invoiceId,
  position: 1,
  belongsTo,
});

it("the lines of a period come in order of recording, whatever their days", () => {
  const billed = [
    line("a", "2020-08-01"),
    line("b", "2020-08-20"),
    line("c", "2020-09-01"),
    line("d", "2020-07-31"),
    line("e", "2020-08-01"),
    line("f", "2020-08-31"),
  ];
  const ids = (from: string, to: string) => billedIn(billed, { from, to }).map(({ invoiceId }) => invoiceId);
  expect(ids("2020-08-01", "2020-09-01")).toEqual(["a", "b", "e", "f"]);
  expect(ids("2020-09-01", "2020-10-01")).toEqual(["c"]);
  expect(ids("2020-06-01", "2020-07-01")).toEqual([]);
});
