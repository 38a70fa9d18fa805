import { type ClosedDaysFact, REFUSE } from "#domain/customers/closed-days.js";

/** The policy for changes to closed days, the same for every command. */
export const CLOSED_DAYS: ClosedDaysFact = { closedDays: REFUSE };
