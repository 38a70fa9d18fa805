import { addDays, addMonths, dayNumber, earlier, later } from "../days.js";
import { cut, type Range, shared, without } from "../ranges.js";
import { type DayScale, dayScale, rounded } from "../scale.js";
import { type Days } from "../timeline/data.js";

/** `Customer.timeline` and `Account.timeline` of the API, whose names these are. Days are ISO texts, last ones included. */
export interface CommitmentsTimeline {
  readonly today: string;
  readonly from: string;
  readonly until: string;
  readonly commitments: readonly AxisCommitment[];
  /** Days on which the customer is suspended. */
  readonly suspensions: readonly Days[];
}

export interface AxisCommitment {
  readonly commitment: {
    readonly id: string;
    readonly pauseRequests: readonly (Days & { readonly status: string })[];
  } | null;
  /** Name of its terms. */
  readonly name: string;
  readonly status: "PENDING" | "ACTIVE" | "PAUSED" | "TERMINATED";
  /** Its start. */
  readonly from: string;
  /** Its last charged day; null: it is not terminated. */
  readonly lastDay: string | null;
  /** The first day without discount; null: none. */
  readonly discountEnd: string | null;
  readonly pauses: readonly (Days & { readonly status: string })[];
}

/** Height of the axis above the rows, and of a row, in px. */
export const AXIS = 28;
export const ROW = 34;
const BAR = { offset: 9, height: 16 } as const;

export interface AxisBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface AxisRow {
  readonly of: AxisCommitment;
  readonly y: number;
  /** From start to last charged day, or to the end of the drawing. */
  readonly bar: AxisBar;
  readonly goesOn: boolean;
  /** The days through the last discounted one. */
  readonly discount: AxisBar | null;
  readonly pauses: readonly (AxisBar & Days & { readonly isComing: boolean })[];
  /** Days on which its customer is suspended, without those that are paused. */
  readonly suspensions: readonly (AxisBar & Range)[];
  /** Pauses that wait for an answer. */
  readonly requests: readonly (AxisBar & Days)[];
  /** Middle of the diamond on the first day without discount; null: none, or it was terminated before. */
  readonly end: { readonly x: number; readonly y: number } | null;
}

export interface CommitmentsLayout {
  readonly scale: DayScale;
  readonly rows: readonly AxisRow[];
  readonly height: number;
  /** Where today begins. */
  readonly today: number;
}

/** Places commitments on one line of days, a row each, in the order given. @param width of the drawing in px */
export const layoutCommitments = (
  { commitments, suspensions, today, until }: Omit<CommitmentsTimeline, "from">,
  width: number,
): CommitmentsLayout => {
  const scale = scaleOf(commitments, today, width);
  const rows = commitments.map((of, index): AxisRow => {
    const y = AXIS + index * ROW;
    const whole = { from: of.from, until: of.lastDay ?? scale.until };
    const box = ({ from, until }: { readonly from: string; readonly until: string }): AxisBar => ({
      x: scale.x(from),
      y: y + BAR.offset,
      width: rounded(Math.max(scale.end(until) - scale.x(from), 2)),
      height: BAR.height,
    });
    const boxes = <Span extends Days>(spans: readonly Span[]): (Span & AxisBar)[] =>
      spans.flatMap((span) => {
        const range = shared(cut(span, whole.until), whole);
        return range ? [{ ...span, ...box(range) }] : [];
      });
    const discounted =
      of.discountEnd === null ? null : shared({ from: of.from, until: addDays(of.discountEnd, -1) }, whole);
    return {
      of,
      y,
      // Annulled before it began: nothing but its start.
      bar: box({ from: whole.from, until: later(whole.until, whole.from) }),
      goesOn: of.lastDay === null,
      discount: discounted && box(discounted),
      pauses: boxes(
        of.pauses
          .filter(({ status }) => status !== "CANCELLED")
          .map(({ from, until, status }) => ({ from, until, isComing: status === "SCHEDULED" })),
      ),
      suspensions: suspendedDays(of, suspensions, until, scale.until).map((range) => ({ ...range, ...box(range) })),
      requests: boxes(openRequests(of)),
      end:
        of.discountEnd === null || of.discountEnd > whole.until
          ? null
          : { x: scale.x(of.discountEnd), y: y + BAR.offset + BAR.height / 2 },
    };
  });
  return { scale, rows, height: AXIS + commitments.length * ROW + 6, today: scale.x(today) };
};

/** The pauses of a commitment that wait for an answer. */
export const openRequests = ({ commitment }: AxisCommitment): Days[] =>
  (commitment?.pauseRequests ?? [])
    .filter(({ status }) => status === "OPEN")
    .map(({ from, until }) => ({ from, until }));

/**
 * The days of a commitment on which its customer is suspended; a day that is paused as well counts as paused.
 * @param known the last day that the suspensions are told of: one that lasts so long is not over by then
 * @param last day of the drawing
 */
export const suspendedDays = (
  { from, lastDay, pauses }: AxisCommitment,
  suspensions: readonly Days[],
  known: string,
  last: string,
): Range[] => {
  const whole = { from, until: lastDay ?? last };
  const paused = pauses.filter(({ status }) => status !== "CANCELLED").map((pause) => cut(pause, whole.until));
  return suspensions.flatMap(({ from: first, until }) => {
    const isOver = until !== null && until < known;
    const range = shared({ from: first, until: isOver ? until : whole.until }, whole);
    return range ? without(range, paused) : [];
  });
};

/** The last day that something of a commitment is known of; what its end leaves no room for does not count. */
const lastDayOf = (of: AxisCommitment): string => {
  const { from, lastDay, discountEnd, pauses } = of;
  if (lastDay !== null) return later(from, lastDay);
  const known = pauses.filter(({ status }) => status !== "CANCELLED");
  const days = [...known, ...openRequests(of)].map((span) => span.until ?? span.from);
  return [discountEnd ?? from, ...days].reduce(later, from);
};

/** From the first start to a month for every year behind the last date. */
const scaleOf = (commitments: readonly AxisCommitment[], today: string, width: number): DayScale => {
  const first = commitments.reduce((from, commitment) => earlier(from, commitment.from), today);
  const last = commitments.map(lastDayOf).reduce(later, today);
  const span = dayNumber(last) - dayNumber(first);
  return dayScale(first, addMonths(last, Math.max(1, Math.ceil(span / 365))), width);
};
