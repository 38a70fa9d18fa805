import fc from "fast-check";
import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql/index.js";

/** A field of the schema that answers a connection. */
export interface ConnectionField {
  /** `accounts`, or `Customer.accounts`. */
  readonly name: string;
  /** The type that has the field: null for a query. */
  readonly parent: string | null;
  readonly field: string;
  /** Type of its nodes. */
  readonly node: GraphQLObjectType;
  /** Names of its arguments. */
  readonly args: readonly string[];
  /** Its arguments beside those of every connection. */
  readonly conditions: readonly GraphQLArgument[];
}

const PAGING: ReadonlySet<string> = new Set(["first", "last", "after", "before"]);

/** The object type that a field answers, one or a list of them; null where it answers none. */
const objectOf = (field: GraphQLField<unknown, unknown> | undefined): GraphQLObjectType | null => {
  if (!field) return null;
  const type = getNamedType(field.type);
  return isObjectType(type) ? type : null;
};

const connectionField = (parent: string | null, field: GraphQLField<unknown, unknown>): ConnectionField | null => {
  const type = objectOf(field);
  if (!type?.name.endsWith("Connection")) return null;
  const node = objectOf(objectOf(type.getFields()["edges"])?.getFields()["node"]);
  if (!node) throw new Error(`${type.name} has no edges with nodes`);
  return {
    name: parent === null ? field.name : `${parent}.${field.name}`,
    parent,
    field: field.name,
    node,
    args: field.args.map(({ name }) => name),
    conditions: field.args.filter(({ name }) => !PAGING.has(name)),
  };
};

/** Every connection of the schema. */
export const connectionFields = (schema: GraphQLSchema): ConnectionField[] => {
  const roots = [schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !roots.includes(type));
  return types.flatMap((type) =>
    Object.values((type as GraphQLObjectType).getFields()).flatMap(
      (field) => connectionField(type === schema.getQueryType() ? null : type.name, field) ?? [],
    ),
  );
};

/** Names of the types that can be read by an id. */
export const nodeTypes = (schema: GraphQLSchema): string[] => {
  const node = schema.getType("Node");
  return isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
};

/** What tells a node apart: its id, or all its plain fields. */
export const identityOf = (node: GraphQLObjectType): string => {
  const fields = Object.values(node.getFields());
  if (fields.some(({ name }) => name === "id")) return "id";
  return fields
    .filter(({ type, args }) => isLeafType(getNamedType(type)) && args.length === 0)
    .map(({ name }) => name)
    .join(" ");
};

/** Values of an argument's type, of which some lists have something. */
export const valuesOf = (
  type: GraphQLInputType,
  texts: readonly string[],
  ids: readonly string[],
): fc.Arbitrary<unknown> => {
  const named = getNullableType(type);
  if (isListType(named)) return fc.array(valuesOf(named.ofType, texts, ids), { maxLength: 3 });
  if (isEnumType(named)) return fc.constantFrom(...named.getValues().map(({ name }) => name));
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const values = fields.map(({ name, type: of }) => [name, valuesOf(of, texts, ids)] as const);
    const given = fields.map(({ name, type: of }) => [name, isNonNullType(of) ? fc.constant(true) : seldom] as const);
    return fc
      .record({ values: fc.record(Object.fromEntries(values)), given: fc.record(Object.fromEntries(given)) })
      .map((chosen) => Object.fromEntries(Object.entries(chosen.values).filter(([name]) => chosen.given[name])));
  }
  switch (named.name) {
    case "ID":
      return fc.constantFrom(...ids);
    case "String":
      return fc.constantFrom(...texts);
    case "Boolean":
      return fc.boolean();
    case "Int":
      return fc.integer({ min: 1, max: 3 });
    case "Instant":
      return fc.constantFrom("2020-01-31T00:00:00Z", "2020-07-15T12:00:00Z", "2022-07-15T00:00:00Z");
    case "Decimal":
      return fc.constantFrom("-100.00", "0", "10", "75.5");
    case "LocalDate":
      return fc.constantFrom("2020-01-31", "2020-07-01", "2020-07-15", "2022-07-15");
    default:
      throw new Error(`Say which values of ${named.name} to filter by`);
  }
};

const seldom = fc.nat({ max: 4 }).map((chance) => chance === 0);

export interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Edge {
  readonly cursor: string;
  readonly node: Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly edges: readonly Edge[];
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
  };
  readonly totalCount: number;
}

/** The page that Relay's Cursor Connections Specification says, of a whole list. */
export const relayPage = (all: readonly Edge[], { first, last, after, before }: Paging): Page => {
  const placeOf = (cursor: string) => all.findIndex((edge) => edge.cursor === cursor);
  const from = after == null ? 0 : placeOf(after) + 1;
  const until = before == null ? all.length : placeOf(before);
  const between = all.slice(from, Math.max(from, until));
  const kept = last == null ? between.slice(0, first ?? between.length) : between.slice(-last || between.length);
  return {
    edges: kept,
    pageInfo: {
      startCursor: kept[0]?.cursor ?? null,
      endCursor: kept.at(-1)?.cursor ?? null,
      hasPreviousPage: last == null ? after != null : between.length > last,
      hasNextPage: last == null ? between.length > (first ?? between.length) : before != null,
    },
    totalCount: all.length,
  };
};
