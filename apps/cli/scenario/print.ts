import { table } from "../table.js";
import { type Result } from "./result.js";
import { type Difference, type Observed, type ObservedCreditNote, type ObservedInvoice } from "./observed.js";

/** The result of a file as text. */
export const printed = (result: Result): string => {
  if ("problems" in result) {
    const problems = result.problems.map(({ line, reason }) => `  ${result.file}:${line}  ${reason}`);
    return [`INVALID  ${result.file}`, "", ...problems, ""].join("\n");
  }
  const { file, scenario, differences, observed } = result;
  const heading = `${differences.length === 0 ? "OK" : "FAILED"}  ${scenario}  (${file})`;
  return [heading, "", ...indented(observedText(observed)), ...indented(differencesText(differences))].join("\n");
};

/** The number of files by result, as text. */
export const summary = (results: readonly Result[]): string => {
  const invalid = results.filter((result) => "problems" in result).length;
  const ok = results.filter((result) => !("problems" in result) && result.differences.length === 0).length;
  return `${ok} ok, ${results.length - ok - invalid} failed, ${invalid} invalid`;
};

const observedText = ({ invoices, creditNotes, commitments, customers, outbound, calls }: Observed): string[] => [
  ...(invoices.length === 0 ? ["No invoices.", ""] : invoices.flatMap((invoice) => [...invoiceText(invoice), ""])),
  ...creditNotes.flatMap((note) => [...creditNoteText(note), ""]),
  ...section(
    ["Commitment", "Status", "Discount ends", "Discounts given"],
    "lllr",
    commitments.map((item) => [item.commitment, item.status, item.discountEndDate ?? "-", item.discountsGiven]),
  ),
  ...section(
    ["Customer", "Status", "Balance due"],
    "llr",
    customers.map((item) => [item.customer, item.status, item.balanceDue]),
  ),
  ...section(
    ["Told on", "To", "Of", "Customer"],
    "llll",
    outbound.map((item) => [item.on, item.to, item.event, item.customer]),
  ),
  ...section(
    ["Answered", "Account", "Leg", "From", "To", "Tariff", "Prefix", "Seconds", "Charged", "Amount"],
    "lllllllrrr",
    calls.map((call) => [
      ...[
        call.answered,
        call.account,
        call.leg,
        call.from ?? "hidden",
        call.to,
        call.tariff ?? "-",
        call.prefix ?? "-",
      ],
      ...[call.seconds?.toString() ?? "-", call.chargedSeconds?.toString() ?? "-", call.amount ?? call.reason ?? "-"],
    ]),
  ),
];

const invoiceText = (invoice: ObservedInvoice): string[] => {
  const { number, issued, customer, total, currency, state, due } = invoice;
  const heading = `Invoice ${number} of ${issued} to ${customer}: ${total} ${currency}, ${state}, due ${due}`;
  return [heading, ...linesText(invoice)];
};

const creditNoteText = (note: ObservedCreditNote): string[] => {
  const { number, issued, customer, total, currency } = note;
  return [`Credit note ${number} of ${issued} to ${customer}: ${total} ${currency}`, ...linesText(note)];
};

const linesText = ({ lines }: Pick<ObservedInvoice, "lines">): string[] => {
  const rows = lines.map((line) => [
    line.commitment ?? "-",
    line.kind,
    line.description,
    line.from,
    line.until,
    line.periodDays === null ? "" : `${line.days}/${line.periodDays}`,
    line.fee,
    line.discount,
    line.net,
  ]);
  const head = ["Commitment", "Kind", "Description", "From", "Until", "Days", "Fee", "Discount", "Net"];
  return indented(table(head, "lllllrrrr", rows));
};

const differencesText = (differences: readonly Difference[]): string[] =>
  differences.length === 0
    ? []
    : [
        differences.length === 1 ? "1 difference:" : `${differences.length} differences:`,
        ...differences.flatMap(({ line, where, expected, observed }) => [
          `  ${where}${line === null ? "" : `  (line ${line})`}`,
          `    expected  ${expected}`,
          `    observed  ${observed}`,
        ]),
        "",
      ];

const section = (head: string[], alignment: string, rows: string[][]): string[] =>
  rows.length === 0 ? [] : [...table(head, alignment, rows), ""];

const indented = (lines: readonly string[]): string[] => lines.map((line) => (line === "" ? "" : `  ${line}`));
