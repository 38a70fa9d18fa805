import { addDays, type Instant } from "#domain/calendar.js";
import { positionFromText } from "#event-store/position.js";
import { maxAgeOf } from "#event-store/retention.js";
import { streamName } from "#event-store/streams.js";
import { groupBy } from "#read-models/billing/group-by.js";
import { callsCounted } from "#read-models/calls/counted.js";
import { placesOfCalls, streamsOfCalls } from "#read-models/journal/calls.js";
import { csvLine, plainCell, textCell } from "../../csv.js";
import { type Difference, type JobRun } from "../../job.js";
import { CountedCalls, daysOf, reachOf, type Summary } from "./counted-calls.js";
import { type CallsSource, readCalls } from "./read-calls.js";

export const USAGE_FILE = "usage.csv";
export const USAGE_HEAD = csvLine(
  ["customer", "account", "from", "until", "calls", "found", "stream", "revision", "verdict"].map(textCell),
);

/** What became of a summary: expired where some of its calls are kept no longer. */
type Verdict = "PROVEN" | "DIFFERENT" | "EXPIRED";

interface Asked extends Omit<CallsSource, "expired"> {
  readonly now: () => Instant;
}

/**
 * Reads the calls again that closes summed up, and compares counts, sums and hashes (docs/audit.md#calls). Each stream of
 * calls that may hold some of them is read once, whatever the number of summaries.
 */
export const auditCalls = async (
  summaries: readonly Summary[],
  asked: Asked,
  job: Pick<JobRun, "signal" | "progress" | "append">,
): Promise<void> => {
  if (summaries.length === 0) return;
  const { dataSource, providerId, tally } = asked;
  const counted = await countedBy(summaries, asked);
  const ofAccount = groupBy(counted, ({ summary }) => summary.event.data.accountId);
  const streams = await streamsOfCalls(dataSource, providerId, {
    from: summaries.map(({ event }) => daysOf(event.data).from).reduce((a, b) => (a < b ? a : b)),
    through: counted.map(({ reach }) => reach.place).reduce((a, b) => (a > b ? a : b)),
  });
  const gone = { anyExpired: false };
  const source = { ...asked, expired: () => (gone.anyExpired = true) };
  for (const [place, stream] of streams.entries()) {
    job.signal.throwIfAborted();
    job.progress({ phase: "reading calls", done: place, total: streams.length });
    for await (const { position, revision, data } of readCalls(stream, source)) {
      for (const call of data.calls) {
        if (call.state !== "RATED") continue;
        for (const one of ofAccount.get(call.accountId) ?? []) {
          one.take(call, position.commit, `${stream}@${revision}`);
        }
      }
    }
  }
  let rows = "";
  for (const one of counted) {
    const differences = one.differences();
    const missing = one.summary.event.data.calls - one.calls.size;
    const isExpired = missing > 0 && (gone.anyExpired || isKeptNoLonger(one, asked));
    const verdict: Verdict = differences.length === 0 ? "PROVEN" : isExpired ? "EXPIRED" : "DIFFERENT";
    tally.count("usageSummaries");
    tally.count("calls", one.calls.size);
    tally.count("expiredCalls", verdict === "EXPIRED" ? missing : 0);
    if (verdict === "DIFFERENT") {
      for (const difference of [...differences, ...(await callsThatDiffer(one, asked))]) tally.add(difference);
    }
    rows += rowOf(one, verdict);
  }
  await job.append(USAGE_FILE, rows);
};

/** With how far each close counted, and the one before it. */
const countedBy = async (summaries: readonly Summary[], { dataSource, providerId }: Asked): Promise<CountedCalls[]> => {
  const ids = summaries.flatMap(({ event, previous }) =>
    [event, ...(previous ? [previous] : [])].map(({ data }) => data.countedTo.eventId),
  );
  // Where the log has other places than when they were noted, that of the event itself counts.
  const places = await placesOfCalls(dataSource, providerId, [...new Set(ids)]);
  const reach = (event: Summary["event"]) =>
    reachOf(event, ({ eventId, position }) => places.get(eventId) ?? positionFromText(position).commit);
  return summaries.map(
    (summary) => new CountedCalls(summary, reach(summary.event), summary.previous && reach(summary.previous)),
  );
};

/** Whether the first of its calls is of a day of which calls may be gone. */
const isKeptNoLonger = ({ summary }: CountedCalls, { providerId, now }: Asked): boolean => {
  const { data } = summary.event;
  const seconds = maxAgeOf(streamName(providerId, "calls", data.accountId));
  const day = addDays(daysOf(data).from, 1);
  return seconds !== null && Date.parse(day) + seconds * 1_000 <= Date.parse(now());
};

/** Names the calls that the list of calls has otherwise than the events: it was made of them before. */
const callsThatDiffer = async (
  { summary, reach, previous, calls }: CountedCalls,
  { dataSource, providerId }: Asked,
): Promise<Difference[]> => {
  const { accountId } = summary.event.data;
  const listed = await callsCounted(dataSource, { providerId, accountId }, reach, previous);
  const keys = [...new Set([...listed.keys(), ...calls.keys()])].sort();
  return keys.flatMap((key): Difference[] => {
    const [before, now] = [listed.get(key), calls.get(key)];
    if (before === now?.amount) return [];
    const where = `${now?.where ?? summary.event.stream} call ${key}`;
    if (!now) {
      const says = "The list of calls has this call, and no event does.";
      return [{ what: "CALL_MISSING", where, says, ...(before !== undefined && { expected: before }) }];
    }
    if (before === undefined) {
      return [
        { what: "CALL_UNEXPECTED", where, says: "The list of calls does not have this call.", found: now.amount },
      ];
    }
    const says = "The list of calls has this call with another amount.";
    return [{ what: "CALL_DIFFERS", where, says, expected: before, found: now.amount }];
  });
};

const rowOf = ({ summary, calls }: CountedCalls, verdict: Verdict): string => {
  const { data, stream, revision } = summary.event;
  const { customerId, accountId, period } = data;
  return csvLine([
    ...[customerId, accountId].map(textCell),
    ...[period.from, period.until, data.calls, calls.size].map(plainCell),
    ...[textCell(stream), plainCell(revision.toString()), textCell(verdict)],
  ]);
};
