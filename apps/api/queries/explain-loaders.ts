import { explainDocument, type ExplainedLine } from "#application/explain/document-lines.js";
import { fromStore } from "#application/audit/invoices/streams.js";
import { Unavailable } from "#application/command/unavailable.js";
import { given, type Step } from "#domain/step.js";
import { findEvents } from "#read-models/events/find-events.js";
import { documentNumbers } from "#read-models/invoices/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { eventShown } from "../events/models.js";
import { explanationShown } from "../explain/shown.js";
import { batch } from "../graphql/batch.js";
import { type Line } from "../invoices/models.js";
import { type Plain } from "../graphql/plain.js";
import { type Reader } from "./reader.js";
import { type Loaders } from "./loaders.js";

type Explaining = "explanationOfLine" | "eventsNamed" | "documentNumber";

/** Loaders of explanations; a document of a request is computed again once. */
export const explainLoaders = (
  { backend }: Reader,
  scope: Scope,
  load: Pick<Loaders, "invoice" | "creditNote">,
): Pick<Loaders, Explaining> => {
  const { dataSource, store } = backend;
  const { providerId } = scope;
  const documents = batch<string, readonly ExplainedLine[]>(async (ids) => {
    const found = new Map<string, readonly ExplainedLine[]>();
    for (const documentId of ids) {
      const issued = (await load.invoice(documentId)) ?? (await load.creditNote(documentId));
      if (!issued) continue;
      const asked = { providerId, customerId: issued.customerId, documentId };
      const lines = await explainDocument(fromStore(store), asked);
      if (lines) found.set(documentId, lines);
    }
    return found;
  });
  const numbers = batch<string, string>((ids) => documentNumbers(dataSource, scope, ids));
  return {
    async explanationOfLine(documentId, line) {
      const lines = await documents(documentId);
      if (!lines) throw new Unavailable("The document was not found in the event store; try again.");
      const explained = lines[(line.position ?? 0) - 1];
      const step = explained?.working?.net ?? asRecorded(line);
      return explanationShown(step, line.currency, {
        isEqual: explained?.isEqual ?? false,
        recomputedNet: explained?.recomputed?.net ?? null,
      });
    },
    eventsNamed: async (ids) => (await findEvents(dataSource, store, scope, ids)).map(eventShown),
    documentNumber: async (id) => (await numbers(id)) ?? null,
  };
};

/** Of a line that cannot be computed again it is known what was recorded. */
const asRecorded = ({ net, causes, description, from, until }: Plain<Line>): Step =>
  given("NET", "MONEY", net, { events: causes, description, days: { from, until } });
