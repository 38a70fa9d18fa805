import { EventStoreDBClient } from "@eventstore/db-client";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { events, newStream, readStream } from "../support/events.js";
import { exitOf, launch, startServer, temporaryFolders } from "../support/server.js";

const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

/** Starts a server that must refuse to start; returns what it says. */
const refusal = async (args: string[]) => {
  const started = await launch(args);
  const code = await exitOf(started.process);
  expect(started.ready).toBeUndefined();
  expect(started.stdout()).toBe("");
  expect(started.stderr()).toBe(`eventstore: ${started.failed ?? ""}\n`);
  expect(started.stderr().trimEnd()).not.toContain("\n");
  return { code, reason: started.failed };
};

describe("starting", () => {
  it("says in one line on stdout and to its parent where it listens", async () => {
    const data = join(folders.create(), "deeper", "still");
    const started = await launch(["--data", data, "--port", "0"]);
    const { port } = started.ready ?? { port: 0 };
    expect(started.ready).toEqual({ host: "127.0.0.1", port });
    expect(port).toBeGreaterThan(0);
    started.process.kill("SIGTERM");
    expect(await exitOf(started.process)).toBe(0);
    expect(started.stdout()).toMatch(
      new RegExp(`^eventstore listening on 127\\.0\\.0\\.1:${port} \\(data in .*still\\); .*not affiliated.*\\n$`),
    );
    expect(started.stderr()).toBe("");
  });

  it("is a cluster of one to a client that asks who leads", async () => {
    const server = await startServer(folders.create());
    const client = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${server.port}?tls=false`);
    const stream = newStream();
    await client.appendToStream(stream, events(2));
    expect(await readStream(client, stream)).toHaveLength(2);
    await client.dispose();
    await server.stop();
  });

  it("refuses a folder that another server uses", async () => {
    const data = folders.create();
    const server = await startServer(data);
    expect(await refusal(["--data", data, "--port", "0"])).toEqual({
      code: 1,
      reason: `the event log in ${data} is in use by another process`,
    });
    expect(await server.stop()).toBe(0);
    const next = await startServer(data);
    expect(await next.stop()).toBe(0);
  });

  it("takes over a folder whose server was killed", async () => {
    const data = folders.create();
    await (await startServer(data)).kill();
    expect(await (await startServer(data)).stop()).toBe(0);
  });

  it("refuses a folder that holds something else, and leaves it as it is", async () => {
    const data = folders.create();
    writeFileSync(join(data, "thesis.txt"), "mine");
    expect(await refusal(["--data", data, "--port", "0"])).toEqual({
      code: 1,
      reason: `the folder ${data} is not empty and was not made by this server: name an empty folder or one with an event log`,
    });
    expect(readFileSync(join(data, "thesis.txt"), "utf8")).toBe("mine");
  });

  it("refuses a log of another format", async () => {
    const data = folders.create();
    writeFileSync(join(data, "tenure-eventstore"), "tenure-eventstore format 3\n");
    expect(await refusal(["--data", data, "--port", "0"])).toEqual({
      code: 1,
      reason: `the event log in ${data} has format 3, and this server reads formats up to 2`,
    });
  });

  it("takes on a log of an older format, and marks it so that an older server refuses it", async () => {
    const data = folders.create();
    await (await startServer(data)).stop();
    const marker = join(data, "tenure-eventstore");
    expect(readFileSync(marker, "utf8")).toBe("tenure-eventstore format 2\n");
    writeFileSync(marker, "tenure-eventstore format 1\n");
    await (await startServer(data)).stop();
    expect(readFileSync(marker, "utf8")).toBe("tenure-eventstore format 2\n");
  });

  it("refuses a marker that it does not understand", async () => {
    const data = folders.create();
    writeFileSync(join(data, "tenure-eventstore"), "something else\n");
    expect((await refusal(["--data", data, "--port", "0"])).code).toBe(1);
  });

  it("refuses a log file that is none", async () => {
    const data = folders.create();
    writeFileSync(join(data, "tenure-eventstore"), "tenure-eventstore format 1\n");
    writeFileSync(join(data, "log.mdb"), "x".repeat(100_000));
    const { code, reason } = await refusal(["--data", data, "--port", "0"]);
    expect(code).toBe(1);
    expect(reason).toBe(`the event log in ${data} cannot be opened: log.mdb is not a log file`);
  });

  it("refuses a path that is a file", async () => {
    const file = join(folders.create(), "file");
    writeFileSync(file, "");
    expect(await refusal(["--data", file, "--port", "0"])).toEqual({
      code: 1,
      reason: `the data folder ${file} cannot be used: it is not a folder`,
    });
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "refuses a folder without permission",
    async () => {
      const data = join(folders.create(), "locked");
      mkdirSync(data, { mode: 0o000 });
      expect(await refusal(["--data", data, "--port", "0"])).toEqual({
        code: 1,
        reason: `the data folder ${data} cannot be used: no permission`,
      });
    },
  );

  it("refuses a busy port", async () => {
    const busy = createServer();
    const port = await new Promise<number>((resolve) => {
      busy.listen(0, "127.0.0.1", () => {
        const address = busy.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    expect(await refusal(["--data", folders.create(), "--port", port.toString()])).toEqual({
      code: 1,
      reason: `port ${port} of 127.0.0.1 is in use by another process`,
    });
    busy.close();
  });

  it.each([
    [["--data", "x", "--host", "0.0.0.0"], /^--host 0\.0\.0\.0 is not a loopback address/],
    [["--data", "x", "--host", "127.evil.example"], /is not a loopback address/],
    [["--data", "x", "--port", "70000"], /^--port 70000 is not a port number/],
    [["--data", "x", "--port", "-1"], /usage/],
    [[], /^--data is missing; usage/],
    [["--data", "x", "--tls"], /--tls/],
  ])("refuses %j", async (args, reason) => {
    const refused = await refusal(args);
    expect(refused.code).toBe(1);
    expect(refused.reason).toMatch(reason);
  });
});

describe("stopping", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends with 0 on %s, and tells live subscribers and readers why",
    async (signal) => {
      const server = await startServer(folders.create());
      const client = EventStoreDBClient.connectionString(server.url);
      const stream = newStream();
      await client.appendToStream(stream, events(3));
      const subscriptions = [client.subscribeToAll(), client.subscribeToStream(stream)];
      const ends = subscriptions.map(
        (subscription) =>
          new Promise((resolve) => {
            (subscription as NodeJS.EventEmitter).on("error", (error: { type: string }) => {
              resolve(error.type);
            });
          }),
      );
      await Promise.all(
        subscriptions
          .map(
            (subscription) =>
              new Promise<void>((resolve) => (subscription as NodeJS.EventEmitter).once("caughtUp", resolve)),
          )
          .map(async (caughtUp, index) => {
            subscriptions[index]?.resume();
            await caughtUp;
          }),
      );
      server.process.kill(signal);
      expect(await exitOf(server.process)).toBe(0);
      expect(await Promise.all(ends)).toEqual(["unavailable", "unavailable"]);
      await client.dispose();
    },
  );

  it("ends with 0 when its parent goes away", async () => {
    const server = await startServer(folders.create());
    server.process.disconnect();
    expect(await exitOf(server.process)).toBe(0);
  });
});
