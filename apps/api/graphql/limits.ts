import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  MaxIntrospectionDepthRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql/index.js";
import { DEFAULT_PAGE, MAX_PAGE } from "./pagination.js";

/** Nested fields at most; a connection takes three (itself, edges, node). */
export const MAX_DEPTH = 15;
/** Top-level fields of an operation at most, aliases included. */
export const MAX_ROOT_FIELDS = 20;
/** Field values of an answer at most, as if every page asked for were full. */
export const MAX_COST = 1_000_000;

interface Size {
  readonly depth: number;
  readonly cost: number;
  /** Fields at the top. */
  readonly width: number;
}
const NOTHING: Size = { depth: 0, cost: 0, width: 0 };

/** Refuses documents that would be too much work, before any of it is done. */
const limitsRule: ValidationRule = (context: ValidationContext) => ({
  Document: (document: DocumentNode) => {
    const measure = measuring(document);
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      const refuse = (sentence: string) => {
        context.reportError(new GraphQLError(sentence, { nodes: operation, extensions: { code: "QUERY_TOO_LARGE" } }));
      };
      const { depth, cost, width } = measure(operation.selectionSet);
      if (depth > MAX_DEPTH) refuse(`The operation nests ${depth} fields; ${MAX_DEPTH} are allowed.`);
      if (width > MAX_ROOT_FIELDS)
        refuse(`The operation has ${width} top-level fields; ${MAX_ROOT_FIELDS} are allowed.`);
      if (cost > MAX_COST)
        refuse(`The operation asks for up to ${cost} values; ${MAX_COST} are allowed. Ask for smaller pages.`);
    }
  },
});

export const validationRules: ValidationRule[] = [limitsRule, MaxIntrospectionDepthRule];

/** Measures selections; each fragment once, however often it is spread. */
const measuring = (document: DocumentNode): ((selections: SelectionSetNode) => Size) => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Size>();
  const fragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Also what a fragment that contains itself counts as: GraphQL's own rules refuse it.
    measured.set(name, NOTHING);
    const found = fragments.get(name);
    const size = found ? selections(found.selectionSet) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const field = (node: FieldNode): Size => {
    if (node.name.value.startsWith("__")) return NOTHING;
    if (!node.selectionSet) return { depth: 1, cost: 1, width: 1 };
    const inner = selections(node.selectionSet);
    return { depth: inner.depth + 1, cost: 1 + pageOf(node, node.selectionSet) * inner.cost, width: 1 };
  };
  const selections = ({ selections: nodes }: SelectionSetNode): Size =>
    nodes
      .map((node) => {
        if (node.kind === Kind.FIELD) return field(node);
        return node.kind === Kind.FRAGMENT_SPREAD ? fragment(node.name.value) : selections(node.selectionSet);
      })
      .reduce(
        (all, { depth, cost, width }) => ({
          depth: Math.max(all.depth, depth),
          cost: all.cost + cost,
          width: all.width + width,
        }),
        NOTHING,
      );
  return selections;
};

/** How many items a field can answer: what `first` says, the most when a variable says it. */
const pageOf = ({ arguments: given = [] }: FieldNode, { selections }: SelectionSetNode): number => {
  const first = given.find(({ name }) => name.value === "first")?.value;
  if (first?.kind === Kind.INT) return Math.min(Math.max(Number(first.value), 1), MAX_PAGE);
  if (first) return MAX_PAGE;
  const isPage = selections.some((node) => node.kind === Kind.FIELD && node.name.value === "edges");
  return isPage ? DEFAULT_PAGE : 1;
};
