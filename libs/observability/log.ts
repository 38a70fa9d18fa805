import { type DestinationStream, pino } from "pino";

/** Logs an event: a sentence or its beginning, and fields. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

export interface Logs {
  /** A failure that this process retries. */
  readonly warn: Log;
  /** A request failed, or the process ends. */
  readonly error: Log;
}

/**
 * Keys of personal data: they are removed from a line and its nested mappings. Callers do not log them; errors and
 * libraries might.
 */
const PERSONAL = [
  "personal",
  "contact",
  "recipient",
  "name",
  "email",
  "phone",
  "companyDomain",
  "identifier",
  "alias",
  "input",
  "variables",
  "parameters",
  "detail",
];

/**
 * The log of a process: a line of JSON for each entry, to stderr, written at once so that none is lost when the process
 * ends. The fields of every line are `level`, `time` (ISO 8601, UTC), `app`, `pid` and `event`; docs/operations.md
 * describes them and those that come with some entries.
 * @param app the program
 * @param destination another one than stderr: for specs
 */
export const createLog = (
  app: "api" | "worker",
  destination: DestinationStream = pino.destination({ fd: process.stderr.fd, sync: true }),
): Logs => {
  const logger = pino(
    {
      base: { app, pid: process.pid },
      messageKey: "event",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`]), remove: true },
    },
    destination,
  );
  return {
    warn: (event, fields) => {
      logger.warn(masked(fields), withoutAddresses(event));
    },
    error: (event, fields) => {
      logger.error(masked(fields), withoutAddresses(event));
    },
  };
};

/** E-mail addresses may be in messages of other programs, e.g. of a database that refuses a value. */
const ADDRESS = /[^\s"'<>(),;:=]+@[^\s"'<>(),;:=@]+\.[a-z]{2,}/gi;

const withoutAddresses = (text: string): string => text.replace(ADDRESS, "[address]");

const masked = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === "string" ? withoutAddresses(value) : value]),
  );

/** Fields of a log line for an error. */
export const described = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { message: String(error) };
  const tell = quotesInput(error) ? withoutQuotes : (text: string | undefined) => text;
  return {
    message: tell(error.message),
    stack: tell(error.stack),
    ...(error.cause instanceof Error && { cause: tell(error.cause.message) }),
  };
};

/** PostgreSQL's "data exceptions" (class 22) quote the value that they refuse. */
const quotesInput = (error: Error): boolean => "code" in error && /^22[0-9A-Z]{3}$/.test(String(error.code));

const withoutQuotes = (text: string | undefined): string | undefined => text?.replace(/"[^"]*"/g, '"[value]"');
