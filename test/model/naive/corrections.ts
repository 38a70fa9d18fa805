import { type Day } from "./calendar.js";
import { type Charge, singleDay } from "./charges.js";
import { chargedIn, type Days, daysOf, type Due, duesOf } from "./due.js";
import { ZERO } from "./rational.js";
import { type Billed, type ClosedPeriod } from "./receivables.js";
import { type Customer, type World } from "./world.js";

export interface Correction {
  charges: Charge[];
  billed: Omit<Billed, "document">[];
}

/** What a closed period comes to now, less what was billed of it so far. */
export function correctionsOf(world: World, customer: Customer, period: ClosedPeriod): Correction {
  const correction: Correction = { charges: [], billed: [] };
  if (period.isVoid) return correction;
  const charged = chargedIn(world, customer, period);
  if (charged.length === 0 && period.billed.length === 0) return correction;
  const dues = duesOf(charged);
  const billed = period.billed.map(({ due }): [string, Due] => [due.key, { ...due, ...NOTHING, charges: [] }]);
  for (const due of new Map([...billed, ...dues]).values()) {
    if (period.gone.has(due.key)) continue;
    const before = period.billed.filter((entry) => entry.due.key === due.key);
    const difference = less(due, before);
    if (due.day !== null && due.kind !== "USAGE" && before.length === 0) {
      // Not billed before: it keeps its kind and day.
      correction.charges.push(...charged.filter((charge) => isOf(charge, due)));
    } else {
      const adjustments = adjustmentsOf(due, difference, before.at(-1), period);
      if (adjustments.length === 0) continue;
      correction.charges.push(...adjustments);
    }
    const [adjusted] = correction.charges.slice(-1).filter(({ kind }) => kind === "ADJUSTMENT");
    correction.billed.push({ due, ...difference, ...(adjusted && { span: spanIn(adjusted) }) });
  }
  return correction;
}

const NOTHING = { fee: 0n, given: 0n, rated: 0n };
type Amounts = Pick<Due, "fee" | "given" | "rated">;

const isOf = ({ row, kind, from, account }: Charge, due: Due): boolean =>
  row.id === due.row.id && kind === due.kind && from === due.day && account === due.account;

const less = (due: Due, before: readonly Amounts[]): Amounts =>
  before.reduce<Amounts>(
    (left, { fee, given, rated }) => ({ fee: left.fee - fee, given: left.given - given, rated: left.rated - rated }),
    { fee: due.fee, given: due.given, rated: due.rated },
  );

/** The difference of fee and commitment's discount; that of the customer's rate is a line of its own. */
function adjustmentsOf(
  due: Due,
  { fee, given, rated }: Amounts,
  before: Billed | undefined,
  period: ClosedPeriod,
): Charge[] {
  const common = { ...singleDay(due.commitment, due.account, due.row, "ADJUSTMENT", period.from), ...due.span };
  const line = (amounts: Pick<Charge, "fee" | "discount" | "origin">): Charge => ({
    ...common,
    ...(due.day === null && {
      ...spanOf(changedDays(billedDays(before), daysOf(due)), before?.span),
      periodDays: due.periodDays,
    }),
    ...amounts,
    charged: [],
    unitDiscount: ZERO,
  });
  return [
    ...(fee === 0n && given === 0n ? [] : [line({ fee, discount: given, origin: given === 0n ? null : "COMMITMENT" })]),
    ...(rated === 0n ? [] : [line({ fee: 0n, discount: rated, origin: "CUSTOMER_RATE" })]),
  ];
}

/** What days are charged by all that was billed through an adjustment. */
export function billedDays(last: Billed | undefined): Days {
  const days = new Map(daysOf(last?.due));
  for (const [day, charged] of last?.restored ?? []) {
    if (charged === null) days.delete(day);
    else days.set(day, charged);
  }
  return days;
}

/** The days whose charge differs; where only the rounding does, those charged. */
function changedDays(before: Days, now: Days): Day[] {
  const days = [...new Set([...before.keys(), ...now.keys()])].sort((a, b) => a - b);
  const differ = days.filter((day) => before.get(day) !== now.get(day));
  return differ.length > 0 ? differ : days;
}

type Span = NonNullable<Billed["span"]>;

const spanIn = ({ from, until, days }: Charge): Span => ({ from, until, days });

/** @param last that of the last adjustment, where no day is or was charged: what it withdrew went with a void invoice */
const spanOf = (days: Day[], last: Span | undefined): Span => {
  const [from, until] = [days[0], days.at(-1)];
  if (from !== undefined && until !== undefined) return { from, until, days: days.length };
  return last ?? { from: 0, until: 0, days: 0 };
};
