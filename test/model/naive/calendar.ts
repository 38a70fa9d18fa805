/** Days are whole numbers: days since 1970-01-01. */
export type Day = number;

interface Civil {
  year: number;
  month: number;
  day: number;
}

/** Half-open: `to` is the first day of the next period, and the date of the invoice. */
export interface Period {
  from: Day;
  to: Day;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/** Years counted from March, so that the leap day is a year's last (the common "days from civil" method). */
function fromCivil({ year, month, day }: Civil): Day {
  const y = month > 2 ? year : year - 1;
  const fromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468;
}

export function toCivil(n: Day): Civil {
  // A guess that is at most a year off, put right by comparing.
  let year = 1970 + Math.floor(n / 366);
  while (fromCivil({ year: year + 1, month: 1, day: 1 }) <= n) year += 1;
  let rest = n - fromCivil({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, day: rest + 1 };
}

export function dayOf(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split("-").map((part) => parseInt(part, 10));
  return fromCivil({ year, month, day });
}

export function textOf(n: Day): string {
  const { year, month, day } = toCivil(n);
  const two = (part: number): string => part.toString().padStart(2, "0");
  return `${year.toString().padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The day of the month is kept, or the month's last day where it has no such day. */
function inMonth(year: number, month: number, day: number): Day {
  return fromCivil({ year, month, day: Math.min(day, daysInMonth(year, month)) });
}

/** Always from the anchor, never chained. */
export function addMonths(anchor: Day, n: number): Day {
  const { year, month, day } = toCivil(anchor);
  const months = year * 12 + (month - 1) + n;
  return inMonth(Math.floor(months / 12), (months % 12) + 1, day);
}

/** The period that contains a day, for periods that begin on `startDay` of each month: 1 for calendar months. */
export function periodOf(day: Day, startDay: number): Period {
  const { year, month } = toCivil(day);
  const start = (offset: number): Day => {
    const months = year * 12 + (month - 1) + offset;
    return inMonth(Math.floor(months / 12), (months % 12) + 1, startDay);
  };
  return day >= start(0) ? { from: start(0), to: start(1) } : { from: start(-1), to: start(0) };
}
