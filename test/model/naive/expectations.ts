import { type Outcome } from "../outcome.js";
import { type Step, type Story } from "../story.js";

/** Scenario files as they are parsed: anything may be refused, and only what is written is expected. */
type Loose = Record<string, unknown>;
export interface ScenarioFile extends Story {
  steps: (Step & { rejected?: string })[];
  expect: Partial<Record<"invoices" | "commitments" | "customers" | "creditNotes" | "outbound" | "calls", Loose[]>>;
}

/** Commands of the format that the model does not know. */
const UNKNOWN = /^(addAlias|removeAlias|createTicket)/;

/** Nor does it know what is no address. */
const isUnknown = (step: Step & { rejected?: string }): boolean =>
  Object.keys(step).some((key) => UNKNOWN.test(key)) || ("changeContact" in step && step.rejected !== undefined);

/**
 * Can the model play the file? Steps that it does not know and that change nothing are left out by `playable`. Of void
 * invoices it knows amounts and states, not the lines of their credit notes.
 */
export function isPlayable({ steps, customers }: ScenarioFile): boolean {
  if (steps.some((step) => "voidInvoice" in step)) return false;
  const zones = new Set(customers.map(({ timeZone }) => timeZone));
  const isKnown = customers.every(({ billingPeriod }) => /^MONTHLY(_ANNIVERSARY)?$/.test(billingPeriod));
  return isKnown && zones.size < 2 && steps.every((step) => !isUnknown(step) || step.rejected !== undefined);
}

export function playable(file: ScenarioFile): ScenarioFile {
  const accepted = <T>(items: T[] = []): T[] => items.filter((item) => (item as Loose)["rejected"] === undefined);
  const { catalog } = file;
  return {
    ...file,
    steps: file.steps.filter((step) => !isUnknown(step)),
    customers: accepted(file.customers),
    catalog: {
      tariffs: accepted(catalog.tariffs),
      subscriptions: accepted(catalog.subscriptions),
      addOnProducts: accepted(catalog.addOnProducts),
      mainProducts: accepted(catalog.mainProducts),
      customerClasses: accepted(catalog.customerClasses),
      commitments: accepted(catalog.commitments),
    },
  };
}

/** What of a file's expectations an outcome does not fulfil. */
export function unfulfilled(file: ScenarioFile, outcome: Outcome): string[] {
  const { invoices, creditNotes, commitments, customers, outbound, calls } = file.expect;
  return [
    ...file.steps.flatMap((step, i) => mismatch(`step ${i + 1}`, step.rejected ?? null, outcome.steps[i])),
    ...(invoices === undefined ? [] : documentMismatches("invoice", invoices, outcome.invoices)),
    ...(creditNotes === undefined ? [] : documentMismatches("credit note", creditNotes, outcome.creditNotes)),
    ...(commitments ?? []).flatMap((expected) => {
      const observed = outcome.commitments.find(({ commitment }) => commitment === expected["commitment"]);
      return fields(String(expected["commitment"]), expected, observed);
    }),
    ...(customers ?? []).flatMap((expected) => {
      const observed = outcome.customers.find(({ customer }) => customer === expected["customer"]);
      return fields(String(expected["customer"]), expected, observed);
    }),
    ...(calls === undefined ? [] : callMismatches(calls, outcome.calls)),
    ...(["EMAIL", "ODOO", "ZENDESK"] as const).flatMap((target) =>
      toldMismatches(target, outbound ?? [], outcome.outbound),
    ),
  ];
}

/** In their order; the file writes instants in any zone. */
function callMismatches(expected: Loose[], observed: Outcome["calls"]): string[] {
  const inUtc = (call: Loose): Loose =>
    typeof call["answered"] === "string" ? { ...call, answered: new Date(call["answered"]).toISOString() } : call;
  return [
    ...mismatch("number of calls", expected.length, observed.length),
    ...expected.flatMap((call, i) => fields(`call ${i + 1}`, inUtc(call), observed[i])),
  ];
}

/** In whatever order; of a target that the file does not name nothing is expected. */
function toldMismatches(target: string, expected: Loose[], observed: Outcome["outbound"]): string[] {
  const texts = (told: object[]): string[] =>
    told
      .map((message) => message as Loose)
      .filter(({ to }) => to === target)
      .map(({ on, event, customer }) => [on, event, customer].join(" "))
      .sort();
  const named = texts(expected);
  return named.length === 0 ? [] : mismatch(target, named.join(", "), texts(observed).join(", "));
}

/** By issue date, then customer; files may group them otherwise. */
const inOrder = (documents: Loose[]): Loose[] => {
  const keyOf = ({ issued, customer }: Loose): string => [issued, customer].join(" ");
  return [...documents].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
};

function documentMismatches(kind: string, expected: Loose[], observed: Outcome["creditNotes"]): string[] {
  const numbers = mismatch(`number of ${kind}s`, expected.length, observed.length);
  const each = inOrder(expected).flatMap((document, i) => {
    const { lines, ...rest } = document;
    const found = observed[i];
    const title = `${kind} ${i + 1}`;
    const open = [...(found?.lines ?? [])];
    const missing = ((lines ?? []) as Loose[]).filter((line) => {
      const at = open.findIndex((candidate) => fields("", line, candidate).length === 0);
      if (at >= 0) open.splice(at, 1);
      return at < 0;
    });
    return [
      ...fields(title, rest, found),
      ...missing.map((line) => `${title}: no line ${JSON.stringify(line)}`),
      ...(lines === undefined ? [] : open.map((line) => `${title}: unexpected ${JSON.stringify(line)}`)),
    ];
  });
  return [...numbers, ...each];
}

function fields(title: string, expected: Loose, observed: object | undefined): string[] {
  const found = (observed ?? {}) as Loose;
  return Object.entries(expected).flatMap(([key, value]) => mismatch(`${title} ${key}`, value, found[key]));
}

/** "8.5" and "8.500" are the same amount. */
const plain = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)
    ? value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
    : value;

function mismatch(title: string, expected: unknown, observed: unknown): string[] {
  if (plain(expected) === plain(observed)) return [];
  return [`${title}: expected ${JSON.stringify(expected)}, observed ${JSON.stringify(observed)}`];
}
