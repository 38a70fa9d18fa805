/**
 * Codes of transient failures: a lost connection (Node's `E…` codes), and PostgreSQL's error classes for connections,
 * rolled back transactions (deadlock, serialization), lack of resources, shutdown and system errors.
 */
const MOMENTARY_CODE = /^(?:E[A-Z]+|(?:08|40|53|57|58)[0-9A-Z]{3})$/;
/** Messages of lost connections for which the driver gives no code. */
const LOST =
  /^(?:Connection terminated|Client was closed|Client has encountered|timeout exceeded when trying to connect)/;

/** Whether an error comes from the server or the connection to it, so that the same batch can be retried. */
export const isMomentary = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && MOMENTARY_CODE.test(code)) || LOST.test(error.message);
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
