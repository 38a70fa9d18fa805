import { type ResultOf } from "gql.tada";
import { type FoundCustomer, type SEARCH } from "./operations.js";

/** As many as are shown, however many match. */
const MOST = 10;

/** A customer that matches, with the account id or alias by which it was found; null: its name matches. */
export interface Hit {
  readonly customer: FoundCustomer;
  readonly account: string | null;
}

export interface Hits {
  readonly hits: readonly Hit[];
  /** Whether more match. */
  readonly more: boolean;
}

/** One list of what the two searches found, each customer once: names before account ids. */
export const hitsOf = ({ customers, accountAliases }: ResultOf<typeof SEARCH>): Hits => {
  const found = new Map<string, Hit>();
  for (const { node } of customers.edges) found.set(node.id, { customer: node, account: null });
  for (const { node } of accountAliases.edges) {
    const { customer, alias } = node;
    if (customer && !found.has(customer.id)) found.set(customer.id, { customer, account: alias });
  }
  const isCut = customers.pageInfo.hasNextPage || accountAliases.pageInfo.hasNextPage;
  return { hits: [...found.values()].slice(0, MOST), more: isCut || found.size > MOST };
};
