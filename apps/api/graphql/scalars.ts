// Here and elsewhere the very file that Nest loads: Vitest would take the package's ES modules for "graphql", and of two
// copies neither knows the other's types.
import { GraphQLError, GraphQLScalarType, Kind } from "graphql/index.js";
import { isLocalDate } from "#domain/calendar.js";

/** A scalar that travels as text. What does not fit is VALIDATION_FAILED, like any other malformed input. */
const textScalar = (name: string, description: string, accept: (text: string) => string | undefined, like: string) => {
  const parse = (value: unknown): string => {
    const accepted = typeof value === "string" ? accept(value) : undefined;
    if (accepted !== undefined) return accepted;
    throw new GraphQLError(`${name} is text such as "${like}".`, { extensions: { code: "VALIDATION_FAILED" } });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => value as string,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
};

export const LocalDateScalar = textScalar(
  "LocalDate",
  "A calendar date in the customer's billing time zone: `2020-08-01`.",
  (text) => (isLocalDate(text) ? text : undefined),
  "2020-08-01",
);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Written with milliseconds and `Z`, so that instants compare as text. */
const instant = (text: string): string | undefined => {
  const time = INSTANT.test(text) && isLocalDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

export const InstantScalar = textScalar(
  "Instant",
  "A moment, ISO 8601 with an offset: `2020-08-01T12:00:00Z`. Answers are in UTC.",
  instant,
  "2020-08-01T12:00:00Z",
);

const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;

export const DecimalScalar = textScalar(
  "Decimal",
  "A decimal number as text, never a float: `15.00`. Amounts have the decimals of their currency (JPY 0, USD 2, KWD 3).",
  (text) => (DECIMAL.test(text) ? text : undefined),
  "15.00",
);
