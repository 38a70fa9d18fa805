import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type FieldNode,
  getLocation,
  Kind,
  type SourceLocation,
  type ValueNode,
  visit,
} from "graphql/index.js";
import { type InputPath } from "./wording.js";

/* Values that are written in a document, and the ways to them from their arguments on. */

const VALUES: ReadonlySet<string> = new Set<Kind>([
  ...[Kind.STRING, Kind.INT, Kind.FLOAT, Kind.BOOLEAN, Kind.ENUM, Kind.NULL],
  ...[Kind.LIST, Kind.OBJECT, Kind.OBJECT_FIELD],
]);

/** The way to a value, and where the field or the variable begins that it is a value of. */
export interface Way {
  readonly way: InputPath;
  readonly owner: number | undefined;
}

/** The way to a node of the document; null when it is no value. */
export const wayTo = (document: DocumentNode, target: ASTNode): Way | null => {
  if (!VALUES.has(target.kind)) return null;
  let way: Way | null = null;
  visit(document, {
    enter: (node, _key, _parent, keys) => {
      if (node.kind !== target.kind || node.loc?.start !== target.loc?.start || node.loc?.end !== target.loc?.end) {
        return undefined;
      }
      way = wayAlong(document, keys);
      return BREAK;
    },
  });
  return way;
};

const wayAlong = (document: DocumentNode, keys: readonly (string | number)[]): Way => {
  let owner: number | undefined;
  let way: (string | number)[] = [];
  let at: unknown = document;
  let list = false;
  for (const key of keys) {
    at = (at as Readonly<Record<string | number, unknown>>)[key];
    if (list) way.push(key);
    list = key === "values";
    const node = at as ASTNode;
    if (node.kind === Kind.FIELD || node.kind === Kind.VARIABLE_DEFINITION) owner = node.loc?.start;
    if (node.kind === Kind.ARGUMENT) way = [node.name.value];
    if (node.kind === Kind.VARIABLE_DEFINITION) way = [node.variable.name.value];
    if (node.kind === Kind.OBJECT_FIELD) way.push(node.name.value);
  }
  return { way, owner };
};

/** The value that a way from the arguments of a field leads to: itself, or the nearest around it that is written there. */
export const valueAt = (field: FieldNode, [name, ...rest]: InputPath): ValueNode | null => {
  const argument = field.arguments?.find((given) => given.name.value === name);
  if (!argument) return null;
  let node: ValueNode = argument.value;
  for (const part of rest) {
    const inner = within(node, part);
    if (!inner) break;
    node = inner;
  }
  return node;
};

/** Where a node begins. */
export const placesOf = ({ loc }: ASTNode): SourceLocation[] => (loc ? [getLocation(loc.source, loc.start)] : []);

const within = (node: ValueNode, part: string | number): ValueNode | undefined => {
  if (node.kind === Kind.OBJECT) return node.fields.find(({ name }) => name.value === part)?.value;
  return node.kind === Kind.LIST ? node.values[Number(part)] : undefined;
};
