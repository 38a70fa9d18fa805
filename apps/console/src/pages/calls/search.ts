import { dayIn, oneOf, short, textIn } from "../../frame/search-params.js";

export const STATES = ["RATED", "UNRATED"] as const;
export const LEGS = ["IN", "OUT"] as const;
export const REASONS = [
  "UNKNOWN_ACCOUNT",
  "NO_RATE",
  "FORBIDDEN",
  "CURRENCY_MISMATCH",
  "INTERRUPTED",
  "AHEAD",
] as const;

/** What the list of calls has in its address. */
export interface CallsSearch {
  /** Ids. */
  readonly customer?: string | undefined;
  readonly account?: string | undefined;
  readonly state?: (typeof STATES)[number] | undefined;
  readonly reason?: (typeof REASONS)[number] | undefined;
  readonly leg?: (typeof LEGS)[number] | undefined;
  /** The first and the last day of the answer, UTC. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Id of an invoice or credit note whose calls they are. */
  readonly invoice?: string | undefined;
  /** Position of one of its lines. */
  readonly line?: number | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const idIn = (given: unknown): string | undefined => {
  const text = textIn(given);
  return text !== undefined && UUID.test(text) ? text : undefined;
};

const placeIn = (given: unknown): number | undefined => {
  const number = Number(given);
  return Number.isInteger(number) && number > 0 && number < 1_000_000_000 ? number : undefined;
};

export const readCallsSearch = (given: Readonly<Record<string, unknown>>): CallsSearch =>
  short({
    customer: idIn(given["customer"]),
    account: idIn(given["account"]),
    state: oneOf(given["state"], STATES),
    reason: oneOf(given["reason"], REASONS),
    leg: oneOf(given["leg"], LEGS),
    from: dayIn(given["from"]),
    until: dayIn(given["until"]),
    invoice: idIn(given["invoice"]),
    line: placeIn(given["line"]),
  });
