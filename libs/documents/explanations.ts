import { type LineKind } from "#domain/billing/line.js";
import { big, type Currency, ZERO } from "#domain/money.js";
import { type UsageCounts } from "#domain/voice/usage.js";
import { type DateStyle, type DocumentLine, type Penalty } from "./document.js";
import { amountText, periodText, shortDate } from "./formats.js";
import { type Words } from "./words/words.js";

/** A line in plain words: what it is, and what is behind it. */
export interface Explained {
  readonly what: string;
  /** Sentences in smaller print; none where there is nothing to explain. */
  readonly why: readonly string[];
}

interface Told {
  readonly words: Words;
  readonly dates: DateStyle;
  readonly currency: Currency;
  readonly numbers: ReadonlyMap<string, string>;
}

/** What the billing puts before the description of a row, in English: documents say it in their own language. */
const PREFIXES = /^(Early termination|Transfer fee|Calls received|Calls made): /;

export const explained = (line: DocumentLine, told: Told): Explained => {
  const { words, dates, currency } = told;
  const what = line.description.replace(PREFIXES, "");
  switch (line.kind) {
    case "RECURRING":
      return { what: line.description, why: recurring(line, words, currency) };
    case "ONE_TIME":
      return { what: line.description, why: [words.oneTime] };
    case "PENALTY":
      return { what: named(what, "PENALTY", words), why: penalty(line, words, dates) };
    case "PENALTY_WAIVED":
      return { what: named(what, "PENALTY_WAIVED", words), why: [words.waived] };
    case "TRANSFER_FEE":
      return {
        what: named(what, "TRANSFER_FEE", words),
        why: [words.takenOver(shortDate(line.from, dates, words.language))],
      };
    case "USAGE":
      return { what: calls(line.description, words), why: usage(line.usage, words) };
    case "ADJUSTMENT":
      return adjustment(line, told);
  }
};

const calls = (description: string, words: Words): string => {
  const what = description.replace(PREFIXES, "");
  return description.startsWith("Calls made: ") ? words.callsMade(what) : words.callsReceived(what);
};

const usage = (counts: UsageCounts | null, words: Words): string[] => {
  if (counts === null) return [];
  const seconds = counts.chargedSeconds % 60;
  const charged = `${(counts.chargedSeconds - seconds) / 60}:${String(seconds).padStart(2, "0")}`;
  return [words.calls(counts.calls, charged), ...(counts.late ? [words.callsOfEarlier] : [])];
};

/** A row by what is charged for it. */
const named = (what: string, kind: LineKind, words: Words, description = what): string => {
  switch (kind) {
    case "PENALTY":
      return words.earlyTermination(what);
    case "PENALTY_WAIVED":
      return words.penaltyWaived(what);
    case "TRANSFER_FEE":
      return words.transferFee(what);
    case "USAGE":
      return calls(description, words);
    case "RECURRING":
    case "ONE_TIME":
    case "ADJUSTMENT":
      return what;
  }
};

const recurring = (line: DocumentLine, words: Words, currency: Currency): string[] => {
  const { days, periodDays, unitFee, discount, discountOrigin } = line;
  const isPart = periodDays !== null && days < periodDays && unitFee !== null;
  const part = isPart ? [words.prorated(days, periodDays, amountText(unitFee, currency, words.language))] : [];
  const hasDiscount = discountOrigin !== null && !big(discount).eq(ZERO);
  const why = hasDiscount ? [discountOrigin === "COMMITMENT" ? words.ownDiscount : words.rateDiscount] : [];
  return [[...part, ...why].join(", ")].filter((text) => text !== "");
};

const penalty = ({ from, penalty: basis }: DocumentLine, words: Words, dates: DateStyle): string[] => [
  words.endedEarly(shortDate(from, dates, words.language)),
  claimed(basis, words),
];

const claimed = (basis: Penalty | null, { claimed: said }: Words): string => {
  if (basis === null) return said.agreed;
  switch (basis.strategy) {
    case "SUM_OF_DISCOUNTS":
      return basis.isOneTime ? said.oneTimeDiscount : said.discounts;
    case "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES":
      return said.discountsAtMostFees;
    case "REMAINING_FEES":
      return basis.isOneTime ? said.oneTimeDiscount : said.remainingFees;
    case "FIXED":
      return basis.isOneTime ? said.oneTimeDiscount : said.fixed;
    case "NONE":
      return said.agreed;
  }
};

const adjustment = (line: DocumentLine, { words, dates, numbers }: Told): Explained => {
  const { corrects, description, days, periodDays, fee, discountOrigin } = line;
  const what = words.correction(
    named(description.replace(PREFIXES, ""), corrects?.kind ?? "RECURRING", words, description),
  );
  if (corrects === null) return { what, why: [] };
  const billed = billedOn(corrects.lines, numbers, words);
  if (corrects.voids && billed !== null) return { what, why: [words.cancelled(billed)] };
  const period = periodText(corrects.period, dates, words.language);
  const isRate = discountOrigin === "CUSTOMER_RATE" && big(fee).eq(ZERO);
  return {
    what,
    why: [
      billed === null ? words.correctsNothing(period) : words.correctsLines(period, billed),
      ...(isRate ? [words.rateDiffers] : []),
      ...(periodDays !== null && !isRate ? [words.differs(days, periodDays)] : []),
    ],
  };
};

/** `line 3 of INV-000012`, document by document; null: nothing was billed. */
const billedOn = (
  lines: readonly { readonly invoiceId: string; readonly line: number }[],
  numbers: ReadonlyMap<string, string>,
  words: Words,
): string | null => {
  if (lines.length === 0) return null;
  const byDocument = new Map<string, number[]>();
  for (const { invoiceId, line } of lines) {
    const on = numbers.get(invoiceId) ?? words.anEarlierDocument;
    byDocument.set(on, [...(byDocument.get(on) ?? []), line]);
  }
  return [...byDocument]
    .map(([document, on]) => {
      const places = runsOf(on);
      return on.length === 1 ? words.line(places, document) : words.lines(places, document);
    })
    .join(", ");
};

/** Numbers with neighbours drawn together: `1–3, 7`. */
const runsOf = (numbers: readonly number[]): string => {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
};
