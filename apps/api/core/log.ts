import { createLog, type Log } from "#observability/log.js";

export { described, type Log } from "#observability/log.js";

/** One line of JSON per failure, for whoever collects logs. */
export const logLine: Log = createLog("api").error;
