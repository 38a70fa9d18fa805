import { isQuarantined, type Quarantine, quarantineEvolver } from "#domain/providers/quarantine.js";
import { eventTypes, misplacedReason } from "./catalogue.js";
import { decode, type EventTypes, isForeign, type StoredEvent } from "./codec.js";
import { UndecodableEvent } from "./errors.js";
import { type RecordedEvent } from "./event.js";
import { fold } from "./fold.js";
import { isStreamName, parseStreamName, streamName } from "./streams.js";

/**
 * The events of a stream as states are folded from them: as for read models, without what others wrote and without what
 * was quarantined. Whether something was is looked up where an event is not as it should be.
 * @param read reads another stream
 * @throws UndecodableEvent
 */
export const readable = async (
  types: EventTypes,
  stored: readonly StoredEvent[],
  read: (stream: string) => Promise<readonly StoredEvent[]>,
): Promise<RecordedEvent[]> => {
  let quarantine: Promise<Quarantine> | undefined;
  const isPassedOver = async ({ stream, revision }: StoredEvent): Promise<boolean> => {
    quarantine ??= quarantineOf(stream, read);
    return isQuarantined(await quarantine, { stream, revision: revision.toString() });
  };
  const events: RecordedEvent[] = [];
  for (const event of stored) {
    if (isForeign(types, event)) continue;
    try {
      const decoded = decode(types, event);
      if (misplacedReason(decoded) === null || !(await isPassedOver(event))) events.push(decoded);
    } catch (error) {
      if (!(error instanceof UndecodableEvent) || !(await isPassedOver(event))) throw error;
    }
  }
  return events;
};

const quarantineOf = async (
  stream: string,
  read: (stream: string) => Promise<readonly StoredEvent[]>,
): Promise<Quarantine> => {
  if (!isStreamName(stream)) return quarantineEvolver.initial;
  const { provider, category } = parseStreamName(stream);
  // Its own events cannot be quarantined.
  if (category === "quarantine") return quarantineEvolver.initial;
  const stored = await read(streamName(provider, "quarantine", provider));
  return fold(
    quarantineEvolver,
    stored.map((event) => decode(eventTypes, event)),
  );
};
