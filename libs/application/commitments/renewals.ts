import { type LocalDate } from "#domain/calendar.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { existing } from "#domain/commitments/guards.js";
import { cancelRenewal, renewFees, type RenewalFacts } from "#domain/commitments/renew-fees.js";
import { heldTerms } from "#domain/commitments/terms.js";
import { commandsOn, type Loading } from "../command/definition.js";
import { type BillingFacts, billingAndNamed, billingOf } from "./facts.js";

export interface RenewFees {
  readonly commitmentId: string;
}
export interface CancelRenewal {
  readonly commitmentId: string;
  /** The day from which it is ordered; any unless given. */
  readonly effectiveOn?: LocalDate;
}

const command = commandsOn("commitment", commitmentEvolver);

export const renewalCommands = {
  renewFees: command({
    bills: true,
    target: ({ commitmentId }: RenewFees) => commitmentId,
    facts: (_input, loading) => billingAndOffers(loading),
    decide: (_input, { state, now, facts, newId }) => renewFees({ renewalId: newId("renewal"), now }, state, facts),
  }),
  cancelRenewal: command({
    bills: true,
    target: ({ commitmentId }: CancelRenewal) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => cancelRenewal({ ...input, now }, state, facts),
  }),
};

/** The billing with the offers that the commitment ever holds: which of them it holds is known with the day. */
const billingAndOffers = async (loading: Loading<Commitment | null>): Promise<BillingFacts & RenewalFacts> => {
  const offerIds = new Set(heldTerms(existing(loading.state)).map(({ terms }) => terms.offerId));
  const found = await Promise.all([...offerIds].map((offerId) => billingAndNamed(loading, { offerId })));
  const [facts] = found;
  if (!facts) throw new Error("a commitment holds an offer from its assignment on");
  return {
    ...facts,
    offers: new Map(found.flatMap(({ offer }) => (offer ? [[offer.offerId, offer]] : []))),
    subscriptions: new Map(found.flatMap(({ subscriptions }) => [...subscriptions])),
  };
};
