import { dayIn, oneOf, short } from "../../frame/search-params.js";

/** The everyday commands, which other pages lead to. */
const OPENED = ["pause", "upgrade", "terminate"] as const;
export type Opened = (typeof OPENED)[number];

/** What the page of a commitment has in its address. */
export interface CommitmentSearch {
  /** The day that the drawing's sentence is about; the customer's today unless given. */
  readonly day?: string | undefined;
  /** The command whose drawer is opened with the page; it then goes from the address. */
  readonly open?: Opened | undefined;
}

export const readCommitmentSearch = (given: Readonly<Record<string, unknown>>): CommitmentSearch =>
  short({ day: dayIn(given["day"]), open: oneOf(given["open"], OPENED) });
