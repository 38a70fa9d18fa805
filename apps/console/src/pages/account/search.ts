import { dayIn, short } from "../../frame/search-params.js";

/** What the page of an account has in its address. */
export interface AccountSearch {
  /** The day whose entitlements are shown; left out: the customer's today. */
  readonly on?: string | undefined;
}

export const readAccountSearch = (given: Readonly<Record<string, unknown>>): AccountSearch =>
  short({ on: dayIn(given["on"]) });
