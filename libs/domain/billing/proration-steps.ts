import type Big from "big.js";
import { days, inclusive, type Interval } from "../calendar.js";
import { big, type RoundingMode } from "../money.js";
import { computed, given, type Step, type StepName } from "../step.js";
import { type Line } from "./line.js";
import { type Segment, type ServedRow } from "./segments.js";

/** What `prorated` computed of a group of segments with the same unit amount. */
export interface GroupComputed {
  /** What each member would have, exactly. */
  readonly shares: readonly Big[];
  /** What all of them have together, exactly and rounded. */
  readonly exact: Big;
  readonly total: Big;
  readonly allocated: readonly Big[];
}

/** Takes down how the fees and discounts of one row's segments are prorated. */
export class ProrationSteps {
  private readonly charged: Step[];
  private readonly period: Step;
  private readonly steps: Record<"FEE" | "DISCOUNT", Step[]> = { FEE: [], DISCOUNT: [] };
  private current: "FEE" | "DISCOUNT" = "FEE";

  constructor(
    private readonly served: ServedRow,
    period: Interval,
    periodDays: number,
    private readonly parts: readonly Segment[],
    private readonly rounding: RoundingMode,
    ended: readonly string[],
  ) {
    const { lastDay } = served;
    this.charged = parts.map(({ charged, causes, days: count, shown }) => {
      const isLast = lastDay !== null && days({ from: lastDay, to: shown.to }) === 1;
      const events = isLast && shown.to < period.to ? [...causes, ...ended] : causes;
      return given("CHARGED_DAYS", "DAYS", `${count}`, { days: inclusive(charged), events: [...new Set(events)] });
    });
    this.period = given("PERIOD_DAYS", "DAYS", `${periodDays}`, { days: inclusive(period) });
  }

  /** What is prorated from now on. */
  of(what: "FEE" | "DISCOUNT"): this {
    this.current = what;
    return this;
  }

  group(members: readonly { readonly index: number }[], { shares, exact, total, allocated }: GroupComputed): void {
    const { rounding } = this;
    const [first] = members;
    if (!first) return;
    const shareOf = (unit: Step, charged: Step, value: Big): Step =>
      computed("PRORATED", "SHARE", value.toFixed(), [unit, charged, this.period]);
    const unit = this.unitOf(first.index);
    const charged = members.flatMap(({ index }) => this.charged[index] ?? []);
    const [only] = charged;
    const isAlone = charged.length === 1 && only !== undefined;
    const count = members.reduce((all, { index }) => all + (this.parts[index]?.days ?? 0), 0);
    const together = isAlone ? only : computed("CHARGED_DAYS", "SUM", `${count}`, charged, { unit: "DAYS" });
    const of = [shareOf(unit, together, exact)];
    const whole = computed("ROUNDED", "ROUNDED", total.toFixed(), of, { rounding });
    members.forEach(({ index }, place) => {
      this.steps[this.current][index] = isAlone
        ? whole
        : computed(
            this.current,
            "ALLOCATED",
            (allocated[place] ?? total).toFixed(),
            [whole, ...charged.map((member, at) => shareOf(unit, member, shares[at] ?? total))],
            { place },
          );
    });
  }

  /** Fee and discount of a segment's line: no discount is above its fee. */
  taken(index: number, { fee, discount }: Line): [fee: Step, discount: Step] {
    const [charged, given] = [this.steps.FEE[index], this.steps.DISCOUNT[index]];
    if (!charged || !given) throw new Error("every segment of a row is prorated");
    const most = computed("AT_MOST", "LEAST", discount, [given, charged]);
    return [named("FEE", fee, charged), named("DISCOUNT", discount, big(discount).lt(big(given.value)) ? most : given)];
  }

  private unitOf(index: number): Step {
    const { fee, held, row } = this.served;
    if (this.current === "FEE") {
      return given("UNIT_FEE", "MONEY", fee, { events: [held.eventId], description: row.description });
    }
    const working = this.parts[index]?.working;
    if (!working) throw new Error("the discount of a segment is taken down with it");
    return working;
  }
}

/** A step under the name and with the text of what it gives. */
const named = (what: StepName, value: string, step: Step): Step => ({ ...step, what, value });
