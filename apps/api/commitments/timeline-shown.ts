import { type CommitmentDay as Day } from "#domain/billing/commitment-day.js";
import { type CommitmentTimeline as Timeline, type IssuedLine } from "#domain/billing/commitment-timeline.js";
import { type CommitmentsTimeline as Axis } from "#domain/billing/commitments-timeline.js";
import { belongsTo } from "#domain/billing/ledger.js";
import { type Line as ComputedLine } from "#domain/billing/line.js";
import { type DocumentedLine } from "#read-models/invoices/commitment-lines.js";
import { type Plain } from "../graphql/plain.js";
import { lineShown } from "../invoices/shown.js";
import {
  type CommitmentDay,
  type CommitmentsTimeline,
  type CommitmentTimeline,
  type TimelineDocument,
} from "./timeline-models.js";

/** A line of an issued document, with the period that it belongs to. */
export type Documented = IssuedLine & { readonly line: DocumentedLine };

export const documented = (line: DocumentedLine): Documented => {
  const { kind, discount, discountOrigin, net, corrects, fromOn: from, periodFrom } = line;
  const day = belongsTo({ from, ...(corrects && { corrects }) } as ComputedLine, { from: periodFrom });
  return { kind, discount, discountOrigin, net, corrects, belongsTo: day, line };
};

/** @param isRecorded whether an event is in the log: one that is only previewed is not */
export const timelineShown = (
  {
    periods,
    suspensions,
    rates,
    pauses,
    agreements,
    prices,
    upgrades,
    shifts,
    given,
    ...timeline
  }: Timeline<Documented>,
  isRecorded: (eventId: string) => boolean,
): Plain<CommitmentTimeline> => {
  const recorded = <Shape extends { readonly eventIds: readonly string[] }>(shape: Shape) => ({
    ...shape,
    eventIds: shape.eventIds.filter(isRecorded),
  });
  return {
    ...timeline,
    periods: periods.map(({ issued, foreseen, ...period }) => ({
      ...period,
      invoices: documentsOf(issued),
      lines: [
        ...issued.map(({ line: { number: _number, document: _document, periodFrom: _from, ...row } }) =>
          lineShown(row),
        ),
        ...foreseen.map((line) => ({ ...line, causes: line.causes.filter(isRecorded) })),
      ],
    })),
    suspensions: suspensions.map(recorded),
    rates: rates.map(recorded),
    pauses: pauses.map(recorded),
    agreements: agreements.map(recorded),
    prices: [...prices],
    upgrades: upgrades.map(recorded),
    shifts: shifts.map(({ pause, synchronisedWith, ...shift }) => ({
      ...recorded(shift),
      causeFrom: pause?.from ?? null,
      causeUntil: pause?.until ?? null,
      withCommitmentId: synchronisedWith,
    })),
    given: [...given],
    termination: timeline.termination && recorded(timeline.termination),
  };
};

const documentsOf = (issued: readonly Documented[]): TimelineDocument[] => [
  ...new Map(
    issued.map(({ line: { invoiceId: id, number, document: kind } }) => [id, { id, number, kind }] as const),
  ).values(),
];

export const axisShown = ({ commitments, suspensions, rates, ...axis }: Axis): Plain<CommitmentsTimeline> => ({
  ...axis,
  commitments: commitments.map((bar) => ({ ...bar, pauses: [...bar.pauses] })),
  suspensions: [...suspensions],
  rates: [...rates],
});

export const dayShown = (
  { price, ...day }: Day,
  { id: commitmentId, customerId }: { readonly id: string; readonly customerId: string },
): Plain<CommitmentDay> => ({
  ...day,
  fee: price?.fee ?? null,
  discount: price?.discount ?? null,
  net: price?.net ?? null,
  discountOrigin: price?.discountOrigin ?? null,
  commitmentId,
  customerId,
});

/** Every event that a timeline names, each once. */
export const eventsOf = (timeline: Plain<CommitmentTimeline>): string[] => {
  const { suspensions, rates, pauses, agreements, upgrades, shifts, termination } = timeline;
  const shapes = [...suspensions, ...rates, ...pauses, ...agreements, ...upgrades, ...shifts];
  return [...new Set([...shapes.flatMap(({ eventIds }) => eventIds), ...(termination?.eventIds ?? [])])];
};
