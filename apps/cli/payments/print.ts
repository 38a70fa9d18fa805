import { table } from "../table.js";
import { type Outcome } from "./import.js";

/** One line of `--json`. */
export const toJson = ({ row, ...became }: Outcome): string => {
  const { line, reference, on, amount, currency, invoice, customer } = row;
  return JSON.stringify({ line, reference, on, amount, currency, invoice, customer, ...became });
};

/** What became of a file: the rows that were put aside, and how many of each there are. @param aside file with them */
export const report = (outcomes: readonly Outcome[], aside: string | null): string => {
  const put = outcomes.filter((outcome) => outcome.outcome === "ASIDE");
  const rows = put.map(({ row: { line, reference, amount, on }, reason }) => [
    ...[String(line), reference ?? "", on, amount, reason],
  ]);
  const listed =
    put.length === 0 ? [] : [...table(["Line", "Reference", "Date", "Amount", "Put aside because"], "lllrl", rows), ""];
  return [...listed, summary(outcomes, aside)].join("\n");
};

const summary = (outcomes: readonly Outcome[], aside: string | null): string => {
  const count = (wanted: Outcome["outcome"]): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const valid = count("VALID");
  const recorded =
    aside === null && valid > 0 ? `${payments(valid)} would be recorded` : `${payments(count("RECORDED"))} recorded`;
  const known = count("KNOWN");
  const put = count("ASIDE");
  return [
    recorded,
    ...(known > 0 ? [`${known} known already`] : []),
    ...(put > 0 ? [`${put} put aside${aside === null ? "" : ` in ${aside}`}`] : []),
  ]
    .join(", ")
    .concat(".");
};

const payments = (count: number): string => `${count} ${count === 1 ? "payment" : "payments"}`;
