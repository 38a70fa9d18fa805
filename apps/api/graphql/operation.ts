import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql/index.js";

type Variables = Readonly<Record<string, unknown>>;

/** The operation of a valid document that is to be executed. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Values of its variables, as they came. */
  readonly given: Variables;
  /** As they are read, with defaults; null: they are malformed. */
  readonly variables: Variables | null;
}

/** @returns null: the document has no such operation, which its execution refuses */
export const operationOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Variables,
  operationName: string | undefined,
): Operation | null => {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const { coerced = null } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  return { schema, document, operation, given, variables: coerced };
};
