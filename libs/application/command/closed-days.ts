import { type ClosedDaysFact, REFUSE } from "#domain/customers/closed-days.js";

/** The policy of closed days that every command is decided by. */
export const CLOSED_DAYS: ClosedDaysFact = { closedDays: REFUSE };
