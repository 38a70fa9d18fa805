import { big } from "#domain/money.js";
import { match } from "./match.js";
import { type Expectations, type ExpectedInvoice, type ExpectedLine } from "./model.js";
import { type Difference, type Observed, type ObservedInvoice, type ObservedLine } from "./observed.js";

/** Differences between the file's expectations and the result. A key that the file leaves out is not checked. */
export const compare = (expect: Expectations, observed: Observed): Difference[] => [
  ...(expect.invoices ? compareInvoices(expect.invoices, observed.invoices) : []),
  ...(expect.commitments ?? []).flatMap((expected) => {
    const found = observed.commitments.find(({ commitment }) => commitment === expected.commitment);
    return compareNamed(`commitment ${expected.commitment}`, expected, found, "commitment");
  }),
  ...(expect.customers ?? []).flatMap((expected) => {
    const found = observed.customers.find(({ customer }) => customer === expected.customer);
    return compareNamed(`customer ${expected.customer}`, expected, found, "customer");
  }),
];

/** Compares invoices as a multiset: the order of customers within a day does not count. */
const compareInvoices = (expected: readonly ExpectedInvoice[], observed: readonly ObservedInvoice[]): Difference[] => {
  const { pairs, missing, unexpected } = match(expected, observed, (one, other) =>
    one.customer === other.customer && one.issued === other.issued ? compareInvoice(one, other).length : Infinity,
  );
  return [
    ...pairs.flatMap(([one, other]) => compareInvoice(one, other)),
    ...missing.map((one) => ({
      line: one.line,
      where: nameOf(one),
      expected: one.total === undefined ? "an invoice" : `an invoice of ${one.total}`,
      observed: "none",
    })),
    ...unexpected.map((other) => ({
      line: null,
      where: nameOf(other),
      expected: "none",
      observed: `an invoice of ${other.total}`,
    })),
  ];
};

const nameOf = ({ customer, issued }: { customer: string; issued: string }): string =>
  `invoice ${issued} of ${customer}`;

const compareInvoice = (expected: ExpectedInvoice, observed: ObservedInvoice): Difference[] => {
  const { lines, ...fields } = expected;
  return [
    ...compareFields(nameOf(expected), expected.line, fields, observed),
    ...(lines ? compareLines(nameOf(expected), lines, observed.lines) : []),
  ];
};

const compareLines = (
  invoice: string,
  expected: readonly ExpectedLine[],
  observed: readonly ObservedLine[],
): Difference[] => {
  const { pairs, missing, unexpected } = match(expected, observed, (one, other) =>
    canBe(one, other) ? compareFields("", one.line, one, other).length : Infinity,
  );
  return [
    ...pairs.flatMap(([one, other]) => compareFields(`${invoice}, ${other.kind} line`, one.line, one, other)),
    ...missing.map((one) => ({
      line: one.line,
      where: `${invoice}, lines`,
      expected: lineText(one),
      observed: "none",
    })),
    ...unexpected.map((other) => ({
      line: null,
      where: `${invoice}, lines`,
      expected: "none",
      observed: lineText(other),
    })),
  ];
};

/** Lines of different kinds or commitments never match, even with equal amounts. */
const canBe = (expected: ExpectedLine, observed: ObservedLine): boolean =>
  (expected.kind === undefined || expected.kind === observed.kind) &&
  (expected.commitment === undefined || expected.commitment === observed.commitment);

const lineText = (line: ExpectedLine | ObservedLine): string =>
  Object.entries(line)
    .filter(([field, value]) => value !== undefined && field !== "line")
    .map(([field, value]) => `${field} ${valueText(value)}`)
    .join(", ");

const compareNamed = (
  where: string,
  { line, ...fields }: { readonly line: number },
  observed: object | undefined,
  key: string,
): Difference[] =>
  observed === undefined
    ? [{ line, where, expected: `a ${key}`, observed: "none" }]
    : compareFields(where, line, fields, observed);

const AMOUNTS: ReadonlySet<string> = new Set(["total", "fee", "discount", "net", "discountsGiven", "balanceDue"]);

/** Compares each expected field with the observed one of the same name. */
const compareFields = (where: string, line: number, expected: object, observed: object): Difference[] => {
  const found = observed as Readonly<Record<string, unknown>>;
  return Object.entries(expected).flatMap(([field, value]): Difference[] => {
    if (value === undefined || field === "line" || same(field, value, found[field])) return [];
    return [{ line, where: `${where}: ${field}`, expected: valueText(value), observed: valueText(found[field]) }];
  });
};

/** Amounts are equal as numbers: "15.0" in a file is "15.00" on an invoice. */
const same = (field: string, expected: unknown, observed: unknown): boolean =>
  AMOUNTS.has(field) && typeof expected === "string" && typeof observed === "string"
    ? big(expected).eq(big(observed))
    : expected === observed;

const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
