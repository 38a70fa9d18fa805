import { type Database } from "#read-models/data-source.js";
import { type Lead, LeadLost } from "#application/processes/sharing.js";
import { publishMoment, withdrawMoment } from "#read-models/billing/leases.js";
import { type Membership } from "./membership.js";

/** The lead of one provider's work, as long as the worker has it. */
export const leadOfProvider = (dataSource: Database, membership: Membership, provider: string): Lead => {
  const { worker } = membership;
  const assert = () => {
    if (!membership.leads(provider)) throw new LeadLost(`another worker leads the work of provider ${provider}`);
  };
  return {
    worker,
    assert,
    shards: () => membership.shards(),
    async publish({ phase, moment, now }) {
      if (!(await publishMoment(dataSource, worker, { provider_id: provider, phase, moment, now }))) {
        throw new LeadLost(`another worker leads the work of provider ${provider}`);
      }
    },
    withdraw: () => withdrawMoment(dataSource, worker, provider),
  };
};
