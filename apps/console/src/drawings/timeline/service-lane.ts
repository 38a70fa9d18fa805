import { addDays } from "../days.js";
import { cut, type Range, shared, without } from "../ranges.js";
import { type DayScale } from "../scale.js";
import { type Timeline, type TimelinePause, type TimelineSuspension } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** Width of the cap on the last charged day, in px. */
const CAP = 6;

/**
 * The days with service, without those that are paused or suspended; pauses whole; suspensions without their paused
 * days, because a day that is both counts as paused; the cap of a termination.
 */
export const serviceShapes = (data: Timeline, scale: DayScale): Shape[] => {
  const held = { from: data.from, until: data.termination?.on ?? scale.until };
  const inHeld = <T extends Parameters<typeof cut>[0]>(of: readonly T[]): [T, Range][] =>
    of.flatMap((each): [T, Range][] => {
      const range = shared(cut(each, held.until), held);
      return range ? [[each, range]] : [];
    });
  const pauses = inHeld(data.pauses);
  const paused = pauses.map(([, range]) => range);
  const suspensions = inHeld(data.suspensions.map((of) => endingOnly(of, data.until))).flatMap(([of, range]) =>
    without(range, paused).map((piece) => [of, piece] as const),
  );
  const served = held.from <= held.until ? without(held, [...paused, ...suspensions.map(([, range]) => range)]) : [];
  const place = (name: string, { from, until }: Range) => {
    const x = scale.x(from);
    return {
      key: `${name} ${from}`,
      lane: "service" as const,
      x,
      ...LANES.service,
      width: Number((scale.end(until) - x).toFixed(2)),
      from,
      until,
    };
  };
  const yesterday = addDays(data.today, -1);
  return [
    ...served.flatMap((range): Shape[] =>
      [
        { piece: shared(range, { from: range.from, until: yesterday }), coming: false },
        { piece: shared(range, { from: data.today, until: range.until }), coming: true },
      ].flatMap(({ piece, coming }): Shape[] =>
        piece ? [{ ...place("service", piece), until: endOf(data, piece), kind: "service", coming }] : [],
      ),
    ),
    ...pauses.map(([of, range]): Shape => ({
      ...place("pause", range),
      until: of.until,
      kind: "pause",
      of,
      look: lookOf(of),
    })),
    ...suspensions.map(([of, range]): Shape => ({
      ...place("suspension", range),
      until: of.until === null && range.until === held.until ? null : range.until,
      kind: "suspension",
      of,
    })),
    ...(data.requests ?? []).flatMap((of): Shape[] => {
      const range = shared(cut(of, held.until), held);
      return range ? [{ ...place("request", range), until: of.until, kind: "request" }] : [];
    }),
    ...capOf(data, scale),
  ];
};

/** One that lasts as long as anything is known is not over by then. */
const endingOnly = (of: TimelineSuspension, known: string): TimelineSuspension =>
  of.until !== null && of.until >= known ? { ...of, until: null } : of;

/** Service that nothing ends goes on behind the drawing. */
const endOf = (data: Timeline, { until }: Range): string | null =>
  data.termination || data.pauses.some(({ from }) => from > until) || data.suspensions.some(({ from }) => from > until)
    ? until
    : until < data.today
      ? until
      : null;

const lookOf = ({ until, status }: TimelinePause): "hatched" | "outlined" | "fading" =>
  status === "SCHEDULED" ? "outlined" : until === null ? "fading" : "hatched";

const capOf = ({ termination }: Timeline, scale: DayScale): Shape[] =>
  termination
    ? [
        {
          key: "cap",
          lane: "service",
          x: Number((scale.end(termination.on) - CAP / 2).toFixed(2)),
          y: LANES.service.y - 4,
          width: CAP,
          height: LANES.service.height + 8,
          from: termination.on,
          until: termination.on,
          kind: "cap",
          of: termination,
        },
      ]
    : [];
