import { reject } from "#domain/rejection.js";
import { positionFromText } from "#event-store/position.js";
import { parseStreamName, streamName, streamsWithin } from "#event-store/streams.js";
import { readLog } from "#event-store/read-log.js";
import { customersWithReceivables } from "#read-models/journal/heads.js";
import { type JobContext, type JobRun } from "../job.js";
import { type Numbers } from "./numbers.js";
import { type Reach } from "./reach.js";
import { type EventsFrom, type ReadStreams } from "./streams.js";
import { type Tally } from "./tally.js";

/**
 * The customers that have a receivables stream, in any order: of the side that is audited, and of the journal, so that a
 * stream that is gone in the event store is missed. The event store has no list of streams: its log is read once.
 */
export const customersToAudit = async (
  { dataSource, store }: Pick<JobContext, "dataSource" | "store">,
  providerId: string,
  { source, reach }: { readonly source: EventsFrom; readonly reach: Reach },
  job: Pick<JobRun, "signal" | "progress">,
): Promise<Set<string>> => {
  const { head, through } = reach;
  const listed = new Set(head ? await customersWithReceivables(dataSource, providerId, head.sequence) : []);
  if (source === "journal") return listed;
  const prefix = streamName(providerId, "receivables", "-").slice(0, -1);
  const ours = streamsWithin(providerId);
  let done = 0;
  await readLog(store, {
    ...{ name: "audit-invoices", through: positionFromText(through), signal: job.signal },
    onBatch: ({ events }) => {
      for (const { stream } of events) {
        if (stream.startsWith(prefix)) listed.add(parseStreamName(stream).id);
        if (stream.startsWith(ours)) done += 1;
      }
      job.progress({ phase: "finding customers", done, total: null });
    },
  });
  return listed;
};

/** @throws Rejection CUSTOMER_NOT_FOUND where nothing tells of the customer */
export const requireKnown = async (
  read: ReadStreams,
  numbers: Numbers,
  {
    providerId,
    customerId,
    tally,
  }: { readonly providerId: string; readonly customerId: string; readonly tally: Tally },
): Promise<void> => {
  const streams = await read(
    ["customer", "receivables"].map((category) => streamName(providerId, category, customerId)),
  );
  const isThere = [...streams.values()].some((events) => events.some((event) => tally.isCovered(event)));
  if (isThere || numbers.countOf(customerId) > 0) return;
  throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
};
