import { type CustomerTab } from "../../frame/customer-tabs.js";
import { oneOf, setIn, short } from "../../frame/search-params.js";

/** The parts of a customer that its page shows, one at a time. */
export type Tab = Exclude<CustomerTab, "tickets">;

/** What a customer's page has in its address. */
export interface CustomerSearch {
  /** Left out: the overview. */
  readonly tab?: Exclude<Tab, "overview"> | undefined;
  /** Of the history: also what only serves other entries. */
  readonly everything?: true | undefined;
}

export const readCustomerSearch = (given: Readonly<Record<string, unknown>>): CustomerSearch =>
  short({
    tab: oneOf(given["tab"], ["invoices", "statement", "people", "history"] as const),
    everything: setIn(given["everything"]),
  });
