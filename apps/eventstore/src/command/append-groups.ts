import { bytesOf, type PortableEvent } from "./portable-event.js";

const MOST_EVENTS = 500;
/** Maximum size of an append: 1 MiB. */
const MOST_BYTES = 512 * 1024;

/**
 * Groups events into appends: consecutive in the log and in one stream, so that the target has the events in the same
 * order.
 */
export async function* appendGroups(
  events: AsyncIterable<PortableEvent>,
  after: number,
): AsyncGenerator<[PortableEvent, ...PortableEvent[]]> {
  let group: PortableEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    if (Number(event.position) <= after) continue;
    const size = event.type.length + bytesOf(event, "data").length + bytesOf(event, "metadata").length;
    const last = group.at(-1);
    const full = group.length >= MOST_EVENTS || bytes + size > MOST_BYTES;
    const follows = last?.stream === event.stream && BigInt(event.revision) === BigInt(last.revision) + 1n;
    if (isFilled(group) && (full || !follows)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(event);
    bytes += size;
  }
  if (isFilled(group)) yield group;
}

const isFilled = (group: PortableEvent[]): group is [PortableEvent, ...PortableEvent[]] => group.length > 0;
