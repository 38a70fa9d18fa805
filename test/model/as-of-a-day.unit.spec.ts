import { expect, it } from "vitest";
import { addDays, type LocalDate } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndForServing } from "#domain/commitments/discount-end.js";
import { holderOn } from "#domain/commitments/holders.js";
import { termsOn } from "#domain/commitments/terms.js";
import { classIdOn, discountRateOn, suspensionOn } from "#domain/customers/customer.js";
import { type RecordedEvent } from "#event-store/event.js";
import { fold } from "#event-store/fold.js";
import { parseStreamName } from "#event-store/streams.js";
import { cut } from "#read-models/as-of/cut.js";
import { momentOf } from "#read-models/as-of/moment.js";
import { evolvers } from "#read-models/runner/evolvers.js";
import { playInMemory } from "./engine/play.js";
import { ENGINE } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";

/** Stories in which much is dated back to before other events. */
const SEEDS = [8, 13, 14, 18];

type Stream = readonly RecordedEvent[];

const streamsOf = (log: Stream): Stream[] => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of log) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  return [...streams.values()];
};

/** The days on which something is recorded or takes effect, with those beside them. */
const daysOf = (log: Stream): LocalDate[] => {
  const days = log.flatMap(({ metadata, data }) => [metadata.recordedAt.slice(0, 10), data.effectiveOn]);
  return [...new Set(days.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]))].sort();
};

/** What charges of a day go by, of the stream of a commitment or customer; null: nothing of it is charged. */
const chargedBy = (category: string, stream: Stream, day: LocalDate): unknown => {
  if (category === "commitment") {
    const commitment = fold(evolvers.commitment, stream);
    const status = commitment && commitment.start <= day ? statusOn(commitment, day) : "PENDING";
    if (!commitment || status === "PENDING" || status === "TERMINATED") return null;
    const end = discountEndForServing(commitment, day);
    const isDiscounted = status === "ACTIVE" && end !== null && day < end;
    return { status, isDiscounted, terms: termsOn(commitment, day), holder: holderOn(commitment, day) };
  }
  const customer = fold(evolvers.customer, stream);
  if (!customer || day < customer.createdOn) return null;
  const isClosed = customer.closedOn !== null && customer.closedOn <= day;
  const rate = discountRateOn(customer, day) ?? null;
  return { isClosed, rate, isSuspended: suspensionOn(customer, day) !== undefined, classId: classIdOn(customer, day) };
};

it.each(SEEDS)("as of each day of story %d, what counts is what all that is known now makes of it", async (seed) => {
  const { world } = await playInMemory(generateStory(seed, ENGINE));
  const log = world.session.store.log as Stream;
  let gaps = 0;
  for (const stream of streamsOf(log)) {
    const { category } = parseStreamName(stream[0]?.stream ?? "");
    if (category !== "commitment" && category !== "customer") continue;
    for (const day of daysOf(log)) {
      const counted = cut(stream, momentOf({ day, knownAt: null }, "2090-01-01T00:00:00.000Z", "UTC"));
      const last = counted.at(-1)?.revision ?? -1n;
      if (BigInt(counted.length) <= last) gaps += 1;
      expect(chargedBy(category, counted, day)).toEqual(chargedBy(category, stream, day));
    }
  }
  expect(gaps).toBeGreaterThan(0);
});
