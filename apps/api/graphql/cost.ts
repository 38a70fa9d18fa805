import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  Kind,
  type OperationDefinitionNode,
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
  const cost = costOf(schema, document, given, operation);
  if (cost <= MAX_COST) return;
  const sentence = `The operation asks for up to ${cost} values; ${MAX_COST} are allowed.`;
  throw tooLarge(`${sentence} Ask for smaller pages.`, operation);
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
