import { addDays, earlier, LAST_DATE, later, type LocalDate } from "../calendar.js";
import { type CustomerClass, classTermsOn, endWarningDaysOf } from "../catalog/customer-class.js";
import { inForceOn } from "../by-day.js";
import { type Commitment } from "../commitments/commitment.js";
import { discountEndings } from "../commitments/discount-end.js";
import { type Customer } from "../customers/customer.js";
import { type CommitmentEndNears, type CommitmentSignal } from "./events.js";
import { byDay, type Lifecycle, signalKey } from "./signals.js";

/** A discount end date to come, with the day of the command since which it is what it is. */
export interface ComingEnd {
  readonly on: LocalDate;
  readonly knownOn: LocalDate;
  /** When that command was recorded. */
  readonly recordedAt: string;
}

/**
 * The discount end dates of which the holder is to be told, as known now: none while an open pause leaves the date open,
 * none that a termination comes before (docs/rules.md#mails).
 * @param before as they were known before
 * @param knownOn the own day of what was recorded last
 * @param recordedAt when that was
 */
export const comingEnds = (
  commitment: Commitment,
  before: readonly ComingEnd[],
  knownOn: LocalDate,
  recordedAt: string,
): ComingEnd[] => {
  const { annulled, termination } = commitment;
  if (annulled) return [];
  return discountEndings(commitment)
    .filter((end) => termination === null || termination.on >= end)
    .map((end) => before.find(({ on }) => on === end) ?? { on: end, knownOn, recordedAt });
};

/**
 * The day from which what was recorded counts: the day that it names, or that of its ordering where that is earlier.
 */
export const ownDayOf = (data: { readonly effectiveOn: LocalDate; readonly orderedOn?: LocalDate }): LocalDate =>
  data.orderedOn === undefined ? data.effectiveOn : earlier(data.orderedOn, data.effectiveOn);

/** How many days before an end its holder is told, and since when it is so many; null: since always. */
export interface EndWarning {
  readonly days: number;
  readonly since: LocalDate | null;
}

/**
 * For the holder of a commitment.
 * @param classOf the class of an id, as known now
 */
export const endWarningOf = (
  { holders }: Pick<Commitment, "holders">,
  { classes }: Pick<Customer, "classes">,
  classOf: (customerClassId: string) => CustomerClass | undefined,
): EndWarning => {
  const member = inForceOn(classes, LAST_DATE, ({ effectiveOn }) => effectiveOn);
  const found = member?.customerClassId == null ? undefined : classOf(member.customerClassId);
  const days = endWarningDaysOf(classTermsOn(found, LAST_DATE));
  const revisions = found?.revisions ?? [];
  const changed = revisions.findLast(
    (revision, index) => index > 0 && endWarningDaysOf(revision) !== endWarningDaysOf(revisions[index - 1] ?? revision),
  );
  const joined = classes.length > 1 ? member?.effectiveOn : undefined;
  const received = holders.length > 1 ? holders.at(-1)?.from : undefined;
  const since = [joined, received, changed?.effectiveOn].reduce<LocalDate | null>(
    (latest, day) => (latest === null || day === undefined ? (day ?? latest) : later(latest, day)),
    null,
  );
  return { days, since };
};

/**
 * The next signal that an end nears, once for each date: so many days before it, or at once where the date came nearer
 * than that; null: there is none to come. An end that had passed when it became known is left out.
 * @param dayOf the holder's day of an instant
 */
export const nextEndNears = (
  commitmentId: string,
  ends: readonly ComingEnd[],
  { signalled }: Lifecycle,
  { days, since }: EndWarning,
  dayOf: (instant: string) => LocalDate,
): CommitmentEndNears | null => {
  const known = new Set(signalled);
  const isOver = (end: LocalDate) =>
    known.has(signalKey({ type: "DiscountEndTookEffect", data: { commitmentId, effectiveOn: end } }));
  const [first = null] = ends
    .filter(({ on, knownOn, recordedAt }) => knownOn < on && dayOf(recordedAt) < on && !isOver(on))
    .map(({ on, knownOn }): CommitmentEndNears => {
      const day = later(addDays(on, -days), knownOn);
      const effectiveOn = since === null ? day : later(day, since);
      return { type: "CommitmentEndNears", data: { commitmentId, discountEnd: on, effectiveOn } };
    })
    // On the date itself only where the class says so: no days before it.
    .filter(({ data }) => data.effectiveOn < data.discountEnd || (days === 0 && data.effectiveOn === data.discountEnd))
    .filter((signal) => !known.has(signalKey(signal)))
    .sort(byDay);
  return first;
};

/** The signals of a commitment with that of an end that nears, in order; one that comes too late is left out. */
export const withEndNears = (
  transitions: readonly CommitmentSignal[],
  endNears: CommitmentEndNears | null,
  today: LocalDate,
): readonly CommitmentSignal[] => {
  if (!endNears) return transitions;
  const { effectiveOn, discountEnd } = endNears.data;
  return today < discountEnd || today === effectiveOn ? [...transitions, endNears].sort(byDay) : transitions;
};
