import { type DocumentNode, type GraphQLSchema } from "graphql/index.js";
import { type ApiContext } from "./context.js";
import { requireAffordable } from "./cost.js";

/**
 * Mercurius' hook before an operation that is valid is executed: whether it asks for too much, and what it waits for.
 * @throws GraphQLError QUERY_TOO_LARGE; what waiting throws
 */
export const admission = async (
  schema: GraphQLSchema,
  document: DocumentNode,
  context: object,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): Promise<void> => {
  // Each operation's context is one that api.module.ts had made.
  const asked = context as ApiContext;
  requireAffordable(schema, document, variables ?? {}, asked.operationName);
  await asked.reached();
};
