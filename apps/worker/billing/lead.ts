import { type Database } from "#read-models/data-source.js";
import { type Lead, LeadLost } from "#application/processes/sharing.js";
import { publishMoment, withdrawMoment } from "#read-models/billing/leases.js";
import { type Membership } from "./membership.js";

/** The lead of one provider's work, for one term: a worker that loses and takes it again gets another term. */
export const leadOfProvider = (dataSource: Database, membership: Membership, provider: string): Lead => {
  const lost = () => new LeadLost(`another worker leads the work of provider ${provider}`);
  const term = membership.termOf(provider);
  if (term === null) throw lost();
  const assert = () => {
    if (membership.termOf(provider) !== term) throw lost();
  };
  return {
    term,
    assert,
    shards: () => membership.shards(),
    async publish({ phase, moment, now }) {
      if (!(await publishMoment(dataSource, term, { provider_id: provider, phase, moment, now }))) {
        throw lost();
      }
    },
    withdraw: () => withdrawMoment(dataSource, term, provider),
  };
};
