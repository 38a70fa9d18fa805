import { oneOf, short, textIn } from "../../frame/search-params.js";

export const MATCHES = ["EXACT", "STARTS_WITH", "CONTAINS", "ENDS_WITH"] as const;

/** What the search has in its address. */
export interface SearchSearch {
  readonly text?: string | undefined;
  /** How identifiers and aliases are compared; left out: everything is searched. */
  readonly match?: (typeof MATCHES)[number] | undefined;
}

export const readSearchSearch = (given: Readonly<Record<string, unknown>>): SearchSearch =>
  short({ text: textIn(given["text"])?.slice(0, 200), match: oneOf(given["match"], MATCHES) });
