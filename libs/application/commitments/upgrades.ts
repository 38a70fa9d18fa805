import { type LocalDate } from "#domain/calendar.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
} from "#domain/commitments/time-limited-upgrade.js";
import { cancelScheduledUpgrade } from "#domain/commitments/schedule-upgrade.js";
import { upgradeCommitment } from "#domain/commitments/upgrade.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { type DiscountEnd, discountEndOf } from "./discount-ends.js";
import { billingAndNamed, billingOf } from "./facts.js";

export interface OrderTimeLimitedUpgrade {
  readonly commitmentId: string;
  /** The better add-on product. */
  readonly addOnProductId: string;
  /** The last day of the upgrade. */
  readonly until: LocalDate;
  /** The add-on product to replace; required where the commitment has several. */
  readonly replacingAddOnProductId?: string;
  /** The offer of the planned upgrade on the day after; left out: no planned upgrade. */
  readonly thenUpgradeToOfferId?: string;
}
export interface ExtendTimeLimitedUpgrade {
  readonly commitmentId: string;
  /** The new last day. */
  readonly until: LocalDate;
  /** The row whose upgrade is extended; the one recorded last unless given. */
  readonly rowId?: string;
}
export interface EndTimeLimitedUpgrade {
  readonly commitmentId: string;
  readonly rowId?: string;
}
export interface CancelThenUpgrade {
  readonly commitmentId: string;
}
export interface UpgradeCommitment extends Reason {
  readonly commitmentId: string;
  readonly offerId: string;
  /** `{ kind: KEEP }` unless given. */
  readonly discountEnd?: DiscountEnd<"KEEP" | "DEFAULT" | GivenDiscountEnd["kind"]>;
  /** The first day of the new fees; today unless given. One to come: the upgrade is scheduled. */
  readonly effectiveOn?: LocalDate;
}
export interface CancelScheduledUpgrade {
  readonly commitmentId: string;
  /** The day for which it is scheduled; any unless given. */
  readonly effectiveOn?: LocalDate;
}

const command = commandsOn("commitment", commitmentEvolver);

const upgradedDiscountEnd = ({ discountEnd = { kind: "KEEP" } }: UpgradeCommitment) =>
  discountEndOf<"KEEP" | "DEFAULT">(discountEnd);

export const upgradeCommands = {
  orderTimeLimitedUpgrade: command({
    bills: true,
    target: ({ commitmentId }: OrderTimeLimitedUpgrade) => commitmentId,
    facts: ({ addOnProductId, thenUpgradeToOfferId = null }, loading) =>
      billingAndNamed(loading, { addOnProductId, offerId: thenUpgradeToOfferId }),
    decide: ({ thenUpgradeToOfferId, ...input }, { state, now, facts, newId }) =>
      orderTimeLimitedUpgrade(
        { ...input, upgradeId: newId("upgrade"), thenUpgrade: thenUpgradeToOfferId !== undefined, now },
        state,
        facts,
      ),
  }),
  extendTimeLimitedUpgrade: command({
    bills: true,
    target: ({ commitmentId }: ExtendTimeLimitedUpgrade) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => extendTimeLimitedUpgrade({ ...input, now }, state, facts),
  }),
  endTimeLimitedUpgrade: command({
    bills: true,
    target: ({ commitmentId }: EndTimeLimitedUpgrade) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => endTimeLimitedUpgrade({ ...input, now }, state, facts),
  }),
  cancelThenUpgrade: command({
    bills: true,
    target: ({ commitmentId }: CancelThenUpgrade) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (_input, { state, now, facts }) => cancelThenUpgrade({ now }, state, facts),
  }),
  upgradeCommitment: command({
    bills: true,
    check: upgradedDiscountEnd,
    target: ({ commitmentId }: UpgradeCommitment) => commitmentId,
    facts: ({ offerId, discountEnd }, loading) =>
      billingAndNamed(loading, { offerId, syncWith: discountEnd?.commitmentId ?? null }),
    decide: (input, { state, now, facts, newId }) =>
      upgradeCommitment(
        { ...input, upgradeId: newId("upgrade"), discountEnd: upgradedDiscountEnd(input), now },
        state,
        facts,
      ),
  }),
  cancelScheduledUpgrade: command({
    bills: true,
    target: ({ commitmentId }: CancelScheduledUpgrade) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => cancelScheduledUpgrade({ ...input, now }, state, facts),
  }),
};
