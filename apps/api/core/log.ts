/** One line of JSON per failure, for whoever collects logs. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

export const logLine: Log = (event, fields) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), app: "api", event, ...fields })}\n`);
};

/** What a log line tells of an error. */
export const described = (error: unknown): Readonly<Record<string, unknown>> =>
  error instanceof Error
    ? {
        message: error.message,
        stack: error.stack,
        ...(error.cause instanceof Error && { cause: error.cause.message }),
      }
    : { message: String(error) };
