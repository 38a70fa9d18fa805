import { type Step } from "../model.js";
import { type Session } from "./session.js";

const INVOICES = `query ($filter: InvoiceFilter) {
  invoices(last: 200, filter: $filter) { edges { node { id state } } }
}`;

interface Found {
  readonly invoices: { readonly edges: readonly { readonly node: { readonly id: string; readonly state: string } }[] };
}

/**
 * The invoice that a step is about: of the customer's of that date the latest that is not void, or that is, to be issued
 * again; null: there is none, or the step is about none.
 */
export const invoiceOf = async ({ action }: Step, { client, ids }: Session): Promise<string | null> => {
  if (action.kind !== "voidInvoice" && action.kind !== "reissueInvoice" && action.kind !== "writeOff") return null;
  const filter = {
    customerId: ids.get("customer", action.customer),
    issuedFrom: action.issued,
    issuedUntil: action.issued,
  };
  const { invoices } = await client.query<Found>(INVOICES, { filter });
  const nodes = invoices.edges.map(({ node }) => node);
  const fits = ({ state }: { state: string }) => (state === "VOID") === (action.kind === "reissueInvoice");
  // One that does not fit is sent all the same: the server says why not.
  return (nodes.findLast(fits) ?? nodes.at(-1))?.id ?? null;
};
