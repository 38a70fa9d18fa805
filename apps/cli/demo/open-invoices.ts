import { type Client } from "../client.js";

/** An invoice of which something is left to pay. */
export interface OpenInvoice {
  readonly id: string;
  readonly number: string;
  readonly openAmount: string;
  readonly customer: { readonly id: string } | null;
}

type States = Readonly<Record<string, { readonly edges: readonly { readonly node: OpenInvoice }[] }>>;

const invoicesIn = (state: string): string =>
  `${state}: invoices(first: 200, filter: { state: ${state}, customerId: $customerId }, sort: { by: NUMBER }) {
    edges { node { id number openAmount customer { id } } }
  }`;

const OPEN = `query ($customerId: ID) {
  ${["UNPAID", "PARTIALLY_PAID", "OVERDUE"].map(invoicesIn).join("\n  ")}
}`;

/**
 * What is left to pay now, by number.
 * @param customerId left out: of all customers
 * @throws Refused, NoAnswer
 */
export const openInvoices = async (client: Client, customerId?: string): Promise<readonly OpenInvoice[]> => {
  const states = await client.query<States>(OPEN, customerId === undefined ? {} : { customerId });
  return Object.values(states)
    .flatMap(({ edges }) => edges.map(({ node }) => node))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
};
