import { compareText } from "../by-day.js";
import { addDays, days, earlier, LAST_DATE, later, type LocalDate } from "../calendar.js";
import { type Commitment, type DiscountSetting, type Pause, settingOn } from "./commitment.js";
import { type CountedPause } from "./events.js";
import { plannedUpgrades } from "./terms.js";

/** How pauses count: none beyond the commitment's last day, without one an open pause through a day. */
interface Counting {
  readonly through: LocalDate;
  readonly lastDay: LocalDate | null;
}

/** The free days of a pause that count. */
const counted = ({ from, until, cancelled }: Pause, { through, lastDay }: Counting): number => {
  if (cancelled) return 0;
  // A termination, a scheduled one too, ends an open pause.
  const last = until ?? lastDay ?? through;
  return days({ from, to: addDays(lastDay === null ? last : earlier(last, lastDay), 1) });
};

const byFirstDay = (pauses: readonly Pause[]): Pause[] => [...pauses].sort((a, b) => compareText(a.from, b.from));

/**
 * Folds pauses by first day onto a set date: each whose first day is before the end computed so far moves it by its
 * days, less those that the date includes already (domain.md 5.3 and 5.4).
 */
const folded = (setting: DiscountSetting, pauses: readonly Pause[], counting: Counting): LocalDate | null => {
  if (setting.end === null) return null;
  const end = byFirstDay(pauses).reduce<LocalDate>(
    (date, pause) =>
      pause.from < date ? addDays(date, counted(pause, counting) - (setting.counted[pause.pauseId] ?? 0)) : date,
    setting.end,
  );
  const capped = setting.ceiling === null ? end : earlier(end, setting.ceiling);
  return setting.floor === null ? capped : later(capped, setting.floor);
};

/** A set date with the pauses of a commitment, none of them cut. */
export const wholeEnd = (setting: DiscountSetting, { pauses }: Commitment, through: LocalDate): LocalDate | null =>
  folded(setting, pauses, { through, lastDay: null });

/** Every setting of a commitment, those of planned upgrades included. */
export const settingsOf = (commitment: Commitment): readonly DiscountSetting[] => {
  const planned = plannedUpgrades(commitment).flatMap(
    ({ from, discountEnd: end, floor, eventId }): DiscountSetting[] =>
      end === null
        ? []
        : [
            {
              ...{ from, end, kind: "DEFAULT", synchronisedWith: null, floor, ceiling: null, eventId },
              counted: Object.fromEntries(
                pausesBefore(commitment, from).map(({ pauseId, days: included }) => [pauseId, included]),
              ),
            },
          ],
  );
  // A plan was always recorded before what was set on its day.
  return planned.length === 0 ? commitment.settings : [...planned, ...commitment.settings];
};

/** The setting that judges a day. */
export const discountSettingOn = (commitment: Commitment, date: LocalDate): DiscountSetting =>
  settingOn(settingsOf(commitment), date);

/**
 * The discount end date as it is on a day: with the pauses known, none beyond the commitment's last day (its
 * termination's unless given), and without one an open pause counted through that day.
 * @returns the first day without discount; null: the commitment has no end date
 */
export const discountEndOn = (
  commitment: Commitment,
  date: LocalDate,
  lastDay: LocalDate | null = lastServedDay(commitment),
): LocalDate | null => {
  // After its last day a commitment's date stands as it was.
  const judged = lastDay === null ? date : earlier(date, lastDay);
  return folded(discountSettingOn(commitment, judged), commitment.pauses, { through: date, lastDay });
};

/** The termination's day; of one that was cancelled before its start there is none, and its date stands as it was. */
const lastServedDay = ({ termination, start }: Commitment): LocalDate | null =>
  termination && termination.on >= start ? termination.on : null;

/**
 * Where the discount ends for a day that is served. Pauses count whole, beyond a termination too: a termination cuts
 * what it costs, not what was given before it.
 */
export const discountEndForServing = (commitment: Commitment, date: LocalDate): LocalDate | null =>
  discountEndOn(commitment, date, null);

/** Days on which a new setting takes over, for cutting a period into pieces. */
export const settingDays = (commitment: Commitment): LocalDate[] =>
  settingsOf(commitment).flatMap(({ from }) => from ?? []);

/**
 * The days on which the discount stops applying, as things stand, with pauses whole as for the days served: a date that
 * was set after it had ended lets it run, and end, again; one that ends it on the day it is set ends what ran until then.
 */
export const discountEndings = (commitment: Commitment): LocalDate[] => {
  const settings = [...settingsOf(commitment)].sort((a, b) => compareText(a.from ?? "", b.from ?? ""));
  // An open pause that is not ended holds the end back for ever.
  const ends = settings.map((setting) => wholeEnd(setting, commitment, LAST_DATE));
  return ends.flatMap((end, index) => {
    const [from, next] = [settings[index]?.from ?? "", settings[index + 1]?.from ?? null];
    if (end === null || end > LAST_DATE || (next !== null && end >= next)) return [];
    const ranBefore = (ends[index - 1] ?? "") > from;
    return end > from || (end === from && ranBefore) ? [end] : [];
  });
};

/** What a date set today includes: of each pause whose first day is before it, the days known, an open one's through today. */
export const pausesWithin = (commitment: Commitment, end: LocalDate, today: LocalDate): CountedPause[] => {
  const lastDay = lastServedDay(commitment);
  return countedPauses(commitment.pauses, (pause) =>
    pause.from < end ? counted(pause, { through: today, lastDay: pause.until === null ? null : lastDay }) : 0,
  );
};

/** What a term that starts on a day does not count: of each pause, the days before it. */
export const pausesBefore = ({ pauses }: Commitment, start: LocalDate): CountedPause[] =>
  countedPauses(pauses, (pause) => counted(pause, { through: addDays(start, -1), lastDay: addDays(start, -1) }));

const countedPauses = (pauses: readonly Pause[], daysOf: (pause: Pause) => number): CountedPause[] =>
  pauses.flatMap((pause) => {
    const included = daysOf(pause);
    return included === 0 ? [] : [{ pauseId: pause.pauseId, days: included }];
  });
