import { type Caller } from "../access/caller.js";
import { type FactSource } from "./facts.js";

/*
 * A customer that asks for itself meets what other customers have as little as what nobody has: commands of its people
 * are decided with the same reads and the same refusal (docs/decisions/0173-what-a-customer-sees.md).
 */

type Asking = Pick<Caller, "customerId">;

/** Nobody's id: looked for in place of another customer's. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Whether a command of the caller may be decided on an aggregate as it is; if not, it is decided as if there was none.
 * @param state of the aggregate, as folded
 */
export const mayDecideOn = ({ customerId }: Asking, category: string, id: string, state: unknown): boolean =>
  customerId === null || ownerOf(category, id, state) === customerId;

/** The customer that an aggregate belongs to now; undefined: none. */
const ownerOf = (category: string, id: string, state: unknown): unknown =>
  category === "customer" || category === "receivables"
    ? id
    : (state as { readonly customerId?: unknown } | null)?.customerId;

/** Facts as the caller may be answered by: a customer has no others beside it. */
export const factsFor = ({ customerId: own }: Asking, facts: FactSource): FactSource => {
  if (own === null) return facts;
  const known = (customerId: string) => (customerId.toLowerCase() === own ? own : NOBODY);
  return {
    ...facts,
    accountFacts: (providerId, customerId, mainProductId) =>
      facts.accountFacts(providerId, customerId === null ? null : known(customerId), mainProductId),
    async named(providerId, named) {
      const { account, syncTarget, customer, mainProduct, ...others } = await facts.named(providerId, named);
      const isOwn = account?.customerId === own;
      return {
        ...others,
        account: isOwn ? account : null,
        customer: isOwn ? customer : null,
        mainProduct: isOwn ? mainProduct : null,
        syncTarget: syncTarget?.customerId === own ? syncTarget : null,
      };
    },
    billing: (providerId, customerId, from) => facts.billing(providerId, known(customerId), from),
    ledgerLines: (providerId, customerId) => facts.ledgerLines(providerId, known(customerId)),
    money: (providerId, customerId) => facts.money(providerId, known(customerId)),
    async payer(providerId, paymentId) {
      const payer = await facts.payer(providerId, paymentId);
      return payer === own ? payer : null;
    },
    async person(providerId, personId) {
      const person = await facts.person(providerId, personId);
      return person?.customerId === own ? person : null;
    },
    async issuedInvoice(providerId, invoiceId) {
      const invoice = await facts.issuedInvoice(providerId, invoiceId);
      return invoice?.customerId === own ? invoice : null;
    },
  };
};
