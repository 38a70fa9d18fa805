import { type Ledger } from "#domain/billing/ledger.js";
import { type Billing, loadLedgers, type WithIssued } from "#read-models/billing/load.js";
import { type Scope } from "#read-models/rows/scope.js";
import { batch } from "../graphql/batch.js";
import { type Reader } from "./reader.js";

/** How a customer is billed, with the discounts on numbered invoices. */
export interface BillingAndIssued {
  readonly billing: Billing;
  readonly issued: Ledger;
}

/** How the customers of one request are billed; undefined: the feed does not have the customer, or the scope not. */
export interface CustomerBillings {
  readonly alone: (customerId: string) => Promise<Billing | undefined>;
  readonly withIssued: (customerId: string) => Promise<BillingAndIssued | undefined>;
  /** What was asked for of a customer already; undefined: nothing was. */
  readonly asked: (customerId: string) => Promise<Billing | undefined> | undefined;
}

/** Before the id of a customer that is asked for with the discounts on numbered invoices. */
const ISSUED = "issued ";

/** Customers that are asked for in one turn are loaded together, each once, whoever asks for more of it or less. */
export const customerBillings = ({ backend }: Pick<Reader, "backend">, scope: Scope): CustomerBillings => {
  const load = batch<string, WithIssued>(async (keys) => {
    const withIssued = new Set(keys.flatMap((key) => (key.startsWith(ISSUED) ? [key.slice(ISSUED.length)] : [])));
    const ids = new Set([...keys.filter((key) => !key.startsWith(ISSUED)), ...withIssued]);
    const loaded = await loadLedgers(backend.dataSource, scope, [...ids], withIssued);
    return new Map([...loaded].flatMap(([id, found]) => [[id, found] as const, [`${ISSUED}${id}`, found] as const]));
  });
  const known = new Map<string, Promise<WithIssued | undefined>>();
  const loading = (customerId: string, key: string): Promise<WithIssued | undefined> => {
    const found = load(key);
    if (!known.has(customerId)) known.set(customerId, found);
    return found;
  };
  return {
    alone: async (customerId) => (await (known.get(customerId) ?? loading(customerId, customerId)))?.billing,
    withIssued: async (customerId) => {
      const found = await loading(customerId, `${ISSUED}${customerId}`);
      return found?.issued ? { billing: found.billing, issued: found.issued } : undefined;
    },
    asked: (customerId) => known.get(customerId)?.then((found) => found?.billing),
  };
};
