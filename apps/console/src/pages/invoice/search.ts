import { setIn, short, textIn } from "../../frame/search-params.js";

/** What the page of an invoice has in its address. */
export interface InvoiceSearch {
  /** The position of the line that is explained, from 1. */
  readonly line?: number | undefined;
  /** Of the history: also what only serves other entries. */
  readonly everything?: true | undefined;
}

export const readInvoiceSearch = (given: Readonly<Record<string, unknown>>): InvoiceSearch => {
  const line = Number(textIn(given["line"]));
  return short({
    line: Number.isSafeInteger(line) && line > 0 ? line : undefined,
    everything: setIn(given["everything"]),
  });
};
