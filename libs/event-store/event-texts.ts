import { type StoredEvent } from "./codec.js";
import { type FeedItem } from "./feed.js";

/**
 * An event as another thread is given it: a text is copied from one thread to another at once, objects part by part, which
 * takes longer than reading them from their JSON. Numbers are digits; `data` and `metadata` are what is stored, JSON or
 * not, and empty where there is none.
 */
export type EventTexts = readonly [
  stream: string,
  revision: string,
  commit: string,
  prepare: string,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

/** What is asked of a message of the server that holds an event, as the client's generated code has it. */
export interface ReadEvent {
  getEvent():
    | {
        getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined;
        getStreamRevision(): string;
        getCommitPosition(): string;
        getPreparePosition(): string;
        getId(): { getString(): string } | undefined;
        getMetadataMap(): { get(name: string): string | undefined };
        getData_asU8(): Uint8Array;
        getCustomMetadata_asU8(): Uint8Array;
      }
    | undefined;
}

const textOf = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? "" : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

/** An event of a subscription, before anything of it is read. */
export const textsOf = (message: ReadEvent): FeedItem<EventTexts> => {
  const event = message.getEvent();
  if (event === undefined) throw new Error("The subscription sent something that is not an event");
  const about = event.getMetadataMap();
  return {
    kind: "event",
    event: [
      textOf(event.getStreamIdentifier()?.getStreamName_asU8()),
      event.getStreamRevision(),
      event.getCommitPosition(),
      event.getPreparePosition(),
      event.getId()?.getString() ?? "",
      about.get("type") ?? "",
      about.get("content-type") === "application/json" ? textOf(event.getData_asU8()) : "",
      textOf(event.getCustomMetadata_asU8()),
    ],
  };
};

/** Of JSON its value; of other texts themselves, which no event of ours has. */
const valueOf = (text: string): unknown => {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

export const storedOf = ([stream, revision, commit, prepare, id, type, data, metadata]: EventTexts): StoredEvent => ({
  stream,
  revision: BigInt(revision),
  position: { commit: BigInt(commit), prepare: BigInt(prepare) },
  id,
  type,
  data: valueOf(data),
  metadata: valueOf(metadata),
});
