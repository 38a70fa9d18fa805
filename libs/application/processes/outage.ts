import { StoreUnavailable } from "#event-store/errors.js";
import { isMomentary } from "#read-models/runner/failures.js";

/** Whether an error only says that the event store or PostgreSQL did not answer: the same work may be tried again. */
export const isOutage = (error: unknown): boolean => error instanceof StoreUnavailable || isMomentary(error);
