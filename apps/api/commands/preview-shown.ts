import { type Preview as Previewed, type PreviewedBill, type Workings } from "#application/preview.js";
import { type Totalled } from "#domain/billing/foresee.js";
import { addDays, type Interval } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndToday } from "#domain/commitments/on-day.js";
import { explainable, once } from "../explain/explainable.js";
import { type Plain } from "../graphql/plain.js";
import { type Preview, type PreviewedComingPeriods, type PreviewedPeriod } from "./preview-models.js";

export const previewShown = ({ events, bill, giversBill }: Previewed): Plain<Preview> => {
  const own = bill && billShown(bill);
  return {
    events: events.map(({ stream, type, data }, place) => ({
      ...{ stream, type, data, effectiveOn: data.effectiveOn },
      ...{ events, place, currency: bill?.currency ?? null },
    })),
    commitment: bill && commitmentShown(bill),
    runningPeriod: own && own.runningPeriod,
    giversRunningPeriod: giversBill && billShown(giversBill).runningPeriod,
    penalty: own && own.penalty,
    ...{ bill, giversBill },
  };
};

const commitmentShown = ({ commitment, today, billing, unrecorded }: PreviewedBill): Plain<Preview>["commitment"] => {
  if (!commitment) return null;
  const { before, after } = commitment;
  return {
    id: after.commitmentId,
    statusBefore: before && statusOn(before, today),
    statusAfter: statusOn(after, today),
    discountEndBefore: before && discountEndToday(before, today),
    discountEndAfter: discountEndToday(after, today),
    after: { commitment: after, billing, today, unrecorded },
  };
};

/** Each line says how it comes about when it is asked. */
const billShown = (bill: PreviewedBill): Pick<Plain<Preview>, "runningPeriod" | "penalty"> => {
  const { currency, penalty } = bill;
  const workings = once(() => bill.explain());
  return {
    runningPeriod: periodShown(bill, currency, workings),
    penalty: penalty && {
      ...penalty,
      currency,
      lines: explainable(penalty.lines, async () => (await workings()).penalty),
    },
  };
};

/** The coming periods of a bill, computed here. */
export const comingShown = (bill: PreviewedBill): Plain<PreviewedComingPeriods> => {
  const { periods, laterToo } = bill.coming();
  const workings = once(() => bill.explainComing());
  const workingsOf = async (place: number) => {
    const found = (await workings())[place];
    if (!found) throw new Error("a period changes that does not when it is computed again");
    return found;
  };
  return {
    periods: periods.map((each, place) => periodShown(each, bill.currency, () => workingsOf(place))),
    laterToo,
  };
};

const periodShown = (
  { period, before, after }: { readonly period: Interval; readonly before: Totalled; readonly after: Totalled },
  currency: string,
  workings: () => Promise<Omit<Workings, "penalty">>,
): Plain<PreviewedPeriod> => ({
  period: { from: period.from, until: addDays(period.to, -1) },
  invoiceOn: period.to,
  currency,
  totalBefore: before.total,
  linesBefore: explainable(before.lines, async () => (await workings()).before),
  totalAfter: after.total,
  linesAfter: explainable(after.lines, async () => (await workings()).after),
});
