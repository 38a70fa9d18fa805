import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  MaxIntrospectionDepthRule,
  type NameNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql/index.js";
import { type ErrorCode } from "./codes.js";
import { MAX_NESTING } from "./nesting.js";

/** Nested fields at most; a connection takes three (itself, edges, node). */
export const MAX_DEPTH = 15;
/** Top-level fields of an operation at most, aliases included. */
export const MAX_ROOT_FIELDS = 20;
/** Tokens of a document at most; parsing stops there. */
export const MAX_TOKENS = 10_000;
/** Characters of a name at most: answers repeat an alias. */
export const MAX_NAME = 200;

interface Size {
  readonly depth: number;
  /** Fields at the top. */
  readonly width: number;
  /** Selections within selections, whether of fields or fragments. */
  readonly nesting: number;
}
const NOTHING: Size = { depth: 0, width: 0, nesting: 0 };

export const tooLarge = (sentence: string, nodes?: ASTNode): GraphQLError =>
  new GraphQLError(sentence, { ...(nodes && { nodes }), extensions: { code: "QUERY_TOO_LARGE" satisfies ErrorCode } });

/** Refuses documents that would be too much work, whatever their variables say, before any of it is done. */
const limitsRule: ValidationRule = (context: ValidationContext) => ({
  Document: (document: DocumentNode) => {
    // Throws before GraphQL's own rules, which would not survive the nesting, go down.
    const measure = measuring(document);
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      const refuse = (sentence: string) => {
        context.reportError(tooLarge(sentence, operation));
      };
      const { depth, width } = measure(operation.selectionSet);
      if (depth > MAX_DEPTH) refuse(`The operation nests ${depth} fields; ${MAX_DEPTH} are allowed.`);
      if (width > MAX_ROOT_FIELDS)
        refuse(`The operation has ${width} top-level fields; ${MAX_ROOT_FIELDS} are allowed.`);
    }
  },
  Name: (name: NameNode) => {
    if (name.value.length <= MAX_NAME) return;
    context.reportError(tooLarge(`A name has ${name.value.length} characters; ${MAX_NAME} are allowed.`, name));
  },
});

export const validationRules: ValidationRule[] = [limitsRule, MaxIntrospectionDepthRule];

/**
 * Measures selections; each fragment once, however often it is spread.
 * @throws GraphQLError QUERY_TOO_LARGE for what nests too deeply to be walked
 */
const measuring = (document: DocumentNode): ((selections: SelectionSetNode) => Size) => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Size>();
  const fragment = (name: string, level: number): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Also what a fragment that contains itself counts as: GraphQL's own rules refuse it.
    measured.set(name, NOTHING);
    const found = fragments.get(name);
    const size = found ? selections(found.selectionSet, level) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const field = (node: FieldNode, level: number): Size => {
    const isMeta = node.name.value.startsWith("__");
    if (!node.selectionSet) return isMeta ? NOTHING : { depth: 1, width: 1, nesting: 0 };
    const inner = selections(node.selectionSet, level);
    if (isMeta) return { ...NOTHING, nesting: inner.nesting };
    return { depth: inner.depth + 1, width: 1, nesting: inner.nesting };
  };
  const selections = ({ selections: nodes }: SelectionSetNode, level: number): Size => {
    if (level > MAX_NESTING) throw tooNested();
    let all = { ...NOTHING, nesting: 1 };
    for (const node of nodes) {
      const size =
        node.kind === Kind.FIELD
          ? field(node, level + 1)
          : node.kind === Kind.FRAGMENT_SPREAD
            ? fragment(node.name.value, level + 1)
            : selections(node.selectionSet, level + 1);
      all = {
        depth: Math.max(all.depth, size.depth),
        width: all.width + size.width,
        nesting: Math.max(all.nesting, size.nesting + 1),
      };
    }
    if (all.nesting > MAX_NESTING) throw tooNested();
    return all;
  };
  for (const { name } of fragments.values()) fragment(name.value, 0);
  return (set) => selections(set, 0);
};

const tooNested = (): GraphQLError =>
  tooLarge(`The document nests selections and fragments more than ${MAX_NESTING} deep.`);
