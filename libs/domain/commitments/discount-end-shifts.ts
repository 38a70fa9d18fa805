import { addDays, daysBetween, earlier, type LocalDate } from "../calendar.js";
import { type Commitment, type Pause } from "./commitment.js";
import { countedParts, type DiscountEndTaking, foldedEnd, type Part, settingsOf } from "./discount-end.js";

/** Why a discount end date is another one. */
export const shiftCauses = ["AGREED", "MANUAL", "SYNCHRONISED", "UPGRADE", "PAUSE", "LIMIT"] as const;
export type ShiftCause = (typeof shiftCauses)[number];

/** A step by which the discount end date became what it is. */
export interface DiscountEndShift {
  readonly cause: ShiftCause;
  /** The date before; null: there was none. */
  readonly from: LocalDate | null;
  readonly to: LocalDate;
  /** How many days later it is; null: there was no date before. */
  readonly days: number | null;
  /** PAUSE: its paused days that count; `until` is null for an open pause. Null for other causes. */
  readonly pause: { readonly from: LocalDate; readonly until: LocalDate | null } | null;
  /** SYNCHRONISED: the commitment whose date was copied. */
  readonly synchronisedWith: string | null;
  readonly eventIds: readonly string[];
}

/**
 * How the discount end date came to be what it is on a day: every date that was agreed or set and counts for some day,
 * each with the pauses that move it while it counts (docs/rules.md#discount-end-and-pauses), in order of the days. The
 * last one ends at the date that is shown on that day. Dates that were replaced before any day counted by them are left
 * out, and so are pauses that move nothing; of a date that had passed and was raised, what it was before.
 */
export const discountEndShifts = (commitment: Commitment, today: LocalDate): DiscountEndShift[] => {
  const { termination, start } = commitment;
  const lastDay = termination !== null && termination.on >= start ? termination.on : null;
  const judged = termination === null ? today : earlier(termination.on, today);
  const parts = countedParts(settingsOf(commitment), commitment)
    .filter(({ from }, index) => index === 0 || from === null || from <= judged)
    // Of a date that a pause raised for later days only, those count.
    .filter(({ eventId }, index, all) => all[index + 1]?.eventId !== eventId);
  const taken = new Shifts(commitment);
  parts.forEach((part, index) => {
    const next = parts[index + 1]?.from ?? null;
    // Later pauses move the date that counts by then.
    const pauses = next === null ? commitment.pauses : commitment.pauses.filter(({ from }) => from < next);
    foldedEnd(part, pauses, { through: next === null ? today : addDays(next, -1), lastDay }, taken);
  });
  return taken.shifts;
};

class Shifts implements DiscountEndTaking {
  readonly shifts: DiscountEndShift[] = [];
  private end: LocalDate | null = null;

  constructor(private readonly commitment: Commitment) {}

  begin(setting: Part, end: LocalDate): void {
    const { synchronisedWith, eventId } = setting;
    this.add({ cause: this.causeOf(setting), to: end, pause: null, synchronisedWith, eventIds: [eventId] });
  }

  pause(
    { pauseId, from, until }: Pick<Pause, "pauseId" | "from" | "until">,
    all: readonly Pause[],
    { paused, moved }: { readonly paused: number; readonly included: number; readonly moved: LocalDate },
  ): void {
    if (moved === this.end) return;
    const pause = all.find((one) => one.pauseId === pauseId);
    const eventIds = pause ? [...new Set([pause.fromEventId, pause.untilEventId])] : [];
    const last = paused === 0 ? until : addDays(from, paused - 1);
    const days = { from, until: until === null ? null : last };
    this.add({ cause: "PAUSE", to: moved, pause: days, synchronisedWith: null, eventIds });
  }

  bound(_operation: "EARLIEST" | "LATEST", _day: LocalDate, bounded: LocalDate): void {
    if (bounded === this.end) return;
    this.add({ cause: "LIMIT", to: bounded, pause: null, synchronisedWith: null, eventIds: [] });
  }

  private causeOf({ eventId, kind }: Part): ShiftCause {
    if (kind !== "DEFAULT") return kind;
    return eventId === this.commitment.assignedEventId ? "AGREED" : "UPGRADE";
  }

  private add(shift: Omit<DiscountEndShift, "from" | "days">): void {
    const from = this.end;
    this.end = shift.to;
    this.shifts.push({ ...shift, from, days: from === null ? null : daysBetween(from, shift.to) });
  }
}
