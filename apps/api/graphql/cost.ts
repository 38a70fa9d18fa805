import {
  type ASTNode,
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql/index.js";
import { type ComplexityEstimator, getComplexity } from "graphql-query-complexity";
import { MOST_MONTHS } from "#domain/billing/early-termination-quote.js";
import { DEFAULT_PAGE, MAX_PAGE } from "#read-models/rows/window.js";
import { tooLarge } from "./limits.js";
import { type Operation } from "./operation.js";

/** Field values of an answer at most, as if every list were as long as it may be. */
export const MAX_COST = 1_000_000;
/** Items that a list counts as when no argument says how many there are at most. */
export const ITEMS_OF_A_LIST = 10;
/** Selections of an operation at most, each counted as often as its fragment is spread. */
const MAX_SELECTIONS = 10_000;

/**
 * Counts the field values that an operation can answer with, by the values of its variables: what arguments ask for
 * multiplies what is selected below, and lists within lists multiply.
 * @throws GraphQLError QUERY_TOO_LARGE
 */
export const requireAffordable = ({ schema, document, operation, variables, given }: Operation): void => {
  // The execution refuses such variables, and says why.
  if (variables === null) return;
  const cost = knownCostOf(schema, document, given, operation);
  if (cost <= MAX_COST) return;
  const sentence = `The operation asks for up to ${cost} values; ${MAX_COST} are allowed.`;
  throw tooLarge(`${sentence} Ask for smaller pages.`, operation);
};

/** What an operation costs by the values of the variables that it depends on, which are few. */
interface KnownCosts {
  readonly names: readonly string[];
  readonly costs: Map<string, number>;
}

/** Documents are parsed once, however often they come. */
const known = new WeakMap<OperationDefinitionNode, KnownCosts>();
const MOST_KNOWN = 100;
/** Characters of the variables of one: longer ones are counted each time, and fill no memory. */
const LONGEST_KNOWN = 500;

const knownCostOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operation: OperationDefinitionNode,
): number => {
  const { names, costs } = known.get(operation) ?? { names: countedBy(document), costs: new Map<string, number>() };
  known.set(operation, { names, costs });
  // A variable that is left out is another thing than one that is null.
  const key = names.map((name) => (variables[name] === undefined ? "" : JSON.stringify(variables[name]))).join(" ");
  if (key.length > LONGEST_KNOWN) return costOf(schema, document, variables, operation);
  const cost = costs.get(key) ?? costOf(schema, document, variables, operation);
  if (costs.size >= MOST_KNOWN) costs.clear();
  costs.set(key, cost);
  return cost;
};

/** Arguments that say how many items there are at most. */
const SIZES: ReadonlySet<string> = new Set(["first", "last", "months", "ids"]);

/** The variables in arguments that say how many items there are, and in directives that leave fields out. */
const countedBy = (document: DocumentNode): string[] => {
  const names = new Set<string>();
  const take = (within: ASTNode): void => {
    visit(within, {
      Variable: ({ name }) => {
        names.add(name.value);
      },
    });
  };
  visit(document, {
    Argument: (argument) => {
      if (SIZES.has(argument.name.value)) take(argument);
    },
    Directive: take,
  });
  return [...names];
};

const costOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  operation: OperationDefinitionNode,
): number => {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const query: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
  try {
    return getComplexity({ schema, query, variables, estimators: [fieldCost], maxQueryNodes: MAX_SELECTIONS });
  } catch (error) {
    // The only error that is left: variables are well-formed, and the document is valid.
    if (!(error instanceof GraphQLError)) throw error;
    throw tooLarge(`The operation has more than ${MAX_SELECTIONS} selections, fragments counted.`, operation);
  }
};

const fieldCost: ComplexityEstimator = ({ type, field, args, childComplexity }) =>
  field.name.startsWith("__") ? 0 : 1 + itemsOf(type.name, field, args) * childComplexity;

type Arguments = Readonly<Record<string, unknown>>;

const itemsOf = (parent: string, field: GraphQLField<unknown, unknown>, args: Arguments): number => {
  const { first, last, months, ids } = args;
  if (field.args.some(({ name }) => name === "first")) return within(first ?? last ?? DEFAULT_PAGE, MAX_PAGE);
  if (months !== undefined) return within(months, MOST_MONTHS);
  if (Array.isArray(ids)) return within(ids.length, MAX_PAGE);
  // The connection's own field has counted its items.
  if (parent.endsWith("Connection") && getNamedType(field.type).name.endsWith("Edge")) return 1;
  return isListType(getNullableType(field.type)) ? ITEMS_OF_A_LIST : 1;
};

/** More than is allowed is refused by the field itself. */
const within = (count: unknown, most: number): number => Math.min(Math.max(Number(count), 1), most);
