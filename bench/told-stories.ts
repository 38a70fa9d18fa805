import { DEFAULT_PROVIDER_ID } from "../libs/application/providers/default-provider.js";
import { contentHash, NO_HASH } from "../libs/event-store/content-hash.js";
import { type NewEvent } from "../libs/event-store/event.js";
import { type EventStore } from "../libs/event-store/event-store.js";
import { parseStreamName } from "../libs/event-store/streams.js";
import { playInMemory } from "../test/model/engine/play.js";
import { ENGINE } from "../test/model/generate/capabilities.js";
import { generateStory } from "../test/model/generate.js";

/** Stories are billed in memory without numbers, and an invoice without one is not written off. */
const NOT_TOLD = "InvoiceWrittenOff";

export interface Told {
  readonly stream: string;
  readonly event: NewEvent;
}

/** The events of as many random stories, each in the order of its log. */
export const toldStories = async (count: number): Promise<readonly (readonly Told[])[]> => {
  const stories: (readonly Told[])[] = [];
  for (let seed = 1; stories.length < count; seed += 1) {
    const { world } = await playInMemory(generateStory(seed, ENGINE));
    const told = world.session.store.log.map(({ stream, id, type, data, metadata }) => ({
      stream,
      event: { id, type, data, metadata } as NewEvent,
    }));
    if (!told.some(({ event }) => event.type === NOT_TOLD)) stories.push(told);
  }
  return stories;
};

/** The same without its provider: no worker does anything for one that it does not know. */
export const withoutProvider = (told: readonly Told[]): Told[] =>
  told.filter(({ stream }) => parseStreamName(stream).category !== "provider");

/** The same for another provider: ids of events stay, since others name them; the chain is that of the new streams. */
export const toldFor = (provider: string, told: readonly Told[]): Told[] => {
  const text = JSON.stringify(told)
    .replaceAll(DEFAULT_PROVIDER_ID, provider)
    .replaceAll(DEFAULT_PROVIDER_ID.replaceAll("-", ""), provider.replaceAll("-", ""));
  const last = new Map<string, string>();
  return (JSON.parse(text) as Told[]).map(({ stream, event }) => {
    const { contentHash: _, ...metadata } = event.metadata;
    const hash = contentHash(last.get(stream) ?? NO_HASH, { stream, type: event.type, data: event.data, metadata });
    last.set(stream, hash);
    return { stream, event: { ...event, metadata: { ...metadata, contentHash: hash } } };
  });
};

/** Appends the events of one provider in their order. */
export const append = async (store: Pick<EventStore, "append">, told: readonly Told[]): Promise<void> => {
  const revisions = new Map<string, bigint>();
  for (let at = 0; at < told.length;) {
    const { stream } = told[at] ?? { stream: "" };
    const end = told.findIndex((next, index) => index > at && next.stream !== stream);
    const events = told.slice(at, end === -1 ? undefined : end).map(({ event }) => event);
    const { revision } = await store.append(stream, revisions.get(stream) ?? "no_stream", events);
    revisions.set(stream, revision);
    at += events.length;
  }
};
