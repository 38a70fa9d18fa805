import type Big from "big.js";
import { addDays, earlier, later, type LocalDate } from "./calendar.js";
import { allocate, big, type Currency, round, sum, ZERO } from "./money.js";
import { type Step } from "./step.js";

/**
 * What the steps of a calculation come to, from what is given alone: the values that were taken down in between are not
 * looked at. It equals the value of the step, or what was taken down is not what was computed.
 * @returns a date for a step whose unit is DATE, the name of a status, otherwise decimal text without trailing zeros
 */
export const evaluate = (step: Step, currency: Currency): string => {
  switch (step.unit) {
    case "DATE":
      return dateOf(step, currency);
    case "STATUS":
      return step.value;
    case "MONEY":
    case "DAYS":
    case "PERCENT":
    case "TIMES":
    case "SECONDS":
      return numberOf(step, currency).toFixed();
  }
};

/** Whether every step of a calculation comes to the value that was taken down. */
export const isConsistent = (step: Step, currency: Currency): boolean => {
  const parts = [...step.of, ...step.because];
  const value = step.unit === "DATE" || step.unit === "STATUS" ? step.value : big(step.value).toFixed();
  return evaluate(step, currency) === value && parts.every((part) => isConsistent(part, currency));
};

const numberOf = (step: Step, currency: Currency): Big => {
  const parts = () => step.of.map((part) => numberOf(part, currency));
  switch (step.operation) {
    case "GIVEN":
      return big(step.value);
    case "SUM":
      return sum(parts());
    case "DIFFERENCE": {
      const [first = ZERO, ...others] = parts();
      return first.minus(sum(others));
    }
    case "PRODUCT": {
      const [first = ZERO, ...others] = parts();
      return others.reduce((product, factor) => product.times(factor), first);
    }
    case "SHARE": {
      const [first = ZERO, second = ZERO, divisor = ZERO] = parts();
      return first.times(second).div(divisor);
    }
    case "ROUNDED": {
      const [exact = ZERO] = parts();
      return round(exact, currency, step.rounding ?? "HALF_UP");
    }
    case "ALLOCATED": {
      const [total = ZERO, ...shares] = parts();
      return allocate(total, shares, currency)[step.place ?? 0] ?? ZERO;
    }
    case "LEAST": {
      const [first = ZERO, ...others] = parts();
      return others.reduce((least, other) => (other.lt(least) ? other : least), first);
    }
    case "NEGATED": {
      const [amount = ZERO] = parts();
      return ZERO.minus(amount);
    }
    case "DAYS_LATER":
    case "EARLIEST":
    case "LATEST":
      throw new Error(`${step.operation} gives a date, ${step.what} is none`);
  }
};

const dateOf = (step: Step, currency: Currency): LocalDate => {
  const dates = () => step.of.map((part) => dateOf(part, currency));
  switch (step.operation) {
    case "GIVEN":
      return step.value;
    case "DAYS_LATER": {
      const [from, ...added] = step.of;
      if (!from) throw new Error("a date is later than another one");
      return added.reduce(
        (date, part) => addDays(date, Number.parseInt(numberOf(part, currency).toFixed(), 10)),
        dateOf(from, currency),
      );
    }
    case "EARLIEST":
      return dates().reduce(earlier);
    case "LATEST":
      return dates().reduce(later);
    default:
      throw new Error(`${step.operation} gives no date`);
  }
};
