import { GraphQLError } from "graphql/index.js";

/** No message is longer, whatever a request holds. */
const LONGEST_MESSAGE = 300;
/** What of a request is repeated in a message at most, and never a value of a variable. */
const LONGEST_QUOTE = 100;

export const cut = (text: string, longest = LONGEST_MESSAGE): string => {
  if (text.length <= longest) return text;
  // Not in the middle of a surrogate pair.
  const kept = text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "");
  return `${kept}…`;
};

/** What a request's document or variables are refused with. */
export interface Worded {
  readonly message: string;
  /** As the domain names fields, without places in lists. */
  readonly field?: string | undefined;
  readonly inputPath?: InputPath | undefined;
}

/** The way to a value, from the argument or the variable on, with places in lists. */
export type InputPath = readonly (string | number)[];

/**
 * GraphQL's own words for what is wrong with a document or its variables, without the values: they can be long, and
 * other people's personal data.
 */
export const worded = (error: GraphQLError): Worded => {
  const inner = error.originalError;
  // Of a variable, GraphQL says `Variable "$input" got invalid value <value> at "input.fee"; <why>`.
  const variable = /^Variable "\$(\w+)" got invalid value /.exec(error.message)?.[1];
  if (variable === undefined || !(inner instanceof Error) || !error.message.endsWith(`; ${inner.message}`)) {
    const missing = /^Variable "\$(\w+)" of (?:required|non-null) type /.exec(error.message)?.[1];
    const message = withoutValue(error.message);
    return { message, ...(missing !== undefined && { field: missing, inputPath: [missing] }) };
  }
  const before = error.message.slice(0, -`; ${inner.message}`.length);
  const [, , rest = ""] = / at "(\w+)((?:\.\w+|\[\d+\])*)"$/.exec(before) ?? [];
  const places = [...rest.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, place]) => name ?? Number(place));
  const inputPath = [variable, ...places];
  const why = withoutValue(inner.message);
  const message = isOurs(inner) ? why : cut(`The value of ${fieldOf(inputPath)} is not valid: ${why}`);
  return { message, ...placed([...inputPath, ...fieldIn(inner.message)]) };
};

/** The same for a value that is written in the document, by the way to it from its argument on. */
export const wordedLiteral = (error: GraphQLError, path: InputPath): Worded => ({
  message: withoutValue(error.message),
  // A field that is not defined is itself where the way leads.
  ...placed([...path, ...fieldIn(error.message).filter((name) => name !== path.at(-1))]),
});

const placed = (inputPath: InputPath): Pick<Worded, "field" | "inputPath"> => ({
  field: fieldOf(inputPath),
  inputPath,
});

/** The way from the argument on, without places in lists; of an argument itself its name. */
const fieldOf = ([argument, ...rest]: InputPath): string => {
  const names = rest.filter((part) => typeof part === "string");
  return cut(names.length > 0 ? names.join(".") : String(argument), LONGEST_QUOTE);
};

/** The field that GraphQL says is missing in an object, or none of it. */
const fieldIn = (message: string): readonly string[] => {
  const [, name] = /^Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined by type) /.exec(message) ?? [];
  return name === undefined ? [] : [cut(name, LONGEST_QUOTE)];
};

/** Our scalars' sentences say all by themselves. */
const isOurs = (error: Error): boolean =>
  error instanceof GraphQLError && error.extensions["code"] === "VALIDATION_FAILED";

/** What GraphQL's messages end with where they show a value. */
const SHOWN: readonly [RegExp, string][] = [
  [/^(\w+ cannot represent [^:]{1,80}): [^]*$/, "$1."],
  [/^(Enum "\w+" cannot represent [^:]{1,80}): [^]*$/, "$1."],
  [/^(Expected value of type "[\w![\]]{1,200}"), found [^]*$/, "$1."],
  [/^Value "[^]*" does not exist in "(\w+)" enum\.[^]*$/, 'It is none of the values of the enum "$1".'],
];

const withoutValue = (message: string): string => {
  for (const [pattern, shown] of SHOWN) {
    if (pattern.test(message)) return cut(message.replace(pattern, shown));
  }
  return cut(message.replaceAll(/"((?:[^"\\]|\\.){101,})"/g, (_, quoted: string) => `"${cut(quoted, LONGEST_QUOTE)}"`));
};
