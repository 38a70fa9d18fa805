import { randomUUID } from "node:crypto";
import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLSchema,
  getNamedType,
} from "graphql/index.js";

/** A value that fits an input's type, and means nothing. Of an input, with what is required alone. */
export const madeUp = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return madeUp(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    // Of alternatives exactly one is asked for.
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(given.map((field) => [field.name, madeUp(field.type)]));
  }
  const value = VALUES[type.name];
  if (!value) throw new Error(`Say what a ${type.name} may be`);
  return value();
};

const VALUES: Readonly<Record<string, () => unknown>> = {
  ID: randomUUID,
  // As short as the shortest text that is taken.
  String: () => `made up ${randomUUID().slice(0, 8)}`,
  Int: () => 1,
  Boolean: () => true,
  Decimal: () => "1.00",
  LocalDate: () => "2020-07-15",
  // Before any clock of a spec: nothing moves on.
  Instant: () => "2020-01-01T12:00:00Z",
};

export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation that asks for one field of a root, with made-up values of what it requires, or with these. */
export const operationOf = (
  kind: "query" | "mutation",
  field: GraphQLField<unknown, unknown>,
  given: Readonly<Record<string, unknown>> = {},
): Asked => {
  const args = field.args.filter((arg) => arg.name in given || isRequiredArgument(arg));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = args.map(({ name }) => `${name}: $${name}`).join(", ");
  const selected = isLeafType(getNamedType(field.type)) ? "" : "{ __typename }";
  return {
    query: `${kind} ${declared && `(${declared})`} { ${field.name} ${passed && `(${passed})`} ${selected} }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, given[name] ?? madeUp(type)])),
  };
};

/** The fields of the schema's queries and mutations. */
export const rootFields = (schema: GraphQLSchema, kind: "query" | "mutation"): GraphQLField<unknown, unknown>[] => {
  const type = kind === "query" ? schema.getQueryType() : schema.getMutationType();
  return Object.values(type?.getFields() ?? {});
};
