import { type DocumentNode, Kind, type OperationDefinitionNode } from "graphql/index.js";
import { type Metrics } from "../core/metrics.js";

/** Begun when, and what; kept beside the contexts, which belong to the requests. */
type Begun = { readonly at: number; readonly kind: string; readonly fields: string };

/** Hooks of Mercurius that measure operations by their top-level fields: a client may name an operation as it likes. */
export const timingHooks = (metrics: Metrics) => {
  const begun = new WeakMap<object, Begun>();
  return {
    preExecution: (_schema: unknown, document: DocumentNode, context: object): Promise<void> => {
      const operation = document.definitions.find(
        (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
      );
      const names = operation?.selectionSet.selections.map((node) =>
        node.kind === Kind.FIELD ? node.name.value : "fragment",
      );
      const fields = [...new Set(names)].sort().slice(0, MOST_NAMED).join(",");
      begun.set(context, { at: performance.now(), kind: operation?.operation ?? "query", fields });
      return Promise.resolve();
    },
    onResolution: (_execution: unknown, context: object): Promise<void> => {
      const started = begun.get(context);
      if (started) metrics.operation(started.kind, started.fields, (performance.now() - started.at) / 1000);
      return Promise.resolve();
    },
  };
};

/** Combinations of many fields would be a time series each. */
const MOST_NAMED = 3;
