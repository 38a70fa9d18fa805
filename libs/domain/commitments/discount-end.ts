import { compareDays, compareText, inForceOn } from "../by-day.js";
import { type BillingPeriodType, periodsAfter } from "../billing-periods.js";
import { addDays, days, earlier, LAST_DATE, later, type LocalDate } from "../calendar.js";
import { reject } from "../rejection.js";
import { computed, given, type Step } from "../step.js";
import { type Commitment, type DiscountSetting, type Pause, settingOn } from "./commitment.js";
import { type CountedPause } from "./events.js";
import { knownBeforeByRules1 } from "./known-before-by-rules-1.js";
import { knownBefore } from "./pause-changes.js";
import { agreedTerms, type AgreedTerms } from "./agreed-terms.js";

/**
 * How the days of pauses count: none beyond the commitment's last day; without one, those of an open pause through a
 * day.
 */
interface Counting {
  readonly through: LocalDate;
  readonly lastDay: LocalDate | null;
}

/**
 * The day on which a discount that runs for n billing periods ends, so that it can be given as a date too.
 * @throws Rejection DISCOUNT_END_INVALID when there is no such date
 */
export const endOfDiscountPeriods = (type: BillingPeriodType, start: LocalDate, periods: number): LocalDate => {
  const end = periodsAfter(type, start, periods);
  if (end <= LAST_DATE) return end;
  throw reject("DISCOUNT_END_INVALID", `The discount would end on ${end}, out of the range of dates to ${LAST_DATE}.`, {
    facts: { case: "DISCOUNT_END_OUT_OF_RANGE", end, last: LAST_DATE },
  });
};

/** How many paused days of a pause count. */
const counted = ({ from, until, cancelled }: CountedSpan, { through, lastDay }: Counting): number => {
  if (cancelled) return 0;
  // A termination, a scheduled one too, ends an open pause.
  const last = until ?? lastDay ?? through;
  return days({ from, to: addDays(lastDay === null ? last : earlier(last, lastDay), 1) });
};

export type CountedSpan = Pick<Pause, "pauseId" | "from" | "until" | "cancelled">;

/** Follows how a date is folded, step by step. */
export interface DiscountEndTaking {
  begin(setting: Part, end: LocalDate): void;
  /** @param moved the date with the pause */
  pause(
    pause: CountedSpan,
    all: readonly Pause[],
    by: { readonly paused: number; readonly included: number; readonly moved: LocalDate },
  ): void;
  /** @param bounded the date that the bound leaves */
  bound(operation: "EARLIEST" | "LATEST", day: LocalDate, bounded: LocalDate): void;
}

/** A setting for some of its days. */
export interface Part extends DiscountSetting {
  /** Of days before a change of a pause raised the date: the pauses by then, and that day. Absent: all pauses. */
  readonly known?: { readonly pauses: readonly CountedSpan[]; readonly before: LocalDate };
  /** Of days before a date that had passed was raised: that date. */
  readonly kept?: LocalDate;
}

const byFirstDay = (pauses: readonly CountedSpan[]): CountedSpan[] =>
  [...pauses].sort((a, b) => compareText(a.from, b.from));

/**
 * Adds pauses to a date that was set, in order of their first days: each that begins before the date computed so far
 * moves it by its days, less those that the date includes already (docs/rules.md#discount-end-and-pauses).
 */
export const foldedEnd = (
  setting: Part,
  all: readonly Pause[],
  whole: Counting,
  taken?: DiscountEndTaking,
): LocalDate | null => {
  if (setting.end === null) return null;
  const { pauses, before } = setting.known ?? { pauses: all, before: whole.through };
  const counting = { ...whole, through: earlier(whole.through, before) };
  taken?.begin(setting, setting.end);
  const end = byFirstDay(pauses).reduce<LocalDate>((date, pause) => {
    if (pause.from >= date) return date;
    const [paused, included] = [counted(pause, counting), setting.counted[pause.pauseId] ?? 0];
    const moved = addDays(date, paused - included);
    taken?.pause(pause, all, { paused, included, moved });
    return moved;
  }, setting.end);
  const capped = setting.ceiling === null ? end : earlier(end, setting.ceiling);
  if (setting.ceiling !== null) taken?.bound("EARLIEST", setting.ceiling, capped);
  const bounded = setting.floor === null ? capped : later(capped, setting.floor);
  if (setting.floor !== null) taken?.bound("LATEST", setting.floor, bounded);
  if (setting.kept === undefined) return bounded;
  const kept = earlier(bounded, setting.kept);
  taken?.bound("EARLIEST", setting.kept, kept);
  return kept;
};

/** Takes down how a discount end date was folded, step by step. */
export class DiscountEndSteps implements DiscountEndTaking {
  /** Null: the commitment has no end date. */
  end: Step | null = null;

  begin({ eventId }: DiscountSetting, end: LocalDate): void {
    this.end = given("DISCOUNT_END_SET", "DATE", end, { events: [eventId] });
  }

  pause(
    { pauseId, from, until }: CountedSpan,
    all: readonly Pause[],
    { paused, included, moved }: { readonly paused: number; readonly included: number; readonly moved: LocalDate },
  ): void {
    if (!this.end || (paused === 0 && included === 0)) return;
    const pause = all.find((one) => one.pauseId === pauseId);
    const events = pause ? [...new Set([pause.fromEventId, pause.untilEventId])] : [];
    const span = { events, days: { from, until: until ?? addDays(from, Math.max(0, paused - 1)) } };
    const counts = given("PAUSED_DAYS", "DAYS", `${paused}`, span);
    const before = given("PAUSED_DAYS_INCLUDED", "DAYS", `${included}`);
    const added =
      included === 0
        ? counts
        : computed("DAYS_ADDED", "DIFFERENCE", `${paused - included}`, [counts, before], { unit: "DAYS" });
    this.end = computed("DISCOUNT_END", "DAYS_LATER", moved, [this.end, added], { unit: "DATE" });
  }

  bound(operation: "EARLIEST" | "LATEST", day: LocalDate, bounded: LocalDate): void {
    if (!this.end) return;
    const bound = given(operation === "EARLIEST" ? "NOT_LATER_THAN" : "NOT_EARLIER_THAN", "DATE", day);
    this.end = computed("DISCOUNT_END", operation, bounded, [this.end, bound], { unit: "DATE" });
  }
}

/** A date that was set with the pauses of a commitment, none of them cut by a termination. */
export const wholeEnd = (setting: Part, { pauses }: Commitment, through: LocalDate): LocalDate | null =>
  foldedEnd(setting, pauses, { through, lastDay: null });

/** Settings are asked for many times by the day, and states never change. */
const known = new WeakMap<Commitment, readonly DiscountSetting[]>();

/** Every setting of a commitment, those of planned and scheduled upgrades included. */
export const settingsOf = (commitment: Commitment): readonly DiscountSetting[] => {
  const found = known.get(commitment);
  if (found) return found;
  const computed = allSettings(commitment);
  known.set(commitment, computed);
  return computed;
};

const allSettings = (commitment: Commitment): readonly DiscountSetting[] => {
  const { settings } = commitment;
  const begun = agreedTerms(commitment).reduce<readonly DiscountSetting[]>((before, terms) => {
    const begins = beginningWith(terms, [...before, ...settings]);
    if (begins?.end == null) return before;
    const { from, eventId } = terms;
    const counted = pausesBefore(commitment, from).map(({ pauseId, days: included }) => [pauseId, included]);
    const setting = { from, kind: "DEFAULT" as const, synchronisedWith: null, ceiling: null, eventId };
    const bounds = { changesBefore: 0, bounds: null };
    return [
      ...before,
      { ...setting, ...bounds, ...begins, counted: Object.fromEntries(counted) as Record<string, number> },
    ];
  }, []);
  // What begins by itself was always recorded before a date that was set on its day.
  return begun.length === 0 ? settings : [...begun, ...settings];
};

/** The date that a planned or scheduled upgrade begins; without one the date before it is kept. */
const beginningWith = (
  terms: AgreedTerms,
  before: readonly DiscountSetting[],
): Pick<DiscountSetting, "end" | "floor"> | null => {
  switch (terms.by) {
    case "PLANNED_UPGRADE":
      return { end: terms.discountEnd, floor: terms.upgrade.thenFloor };
    case "SCHEDULED_UPGRADE": {
      const { discountEnd, from, floor } = terms;
      // Once there is a date, there always is one.
      const exists = before.some((setting) => setting.end !== null && compareDays(setting.from, from) < 0);
      return discountEnd.kind === "KEEP" && exists ? null : { end: discountEnd.default, floor };
    }
    case "ASSIGNMENT":
    case "UPGRADE":
    case "RENEWAL":
      return null;
  }
};

/**
 * A setting for the days on which it counts: once for the days of each of its dates, where pauses raised its date after
 * that had passed. Days before such a change keep the date of before.
 */
const partsOf = (setting: DiscountSetting, commitment: Commitment): readonly Part[] => {
  const { bounds } = setting;
  if (bounds === null) return partsBefore(setting, commitment);
  // What was recorded for good is honoured.
  const forGood = commitment.ceilings.filter(({ setBy, raisedFrom }) => setBy === setting.eventId && !raisedFrom);
  const ceiling = forGood.reduce<LocalDate | null>(
    (first, { day }) => (first === null ? day : earlier(first, day)),
    setting.ceiling,
  );
  const last: Part = { ...setting, floor: bounds.floor, ceiling };
  return bounds.ceilings
    .filter(({ raisedFrom }) => isWithin(setting, raisedFrom))
    .reduce<readonly Part[]>(
      (parts, { day, raisedFrom }) => [
        ...parts.slice(0, -1),
        { ...(parts.at(-1) ?? last), kept: day },
        { ...last, from: raisedFrom },
      ],
      [last],
    );
};

/**
 * The parts by events from before `discountEndBounds`: days before a change that raised the date are judged by the pauses
 * and floors that were known by then.
 */
const partsBefore = (setting: DiscountSetting, { ceilings, pauseChanges, rules }: Commitment): readonly Part[] =>
  ceilings
    .filter(({ setBy, raisedFrom }) => setBy === setting.eventId && isWithin(setting, raisedFrom))
    .sort((a, b) => compareDays(a.raisedFrom ?? null, b.raisedFrom ?? null))
    .reduce<readonly Part[]>(
      (parts, { setBy, day, raisedFrom = null, change }) => {
        const last = parts.at(-1) ?? setting;
        if (raisedFrom === null) {
          const ceiling = last.ceiling === null ? day : earlier(last.ceiling, day);
          return [...parts.slice(0, -1), { ...last, ceiling }];
        }
        const knownThen = rules === 1 ? knownBeforeByRules1 : knownBefore;
        const { pauses, floor } = knownThen(pauseChanges, { setBy, raisedFrom, change }, setting.floor);
        const before: Part = { ...last, floor, known: { pauses, before: raisedFrom } };
        return [...parts.slice(0, -1), before, { ...setting, from: raisedFrom }];
      },
      [setting],
    );

/** Whether a setting counts for days before one from which it was raised. */
export const isWithin = ({ from }: DiscountSetting, raisedFrom: LocalDate | undefined): boolean =>
  from === null || raisedFrom === undefined || from < raisedFrom;

/**
 * The setting that counts for a day.
 * @param lastDay the commitment's last charged day: what was set for a later one does not count; null: it has none
 */
export const discountSettingOn = (commitment: Commitment, date: LocalDate, lastDay: LocalDate | null = null): Part => {
  const setting = settingOn(settingsOf(commitment), lastDay === null ? date : earlier(date, lastDay));
  return isWhole(setting, commitment) ? setting : settingOn(partsOf(setting, commitment), date);
};

/** Whether it is the same for all of its days. */
const isWhole = ({ bounds }: DiscountSetting, { ceilings }: Commitment): boolean =>
  bounds === null && ceilings.length === 0;

/** What a setting was raised to last. */
export const lastPartOf = (setting: DiscountSetting, commitment: Commitment): Part =>
  partsOf(setting, commitment).at(-1) ?? setting;

/**
 * The discount end date as it is on a day: with the pauses known, none beyond the commitment's last day (its
 * termination's unless given), and without one an open pause counted through that day.
 * @returns the first day without discount; null: the commitment has no end date
 */
export const discountEndOn = (
  commitment: Commitment,
  date: LocalDate,
  lastDay: LocalDate | null = lastServedDay(commitment),
  taken?: DiscountEndSteps,
): LocalDate | null => {
  // After its last charged day a commitment's date does not change.
  const judged = lastDay === null ? date : earlier(date, lastDay);
  return foldedEnd(discountSettingOn(commitment, judged), commitment.pauses, { through: date, lastDay }, taken);
};

/** The last charged day of a termination; null also for a commitment cancelled before its start, whose date stays. */
const lastServedDay = ({ termination, start }: Commitment): LocalDate | null =>
  termination && termination.on >= start ? termination.on : null;

/**
 * The discount end date for a charged day: pauses count whole, also beyond a termination, which cuts them for its
 * penalty only (docs/rules.md#discount-end-at-termination).
 * @param lastDay the commitment's last charged day, which days that a proration flag adds lie after; null: it has none
 */
export const discountEndForServing = (
  commitment: Commitment,
  date: LocalDate,
  lastDay: LocalDate | null = null,
  taken?: DiscountEndSteps,
): LocalDate | null =>
  foldedEnd(discountSettingOn(commitment, date, lastDay), commitment.pauses, { through: date, lastDay: null }, taken);

/** The days from which settings count: a period is cut there. */
export const settingDays = (commitment: Commitment): LocalDate[] =>
  settingsOf(commitment).flatMap((setting) => partsOf(setting, commitment).flatMap(({ from }) => from ?? []));

/** An open pause counts through it where it moves a date so far that the discount does not end. */
const NO_DATE = addDays(LAST_DATE, 1);

/** As the settings: for each state several times. */
const knownEndings = new WeakMap<Commitment, readonly LocalDate[]>();

/**
 * The days on which the discount stops applying, as known today, with pauses whole as for served days: it runs on the day
 * before, and not on the day. There are several where a date was set after the discount had ended.
 */
export const discountEndings = (commitment: Commitment): readonly LocalDate[] => {
  const found = knownEndings.get(commitment);
  if (found) return found;
  const computed = allEndings(commitment);
  knownEndings.set(commitment, computed);
  return computed;
};

const allEndings = (commitment: Commitment): readonly LocalDate[] => {
  const all = settingsOf(commitment);
  const isUnbounded = all.every((setting) => isWhole(setting, commitment));
  const counting: readonly Part[] = isUnbounded ? all : countedParts(all, commitment);
  const parts = counting.map((part) => {
    const open = openOf(part.known?.pauses ?? commitment.pauses);
    const endOn = (day: LocalDate): LocalDate | null => wholeEnd(part, commitment, day);
    const end = endOn(NO_DATE);
    // On each day an open pause counts through it: it has no days yet on those before it.
    return {
      from: part.from,
      end,
      before: open ? endOn(addDays(open.from, -1)) : end,
      endOn: open ? endOn : () => end,
    };
  });
  const runsOn = (day: LocalDate): boolean => {
    const end = inForceOn(parts, day, ({ from }) => from)?.endOn(day) ?? null;
    return end !== null && day < end;
  };
  // No day is served in an open pause: the discount does not stop in it.
  const last = openOf(commitment.pauses)?.from ?? LAST_DATE;
  // It also stops where another setting begins whose date has passed by then.
  const days = new Set(parts.flatMap(({ from, end, before }) => [from, end, before]));
  return [...days]
    .filter((day): day is LocalDate => day !== null && day <= last)
    .filter((day) => runsOn(addDays(day, -1)) && !runsOn(day))
    .sort(compareText);
};

const openOf = (pauses: readonly CountedSpan[]): CountedSpan | undefined =>
  pauses.find(({ until, cancelled }) => until === null && !cancelled);

/** The parts of settings that count for some day, by their first days. */
export const countedParts = (settings: readonly DiscountSetting[], commitment: Commitment): Part[] => {
  const byDay = [...settings].sort((a, b) => compareDays(a.from, b.from));
  return byDay.flatMap((setting, index) => {
    const next = byDay[index + 1]?.from ?? null;
    return partsOf(setting, commitment).filter(({ from }) => next === null || from === null || from < next);
  });
};

/** The pause days that a date set today includes: of each pause that begins before it, of an open one through today. */
export const pausesWithin = (commitment: Commitment, end: LocalDate, today: LocalDate): CountedPause[] => {
  const lastDay = lastServedDay(commitment);
  return countedPauses(commitment.pauses, (pause) =>
    pause.from < end ? counted(pause, { through: today, lastDay: pause.until === null ? null : lastDay }) : 0,
  );
};

/** The pause days before a day: a discount period that begins on it does not count them. */
export const pausesBefore = ({ pauses }: Commitment, start: LocalDate): CountedPause[] =>
  countedPauses(pauses, (pause) => counted(pause, { through: addDays(start, -1), lastDay: addDays(start, -1) }));

const countedPauses = (pauses: readonly Pause[], daysOf: (pause: Pause) => number): CountedPause[] =>
  pauses.flatMap((pause) => {
    const included = daysOf(pause);
    return included === 0 ? [] : [{ pauseId: pause.pauseId, days: included }];
  });
