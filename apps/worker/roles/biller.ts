import { type Context } from "#application/processes/context.js";
import { processors } from "#processors/processors.js";
import { openTasksOf } from "#processors/runner/tasks.js";
import { messageOf } from "#read-models/runner/failures.js";
import { BillingClock } from "../billing/billing-clock.js";
import { Helping } from "../billing/helping.js";
import { Membership } from "../billing/membership.js";
import { type RunningRole, type Surroundings } from "../role.js";

/** The role `biller`; any number of processes have it concurrently, each for the customers of its shards. */
export const startBiller = ({ store, dataSource, projections, metrics, log }: Surroundings): RunningRole => {
  const context: Context = {
    store,
    dataSource,
    projections,
    log,
    tasks: openTasksOf(dataSource, processors),
    counted: (what, count) => {
      metrics.billed(what, count);
    },
  };
  const clock: BillingClock = new BillingClock(context, () => membership);
  const helping: Helping = new Helping(context, () => membership);
  const membership: Membership = new Membership({
    dataSource,
    log,
    requireStore: () => store.requireAppends(),
    onLeads: (providers) => {
      clock.want(providers);
    },
    onCall: (provider) => {
      clock.called(provider).catch((error: unknown) => {
        log(`a call for work was missed: ${messageOf(error)}`);
      });
    },
    onShared: () => {
      helping.look();
    },
  });
  metrics.leases(() => ({ shards: membership.heldShards, leads: membership.ledProviders().length }));
  return {
    role: "biller",
    stall: () => membership.lastError,
    async stop() {
      const left = membership.stop();
      await Promise.all([clock.stop(), helping.stop()]);
      await left;
    },
  };
};
