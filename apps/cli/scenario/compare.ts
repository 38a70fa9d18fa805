import { big } from "#domain/money.js";
import { match } from "./match.js";
import { type Expectations, type ExpectedCall, type ExpectedDelivery, type ExpectedLine } from "./model.js";
import {
  type Difference,
  type Observed,
  type ObservedCall,
  type ObservedCreditNote,
  type ObservedDelivery,
  type ObservedLine,
} from "./observed.js";

/** Differences between the file's expectations and the result. A key that the file leaves out is not checked. */
export const compare = (expect: Expectations, observed: Observed): Difference[] => [
  ...(expect.invoices ? compareDocuments("invoice", expect.invoices, observed.invoices) : []),
  ...(expect.creditNotes ? compareDocuments("credit note", expect.creditNotes, observed.creditNotes) : []),
  ...(expect.commitments ?? []).flatMap((expected) => {
    const found = observed.commitments.find(({ commitment }) => commitment === expected.commitment);
    return compareNamed(`commitment ${expected.commitment}`, expected, found, "commitment");
  }),
  ...(expect.customers ?? []).flatMap((expected) => {
    const found = observed.customers.find(({ customer }) => customer === expected.customer);
    return compareNamed(`customer ${expected.customer}`, expected, found, "customer");
  }),
  ...(expect.outbound ? compareOutbound(expect.outbound, observed.outbound) : []),
  ...(expect.calls ? compareCalls(expect.calls, observed.calls) : []),
];

/**
 * In the order of their answers, each with all its fields: those of one instant, as both legs of a call, in any. Where one
 * is missing or too many, those that fit best.
 */
const compareCalls = (expected: readonly ExpectedCall[], observed: readonly ObservedCall[]): Difference[] => {
  const differences = (one: ExpectedCall, other: ObservedCall) =>
    compareFields(`call of ${other.account} at ${other.answered}`, one.line, one, inOneForm(one, other));
  const matched = (some: readonly ExpectedCall[], others: readonly ObservedCall[]) =>
    match(some, others, (one, other) => differences(one, other).length);
  if (expected.length === observed.length) {
    const instants = [...new Set(observed.map(({ answered }) => answered))];
    return instants.flatMap((instant) => {
      const isThen = (_: unknown, place: number): boolean => observed[place]?.answered === instant;
      const { pairs } = matched(expected.filter(isThen), observed.filter(isThen));
      return pairs.flatMap(([one, other]) => differences(one, other));
    });
  }
  const { pairs, missing, unexpected } = matched(expected, observed);
  return [
    ...pairs.flatMap(([one, other]) => differences(one, other)),
    ...missing.map((one) => ({ line: one.line, where: "calls", expected: lineText(one), observed: "none" })),
    ...unexpected.map((other) => ({ line: null, where: "calls", expected: "none", observed: lineText(other) })),
  ];
};

/** With the instant as the file writes it, where it means the same. */
const inOneForm = ({ answered }: ExpectedCall, call: ObservedCall): ObservedCall =>
  answered !== undefined && Date.parse(answered) === Date.parse(call.answered) ? { ...call, answered } : call;

/** The list is complete for each target that it names; without any, for all. */
const compareOutbound = (
  expected: readonly ExpectedDelivery[],
  observed: readonly ObservedDelivery[],
): Difference[] => {
  const textOf = ({ to, event, customer, on }: Omit<ObservedDelivery, "line">) => `${to} ${event} ${customer} ${on}`;
  const named = new Set<string>(expected.map(({ to }) => to));
  const wanted = observed.filter(({ to }) => named.size === 0 || named.has(to));
  const { missing, unexpected } = match(expected, wanted, (one, other) =>
    textOf(one) === textOf(other) ? 0 : Infinity,
  );
  return [
    ...missing.map((one) => ({ line: one.line, where: "outbound", expected: textOf(one), observed: "none" })),
    ...unexpected.map((one) => ({ line: null, where: "outbound", expected: "none", observed: textOf(one) })),
  ];
};

interface ExpectedDocument {
  readonly line: number;
  readonly customer: string;
  readonly issued: string;
  readonly total?: string | undefined;
  readonly lines?: readonly ExpectedLine[] | undefined;
}

/** Compares invoices, or credit notes, as a multiset: the order of customers within a day does not count. */
const compareDocuments = (
  what: "invoice" | "credit note",
  expected: readonly ExpectedDocument[],
  observed: readonly ObservedCreditNote[],
): Difference[] => {
  const nameOf = ({ customer, issued }: { customer: string; issued: string }): string =>
    `${what} ${issued} of ${customer}`;
  const compareOne = ({ lines, ...fields }: ExpectedDocument, found: ObservedCreditNote): Difference[] => [
    ...compareFields(nameOf(fields), fields.line, fields, found),
    ...(lines ? compareLines(nameOf(fields), lines, found.lines) : []),
  ];
  const { pairs, missing, unexpected } = match(expected, observed, (one, other) =>
    one.customer === other.customer && one.issued === other.issued ? compareOne(one, other).length : Infinity,
  );
  const one = what === "invoice" ? "an invoice" : "a credit note";
  return [
    ...pairs.flatMap(([each, other]) => compareOne(each, other)),
    ...missing.map((each) => ({
      line: each.line,
      where: nameOf(each),
      expected: each.total === undefined ? one : `${one} of ${each.total}`,
      observed: "none",
    })),
    ...unexpected.map((other) => ({
      line: null,
      where: nameOf(other),
      expected: "none",
      observed: `${one} of ${other.total}`,
    })),
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

const lineText = (line: ExpectedLine | ObservedLine | ExpectedCall | ObservedCall): string =>
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

const AMOUNTS: ReadonlySet<string> = new Set([
  "total",
  "fee",
  "discount",
  "net",
  "discountsGiven",
  "balanceDue",
  "amount",
]);

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
