import { EventStoreDBClient } from "@eventstore/db-client";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { appended, events, newStream, readUserEvents } from "../conformance/support/events.js";
import { startServer, temporaryFolders } from "../conformance/support/server.js";
import { FaultyServer } from "./support/faulty-server.js";

const connect = (url: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(url);
  onTestFinished(() => client.dispose());
  return client;
};

it("ends the server with 1, and nothing that waited for it is answered as if it were there", async () => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  const client = connect(server.url);
  const stream = newStream();
  const kept = events(3);
  await client.appendToStream(stream, kept);
  await server.order({ fault: "fail-commit" });
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => client.appendToStream(newStream("lost"), events(1, n))),
  );
  expect(results.map(({ status }) => status)).toEqual(Array(8).fill("rejected"));
  expect(await server.ended()).toBe(1);
  await server.start();
  expect(await readUserEvents(connect(server.url))).toEqual(kept.map((item, n) => appended(stream, n, item)));
});

it("cannot be ordered by a parent when the environment does not allow it", async () => {
  const folders = temporaryFolders();
  onTestFinished(folders.removeAll);
  const server = await startServer(folders.create());
  server.process.send({ fault: "fail-commit" });
  const client = connect(server.url);
  const stream = newStream();
  const list = events(2);
  await client.appendToStream(stream, list);
  expect(await readUserEvents(client)).toEqual(list.map((item, n) => appended(stream, n, item)));
  expect(await server.stop()).toBe(0);
});

it("cannot be ordered in production, whatever the environment says", async () => {
  const folders = temporaryFolders();
  onTestFinished(folders.removeAll);
  const child: ChildProcess = fork(
    fileURLToPath(new URL("../../dist/main.js", import.meta.url)),
    ["--data", folders.create(), "--port", "0"],
    {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, TENURE_EVENTSTORE_FAULTS: "1", NODE_ENV: "production" },
    },
  );
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  child.send({ fault: "fail-commit" });
  const client = connect(`esdb://127.0.0.1:${port}?tls=false`);
  const result = await client.appendToStream(newStream(), events(1));
  expect(result.success).toBe(true);
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
});
