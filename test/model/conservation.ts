import { addDays, type LocalDate } from "#domain/calendar.js";
import { feeOf } from "#domain/catalog/fee.js";
import { classTermsOf } from "#domain/billing/class-terms.js";
import { type Line } from "#domain/billing/line.js";
import { correctedKind } from "#domain/billing/compared-by.js";
import { corrections } from "#domain/billing/corrections.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { type Commitment, statusOn } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";

import { type HeldTerms, heldTerms, termsOn } from "#domain/commitments/terms.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { customersOf, holderOn } from "#domain/commitments/holders.js";
import { billingPeriodOf, cycleOn, naturalDaysOf, suspensionOn } from "#domain/customers/customer.js";
import { big, format, round, sum } from "#domain/money.js";
import { type CustomerHistory, endOf } from "#domain/commitments/history.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { fold } from "#event-store/fold.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { evolvers, type FoldedCategory } from "#read-models/runner/evolvers.js";
import { type Close, type World } from "./engine/world.js";
import { type Story } from "./story.js";

/*
 * What must hold over a whole life, whatever happened in it: said of the domain alone, without the naive model. Each
 * check answers one readable line for each violation.
 */

/** Folding the recorded events of each stream gives the state that it has. */
export const replays = async (world: World): Promise<string[]> => {
  const { store, facts } = world.session;
  const streams = [...new Set(store.log.map(({ stream }) => stream))].filter((stream) =>
    Object.hasOwn(evolvers, parseStreamName(stream).category),
  );
  const faults = await Promise.all(
    streams.map(async (stream) => {
      const { provider, category, id } = parseStreamName(stream);
      const events = await store.readStream(stream);
      const evolver: Evolver<unknown, DomainEvent> = evolvers[category as FoldedCategory];
      const state = facts.all(provider, category as FoldedCategory).get(id);
      const isSame = JSON.stringify(fold(evolver, events)) === JSON.stringify(state);
      return isSame ? [] : [`${stream} replays to another state`];
    }),
  );
  return faults.flat();
};

/** Computing every closed period again, from the earliest day on, gives nothing, if nothing was dated back since. */
export const closesAgain = (world: World): string[] =>
  [...world.all("customer").keys()].flatMap((customerId) => {
    const billing = world.billing(customerId);
    if (billing.closedTo === null || billing.movedFrom !== null) return [];
    const again = corrections({ ...billing, movedFrom: "1970-01-01" });
    return again.length === 0 ? [] : [`${customerId} would be corrected again:\n${text(again)}`];
  });

const text = (lines: readonly Line[]): string => lines.map((line) => `  ${JSON.stringify(line)}`).join("\n");

/** What a row is charged in a period is the rounded fee of the days it was served, counted one by one. */
export const chargesDaysServed = (world: World): string[] =>
  world.closes.filter(isFinal(world)).flatMap((close) => {
    const history = world.history(close.customerId);
    const { rounding } = classTermsOf(history, close.period);
    const { customer } = history;
    return history.commitments
      .filter(({ annulled }) => !annulled)
      .flatMap((commitment) =>
        heldTerms(commitment).flatMap((held) =>
          held.terms.recurring
            .filter(({ prorateFirst, prorateLast }) => prorateFirst && prorateLast)
            .flatMap((row) => {
              const days = servedDays(history, close, commitment, held);
              const fee = feeOf(row.fees, cycleOn(customer, close.period.from).type);
              if (fee === undefined) return [];
              const { currency } = held.terms;
              const of = naturalDaysOf(customer, close.period).toString();
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

/** Was nothing of the period corrected later, and is nothing to be? What was void is not, issued again or not. */
const isFinal =
  (world: World) =>
  ({ customerId, period }: Close): boolean => {
    const { movedFrom, billed } = world.billing(customerId);
    const isVoided = world.documents.some(
      ({ customerId: whose, event }) =>
        event.type === "InvoiceVoided" && whose === customerId && event.data.period.from === period.from,
    );
    return !isVoided && movedFrom === null && !billed.some((line) => line.corrects?.period.from === period.from);
  };

const daysIn = ({ period }: Close): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = period.from; day < period.to; day = addDays(day, 1)) days.push(day);
  return days;
};

const servedDays = (history: CustomerHistory, close: Close, commitment: Commitment, held: HeldTerms): number => {
  const end = endOf(commitment, history)?.on ?? null;
  return daysIn(close).filter(
    (day) =>
      holderOn(commitment, day).customerId === close.customerId &&
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
    const ids = [
      ...new Set(close.lines.filter(({ kind }) => kind === "PENALTY").flatMap((line) => line.commitmentId ?? [])),
    ];
    return ids.flatMap((id) => {
      const state = world.all("commitment").get(id);
      if (!state) return [`${id} has a penalty and no state`];
      // What others who held it gave stands on their invoices.
      if (customersOf(state).length > 1) return [];
      const billed = documentsUntil(world, close).flatMap(({ lines }) => lines);
      // A reissue brings discounts back, and with the next close what they add to a penalty that was billed before.
      const penalty = netOf(billed.filter((line) => correctedKind(line) === "PENALTY" && line.commitmentId === id));
      const on = close.lines.find((line) => line.kind === "PENALTY" && line.commitmentId === id)?.until ?? "";
      const given = sum(
        billed
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

/** What was issued to the customer of a close, up to what it issued. */
const documentsUntil = ({ documents }: World, { customerId, lines }: Close): World["documents"] => {
  const last = documents.findIndex((document) => document.lines === lines);
  return documents.slice(0, last + 1).filter((document) => document.customerId === customerId);
};

const netOf = (lines: readonly Line[]) => sum(lines.map(({ net }) => big(net)));

/**
 * Where nothing else was accepted between a termination and its close, and no suspension for non-payment came or went,
 * the preview was what the close charged.
 */
export const previewsHold = (world: World, story: Story, codes: readonly (string | null)[]): string[] =>
  [...world.all("commitment").values()].flatMap((state) => {
    const { commitmentId, customerId } = state;
    const id = world.ids.names("assigned").get(commitmentId) ?? commitmentId;
    const { last, after } = lastEventOf(world, commitmentId);
    if (last?.type !== "CommitmentTerminated" || last.data.reason !== "ORDERED") return [];
    const { effectiveOn: on, penaltyPreview } = last.data;
    const ordered = story.steps.findLastIndex(
      (step, index) => "terminate" in step && step.terminate === id && codes[index] === null,
    );
    const orderedOn = story.steps[ordered]?.on ?? "";
    // What is dated back into a closed period comes with the next close.
    const close = world.closes.find(
      ({ customerId: billed, period }) => billed === customerId && on < period.to && orderedOn < period.to,
    );
    const disturbed = story.steps.some(
      (step, index) =>
        index > ordered && codes[index] === null && step.on <= (close?.period.to ?? "") && Object.keys(step).length > 1,
    );
    if (!close || disturbed) return [];
    // Collection suspends by itself, and what is paid by then lifts it again.
    if (after.some((event) => blocksBefore(event, close.period.to))) return [];
    // Nothing is charged in a void period until it is reissued.
    const { customer } = world.history(customerId);
    if (world.billing(customerId).voided.has(billingPeriodOf(customer, on).from)) return [];
    const penalty = netOf(
      close.lines.filter((line) => line.kind.startsWith("PENALTY") && line.commitmentId === commitmentId),
    );
    return penalty.eq(big(penaltyPreview)) ? [] : [`${id}: previewed ${penaltyPreview}, charged ${penalty.toFixed()}`];
  });

/** The last event of a commitment, and what was recorded of all customers after it. */
const lastEventOf = ({ session }: World, commitmentId: string) => {
  const { log } = session.store;
  const stream = streamName(LOCAL.providerId, "commitment", commitmentId);
  const place = log.findLastIndex((event) => event.stream === stream);
  const [last, ...after] = place < 0 ? [] : log.slice(place).map(({ type, data }) => ({ type, data }) as DomainEvent);
  return { last: last as CommitmentEvent | undefined, after: after as CustomerEvent[] };
};

/** Whether an event suspends a customer for non-payment, or lifts that, on a day before `to`. */
const blocksBefore = (event: CustomerEvent, to: LocalDate): boolean =>
  (event.type === "CustomerSuspended" || event.type === "CustomerUnsuspended") &&
  event.data.origin === "NON_PAYMENT" &&
  event.data.effectiveOn < to;
