import { Unavailable } from "#application/command/unavailable.js";
import { earlyTerminationQuotes } from "#domain/billing/early-termination-quote.js";
import { type Line } from "#domain/billing/line.js";
import { netSteps, recordingOf } from "#domain/billing/recorded-billing.js";
import { type Recording } from "#domain/billing/recording.js";
import { unbilled } from "#domain/billing/unbilled.js";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { todayOf } from "#domain/customers/customer.js";
import { type Step } from "#domain/step.js";
import { leavingCostOn } from "#domain/billing/commitment-day.js";
import { ledgerLinesOf } from "#read-models/billing/lines.js";
import { type Billing } from "#read-models/billing/load.js";
import { customersIn, type Scope } from "#read-models/rows/scope.js";
import { type LeavingCost } from "../commitments/leaving-costs.js";
import { explainable, once } from "../explain/explainable.js";
import { type Plain } from "../graphql/plain.js";
import { unbilledShown } from "../invoices/shown.js";
import { type Unbilled } from "../invoices/unbilled-models.js";
import { type Reader } from "./reader.js";

/** A customer's billing, with where it was loaded from and the time for which lines are foreseen. */
interface Foreseeing {
  readonly dataSource: Reader["backend"]["dataSource"];
  readonly scope: Scope;
  readonly billing: Billing;
  readonly now: Instant;
}

/** The running period of a customer; each of its lines says how it comes about when it is asked (decision 228). */
export const unbilledOf = (from: Foreseeing): Plain<Unbilled> => {
  const compute = (record?: Recording) => unbilled(from.billing, from.now, record);
  const { lines, ...computed } = compute();
  const stepsOf = once(() => computedAgain(from, (record) => compute(record).lines));
  return unbilledShown({ ...computed, lines: explainable(lines, stepsOf) });
};

/** Early-termination quotes of a commitment of the customer, whose lines say how they come about alike. */
export const leavingCostsOf = (from: Foreseeing, commitment: Commitment, months: number): Plain<LeavingCost>[] => {
  const { billing, now } = from;
  const today = todayOf(billing.history.customer, now);
  const compute = (record?: Recording) => earlyTerminationQuotes(commitment, billing, today, months, record);
  const stepsOf = once(() => computedAgain(from, (record) => compute(record).flatMap(({ lines }) => lines)));
  let before = 0;
  return compute().map(({ lines, ...quote }) => {
    const first = before;
    before += lines.length;
    return { ...quote, lines: explainable(lines, async () => (await stepsOf()).slice(first)) };
  });
};

/** What leaving on a day costs; null: the commitment could not end on it. Its lines say how they come about alike. */
export const leavingCostOf = (
  from: Omit<Foreseeing, "now">,
  commitment: Commitment,
  day: LocalDate,
): Plain<LeavingCost> | null => {
  const quote = leavingCostOn(commitment, from.billing, day);
  if (!quote) return null;
  const stepsOf = once(() =>
    computedAgain(from, (record) => leavingCostOn(commitment, from.billing, day, record)?.lines ?? []),
  );
  return { ...quote, lines: explainable(quote.lines, stepsOf) };
};

/**
 * Computes lines once more, from the billing that they were computed from, taking down the steps of their nets.
 * @throws Unavailable where something was billed since the billing was loaded
 */
const computedAgain = async (
  { dataSource, scope, billing }: Omit<Foreseeing, "now">,
  compute: (record: Recording) => readonly Line[],
): Promise<readonly Step[]> => {
  const customers = customersIn(scope, [billing.history.customer.customerId]);
  const record = recordingOf(billing, await ledgerLinesOf(dataSource, scope.providerId, customers));
  if (!record) throw new Unavailable("Something was billed since the lines were computed; try again.");
  return netSteps(compute(record), record);
};
