// Here and elsewhere the very file that Nest loads: Vitest would take the package's ES modules for "graphql", and of two
// copies neither knows the other's types.
import { GraphQLError, GraphQLID, GraphQLScalarType, Kind, type ValueNode } from "graphql/index.js";
import { FIRST_DATE, isLocalDate, LAST_DATE } from "#domain/calendar.js";
import { instantOf, writtenDay } from "#domain/instant.js";

/** Why a text is none of a scalar's values, as a sentence; undefined: it is just not written like one. */
type Reason = string | undefined;

/** What a text stands for, or why for nothing. */
type Read = { readonly value: string } | { readonly reason: Reason };

/** What a scalar is, for people and for tools. */
interface Definition {
  readonly name: string;
  readonly description: string;
  /** Address of the standard that its values follow; docs/graphql.md says how far. */
  readonly specifiedByURL: string;
  /** One of its values. */
  readonly like: string;
}

/** A scalar that travels as text. What does not fit is VALIDATION_FAILED, like any other malformed input. */
const textScalar = ({ name, description, specifiedByURL, like }: Definition, read: (text: string) => Read) => {
  const parse = (value: unknown, nodes?: ValueNode): string => {
    const found: Read = typeof value === "string" ? read(value) : { reason: undefined };
    if ("value" in found) return found.value;
    const reason = value === "" ? `${name} is empty; it is text such as "${like}".` : found.reason;
    throw new GraphQLError(reason ?? `${name} is text such as "${like}".`, {
      ...(nodes && { nodes }),
      extensions: { code: "VALIDATION_FAILED" },
    });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => value as string,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
};

const DATE = /^(\d{4})-\d{2}-\d{2}$/;

/** Why there is no such date. */
const noDate = (text: string): Reason => {
  const [, year] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const isInRange = text >= FIRST_DATE && text <= LAST_DATE;
  return isInRange ? `There is no day ${text}.` : `${text} is out of the range ${FIRST_DATE} to ${LAST_DATE}.`;
};

export const LocalDateScalar = textScalar(
  {
    name: "LocalDate",
    description: "A calendar date in the customer's billing time zone: `2020-08-01`.",
    specifiedByURL: "https://scalars.graphql.org/andimarek/local-date.html",
    like: "2020-08-01",
  },
  (text) => (isLocalDate(text) ? { value: text } : { reason: noDate(text) }),
);

/** Written with milliseconds and `Z`, so that instants compare as text. */
const instant = (text: string): Read => {
  const value = instantOf(text);
  if (value !== undefined) return { value };
  const day = writtenDay(text);
  if (day === undefined) return { reason: undefined };
  if (!isLocalDate(day)) return { reason: noDate(day) };
  const time = Date.parse(text);
  const inUtc = Number.isNaN(time) ? day : new Date(time).toISOString().slice(0, 10);
  // An offset can lead out of the range.
  return { reason: isLocalDate(inUtc) ? `There is no time ${text}.` : noDate(inUtc) };
};

export const InstantScalar = textScalar(
  {
    name: "Instant",
    description: "A moment, ISO 8601 with an offset: `2020-08-01T12:00:00Z`. Answers are in UTC.",
    specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    like: "2020-08-01T12:00:00Z",
  },
  instant,
);

const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;
const LONG_DECIMAL = /^-?\d+(\.\d+)?$/;
const TOO_LONG = "Decimal has too many digits: 15 are allowed before the point and 12 behind it.";

export const DecimalScalar = textScalar(
  {
    name: "Decimal",
    description:
      "A decimal number as text, never a float: `15.00`. Amounts have the decimals of their currency (JPY 0, USD 2, KWD 3).",
    specifiedByURL: "https://www.w3.org/TR/xmlschema11-2/#decimal",
    like: "15.00",
  },
  (text) => (DECIMAL.test(text) ? { value: text } : { reason: LONG_DECIMAL.test(text) ? TOO_LONG : undefined }),
);

/** Whatever JSON can hold. For answers only. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value as it is: an object, a list, text, a number, a boolean or null.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** RFC 9562: a UUID is written in lower case, and read in any. */
const inLowerCase = (id: string): string => (UUID.test(id) ? id.toLowerCase() : id);

/**
 * GraphQL's own `ID`, except that UUIDs are read in any case: ids are compared, and name streams, in lower case. Used
 * everywhere instead of Nest's: of two types with one name, the schema could not be built.
 */
export const ID = new GraphQLScalarType<string, string>({
  name: GraphQLID.name,
  description: GraphQLID.description,
  serialize: (value) => GraphQLID.serialize(value),
  parseValue: (value) => inLowerCase(GraphQLID.parseValue(value)),
  parseLiteral: (node: ValueNode) => inLowerCase(GraphQLID.parseLiteral(node)),
});
