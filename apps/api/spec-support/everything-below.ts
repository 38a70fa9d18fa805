import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql/index.js";

const PAGE = 20;

/**
 * A selection of every field below a type that needs no argument, down to types that it came by already, and to a depth.
 * @param without names of fields, as `Type.field`
 * @param depth how many entities lead to each other; pages and edges of connections are none
 */
export const everythingBelow = (
  type: GraphQLObjectType,
  without: readonly string[],
  depth: number,
  way: readonly string[] = [],
): string => {
  const isPart = /(Connection|Edge)$/.test(type.name);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (without.includes(`${type.name}.${field.name}`) || field.args.some(isNeeded)) return [];
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [field.name];
    const left = isPart ? depth : depth - 1;
    if (!isObjectType(below) || way.includes(below.name) || left === 0) return [];
    const selected = everythingBelow(below, without, left, [...way, type.name]);
    return selected === "" ? [] : [`${field.name}${page(field)} { ${selected} }`];
  });
  return fields.join(" ");
};

const isNeeded = ({ type, defaultValue }: { readonly type: unknown; readonly defaultValue?: unknown }): boolean =>
  isNonNullType(type) && defaultValue === undefined;

const page = ({ args }: GraphQLField<unknown, unknown>): string =>
  args.some(({ name }) => name === "first") ? `(first: ${PAGE})` : "";
