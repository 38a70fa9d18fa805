import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { it } from "vitest";
import { inFlight } from "./support/figures.js";
import { MeasuredServer } from "./support/measured-server.js";

/** The server's memory while a log grows and is read; BENCH_EVENTS=1000000 for the figure in docs/benchmarks.md. */
const EVENTS = Number(process.env["BENCH_EVENTS"] ?? "100000");
const STEPS = 10;
const PER_APPEND = 200;

it(`memory over ${EVENTS} events`, { timeout: 3_600_000 }, async () => {
  const server = await MeasuredServer.start("disk");
  const client = EventStoreDBClient.connectionString(server.url);
  const events = () =>
    Array.from({ length: PER_APPEND }, (_, n) =>
      jsonEvent({ type: "UsageRecorded", data: { n, text: "x".repeat(220) }, metadata: { hash: "y".repeat(64) } }),
    );
  const look = (what: string) => {
    console.log(`${what}: ${server.memory.toFixed(0)} MiB of its own, file ${server.file.toFixed(0)} MiB`);
  };
  look("empty");
  for (let step = 1; step <= STEPS; step++) {
    await inFlight(EVENTS / STEPS / PER_APPEND, 4, (n) => client.appendToStream(`s-${step}-${n % 500}`, events()));
    look(`after ${(EVENTS / STEPS) * step} events`);
  }
  let read = 0;
  for await (const { event } of client.readAll()) {
    if (event && ++read % (EVENTS / 2) === 0) look(`after reading ${read}`);
  }
  await client.dispose();
  await server.stop();
});
