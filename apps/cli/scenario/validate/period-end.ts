import { addMonths, type LocalDate } from "#domain/calendar.js";

const MONTHS = Array.from({ length: 13 }, (_, month) => month);

/**
 * The first day after the monthly billing period that contains a day.
 * @param startDay day of the month on which periods start, 1 to 31: in a shorter month on its last day
 */
export const periodEnd = (startDay: number, on: LocalDate): LocalDate => {
  // From January, where every day exists, each start is found by itself: a short February does not move those after it.
  const january = `${on.slice(0, 4)}-01-${String(startDay).padStart(2, "0")}`;
  return MONTHS.map((months) => addMonths(january, months)).find((start) => start > on) ?? addMonths(january, 13);
};
