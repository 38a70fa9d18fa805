import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { assignOffer } from "#domain/commitments/assign.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { cancelPause, changePause, pauseCommitment, resumeCommitment } from "#domain/commitments/pause.js";
import { setDiscountEnd } from "#domain/commitments/set-discount-end.js";
import { cancelTermination, terminateCommitment, type TerminationFacts } from "#domain/commitments/terminate.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
} from "#domain/commitments/time-limited-upgrade.js";
import { upgradeCommitment } from "#domain/commitments/upgrade.js";
import { REFUSE } from "#domain/customers/closed-days.js";
import { type AssignStep, type EndDate, type Step, type TimeLimitedUpgradeStep, type UpgradeStep } from "../story.js";
import { openFirstPeriod } from "./close.js";
import { newCommitment, type World } from "./world.js";

const effective = (step: { effective?: string }) =>
  step.effective === undefined ? {} : { effectiveOn: step.effective };

/** A commitment that does not exist is refused before anything of its customer is looked at. */
const NO_FACTS = {} as TerminationFacts;

const factsOf = (world: World, state: Commitment | null): TerminationFacts => {
  if (!state) return NO_FACTS;
  const billing = world.billing(state.customerId);
  return { history: billing.history, closedDays: REFUSE, quote: quoteEarlyTermination(billing) };
};

const given = (end: EndDate): GivenDiscountEnd =>
  "date" in end ? { kind: "MANUAL", date: end.date } : { kind: "SYNCHRONISED", commitmentId: end.syncWith };

const syncTarget = (world: World, end: unknown): Commitment | null => {
  if (typeof end !== "object" || end === null || !("syncWith" in end)) return null;
  return world.commitments.get(String(end.syncWith))?.state ?? null;
};

export const assign = (world: World, step: AssignStep): void => {
  const as = step.as ?? `${step.assign} ${world.newId("unnamed")}`;
  const account = world.accounts.get(step.account)?.state ?? null;
  const discountEnd =
    step.discountEnd === undefined || step.discountEnd === "DEFAULT"
      ? ({ kind: "DEFAULT" } as const)
      : given(step.discountEnd);
  const events = assignOffer(
    { commitmentId: as, discountEnd, ...effective(step), now: world.now },
    {
      account,
      customer: world.customers.get(account?.customerId ?? "")?.stream.state ?? null,
      ...agreement(world, step.assign, account?.mainProductId),
      syncTarget: syncTarget(world, step.discountEnd),
      closedDays: REFUSE,
    },
  );
  const commitment = newCommitment(as);
  commitment.append(events);
  world.commitments.set(as, commitment);
  if (account && commitment.state) openFirstPeriod(world, account.customerId, commitment.state.start);
};

const agreement = (world: World, offer: string, mainProduct: string | undefined) => ({
  offer: world.offers.get(offer)?.state ?? null,
  mainProduct: world.mainProducts.get(mainProduct ?? "") ?? null,
  subscriptions: world.subscriptions,
});

const mainProductOf = (world: World, state: Commitment | null): string | undefined =>
  world.everyAccount.find((account) => account.state?.accountId === state?.accountId)?.state?.mainProductId;

/** Commands on a commitment that exists, or should. @returns false when the step is none of them */
export const onCommitment = (world: World, step: Step): boolean => {
  const decided = decide(world, step);
  if (!decided) return false;
  world.commitments.get(decided.commitment)?.append(decided.events);
  return true;
};

interface Decided {
  readonly commitment: string;
  readonly events: readonly CommitmentEvent[];
}

const decide = (world: World, step: Step): Decided | null => {
  const { now } = world;
  const on = (
    commitment: string,
    command: (state: Commitment | null, facts: TerminationFacts) => readonly CommitmentEvent[],
  ): Decided => {
    const state = world.commitments.get(commitment)?.state ?? null;
    return { commitment, events: command(state, factsOf(world, state)) };
  };
  if ("setDiscountEnd" in step) {
    const command = { discountEnd: given(step.to), now };
    const target = syncTarget(world, step.to);
    return on(step.setDiscountEnd, (state, facts) => setDiscountEnd(command, state, { ...facts, syncTarget: target }));
  }
  if ("pause" in step) {
    const { from, until = null } = step;
    const command = { pauseId: world.newId("pause"), until, ...(from && { from }), ...effective(step), now };
    return on(step.pause, (state, facts) => pauseCommitment(command, state, facts));
  }
  if ("changePause" in step) {
    const { from, newFrom, newUntil } = step;
    const command = { from, ...(newFrom && { newFrom }), ...(newUntil && { newUntil }), now };
    return on(step.changePause, (state, facts) => changePause(command, state, facts));
  }
  if ("cancelPause" in step) {
    return on(step.cancelPause, (state, facts) => cancelPause({ from: step.from, now }, state, facts));
  }
  if ("resume" in step) {
    return on(step.resume, (state, facts) => resumeCommitment({ ...effective(step), now }, state, facts));
  }
  if ("terminate" in step) {
    const { waivePenalty } = step;
    const command = { ...effective(step), ...(waivePenalty !== undefined && { waivePenalty }), now };
    return on(step.terminate, (state, facts) => terminateCommitment(command, state, facts));
  }
  if ("cancelTermination" in step) {
    return on(step.cancelTermination, (state, facts) => cancelTermination({ now }, state, facts));
  }
  if ("upgrade" in step) return on(step.upgrade, (state, facts) => upgrade(world, step, state, facts));
  if ("timeLimitedUpgrade" in step) {
    return on(step.timeLimitedUpgrade, (state, facts) => timeLimited(world, step, state, facts));
  }
  if ("extendUpgrade" in step) {
    const command = { until: step.until, now };
    return on(step.extendUpgrade, (state, facts) => extendTimeLimitedUpgrade(command, state, facts));
  }
  if ("endUpgrade" in step) {
    return on(step.endUpgrade, (state, facts) => endTimeLimitedUpgrade({ now }, state, facts));
  }
  if ("cancelThenUpgrade" in step) {
    return on(step.cancelThenUpgrade, (state, facts) => cancelThenUpgrade({ now }, state, facts));
  }
  return null;
};

const upgrade = (world: World, step: UpgradeStep, state: Commitment | null, facts: TerminationFacts) => {
  const end = step.discountEnd ?? "KEEP";
  const discountEnd = end === "KEEP" || end === "DEFAULT" ? { kind: end } : given(end);
  return upgradeCommitment({ discountEnd, ...effective(step), now: world.now }, state, {
    ...facts,
    ...agreement(world, step.to, mainProductOf(world, state)),
    syncTarget: syncTarget(world, end),
  });
};

const timeLimited = (world: World, step: TimeLimitedUpgradeStep, state: Commitment | null, facts: TerminationFacts) => {
  const { until, replacing, thenUpgradeTo } = step;
  return orderTimeLimitedUpgrade(
    {
      ...{ upgradeId: world.newId("upgrade"), until, thenUpgrade: thenUpgradeTo !== undefined, now: world.now },
      ...(replacing !== undefined && { replacingAddOnProductId: replacing }),
    },
    state,
    {
      ...facts,
      ...agreement(world, thenUpgradeTo ?? "", mainProductOf(world, state)),
      addOnProduct: world.addOnProducts.get(step.addOnProduct) ?? null,
    },
  );
};
