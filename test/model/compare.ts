import { big, ZERO } from "#domain/money.js";
import { type CreditNote, type Invoice, type Line, type Outcome } from "./outcome.js";
import { type Story } from "./story.js";

/** What differs between two outcomes, as readable lines: "- " is only expected, "+ " is only observed. */
export function differences(expected: Outcome, observed: Outcome, story?: Story): string[] {
  return [
    ...stepDifferences(expected, observed, story),
    ...setDifferences("commitment", expected.commitments.map(flat), observed.commitments.map(flat)),
    ...setDifferences("customer", expected.customers.map(flat), observed.customers.map(flat)),
    ...invoiceDifferences("invoice", expected.invoices, observed.invoices),
    ...invoiceDifferences("credit note", expected.creditNotes, observed.creditNotes),
    ...setDifferences("statement", expected.statements.map(statementText), observed.statements.map(statementText)),
    ...setDifferences("told", expected.outbound.map(flat), observed.outbound.map(flat)),
    ...setDifferences("call", expected.calls.map(flat), observed.calls.map(flat)),
  ];
}

function stepDifferences(expected: Outcome, observed: Outcome, story?: Story): string[] {
  const steps = Array.from({ length: Math.max(expected.steps.length, observed.steps.length) }, (_, i) => i);
  return steps.flatMap((i) => {
    const [a, b] = [expected.steps[i], observed.steps[i]];
    if (a === b) return [];
    const step = story?.steps[i];
    const what = step === undefined ? "" : ` ${JSON.stringify(step)}`;
    return [`step ${i + 1}${what}: expected ${a ?? "accepted"}, observed ${b ?? "accepted"}`];
  });
}

const statementText = ({ customer, movements }: Outcome["statements"][number]): string =>
  [customer, ...movements].join("\n    ");

type Document = CreditNote & Partial<Pick<Invoice, "due" | "open" | "state">>;

function invoiceDifferences(title: string, expected: Document[], observed: Document[]): string[] {
  const keys = new Set([...expected, ...observed].map(keyOf));
  return [...keys].sort().flatMap((key) => {
    const [a, b] = [expected, observed].map((invoices) => invoices.filter((invoice) => keyOf(invoice) === key));
    return setDifferences(`${title} ${key}`, (a ?? []).flatMap(parts), (b ?? []).flatMap(parts));
  });
}

const keyOf = ({ issued, customer }: Document): string => `${issued} ${customer}`;

function parts({ lines, due, total, open, state, voids }: Document): string[] {
  const terms = due === undefined ? "" : ` ${state} due ${due} open ${open}`;
  return [`total ${total}${terms}`, ...(voids ? sumsByRow(lines) : lines.map(lineText))];
}

/** Of a credit note that voids: what each row comes to. The model does not know of which days. */
function sumsByRow(lines: Line[]): string[] {
  const sums = new Map<string, (typeof ZERO)[]>();
  for (const { commitment, description, fee, discount, discountOrigin } of lines) {
    const key = `${commitment ?? "?"} "${description}"`;
    const [charged = ZERO, given = ZERO, rated = ZERO] = sums.get(key) ?? [];
    const isRate = discountOrigin === "CUSTOMER_RATE";
    const discounts = isRate ? [given, rated.plus(big(discount))] : [given.plus(big(discount)), rated];
    sums.set(key, [charged.plus(big(fee)), ...discounts]);
  }
  return [...sums]
    .map(([key, amounts]) => `${key} ${amounts.map((amount) => amount.toFixed(2)).join(" - ")}`)
    .filter((text) => !text.endsWith(" 0.00 - 0.00 - 0.00"));
}

function lineText(line: Line): string {
  const { commitment, kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net } = line;
  const span = `${from}..${until} ${days}/${periodDays ?? "-"}`;
  const charged = `${fee} - ${discount} (${discountOrigin ?? "-"}) = ${net}`;
  return `${commitment ?? "?"} ${kind} "${description}" ${span} ${charged}${usageText(line)}`;
}

const usageText = ({ calls, seconds, chargedSeconds, late }: Line): string =>
  calls === undefined
    ? ""
    : ` of ${calls} calls, ${seconds} s, ${chargedSeconds} s charged${late === true ? ", late" : ""}`;

const flat = (item: object): string =>
  Object.values(item)
    .map((value) => (value === null ? "-" : String(value)))
    .join(" ");

/** Equal entries are paired off, as often as they occur; order does not matter. */
function setDifferences(title: string, expected: string[], observed: string[]): string[] {
  const left = [...observed];
  const missing = expected.filter((entry) => {
    const at = left.indexOf(entry);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.sort().map((entry) => `- ${title}: ${entry}`),
    ...left.sort().map((entry) => `+ ${title}: ${entry}`),
  ];
}
