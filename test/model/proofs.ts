import { type Line } from "#domain/billing/line.js";
import { Recording } from "#domain/billing/recording.js";
import { isConsistent } from "#domain/evaluate.js";
import { big } from "#domain/money.js";
import { type RecordedEvent } from "#event-store/event.js";
import { eachDocument, proveDocuments } from "#application/audit/invoices/prove.js";
import { type Based, recompute } from "#application/audit/invoices/recompute.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { type World } from "./engine/world.js";

/** All events of a story by stream, as they are read from the store. */
export const streamsOf = async ({ session: { store } }: World): Promise<Map<string, readonly RecordedEvent[]>> => {
  const names = [...new Set(store.log.map(({ stream }) => stream))];
  const read = await Promise.all(names.map(async (stream) => [stream, await store.readStream(stream)] as const));
  return new Map(read);
};

/** Every document is proven from its basis, by the code of `audit-invoices`; periods without one are left to specs. */
export const provesDocuments = async (world: World): Promise<string[]> => {
  const streams = await streamsOf(world);
  return [...world.all("customer").keys()].flatMap((customerId) =>
    [...proveDocuments(LOCAL.providerId, customerId, streams, isIssued)].flatMap(({ kind, differences }) =>
      differences.map(({ where, says, expected, found }) => {
        const shown = JSON.stringify({ expected, found });
        return `${kind} ${where} is not proven: ${says} ${shown}`;
      }),
    ),
  );
};

const isIssued = ({ type }: RecordedEvent): boolean => type !== "PeriodClosed";

/** Every line of every document has steps, and these come to its fee, its discount and its net. */
export const explainsLines = async (world: World): Promise<string[]> => {
  const streams = await streamsOf(world);
  return [...world.all("customer").keys()].flatMap((customerId) =>
    [...eachDocument(LOCAL.providerId, customerId, streams, isIssued)].flatMap(({ document, based }) =>
      unexplained(based()).map((what) => `${document.type} ${document.id}: ${what}`),
    ),
  );
};

const unexplained = ({ billing, before, document }: Based): string[] => {
  if (!billing) return [];
  const record = new Recording();
  record.holds(billing.sealed, billing.billed);
  return recompute(billing, before, document, record)
    .flatMap((event): readonly Line[] => (event.type === "InvoicePageRecorded" ? event.data.lines : []))
    .flatMap((line) => {
      const working = record.workingOf(line);
      const shown = JSON.stringify(line);
      if (!working) return [`nothing says how this line came about: ${shown}`];
      const { fee, discount, net, currency } = line;
      const isSo = [
        [working.fee, fee],
        [working.discount, discount],
        [working.net, net],
      ] as const;
      return isSo.every(([step, amount]) => big(step.value).eq(big(amount)) && isConsistent(step, currency))
        ? []
        : [`its steps do not come to this line: ${shown}`];
    });
};
