import { describe, expect, it } from "vitest";
import { assignNumbers, registerEvolver } from "#domain/invoicing/register.js";
import { seriesDifferences } from "./series.js";

type Register = Parameters<typeof seriesDifferences>[0];

/** A register of six invoices, numbered two at a time as the program numbers them. */
const register = (): Register => {
  const events: Register[number][] = [];
  for (const ids of [
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
  ]) {
    const invoices = ids.map((id) => ({ invoiceId: id, customerId: id, issuedOn: "2020-01-01" }));
    const command = { series: "invoices", prefix: "INV-", invoices, on: "2020-01-02" };
    const state = events.reduce(
      (before, event) => registerEvolver.evolve(before, event as never, ""),
      registerEvolver.initial,
    );
    for (const { data } of assignNumbers(command, state)) {
      events.push({ stream: "register", revision: BigInt(events.length), data });
    }
  }
  return events;
};

const changed = (
  place: number,
  change: (data: Register[number]["data"]) => Partial<Register[number]["data"]>,
): Register =>
  register().map((event, index) =>
    index === place ? { ...event, data: { ...event.data, ...change(event.data) } } : event,
  );

describe("the numbers of a series", () => {
  it("are proven as the program gives them, and where there are none", () => {
    expect(seriesDifferences(register())).toEqual([]);
    expect(seriesDifferences([])).toEqual([]);
  });

  it("are not where some were never given, though the event that gave them is gone", () => {
    const says = "No document has the numbers 3 to 4 of the series invoices.";
    expect(seriesDifferences(register().toSpliced(1, 1))).toEqual([
      { what: "NUMBERS_MISSING", where: "register@2", says, expected: 3, found: 5 },
    ]);
    expect(seriesDifferences(register().slice(1))).toEqual([
      {
        what: "NUMBERS_MISSING",
        where: "register@1",
        says: "No document has the numbers 1 to 2 of the series invoices.",
        expected: 1,
        found: 3,
      },
    ]);
  });

  it("are not where one document of an event was taken out", () => {
    expect(seriesDifferences(changed(1, ({ invoices }) => ({ invoices: invoices.slice(1) })))).toEqual([
      {
        what: "NUMBER_DIFFERS",
        where: "register@1",
        says: "The number of document d should end with 000003.",
        expected: "000003",
        found: "INV-000004",
      },
      {
        what: "NUMBERS_MISSING",
        where: "register@2",
        says: "No document has the numbers 4 to 4 of the series invoices.",
        expected: 4,
        found: 5,
      },
    ]);
  });

  it("are not where numbers were given twice, or a document has two", () => {
    const [first] = register();
    expect(
      seriesDifferences(changed(1, () => first?.data ?? {})).map(({ what, expected, found }) => [
        what,
        expected,
        found,
      ]),
    ).toEqual([
      ["NUMBERS_REPEATED", 3, 1],
      ["NUMBERED_TWICE", "INV-000001", "INV-000001"],
      ["NUMBERED_TWICE", "INV-000002", "INV-000002"],
      ["NUMBERS_MISSING", 3, 5],
    ]);
  });
});
