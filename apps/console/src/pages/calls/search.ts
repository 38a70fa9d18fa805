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
export interface CallsSearch extends OfOne {
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

export const FAILURES = [
  ...(["UNKNOWN_NUMBER", "NOT_IN_SERVICE", "SUSPENDED", "FORBIDDEN", "MAX_CALLS", "BILLING_SILENT"] as const),
  ...(["REDIRECTION", "NOT_REACHED", "NO_ANSWER", "CALLED_SIDE", "TAKEN_BACK"] as const),
] as const;
export const ENDS = ["missing", "notMissing"] as const;

/** Whose calls are asked for; ids. */
export interface OfOne {
  readonly customer?: string | undefined;
  readonly account?: string | undefined;
}

/** What the list of open calls has in its address. */
export interface OpenCallsSearch extends OfOne {
  readonly end?: (typeof ENDS)[number] | undefined;
}

/** What the list of failed calls has in its address. */
export interface FailedCallsSearch extends OfOne {
  readonly reason?: (typeof FAILURES)[number] | undefined;
  /** The SIP code that callers got. */
  readonly code?: number | undefined;
  /** The first and the last day on which they failed, UTC. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
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

/** Whose calls an address asks for. */
export const ofOne = ({ customer, account }: OfOne): OfOne => short({ customer, account });

/** The first moment after a day, UTC: calls are asked for before it. */
export const startOfNext = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();

const ofOneIn = (given: Readonly<Record<string, unknown>>): OfOne => ({
  ...{ customer: idIn(given["customer"]), account: idIn(given["account"]) },
});

export const readOpenCallsSearch = (given: Readonly<Record<string, unknown>>): OpenCallsSearch =>
  short({ ...ofOneIn(given), end: oneOf(given["end"], ENDS) });

export const readFailedCallsSearch = (given: Readonly<Record<string, unknown>>): FailedCallsSearch =>
  short({
    ...ofOneIn(given),
    reason: oneOf(given["reason"], FAILURES),
    code: placeIn(given["code"]),
    ...{ from: dayIn(given["from"]), until: dayIn(given["until"]) },
  });

export const readCallsSearch = (given: Readonly<Record<string, unknown>>): CallsSearch =>
  short({
    ...ofOneIn(given),
    state: oneOf(given["state"], STATES),
    reason: oneOf(given["reason"], REASONS),
    leg: oneOf(given["leg"], LEGS),
    from: dayIn(given["from"]),
    until: dayIn(given["until"]),
    invoice: idIn(given["invoice"]),
    line: placeIn(given["line"]),
  });
