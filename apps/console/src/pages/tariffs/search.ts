import { dayIn, oneOf, short, textIn } from "../../frame/search-params.js";

/** What the lists of tariffs and service policies have in their addresses. */
export interface NameSearch {
  readonly name?: string | undefined;
}

export const readNameSearch = (given: Readonly<Record<string, unknown>>): NameSearch =>
  short({ name: textIn(given["name"]) });

export const MODES = ["AT", "AT_AND_BEFORE", "AT_AND_AFTER"] as const;
export const FLAGS = ["discontinued", "forbidden", "hidden", "payback"] as const;
const CHOSEN = ["yes", "no"] as const;

/** What the page of a tariff has in its address. */
export interface RatesSearch extends Readonly<Partial<Record<(typeof FLAGS)[number], (typeof CHOSEN)[number]>>> {
  /** Which versions, by when they hold; left out: those of now. */
  readonly mode?: (typeof MODES)[number] | undefined;
  /** The day (UTC) on which they hold, from its first moment; left out: now. */
  readonly at?: string | undefined;
  readonly prefix?: string | undefined;
  readonly country?: string | undefined;
}

export const readRatesSearch = (given: Readonly<Record<string, unknown>>): RatesSearch =>
  short({
    mode: oneOf(given["mode"], MODES),
    at: dayIn(given["at"]),
    prefix: textIn(given["prefix"]),
    country: textIn(given["country"]),
    ...Object.fromEntries(FLAGS.map((flag) => [flag, oneOf(given[flag], CHOSEN)])),
  });
