import currencyCodes from "currency-codes";

/** Currencies that ISO 4217 gives no minor unit ("N.A."; the package says 0): nobody is billed in gold. */
const WITHOUT_MINOR_UNIT = [
  ...["XAG", "XAU", "XPD", "XPT"],
  ...["XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"],
  ...["XTS", "XXX"],
];

/** What ISO 4217 added after the package's list: the Caribbean guilder (amendment 176, in use since 2025-03-31). */
const ADDED_SINCE = [{ code: "XCG", digits: 2 }];

/** The text of libs/domain/minor-units.ts, from the list of ISO 4217 in the package `currency-codes`. */
export const minorUnitsText = (): string => {
  const { data, publishDate } = currencyCodes;
  const known = data.filter(({ code }) => !WITHOUT_MINOR_UNIT.includes(code));
  const added = ADDED_SINCE.filter(({ code }) => known.every((currency) => currency.code !== code));
  const rows = [...known, ...added]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, digits }) => `  ["${code}", ${digits}],\n`);
  return `/**
 * Decimal places of the currencies of ISO 4217 that have a minor unit, by code. Written by
 * test/currencies/minor-units.unit.spec.ts from the list of ${publishDate}; do not edit.
 */
export const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
${rows.join("")}]);
`;
};
