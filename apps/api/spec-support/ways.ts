/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: "off" -- it does not end on the types of graphql */
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql/index.js";
import { rolesSeeing } from "#application/access/rights.js";
import { type Role } from "#application/access/roles.js";

/* Requests made from the schema: what a role can reach, and everything that it can name. */

export interface Request {
  /** What it is about, for failures. */
  readonly of: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Values of arguments and input fields by their names; a required one that is not among them gets a made-up value. */
export type Known = Readonly<Record<string, unknown>>;

type Root = "query" | "mutation";
type Field = GraphQLField<unknown, unknown>;

const rootOf = (schema: GraphQLSchema, root: Root): GraphQLObjectType => {
  const type = root === "query" ? schema.getQueryType() : schema.getMutationType();
  if (!type) throw new Error(`The schema has no ${root}`);
  return type;
};

const seenFields = (type: GraphQLObjectType, role: Role): Field[] =>
  Object.values(type.getFields()).filter(({ name }) => rolesSeeing(type.name, name).includes(role));

const isAskable = ({ args }: Field): boolean => !args.some(isRequiredArgument);

/** What is asked of a type without going further: its leaves, and those of the items of a connection. */
const leaves = (type: GraphQLObjectType, role: Role): string => {
  const names = seenFields(type, role)
    .filter((field) => isLeafType(getNamedType(field.type)) && isAskable(field))
    .map(({ name }) => name);
  const item = itemOf(type);
  const page = "pageInfo { startCursor endCursor hasPreviousPage hasNextPage }";
  if (item) return `${names.join(" ")} ${page} edges { cursor node { ${leaves(item, role)} } }`;
  return ["__typename", ...names].join(" ");
};

/** The type of a connection's items; undefined: it is no connection. */
const itemOf = (type: GraphQLObjectType): GraphQLObjectType | undefined => {
  if (!type.name.endsWith("Connection")) return undefined;
  const edge = getNamedType(type.getFields()["edges"]?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields()["node"]?.type) : undefined;
  return isObjectType(node) ? node : undefined;
};

/**
 * Requests by which a role reaches each field that leads from one type to another, each by a shortest way from a query.
 * @param known values of the queries' required arguments, and of those in `asked`
 * @param asked arguments that are given though they are not required, by query
 */
export const waysThrough = (
  schema: GraphQLSchema,
  role: Role,
  known: Known,
  asked: Readonly<Record<string, Known>> = {},
): Request[] => {
  const found: Request[] = [];
  const reached = new Set<string>();
  const queue: { readonly type: GraphQLObjectType; readonly of: string; readonly wrap: (inner: string) => string }[] =
    [];
  const go = (field: Field, of: string, wrap: (inner: string) => string) => {
    const type = getNamedType(field.type);
    if (!isObjectType(type)) return;
    found.push({ of, query: wrap(leaves(type, role)), variables: {} });
    const item = itemOf(type);
    const further = item ?? type;
    if (reached.has(further.name)) return;
    reached.add(further.name);
    queue.push({ type: further, of, wrap: item ? (inner) => wrap(`edges { node { ${inner} } }`) : wrap });
  };
  for (const field of seenFields(rootOf(schema, "query"), role)) {
    const given = { ...known, ...asked[field.name] };
    const args = field.args.filter((arg) => isRequiredArgument(arg) || arg.name in (asked[field.name] ?? {}));
    if (args.some(({ name }) => !(name in given))) continue;
    const passed = args.map(({ name }) => `${name}: ${JSON.stringify(given[name])}`).join(", ");
    go(field, field.name, (inner) => `{ ${field.name} ${passed && `(${passed})`} { ${inner} } }`);
  }
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { type, of, wrap } = next;
    for (const field of seenFields(type, role).filter(isAskable)) {
      go(field, `${of}.${field.name}`, (inner) => wrap(`${field.name} { ${inner} }`));
    }
  }
  return found;
};

/** Values that are tried for each id, and for each text. */
export interface Tried {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/** One request for each of the values and each place of an operation of the role that takes an id or a text. */
export const naming = (schema: GraphQLSchema, root: Root, role: Role, tried: Tried, known: Known = {}): Request[] =>
  seenFields(rootOf(schema, root), role).flatMap((field) =>
    field.args.flatMap((arg) =>
      placesIn(arg, tried, known).map(({ place, value }) =>
        operation(root, field, role, place, { [arg.name]: value }, known),
      ),
    ),
  );

const operation = (root: Root, field: Field, role: Role, place: string, given: Known, known: Known): Request => {
  const args = field.args.filter((arg) => arg.name in given || isRequiredArgument(arg));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = args.map(({ name }) => `${name}: $${name}`).join(", ");
  const type = getNamedType(field.type);
  const inner = isObjectType(type) ? leaves(type, role) : "__typename";
  const selected = isLeafType(type) ? "" : `{ ${inner} }`;
  return {
    of: `${field.name} ${place}`,
    query: `${root} (${declared}) { ${field.name}(${passed}) ${selected} }`,
    variables: Object.fromEntries(args.map(({ name, type: of }) => [name, given[name] ?? valueOf(name, of, known)])),
  };
};

interface Placed {
  readonly place: string;
  readonly value: unknown;
}

/** The values in the places of an argument or input field; beside one in an input there is what the input requires. */
const placesIn = ({ name, type }: GraphQLArgument | GraphQLInputField, tried: Tried, known: Known): Placed[] => {
  const named = getNamedType(type);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  const as = (value: unknown) => (isList ? [value] : value);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const beside = named.isOneOf ? [] : fields.filter(isRequiredInputField);
    const required = Object.fromEntries(beside.map((field) => [field.name, valueOf(field.name, field.type, known)]));
    // What is listed by its state on a day is reckoned by somebody's day.
    const enums = name === "filter" ? fields.filter((field) => isEnumType(getNamedType(field.type))) : [];
    return fields.flatMap((field) =>
      placesIn(field, tried, known).flatMap(({ place, value }) => [
        { place: `${name}.${place}`, value: as({ ...required, [field.name]: value }) },
        ...enums.map((each) => ({
          place: `${name}.${place} with ${each.name}`,
          value: as({ [field.name]: value, [each.name]: valueOf(each.name, each.type, {}) }),
        })),
      ]),
    );
  }
  const values = named.name === "ID" ? tried.ids : named.name === "String" && !PAGED.has(name) ? tried.texts : [];
  return values.map((value, index) => ({ place: `${name} ${index}`, value: as(value) }));
};

/** Cursors have a spec of their own; keys are given anew. */
const PAGED = new Set(["after", "before", "idempotencyKey"]);

let keys = 0;

const valueOf = (name: string, type: GraphQLInputType, known: Known): unknown => {
  if (name === "idempotencyKey") return `key ${(keys += 1)}`;
  if (name in known) return known[name];
  if (isNonNullType(type)) return valueOf(name, type.ofType, known);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(given.map((field) => [field.name, valueOf(field.name, field.type, known)]));
  }
  if (!(type.name in VALUES)) throw new Error(`Say what a ${type.name} may be`);
  return VALUES[type.name];
};

const VALUES: Known = {
  ID: "00000000-0000-4000-8000-000000000000",
  String: "made up",
  Int: 1,
  Boolean: true,
  Decimal: "1.00",
  LocalDate: "2020-09-02",
  Instant: "2020-09-03T12:00:00Z",
};
