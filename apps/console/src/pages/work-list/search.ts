import { dayIn, oneOf, short } from "../../frame/search-params.js";

/** What waits, in the order in which it is shown. */
export const WORK = [
  "parkedCloses",
  "parkedDeliveries",
  "overdueInvoices",
  "endingSoon",
  "movedPeriods",
  "pauseRequests",
] as const;

export type Work = (typeof WORK)[number];

/** What the work list has in its address. */
export interface WorkListSearch {
  /** The list that is open; left out: none. */
  readonly list?: Work | undefined;
  /** The days of `endingSoon`, as the count that led here had them. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

export const readWorkListSearch = (given: Readonly<Record<string, unknown>>): WorkListSearch =>
  short({ list: oneOf(given["list"], WORK), from: dayIn(given["from"]), until: dayIn(given["until"]) });
