import type { Append } from "../log/append.js";
import { Committer } from "../log/committer.js";
import type { NewEvent } from "../log/row.js";
import { messageOf } from "../startup-failure.js";
import { openWritableLog } from "../writable-log.js";
import { Failure } from "./command.js";
import { bytesOf, TOMBSTONE, type PortableEvent } from "./portable-event.js";

/** Number of appends in progress: enough to share commits, without reading the whole file into memory. */
const IN_FLIGHT = 64;

/** Writes into a folder that no server runs on. Events keep their time. Returns their number. */
export const importIntoFolder = async (
  data: string,
  groups: AsyncIterable<[PortableEvent, ...PortableEvent[]]>,
): Promise<number> => {
  const log = await openWritableLog(data);
  let broken: unknown;
  const committer = new Committer(log.store, (error) => (broken = error));
  let events = 0;
  let failure: Failure | undefined;
  const pending: Promise<void>[] = [];
  for await (const group of groups) {
    const answered = write(committer, group).then(
      () => void (events += group.length),
      (error: unknown) => void (failure ??= error instanceof Failure ? error : new Failure(messageOf(error))),
    );
    pending.push(answered);
    if (pending.length >= IN_FLIGHT) await pending.shift();
    if (failure || broken !== undefined) break;
  }
  if (broken === undefined) await Promise.all(pending);
  // The appends still waiting get no answer.
  if (broken !== undefined) throw new Failure(`the log could not be written: ${messageOf(broken)}`);
  await log.close();
  if (failure) throw failure;
  return events;
};

/** Throws Failure. */
const write = async (committer: Committer, group: [PortableEvent, ...PortableEvent[]]): Promise<void> => {
  const [first] = group;
  const base = { stream: Buffer.from(first.stream), expired: () => false };
  const before = Number(first.revision) - 1;
  const append: Append =
    first.revision === TOMBSTONE
      ? { ...base, expected: { kind: "any" }, events: group.map(newEvent), deletion: "tombstone" }
      : {
          ...base,
          expected: { kind: "exact", revision: before, text: before.toString() },
          events: group.map(newEvent),
          restored: true,
        };
  const result = await committer.append(append);
  if (result.kind === "appended" || (append.deletion && result.kind === "stream_deleted")) return;
  throw new Failure(
    result.kind === "wrong_expected_version"
      ? `position ${first.position}: ${first.stream} is at revision ${result.current} here, not at ${before}`
      : `position ${first.position}: ${first.stream} is deleted here for good`,
  );
};

const newEvent = (event: PortableEvent): NewEvent => ({
  id: Buffer.from(event.id.replaceAll("-", ""), "hex"),
  type: event.type,
  contentType: event.contentType,
  metadata: bytesOf(event, "metadata"),
  data: bytesOf(event, "data"),
  created: Date.parse(event.created),
});
