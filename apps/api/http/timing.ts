import { type DocumentNode, Kind, type OperationDefinitionNode } from "graphql/index.js";
import { type Metrics } from "../core/metrics.js";

/** Begun when, and what; kept beside the contexts, which belong to the requests. */
type Begun = { readonly at: number; readonly kind: string; readonly fields: string };

/** Hooks of Mercurius that measure operations by their top-level field: a client may name an operation as it likes. */
export const timingHooks = (metrics: Metrics) => {
  const begun = new WeakMap<object, Begun>();
  return {
    preExecution: (_schema: unknown, document: DocumentNode, context: object): Promise<void> => {
      const operation = document.definitions.find(
        (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
      );
      begun.set(context, { at: performance.now(), kind: operation?.operation ?? "query", fields: labelOf(operation) });
      return Promise.resolve();
    },
    onResolution: (_execution: unknown, context: object): Promise<void> => {
      const started = begun.get(context);
      if (started) metrics.operation(started.kind, started.fields, (performance.now() - started.at) / 1000);
      return Promise.resolve();
    },
  };
};

/**
 * The top-level field of an operation, by its name in the schema (the document is valid here, and aliases are not looked
 * at). Each combination of several would be a time series of its own, and clients choose them.
 */
const labelOf = (operation: OperationDefinitionNode | undefined): string => {
  const names = new Set(
    operation?.selectionSet.selections.map((node) => (node.kind === Kind.FIELD ? node.name.value : "fragment")),
  );
  const [only = "none"] = names;
  return names.size > 1 ? "several" : only;
};
