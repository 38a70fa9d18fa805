import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  type GraphQLDirective,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql/index.js";
import { type Narrowed } from "#application/access/access.js";
import { type Asking, narrowedFor, rolesAmong, rolesSeeing } from "#application/access/rights.js";
import { type Role } from "#application/access/roles.js";
import { type Operation } from "./operation.js";
import { httpRefusal, Refused } from "./refusals.js";

/** Fields that one refusal names at most. */
const MOST_NAMED = 10;

/**
 * Refuses an operation that asks for a field, or for more of it, than the table of libs/application/access allows the
 * caller. Nothing of it is executed. What `@skip` and `@include` leave out is not asked for. Introspection is for
 * everybody: the schema is public.
 * @throws GraphQLError FORBIDDEN
 */
export const requireAllowed = ({ schema, document, operation, variables }: Operation, caller: Asking): void => {
  const refused = new Map<string, FieldNode>();
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const walk: Walk = { schema, fragments, variables: variables ?? {}, caller, refused, walked: new Set() };
  const root = schema.getRootType(operation.operation);
  if (root) walkSelections(walk, root, operation.selectionSet);
  if (refused.size > 0) throw forbidden(caller.roles, refused);
};

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Asking;
  /** What is refused, as a sentence says it, with its first place. */
  readonly refused: Map<string, FieldNode>;
  /** Names of fragments that were looked at: each is of one type. */
  readonly walked: Set<string>;
}

const walkSelections = (walk: Walk, type: GraphQLNamedType, { selections }: SelectionSetNode): void => {
  for (const selection of selections) {
    if (isLeftOut(selection, walk.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      walkField(walk, type, selection);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      walkSelections(walk, (typeCondition && walk.schema.getType(typeCondition.name.value)) ?? type, selectionSet);
    } else {
      const { value: name } = selection.name;
      const fragment = walk.fragments.get(name);
      if (!fragment || walk.walked.has(name)) continue;
      walk.walked.add(name);
      walkSelections(walk, walk.schema.getType(fragment.typeCondition.name.value) ?? type, fragment.selectionSet);
    }
  }
};

/** Whether `@skip` or `@include` leave it out, so that it is not executed. */
const isLeftOut = (selection: SelectionNode, variables: Walk["variables"]): boolean => {
  const valueOf = (directive: GraphQLDirective): unknown => {
    try {
      return getDirectiveValues(directive, selection, variables)?.["if"];
    } catch {
      // Of malformed variables nothing is executed.
      return undefined;
    }
  };
  return valueOf(GraphQLSkipDirective) === true || valueOf(GraphQLIncludeDirective) === false;
};

const walkField = (walk: Walk, type: GraphQLNamedType, node: FieldNode): void => {
  const name = node.name.value;
  // Of introspection; whatever else the document names is in the schema: it was validated.
  if (name.startsWith("__") || !(isObjectType(type) || isInterfaceType(type))) return;
  const field = type.getFields()[name];
  if (!field) return;
  const roles = rolesAmong(walk.caller, rolesSeeing(type.name, name));
  const limits = roles.map((role) => narrowedFor(role, type.name, name));
  const excess = roles.length === 0 ? "" : beyond(limits, () => getArgumentValues(field, node, walk.variables));
  const told = `${type.name}.${name}${excess ?? ""}`;
  if (excess !== null && !walk.refused.has(told)) walk.refused.set(told, node);
  if (node.selectionSet) walkSelections(walk, getNamedType(field.type), node.selectionSet);
};

type Arguments = Readonly<Record<string, unknown>>;

/** What arguments ask beyond the limit of every role, as the first one says it; null: one allows them, or has none. */
const beyond = (limits: readonly (Narrowed | undefined)[], argumentsOf: () => Arguments): string | null => {
  let first: string | null = null;
  for (const limit of limits) {
    const excess = limit && excessOf(limit, argumentsOf());
    if (excess == null) return null;
    first ??= ` ${excess}`;
  }
  return first;
};

const excessOf = ({ args, filter, most }: Narrowed, given: Arguments): string | null => {
  const other = Object.keys(given).find((name) => given[name] != null && !args.includes(name));
  if (other !== undefined) return `with the argument ${other}`;
  if (filter) {
    const conditions = Object.entries((given["filter"] ?? {}) as Arguments).filter(([, value]) => value != null);
    const isFound = conditions.length > 0 && conditions.every(([name]) => filter.includes(name));
    if (!isFound) return `without a filter by ${filter.join(" or ")} alone`;
  }
  const { first } = given;
  if (most !== undefined && !(typeof first === "number" && first <= most)) return `beyond first: ${most}`;
  return null;
};

const forbidden = (roles: readonly Role[], refused: ReadonlyMap<string, FieldNode>): GraphQLError => {
  const named = [...refused.keys()];
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : "";
  const sentence = `${whoOf(roles)} ask for ${named.slice(0, MOST_NAMED).join(", ")}${more}.`;
  const refusal = new Refused(httpRefusal("FORBIDDEN", sentence));
  return new GraphQLError(sentence, { nodes: [...refused.values()], originalError: refusal });
};

const whoOf = (roles: readonly Role[]): string => {
  if (roles.length === 0) return "Nobody without a role may";
  return roles.length === 1 ? `The role ${roles.join()} may not` : `None of the roles ${roles.join(", ")} may`;
};
