import { compareText } from "../by-day.js";
import { addDays, type LocalDate } from "../calendar.js";
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
  const subject = "pauseId" in data ? data.pauseId : "upgradeId" in data ? data.upgradeId : "";
  return `${type}/${subject}/${data.effectiveOn}`;
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
  DiscountEndTookEffect: 4,
  TerminationTookEffect: 5,
};

/** All signals of a commitment as known today, by day; none after that of its termination. */
export const transitionsOf = (commitment: Commitment): LifecycleEvent[] => {
  const { commitmentId, termination, start } = commitment;
  const lastDay = termination?.on ?? null;
  const cancelled = lastDay !== null && lastDay < start;
  const on = (effectiveOn: LocalDate) => ({ commitmentId, effectiveOn });
  const living: LifecycleEvent[] = cancelled
    ? []
    : [
        ...pausesOf(commitment, lastDay),
        ...upgradesOf(commitment, lastDay),
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
    const { upgradeId, rowId, from, then } = upgrade;
    const until = lastUpgradedDay(commitment, upgrade);
    if (until < from || (lastDay !== null && from > lastDay)) return [];
    const last = lastDay !== null && until > lastDay ? lastDay : until;
    const effectiveOn = addDays(last, 1);
    const reverted: LifecycleEvent = {
      type: "UpgradeRevertTookEffect",
      data: { commitmentId, effectiveOn, upgradeId, rowId },
    };
    if (!then || (lastDay !== null && then.from > lastDay)) return [reverted];
    const { offerId } = then.terms;
    return [
      reverted,
      { type: "PlannedUpgradeTookEffect", data: { commitmentId, effectiveOn: then.from, upgradeId, offerId } },
    ];
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
