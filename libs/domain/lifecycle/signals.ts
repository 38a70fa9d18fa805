import { compareText } from "../by-day.js";
import { addDays, type LocalDate } from "../calendar.js";
import { agreedTerms } from "../commitments/agreed-terms.js";
import { type Commitment } from "../commitments/commitment.js";
import { discountEndings } from "../commitments/discount-end.js";
import { lastUpgradedDay } from "../commitments/terms.js";
import { type Evolver } from "../event.js";
import { type LifecycleEvent } from "./events.js";

/** Which signals of a commitment were recorded, by key. */
export interface Lifecycle {
  readonly signalled: readonly string[];
}

/** Names a signal by its type, what it is about, and its day. */
export const signalKey = ({ type, data }: LifecycleEvent): string => {
  return `${type}/${subjectOf(data)}/${data.effectiveOn}`;
};

const subjectOf = (data: LifecycleEvent["data"]): string => {
  if ("pauseId" in data) return data.pauseId;
  if ("upgradeId" in data) return data.upgradeId;
  return "renewalId" in data ? data.renewalId : "";
};

export const lifecycleEvolver: Evolver<Lifecycle, LifecycleEvent> = {
  initial: { signalled: [] },
  evolve: ({ signalled }, event) => ({ signalled: [...signalled, signalKey(event)] }),
};

/** The order of signals on one day: ends before beginnings, the termination last (docs/rules.md#signals). */
const ORDER: Readonly<Record<LifecycleEvent["type"], number>> = {
  PauseEndTookEffect: 0,
  PauseStartTookEffect: 1,
  UpgradeRevertTookEffect: 2,
  PlannedUpgradeTookEffect: 3,
  UpgradeTookEffect: 4,
  RenewalTookEffect: 5,
  DiscountEndTookEffect: 6,
  TerminationTookEffect: 7,
};

/** All signals of a commitment as known today, by day; none after that of its termination. */
export const transitionsOf = (commitment: Commitment): LifecycleEvent[] => {
  const { commitmentId, termination, start, annulled } = commitment;
  const lastDay = termination?.on ?? null;
  const cancelled = annulled || (lastDay !== null && lastDay < start);
  const on = (effectiveOn: LocalDate) => ({ commitmentId, effectiveOn });
  const living: LifecycleEvent[] = cancelled
    ? []
    : [
        ...pausesOf(commitment, lastDay),
        ...upgradesOf(commitment, lastDay),
        ...termsOf(commitment),
        ...discountEndings(commitment).map((end): LifecycleEvent => ({
          type: "DiscountEndTookEffect",
          data: on(end),
        })),
      ];
  const ended: LifecycleEvent[] =
    lastDay === null ? [] : [{ type: "TerminationTookEffect", data: on(addDays(lastDay, 1)) }];
  return [...living, ...ended]
    .filter(({ data }) => lastDay === null || data.effectiveOn <= addDays(lastDay, 1))
    .sort(
      (a, b) =>
        compareText(a.data.effectiveOn, b.data.effectiveOn) ||
        ORDER[a.type] - ORDER[b.type] ||
        compareText(signalKey(a), signalKey(b)),
    );
};

const pausesOf = ({ commitmentId, pauses }: Commitment, lastDay: LocalDate | null): LifecycleEvent[] =>
  pauses
    .filter(
      ({ cancelled, from, until }) =>
        !cancelled && (lastDay === null || from <= lastDay) && (until === null || from <= until),
    )
    .flatMap(({ pauseId, from, until }): LifecycleEvent[] => {
      const last = lastDay !== null && (until === null || until > lastDay) ? lastDay : until;
      const started: LifecycleEvent = {
        type: "PauseStartTookEffect",
        data: { commitmentId, effectiveOn: from, pauseId, until },
      };
      if (last === null) return [started];
      return [started, { type: "PauseEndTookEffect", data: { commitmentId, effectiveOn: addDays(last, 1), pauseId } }];
    });

const upgradesOf = (commitment: Commitment, lastDay: LocalDate | null): LifecycleEvent[] => {
  const { commitmentId } = commitment;
  return commitment.upgrades.flatMap((upgrade): LifecycleEvent[] => {
    const { upgradeId, rowId, from } = upgrade;
    const until = lastUpgradedDay(commitment, upgrade);
    if (until < from || (lastDay !== null && from > lastDay)) return [];
    const effectiveOn = addDays(lastDay !== null && until > lastDay ? lastDay : until, 1);
    return [{ type: "UpgradeRevertTookEffect", data: { commitmentId, effectiveOn, upgradeId, rowId } }];
  });
};

/** Of terms that come by themselves; those that a termination drops do not. */
const termsOf = (commitment: Commitment): LifecycleEvent[] => {
  const { commitmentId } = commitment;
  return agreedTerms(commitment).flatMap((agreed): LifecycleEvent[] => {
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

const missing = (commitment: Commitment, { signalled }: Lifecycle): LifecycleEvent[] => {
  const known = new Set(signalled);
  return transitionsOf(commitment).filter((event) => !known.has(signalKey(event)));
};

/** The signals that are due by a day and were not recorded, in order. */
export const dueSignals = (commitment: Commitment, lifecycle: Lifecycle, today: LocalDate): LifecycleEvent[] =>
  missing(commitment, lifecycle).filter(({ data }) => data.effectiveOn <= today);

/** The day of the next signal that was not recorded, which may have passed; null: none is known. */
export const nextSignalOn = (commitment: Commitment, lifecycle: Lifecycle): LocalDate | null =>
  missing(commitment, lifecycle)[0]?.data.effectiveOn ?? null;
