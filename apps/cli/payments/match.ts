import { type Client } from "../client.js";
import { isId } from "../server-options.js";
import { type Row } from "./read-file.js";

/** Whose payment a row is, and for which invoice. */
export interface Payer {
  readonly customerId: string;
  readonly invoiceId: string | null;
}

/** Why a row is put aside, as a sentence for a person. */
export interface Aside {
  readonly aside: string;
}

/** A payment that has the reference of a row already. */
export interface Known {
  readonly customerId: string;
  readonly amount: string;
  readonly currency: string;
  readonly on: string;
}

interface OfCustomer {
  readonly customer: { readonly id: string } | null;
}

/** Whose a row is, as its invoice or its customer says; where both are told, both must say the same. @throws Refused, NoAnswer */
export const payerOf = async (client: Client, { invoice, customer }: Row): Promise<Payer | Aside> => {
  if (invoice === null && customer === null) return { aside: "It names neither an invoice nor a customer." };
  const billed = invoice === null ? null : await invoiceOf(client, invoice);
  if (invoice !== null && !billed) return { aside: `There is no invoice ${invoice}.` };
  const payer = customer === null ? null : await customerOf(client, customer);
  if (customer !== null && payer === null) return { aside: `There is no customer or account ${customer}.` };
  if (billed && payer !== null && billed.customerId !== payer) {
    return { aside: `The invoice ${invoice ?? ""} is not one of the customer ${customer ?? ""}.` };
  }
  return { customerId: billed?.customerId ?? payer ?? "", invoiceId: billed?.invoiceId ?? null };
};

const invoiceOf = async (client: Client, number: string): Promise<{ invoiceId: string; customerId: string } | null> => {
  const { invoice } = await client.query<{ invoice: ({ id: string } & OfCustomer) | null }>(
    "query ($number: String!) { invoice(number: $number) { id customer { id } } }",
    { number },
  );
  return invoice?.customer ? { invoiceId: invoice.id, customerId: invoice.customer.id } : null;
};

/** A customer's id, by that or by the identifier or an alias of one of its accounts. */
const customerOf = async (client: Client, text: string): Promise<string | null> => {
  if (isId(text)) {
    const { customer } = await client.query<{ customer: { id: string } | null }>(
      "query ($id: ID!) { customer(id: $id) { id } }",
      { id: text },
    );
    if (customer) return customer.id;
  }
  const { account } = await client.query<{ account: OfCustomer | null }>(
    "query ($identifier: String!) { account(identifier: $identifier) { customer { id } } }",
    { identifier: text },
  );
  return account?.customer?.id ?? null;
};

/** The payments of any customer with the reference, reversed ones too. @throws Refused, NoAnswer */
export const knownWith = async (client: Client, reference: string): Promise<readonly Known[]> => {
  const { payments } = await client.query<{
    payments: { edges: { node: Omit<Known, "customerId"> & OfCustomer }[] };
  }>(
    `query ($reference: String!) { payments(first: 2, filter: { reference: $reference }) { edges { node {
      amount currency on: valueOn customer { id }
    } } } }`,
    { reference },
  );
  return payments.edges.map(({ node: { customer, ...known } }) => ({ ...known, customerId: customer?.id ?? "" }));
};
