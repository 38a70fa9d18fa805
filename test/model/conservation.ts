import { addDays, type LocalDate } from "#domain/calendar.js";
import { feeOf } from "#domain/catalog/fee.js";
import { classTermsOf } from "#domain/billing/class-terms.js";
import { type Line } from "#domain/billing/line.js";
import { periodLines } from "#domain/billing/period.js";
import { type Commitment, statusOn } from "#domain/commitments/commitment.js";

import { type HeldTerms, heldTerms, termsOn } from "#domain/commitments/terms.js";
import { cycleOn, suspensionOn } from "#domain/customers/customer.js";
import { big, format, round, sum } from "#domain/money.js";
import { endOf } from "#domain/commitments/history.js";
import { type Close, type Stream, type World } from "./engine/world.js";
import { type Story } from "./story.js";

/*
 * What must hold over a whole life, whatever happened in it: said of the domain alone, without the naive model. Each
 * check answers one readable line for each violation.
 */

type AnyStream = Stream<unknown, never>;

/** Replaying the events of each stream gives the state that it has. */
export const replays = (world: World): string[] => {
  const streams = [
    ...[...world.customers.values()].map(({ stream }) => stream),
    ...world.everyAccount,
    ...world.commitments.values(),
    ...world.offers.values(),
  ] as unknown as AnyStream[];
  return streams
    .filter((stream) => JSON.stringify(stream.replayed()) !== JSON.stringify(stream.state))
    .map(({ name }) => `${name} replays to another state`);
};

/** Closing any closed period again, from the history as it is at the end, gives the same lines. */
export const closesAgain = (world: World): string[] =>
  world.closes.flatMap(({ customer, period, lines, sealedBefore, closedToBefore }) => {
    const again = periodLines(world.history(customer), period, sealedBefore, closedToBefore);
    if (JSON.stringify(again) === JSON.stringify(lines)) return [];
    return [`${customer}'s period from ${period.from} closes to other lines:\n${text(lines)}\nagain:\n${text(again)}`];
  });

const text = (lines: readonly Line[]): string => lines.map((line) => `  ${JSON.stringify(line)}`).join("\n");

/** What a row is charged in a period is the rounded fee of the days it was served, counted one by one. */
export const chargesDaysServed = (world: World): string[] =>
  world.closes.flatMap((close) => {
    const history = world.history(close.customer);
    const { rounding } = classTermsOf(history, close.period);
    const { customer } = history;
    return history.commitments.flatMap((commitment) =>
      heldTerms(commitment).flatMap((held) =>
        held.terms.recurring
          .filter(({ prorateFirst, prorateLast }) => prorateFirst && prorateLast)
          .flatMap((row) => {
            const days = servedDays(world, close, commitment, held);
            const fee = feeOf(row.fees, cycleOn(customer, close.period.from).type);
            if (fee === undefined) return [];
            const { currency } = held.terms;
            const of = daysIn(close).length.toString();
            const due = format(round(big(fee).times(days.toString()).div(of), currency, rounding), currency);
            const own = close.lines.filter(
              ({ kind, commitmentId, rowId }) =>
                kind === "RECURRING" && commitmentId === commitment.commitmentId && rowId === row.rowId,
            );
            const charged = format(sum(own.map((line) => big(line.fee))), currency);
            if (charged === due) return [];
            const where = `${commitment.commitmentId} ${row.rowId} from ${close.period.from}`;
            return [`${where}: ${days} days served are ${due}, charged was ${charged}`];
          }),
      ),
    );
  });

const daysIn = ({ period }: Close): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = period.from; day < period.to; day = addDays(day, 1)) days.push(day);
  return days;
};

const servedDays = (world: World, close: Close, commitment: Commitment, held: HeldTerms): number => {
  const history = world.history(close.customer);
  const end = endOf(commitment, history)?.on ?? null;
  return daysIn(close).filter(
    (day) =>
      held.from <= day &&
      (held.to === null || day < held.to) &&
      (end === null || day <= end) &&
      statusOn(commitment, day) === "ACTIVE" &&
      !suspensionOn(history.customer, day),
  ).length;
};

/** A penalty is what its strategy says about the discounts that were given, to the last unit. */
export const penaltiesMatch = (world: World): string[] =>
  world.closes.flatMap((close) => {
    const ids = [...new Set(close.lines.filter(({ kind }) => kind === "PENALTY").map((line) => line.commitmentId))];
    return ids.flatMap((id) => {
      const state = world.commitments.get(id)?.state;
      if (!state) return [`${id} has a penalty and no state`];
      const penalty = netOf(close.lines.filter((line) => line.kind === "PENALTY" && line.commitmentId === id));
      const on = close.lines.find((line) => line.kind === "PENALTY" && line.commitmentId === id)?.until ?? "";
      const given = sum(
        world.closes
          .filter(({ customer, period }) => customer === close.customer && period.to <= close.period.to)
          .flatMap(({ lines }) => lines)
          .filter((line) => line.commitmentId === id && line.discountOrigin === "COMMITMENT")
          .map(({ discount }) => big(discount)),
      );
      const { penalty: strategy } = termsOn(state, on);
      const holds =
        strategy === "SUM_OF_DISCOUNTS"
          ? penalty.eq(given)
          : strategy === "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES"
            ? penalty.lte(given)
            : strategy !== "NONE";
      return holds ? [] : [`${id}: the penalty ${penalty.toFixed()} under ${strategy} with ${given.toFixed()} given`];
    });
  });

const netOf = (lines: readonly Line[]) => sum(lines.map(({ net }) => big(net)));

/** Where nothing else was accepted between a termination and its close, the preview was what the close charged. */
export const previewsHold = (world: World, story: Story, codes: readonly (string | null)[]): string[] =>
  [...world.commitments].flatMap(([id, { events, state }]) => {
    const last = events.at(-1)?.event;
    if (last?.type !== "CommitmentTerminated" || last.data.reason !== "ORDERED" || !state) return [];
    const { effectiveOn: on, penaltyPreview } = last.data;
    const close = world.closes.find(
      ({ customer, period }) => customer === state.customerId && period.from <= on && on < period.to,
    );
    const ordered = story.steps.findLastIndex(
      (step, index) => "terminate" in step && step.terminate === id && codes[index] === null,
    );
    const disturbed = story.steps.some(
      (step, index) =>
        index > ordered && codes[index] === null && step.on <= (close?.period.to ?? "") && Object.keys(step).length > 1,
    );
    if (!close || disturbed) return [];
    const penalty = netOf(
      close.lines.filter(({ kind, commitmentId }) => kind.startsWith("PENALTY") && commitmentId === id),
    );
    return penalty.eq(big(penaltyPreview)) ? [] : [`${id}: previewed ${penaltyPreview}, charged ${penalty.toFixed()}`];
  });
