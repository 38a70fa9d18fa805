import { EventStoreDBClient, jsonEvent, type JSONType } from "@eventstore/db-client";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainEvents } from "#event-store/chain-events.js";
import { type NewEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { EmbeddedServer } from "#event-store/spec-support/embedded-server.js";

const GOOD = "11111111-1111-4111-8111-111111111111";
const BAD = "22222222-2222-4222-8222-222222222222";

let server: EmbeddedServer;
beforeAll(async () => {
  server = await EmbeddedServer.started();
});
afterAll(() => server.remove());

/** Runs the built command on the server. */
const verify = (...args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((answered) => {
    const env = { ...process.env, EVENTSTORE_URL: server.url };
    execFile(
      process.execPath,
      [resolve("dist/apps/cli/main.js"), "verify-chain", ...args],
      { env },
      (error, out, err) => {
        answered({ code: error === null ? 0 : Number(error.code), said: `${out}${err}`.trim() });
      },
    );
  });

const streamOf = (provider: string): string => streamName(provider, "provider", provider);

const events = (provider: string): NewEvent[] =>
  chainEvents({
    stream: streamOf(provider),
    provider,
    previousHash: "",
    commandId: "command",
    actor: "spec",
    recordedAt: "2020-07-01T00:00:00.000Z",
    correlationId: "command",
    causationId: "command",
    events: ["A", "B"].map((name) => ({ type: "ProviderCreated", data: { name, effectiveOn: "2020-07-01" } })),
  });

/** Past the product, as somebody would who changes what is stored. */
const write = async (provider: string, written: readonly NewEvent[]): Promise<void> => {
  const client = EventStoreDBClient.connectionString(server.url);
  const proposed = written.map(({ id, type, data, metadata }) =>
    jsonEvent({ id, type, data: data as JSONType, metadata: metadata as unknown as JSONType }),
  );
  await client.appendToStream(streamOf(provider), proposed);
  await client.dispose();
};

describe("tenure verify-chain", () => {
  it("finds what was changed in the event store, by stream, revision and type", async () => {
    await write(GOOD, events(GOOD));
    expect(await verify()).toEqual({ code: 0, said: "2 events in 1 stream: every link holds." });
    const [first, second] = events(BAD);
    await write(BAD, [first, { ...second, data: { name: "C", effectiveOn: "2020-07-01" } }] as NewEvent[]);
    const found = await verify();
    expect(found.code).toBe(1);
    expect(found.said).toMatch(
      new RegExp(
        `^${streamOf(BAD)}@1 ProviderCreated: its content hash should be [0-9a-f]{64}\n` +
          "4 events in 2 streams: broken in 1 stream\\.$",
      ),
    );
    expect((await verify("--provider", GOOD)).code).toBe(0);
    expect((await verify("--provider", BAD)).code).toBe(1);
  });

  it("says why it could not check", async () => {
    expect(await verify("--provider", "x")).toEqual({
      code: 2,
      said: "--provider must be the id of a provider. --help shows the options.",
    });
    expect((await verify("--help")).said).toContain("Exit code: 0 every link holds, 1 a link is broken");
  });
});
