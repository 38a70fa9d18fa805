import { type DocumentNode, type GraphQLSchema } from "graphql/index.js";
import { type ApiContext } from "./context.js";
import { requireAllowed } from "./access.js";
import { requireAffordable } from "./cost.js";
import { operationOf } from "./operation.js";

/**
 * Mercurius' hook before an operation that is valid is executed: who asks, whether it may, whether it asks for too much,
 * and what it waits for.
 * @throws GraphQLError FORBIDDEN, QUERY_TOO_LARGE; what naming the principal and waiting throw
 */
export const admission = async (
  schema: GraphQLSchema,
  document: DocumentNode,
  context: object,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): Promise<void> => {
  // Each operation's context is one that api.module.ts had made.
  const asked = context as ApiContext;
  const principal = await asked.principal();
  const operation = operationOf(schema, document, variables ?? {}, asked.operationName);
  if (operation) {
    requireAllowed(operation, principal);
    requireAffordable(operation);
  }
  await asked.reached();
};
