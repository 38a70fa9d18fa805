import { beforeAll, describe, expect, it } from "vitest";
import { brokenLinkOf } from "#application/audit/invoices/chain.js";
import { type Proof, proveDocuments } from "#application/audit/invoices/prove.js";
import { hash } from "#application/audit/invoices/recompute.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { type Line } from "#domain/billing/line.js";
import { type DocumentSealed, type InvoicePageRecorded } from "#domain/invoicing/events.js";
import { big } from "#domain/money.js";
import { contentHash, NO_HASH } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { playInMemory } from "./engine/play.js";
import { ENGINE } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";
import { streamsOf } from "./proofs.js";

type Streams = ReadonlyMap<string, readonly RecordedEvent[]>;

interface Told {
  readonly seed: number;
  readonly streams: Streams;
  readonly customers: readonly string[];
}

const SEEDS = [1, 2, 3, 4, 5];
let told: readonly Told[];

beforeAll(async () => {
  const stories: Told[] = [];
  for (const seed of SEEDS) {
    const { world } = await playInMemory(generateStory(seed, ENGINE));
    stories.push({ seed, streams: await streamsOf(world), customers: [...world.all("customer").keys()] });
  }
  told = stories;
});

const proofsOf = ({ customers }: Told, streams: Streams): Proof[] =>
  customers.flatMap((id) => [...proveDocuments(LOCAL.providerId, id, streams)]);
const isProven = (story: Told, streams: Streams): boolean =>
  proofsOf(story, streams).every(({ differences }) => differences.length === 0);

/** The streams with one of them written anew. */
const withStream = (streams: Streams, stream: string, events: readonly RecordedEvent[]): Streams =>
  new Map([...streams, [stream, events]]);

/** As who can write everything would: every hash fits again. */
const chained = (events: readonly RecordedEvent[]): RecordedEvent[] => {
  let previous = NO_HASH;
  return events.map((event) => {
    const metadata = { ...event.metadata, contentHash: contentHash(previous, event) };
    previous = metadata.contentHash;
    return { ...event, metadata };
  });
};

const replaced = (events: readonly RecordedEvent[], place: number, data: unknown): RecordedEvent[] =>
  events.map((event, index) => (index === place ? ({ ...event, data } as RecordedEvent) : event));

/** The event's data, with fees 1.00 higher of every row that lines were charged for. @param rows their ids */
const dearer = (value: unknown, rows: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => dearer(item, rows));
  if (typeof value !== "object" || value === null) return value;
  const { rowId } = value as { readonly rowId?: string };
  const isCharged = rowId !== undefined && rows.has(rowId);
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      name,
      isCharged && name === "fees" ? raised(of as object) : dearer(of, rows),
    ]),
  );
};
const raised = (fees: object): object =>
  Object.fromEntries(
    Object.entries(fees).map(([cycle, fee]) => [
      cycle,
      big(fee as string)
        .plus("1")
        .toFixed(),
    ]),
  );

/** Streams that documents were computed from. */
const based = (streams: Streams): [string, readonly RecordedEvent[]][] => {
  const names = new Set(
    [...streams.values()].flat().flatMap(({ data }) => {
      const { basis = [] } = data as { readonly basis?: readonly { readonly stream: string }[] };
      return basis.map(({ stream }) => stream);
    }),
  );
  return [...streams].filter(([stream]) => names.has(stream));
};

describe("a story's documents", () => {
  it("are all proven as they were told", () => {
    expect(told.filter((story) => !isProven(story, story.streams)).map(({ seed }) => seed)).toEqual([]);
    expect(told.flatMap((story) => proofsOf(story, story.streams)).length).toBeGreaterThan(100);
  });

  it("rest on streams in which no event can be changed, removed, or swapped with the next", () => {
    const missed = told.flatMap(({ seed, streams }) =>
      based(streams).flatMap(([stream, events]) =>
        events.flatMap((event, place) => {
          const next = events[place + 1];
          const tampered = [
            replaced(events, place, { ...event.data, tampered: true }),
            // Who cuts off the end of a stream breaks no link: what rests on it is missing then.
            ...(next ? [events.toSpliced(place, 1), events.toSpliced(place, 2, next, event)] : []),
          ];
          const unseen = tampered.filter((each) => brokenLinkOf(each) === undefined);
          return unseen.map(() => `${seed}: ${stream}@${event.revision}`);
        }),
      ),
    );
    expect(missed).toEqual([]);
  });

  it("are not proven where the end of a stream that they rest on is cut off", () => {
    const missed = told.flatMap((story) => {
      const seals = [...story.streams.values()].flat().filter(({ type }) => type === "InvoiceSealed");
      const last = seals.at(-1)?.data as DocumentSealed["data"] | undefined;
      return (last?.basis ?? []).flatMap(({ stream, revision }) => {
        const events = story.streams.get(stream) ?? [];
        const cut = withStream(story.streams, stream, events.slice(0, Number(revision)));
        return stream.includes("receivables") || !isProven(story, cut) ? [] : [`${story.seed}: ${stream}`];
      });
    });
    expect(missed).toEqual([]);
  });

  it("are not proven where a fee that was charged is another one, though every hash fits", () => {
    const found = told.flatMap((story) => {
      const charged = chargedIn(story.streams);
      return [...story.streams].flatMap(([stream, events]) =>
        events.flatMap((event, place) => {
          const data = dearer(event.data, charged.get(event.id) ?? new Set());
          if (hash(data) === hash(event.data)) return [];
          const proven = isProven(story, withStream(story.streams, stream, chained(replaced(events, place, data))));
          return [proven ? `${story.seed}: ${event.type} ${stream}@${event.revision}` : null];
        }),
      );
    });
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((unseen) => unseen !== null)).toEqual([]);
  });

  it("are not proven where a line was changed, though page, seal and every hash fit", () => {
    const missed = told.flatMap((story) =>
      [...story.streams].flatMap(([stream, events]) => {
        const place = events.findLastIndex(({ type }) => type === "InvoicePageRecorded");
        if (place < 0) return [];
        const forged = withStream(story.streams, stream, chained(forgedFrom(events, place)));
        return isProven(story, forged) ? [`${story.seed}: ${stream}`] : [];
      }),
    );
    expect(missed).toEqual([]);
  });
});

/** The rows of recurring lines, by the events that they name as their causes. */
const chargedIn = (streams: Streams): ReadonlyMap<string, ReadonlySet<string>> => {
  const rows = new Map<string, Set<string>>();
  for (const { type, data } of [...streams.values()].flat()) {
    if (type !== "InvoicePageRecorded") continue;
    for (const { kind, rowId, causes } of data.lines) {
      if (kind !== "RECURRING") continue;
      for (const cause of causes) rows.set(cause, (rows.get(cause) ?? new Set<string>()).add(rowId));
    }
  }
  return rows;
};

/** A page whose first line costs 1.00 more, with all that names it. */
const forgedFrom = (events: readonly RecordedEvent[], place: number): RecordedEvent[] => {
  const page = events[place]?.data as InvoicePageRecorded["data"];
  const lines = page.lines.map((line, index): Line =>
    index === 0 ? { ...line, net: big(line.net).plus("1").toFixed(2) } : line,
  );
  const [before, after] = [page.contentHash, hash(lines)];
  return replaced(events, place, { ...page, lines }).map((event) => {
    const text = JSON.stringify(event.data);
    return text.includes(before)
      ? ({ ...event, data: JSON.parse(text.replaceAll(before, after)) as object } as RecordedEvent)
      : event;
  });
};
