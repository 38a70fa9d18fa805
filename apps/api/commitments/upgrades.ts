import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
} from "#domain/commitments/time-limited-upgrade.js";
import { upgradeCommitment } from "#domain/commitments/upgrade.js";
import { type OrderOf } from "../commands/messages.js";
import { type Decision, deciding, decidingWith, type Sources } from "./decision.js";
import { discountEndOf, syncWithOf } from "./discount-ends.js";
import { namedFacts } from "./facts.js";

export type UpgradeOrder = OrderOf<
  | "orderTimeLimitedUpgrade"
  | "extendTimeLimitedUpgrade"
  | "endTimeLimitedUpgrade"
  | "cancelThenUpgrade"
  | "upgradeCommitment"
>;

/** @throws Rejection VALIDATION_FAILED */
export const upgrading = (order: UpgradeOrder, sources: Sources): Decision => {
  const { backend, providerId } = sources;
  switch (order.name) {
    case "orderTimeLimitedUpgrade": {
      const { addOnProductId, until, replacingAddOnProductId: replacing, thenUpgradeToOfferId } = order.input;
      const thenUpgrade = thenUpgradeToOfferId !== undefined;
      const upgrade = { until, thenUpgrade, ...(replacing && { replacingAddOnProductId: replacing }) };
      const upgradeId = sources.newId("upgrade");
      return decidingWith(
        sources,
        ({ accountId }) =>
          namedFacts(backend, providerId, { accountId, addOnProductId, offerId: thenUpgradeToOfferId ?? null }),
        (state, facts, now) => orderTimeLimitedUpgrade({ upgradeId, ...upgrade, now }, state, facts),
      );
    }
    case "extendTimeLimitedUpgrade": {
      const { until, rowId } = order.input;
      return deciding(sources, (state, facts, now) =>
        extendTimeLimitedUpgrade({ until, ...(rowId && { rowId }), now }, state, facts),
      );
    }
    case "endTimeLimitedUpgrade": {
      const { rowId } = order.input;
      return deciding(sources, (state, facts, now) =>
        endTimeLimitedUpgrade({ ...(rowId && { rowId }), now }, state, facts),
      );
    }
    case "cancelThenUpgrade":
      return deciding(sources, (state, facts, now) => cancelThenUpgrade({ now }, state, facts));
    case "upgradeCommitment": {
      const { offerId, effectiveOn } = order.input;
      const discountEnd = discountEndOf<"KEEP" | "DEFAULT">(order.input.discountEnd ?? { kind: "KEEP" });
      const upgrade = { discountEnd, ...(effectiveOn && { effectiveOn }) };
      return decidingWith(
        sources,
        ({ accountId }) => namedFacts(backend, providerId, { accountId, offerId, syncWith: syncWithOf(discountEnd) }),
        (state, facts, now) => upgradeCommitment({ ...upgrade, now }, state, facts),
      );
    }
  }
};
