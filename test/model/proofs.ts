import { type RecordedEvent } from "#event-store/event.js";
import { proveDocuments } from "#application/audit/invoices/prove.js";
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
