/**
 * Failures of the moment: a lost connection (Node's `E…` codes), and the classes of PostgreSQL's codes for connections,
 * rolled back transactions (deadlock, serialization), lack of resources, shutdown and system errors.
 */
const MOMENTARY_CODE = /^(?:E[A-Z]+|(?:08|40|53|57|58)[0-9A-Z]{3})$/;
/** The driver gives these no code. */
const LOST =
  /^(?:Connection terminated|Client was closed|Client has encountered|timeout exceeded when trying to connect)/;

/** True when the batch is worth another try as it is: the server or the way to it is to blame, not a projection. */
export const isMomentary = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && MOMENTARY_CODE.test(code)) || LOST.test(error.message);
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
