import { type Client } from "../../client.js";
import { type Step } from "../model.js";
import { type Connection, PAGE, readPages } from "./pages.js";
import { type Session } from "./session.js";

interface Found {
  readonly id: string;
  readonly state: string;
}

const INVOICES = `query ($filter: InvoiceFilter) {
  invoices(last: ${PAGE}, filter: $filter) { edges { node { id state } } }
}`;

const PERIODS = `query ($customerId: ID, $after: String) {
  closedPeriods(customerId: $customerId, first: ${PAGE}, after: $after) {
    edges { node { invoice { id } } } pageInfo { endCursor hasNextPage }
  }
}`;

/**
 * The invoice that a step is about, of the customer's of that date: the latest that is not void, or to be issued again
 * the latest void one that was not issued again yet; null: there is none, or the step is about none.
 */
export const invoiceOf = async ({ action }: Step, { client, ids }: Session): Promise<string | null> => {
  if (!("issued" in action) || action.issued === undefined) return null;
  const customerId = ids.get("customer", action.customer);
  const filter = { customerId, issuedFrom: action.issued, issuedUntil: action.issued };
  const { invoices } = await client.query<{ invoices: Pick<Connection<Found>, "edges"> }>(INVOICES, { filter });
  const nodes = invoices.edges.map(({ node }) => node);
  const isReissue = action.kind === "reissueInvoice";
  const latest = isReissue ? await latestOfPeriods(client, customerId) : null;
  const fits = ({ id, state }: Found) => (latest === null ? state !== "VOID" : state === "VOID" && latest.has(id));
  // One that does not fit is sent all the same: the server says why not.
  return (nodes.findLast(fits) ?? nodes.at(-1))?.id ?? null;
};

/** What a period was billed with last: the invoices before it were issued again. */
const latestOfPeriods = async (client: Client, customerId: string): Promise<ReadonlySet<string>> => {
  const periods = await readPages(async (after) => {
    const found = await client.query<{ closedPeriods: Connection<{ invoice: { id: string } | null }> }>(PERIODS, {
      customerId,
      after,
    });
    return found.closedPeriods;
  });
  return new Set(periods.flatMap(({ invoice }) => (invoice === null ? [] : [invoice.id])));
};
