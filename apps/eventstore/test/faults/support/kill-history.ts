import { type EventStoreDBClient, type JSONEventData } from "@eventstore/db-client";
import { expect } from "vitest";
import { appended, events, newStream, rejection, type Seen } from "../../conformance/support/events.js";

/** Makes the client use one call per append, as the application does; without TLS they are not sent. */
const BY_ITSELF = { credentials: { username: "nobody", password: "nothing" } };

/** gRPC's CANCELLED and UNAVAILABLE: what a call ends with whose server is gone. */
const GONE = [1, 14];

const expectGone = (error: unknown): void => {
  expect(GONE).toContain((error as { code: number }).code);
};

/** What one writer knows of its stream: what was acknowledged, and the append that was never answered. */
export class Writer {
  private readonly acknowledged: JSONEventData[] = [];
  private inDoubt: JSONEventData[] = [];

  constructor(readonly stream = newStream("writer")) {}

  /** Appends until the server is gone, one to four events at a time. */
  async write(client: EventStoreDBClient, onAcknowledged: () => void): Promise<void> {
    for (let n = 0; ; n++) {
      const { length } = this.acknowledged;
      const list = events(1 + (n % 4), length);
      const expectedRevision = length === 0 ? "no_stream" : BigInt(length - 1);
      this.inDoubt = list;
      try {
        await client.appendToStream(this.stream, list, { ...BY_ITSELF, expectedRevision });
      } catch (error) {
        expectGone(error);
        return;
      }
      this.acknowledged.push(...list);
      this.inDoubt = [];
      onAcknowledged();
    }
  }

  /** The append without an answer is there as a whole or not at all, and from now on the writer knows which. */
  check(kept: readonly Seen[]): void {
    if (kept.length > this.acknowledged.length) this.acknowledged.push(...this.inDoubt);
    this.inDoubt = [];
    expect(kept).toEqual(this.acknowledged.map((item, revision) => appended(this.stream, revision, item)));
  }

  get count(): number {
    return this.acknowledged.length;
  }
}

type Deletion = "soft" | "tombstone";

/** Makes streams and deletes them. */
export class Deleter {
  private readonly acknowledged = new Map<string, Deletion>();
  private inDoubt: string | undefined;

  async delete(client: EventStoreDBClient, onAcknowledged: () => void): Promise<void> {
    for (let n = 0; ; n++) {
      const stream = newStream("deleted");
      const way: Deletion = n % 2 === 0 ? "soft" : "tombstone";
      try {
        await client.appendToStream(stream, events(2), { ...BY_ITSELF, expectedRevision: "no_stream" });
        this.inDoubt = stream;
        if (way === "soft") await client.deleteStream(stream, { expectedRevision: 1n });
        else await client.tombstoneStream(stream, { expectedRevision: 1n });
      } catch (error) {
        expectGone(error);
        return;
      }
      this.acknowledged.set(stream, way);
      this.inDoubt = undefined;
      onAcknowledged();
    }
  }

  /** What was deleted stays deleted; `last` looks at so many of the newest. */
  async check(client: EventStoreDBClient, last: number): Promise<void> {
    const looked = [...this.acknowledged].slice(-last);
    const seen = await Promise.all(
      looked.map(async ([stream]) => [stream, (await rejection(readAway(client, stream)))["type"]]),
    );
    const type = { soft: "stream-not-found", tombstone: "stream-deleted" };
    expect(seen).toEqual(looked.map(([stream, way]) => [stream, type[way]]));
    this.inDoubt = undefined;
  }

  get count(): number {
    return this.acknowledged.size;
  }
}

const readAway = async (client: EventStoreDBClient, stream: string): Promise<void> => {
  for await (const { event } of client.readStream(stream)) expect(event).toBeDefined();
};
