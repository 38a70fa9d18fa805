import { type DocumentNode, type GraphQLSchema, OperationTypeNode } from "graphql/index.js";
import { type ApiContext } from "./context.js";
import { requireAllowed } from "./access.js";
import { countAsOf } from "./as-of.js";
import { requireAffordable } from "./cost.js";
import { operationOf } from "./operation.js";

interface LendingViews {
  /** @param asOf how many top-level fields ask for another moment */
  expect(asOf: number, isMutation: boolean): void;
  close(): Promise<void>;
}

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
  const asked = context as ApiContext<unknown, unknown, LendingViews>;
  const principal = await asked.principal();
  const operation = operationOf(schema, document, variables ?? {}, asked.operationName);
  if (operation) {
    requireAllowed(operation, principal);
    requireAffordable(operation);
    asked.views.expect(countAsOf(operation), operation.operation.operation === OperationTypeNode.MUTATION);
  }
  await asked.reached();
};

/** Mercurius' hook behind an operation's execution. Its answer does not wait for what is put in order behind it. */
export const settled = (_execution: unknown, context: object): Promise<void> => {
  void (context as ApiContext<unknown, unknown, LendingViews>).views.close();
  return Promise.resolve();
};
