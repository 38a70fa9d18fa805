import { type DestinationStream, pino } from "pino";

/** Tells of something that happened: what it is, as a sentence or its beginning, and fields beside it. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

export interface Logs {
  /** Something is wrong that this process gets over by itself: it tries again. */
  readonly warn: Log;
  /** Somebody did not get what was asked for, or the process ends. */
  readonly error: Log;
}

/**
 * Keys under which personal data would be: they are left out of a line, and of mappings in it. No caller means to log
 * them; this holds for what an error or a library adds.
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

/** E-mail addresses stand in sentences of other programs, e.g. of a database that refuses a value. */
const ADDRESS = /[^\s"'<>(),;:=]+@[^\s"'<>(),;:=@]+\.[a-z]{2,}/gi;

const withoutAddresses = (text: string): string => text.replace(ADDRESS, "[address]");

const masked = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === "string" ? withoutAddresses(value) : value]),
  );

/** What a log line tells of an error. */
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
