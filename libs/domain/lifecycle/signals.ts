import { compareText } from "../by-day.js";
import { addDays, earlier, type LocalDate } from "../calendar.js";
import { agreedTerms } from "../commitments/agreed-terms.js";
import { type Commitment } from "../commitments/commitment.js";
import { discountEndings } from "../commitments/discount-end.js";
import { lapsingRequest } from "../commitments/pause-request.js";
import { lastUpgradedDay } from "../commitments/terms.js";
import { type Evolver } from "../event.js";
import { type CommitmentSignal, type LifecycleEvent } from "./events.js";

/** Which signals of a commitment or customer were recorded, by key. */
export interface Lifecycle {
  readonly signalled: readonly string[];
}

/** Names a signal of a stream by its type, what it is about, and its day; a coming end by its date, whenever it is told. */
export const signalKey = ({ type, data }: LifecycleEvent): string =>
  "discountEnd" in data ? `${type}/${data.discountEnd}` : `${type}/${subjectOf(data)}/${data.effectiveOn}`;

const subjectOf = (data: Exclude<LifecycleEvent["data"], { readonly discountEnd: LocalDate }>): string => {
  if ("pauseId" in data) return data.pauseId;
  if ("upgradeId" in data) return data.upgradeId;
  return "renewalId" in data ? data.renewalId : "";
};

export const lifecycleEvolver: Evolver<Lifecycle, LifecycleEvent> = {
  initial: { signalled: [] },
  evolve: ({ signalled }, event) => ({ signalled: [...signalled, signalKey(event)] }),
};

/** The order of signals on one day: ends before beginnings, the termination last (docs/rules.md#signals). */
const ORDER: Readonly<Record<CommitmentSignal["type"], number>> = {
  PauseEndTookEffect: 0,
  PauseStartTookEffect: 1,
  UpgradeRevertTookEffect: 2,
  PlannedUpgradeTookEffect: 3,
  UpgradeTookEffect: 4,
  RenewalTookEffect: 5,
  CommitmentEndNears: 6,
  DiscountEndTookEffect: 7,
  TerminationTookEffect: 8,
};

/** All signals of a commitment as known today, by day; none after that of its termination. */
export const transitionsOf = (commitment: Commitment): CommitmentSignal[] => {
  const { commitmentId, termination, start, annulled } = commitment;
  const lastDay = termination?.on ?? null;
  const cancelled = annulled || (lastDay !== null && lastDay < start);
  const on = (effectiveOn: LocalDate) => ({ commitmentId, effectiveOn });
  const living: CommitmentSignal[] = cancelled
    ? []
    : [
        ...pausesOf(commitment, lastDay),
        ...upgradesOf(commitment, lastDay),
        ...termsOf(commitment),
        ...discountEndings(commitment).map((end): CommitmentSignal => ({
          type: "DiscountEndTookEffect",
          data: on(end),
        })),
      ];
  const ended: CommitmentSignal[] =
    lastDay === null ? [] : [{ type: "TerminationTookEffect", data: on(addDays(lastDay, 1)) }];
  return [...living, ...ended]
    .filter(({ data }) => lastDay === null || data.effectiveOn <= addDays(lastDay, 1))
    .sort(byDay);
};

/** Signals of a commitment in their order. */
export const byDay = (a: CommitmentSignal, b: CommitmentSignal): number =>
  compareText(a.data.effectiveOn, b.data.effectiveOn) ||
  ORDER[a.type] - ORDER[b.type] ||
  compareText(signalKey(a), signalKey(b));

const pausesOf = ({ commitmentId, pauses }: Commitment, lastDay: LocalDate | null): CommitmentSignal[] =>
  pauses
    .filter(
      ({ cancelled, from, until }) =>
        !cancelled && (lastDay === null || from <= lastDay) && (until === null || from <= until),
    )
    .flatMap(({ pauseId, from, until }): CommitmentSignal[] => {
      const last = lastDay !== null && (until === null || until > lastDay) ? lastDay : until;
      const started: CommitmentSignal = {
        type: "PauseStartTookEffect",
        data: { commitmentId, effectiveOn: from, pauseId, until },
      };
      if (last === null) return [started];
      return [started, { type: "PauseEndTookEffect", data: { commitmentId, effectiveOn: addDays(last, 1), pauseId } }];
    });

const upgradesOf = (commitment: Commitment, lastDay: LocalDate | null): CommitmentSignal[] => {
  const { commitmentId } = commitment;
  return commitment.upgrades.flatMap((upgrade): CommitmentSignal[] => {
    const { upgradeId, rowId, from } = upgrade;
    const until = lastUpgradedDay(commitment, upgrade);
    if (until < from || (lastDay !== null && from > lastDay)) return [];
    const effectiveOn = addDays(lastDay !== null && until > lastDay ? lastDay : until, 1);
    return [{ type: "UpgradeRevertTookEffect", data: { commitmentId, effectiveOn, upgradeId, rowId } }];
  });
};

/** Of terms that come by themselves; those that a termination drops do not. */
const termsOf = (commitment: Commitment): CommitmentSignal[] => {
  const { commitmentId } = commitment;
  return agreedTerms(commitment).flatMap((agreed): CommitmentSignal[] => {
    const { offerId, offerRevision } = agreed.terms;
    const on = { commitmentId, effectiveOn: agreed.from };
    switch (agreed.by) {
      case "ASSIGNMENT":
      case "UPGRADE":
        return [];
      case "PLANNED_UPGRADE":
        return [{ type: "PlannedUpgradeTookEffect", data: { ...on, upgradeId: agreed.upgrade.upgradeId, offerId } }];
      case "SCHEDULED_UPGRADE":
        return [{ type: "UpgradeTookEffect", data: { ...on, upgradeId: agreed.upgradeId, offerId } }];
      case "RENEWAL":
        return [{ type: "RenewalTookEffect", data: { ...on, renewalId: agreed.renewalId, offerId, offerRevision } }];
    }
  });
};

const missing = (transitions: readonly LifecycleEvent[], { signalled }: Lifecycle): LifecycleEvent[] => {
  const known = new Set(signalled);
  return transitions.filter((event) => !known.has(signalKey(event)));
};

/** The signals that are due by a day and were not recorded, in order. @param transitions by day */
export const dueSignals = (
  transitions: readonly LifecycleEvent[],
  lifecycle: Lifecycle,
  today: LocalDate,
): LifecycleEvent[] => missing(transitions, lifecycle).filter(({ data }) => data.effectiveOn <= today);

/**
 * The day of the next signal that was not recorded, which may have passed; null: none is known.
 * @param transitions by day
 */
export const nextSignalOn = (transitions: readonly LifecycleEvent[], lifecycle: Lifecycle): LocalDate | null =>
  missing(transitions, lifecycle)[0]?.data.effectiveOn ?? null;

/** The day on which the worker has something to record of a commitment: a signal, or that a request lapsed. */
export const nextDueOn = (commitment: Commitment, lifecycle: Lifecycle): LocalDate | null => {
  const signal = nextSignalOn(transitionsOf(commitment), lifecycle);
  const lapse = lapsingRequest(commitment)?.from ?? null;
  return signal === null || lapse === null ? (signal ?? lapse) : earlier(signal, lapse);
};
