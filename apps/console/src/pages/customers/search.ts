import { decimalIn, oneOf, short, textIn } from "../../frame/search-params.js";

const STATUSES = ["ACTIVE", "SUSPENDED", "CLOSED"] as const;
const SORTS = ["CREATED", "NAME", "EMAIL", "STATUS", "BALANCE"] as const;

/** What the list of customers has in its address. */
export interface CustomersSearch {
  /** Part of the name, the e-mail address or the phone number, or the beginning of the id. */
  readonly text?: string | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  /** The balance due, from and until, in whatever currency: decimal text. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly sort?: (typeof SORTS)[number] | undefined;
  readonly descending?: boolean | undefined;
}

export const readCustomersSearch = (given: Readonly<Record<string, unknown>>): CustomersSearch =>
  short({
    text: textIn(given["text"]),
    status: oneOf(given["status"], STATUSES),
    from: decimalIn(given["from"]),
    until: decimalIn(given["until"]),
    sort: oneOf(given["sort"], SORTS),
    descending: given["descending"] === true ? true : undefined,
  });
