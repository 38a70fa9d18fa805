import { dayIn, short } from "../../frame/search-params.js";

/** What the page of a commitment has in its address. */
export interface CommitmentSearch {
  /** The day that the drawing's sentence is about; the customer's today unless given. */
  readonly day?: string | undefined;
}

export const readCommitmentSearch = (given: Readonly<Record<string, unknown>>): CommitmentSearch =>
  short({ day: dayIn(given["day"]) });
