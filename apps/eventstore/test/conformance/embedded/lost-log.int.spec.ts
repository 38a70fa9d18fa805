import { EventStoreDBClient } from "@eventstore/db-client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { MAIN, tenureEventstore } from "../../command/support/command.js";
import { events, newStream, readStream } from "../support/events.js";
import { exitOf, launch, startServer, temporaryFolders } from "../support/server.js";

const folders = temporaryFolders();
let data: string;
let log: string;

/** A folder whose log holds events. */
const fill = async (count: number): Promise<string> => {
  const server = await startServer(data);
  const client = EventStoreDBClient.connectionString(server.url);
  const stream = newStream();
  for (let n = 0; n < count; n += 500) await client.appendToStream(stream, events(Math.min(500, count - n)));
  await client.dispose();
  await server.stop();
  return stream;
};

beforeEach(() => {
  data = folders.create();
  log = join(data, "log.mdb");
});

afterAll(() => {
  folders.removeAll();
});

/** What a server says that does not start on the folder; undefined when it does. */
const refusal = async (folder = data): Promise<string | undefined> => {
  const { ready, failed, process: child, stderr } = await launch(["--data", folder, "--port", "0"]);
  if (ready) child.kill("SIGTERM");
  await exitOf(child);
  if (failed !== undefined) expect(stderr()).toBe(`eventstore: ${failed}\n`);
  return failed;
};

/** What `verify`, `stats`, `export` and `backup` say; all the same. */
const refusalOfCommands = async (): Promise<string> => {
  const target = folders.create();
  const outcomes = [
    await tenureEventstore("verify", "--data", data),
    await tenureEventstore("stats", "--data", data),
    await tenureEventstore("export", "--data", data, "--out", join(target, "out")),
    await tenureEventstore("backup", "--data", data, "--to", join(target, "copy")),
  ];
  const said = outcomes.map(({ stderr }) => stderr.replace(/^tenure-eventstore \w+: /, ""));
  expect(outcomes.map(({ code, stdout }) => [code, stdout])).toEqual(outcomes.map(() => [1, ""]));
  expect(said).toEqual(outcomes.map(() => said[0]));
  expect(readdirSync(target)).toEqual([]);
  return said[0]?.trimEnd() ?? "";
};

describe("a folder that has lost its log is refused in one sentence, and served once the log is back", () => {
  it.each([
    ["missing", () => undefined],
    [
      "empty",
      () => {
        writeFileSync(log, "");
      },
    ],
  ])("when it is %s", async (state, leave) => {
    const stream = await fill(3);
    renameSync(log, `${log}.elsewhere`);
    leave();
    const sentence = `the event log in ${data} is lost: log.mdb is ${state}; put it back, or name another folder`;
    expect(await refusal()).toBe(sentence);
    expect(await refusalOfCommands()).toBe(sentence);
    renameSync(`${log}.elsewhere`, log);
    const server = await startServer(data);
    const client = EventStoreDBClient.connectionString(server.url);
    expect(await readStream(client, stream)).toHaveLength(3);
    await client.dispose();
    await server.stop();
  });

  it("when there is only a copy that was not finished", async () => {
    await fill(3);
    renameSync(log, `${log}.part`);
    const sentence = `the folder ${data} holds a backup that was not finished: remove it and make the backup again`;
    expect(await refusal()).toBe(sentence);
    expect(await refusalOfCommands()).toBe(sentence);
    rmSync(join(data, "tenure-eventstore"));
    rmSync(join(data, "log.mdb-lock"));
    expect(await refusal()).toBe(sentence);
    writeFileSync(join(data, "tenure-eventstore.next"), "tenure-");
    expect(await refusal()).toBe(sentence);
  });

  it("by an import, too", async () => {
    await fill(3);
    const file = join(folders.create(), "log.ndjson");
    expect(await tenureEventstore("export", "--data", data, "--out", file)).toMatchObject({ code: 0 });
    truncateSync(log);
    expect(await tenureEventstore("import", "--in", file, "--data", data)).toEqual({
      code: 1,
      stdout: "",
      stderr: `tenure-eventstore import: the event log in ${data} is lost: log.mdb is empty; put it back, or name another folder\n`,
    });
  });
});

describe("a log that has been cut off", () => {
  it("is refused in one sentence by the server and every command, wherever it ends, and left as it is", async () => {
    await fill(2000);
    const file = join(folders.create(), "log.ndjson");
    expect(await tenureEventstore("export", "--data", data, "--out", file)).toMatchObject({ code: 0 });
    const { usedBytes } = JSON.parse((await tenureEventstore("stats", "--data", data, "--json")).stdout) as {
      usedBytes: number;
    };
    for (const missing of [4096, Math.floor(usedBytes / 2), usedBytes - 8192, usedBytes - 100]) {
      truncateSync(log, usedBytes - missing);
      const reason =
        missing === usedBytes - 100
          ? "log.mdb is not a log file"
          : `log.mdb has been cut off: ${missing} of ${usedBytes} bytes are missing`;
      const cannotOpen = `the event log in ${data} cannot be opened: ${reason}`;
      const target = folders.create();
      const said = [
        await tenureEventstore("verify", "--data", data),
        await tenureEventstore("stats", "--data", data),
        await tenureEventstore("export", "--data", data, "--out", join(target, "out")),
        await tenureEventstore("backup", "--data", data, "--to", join(target, "copy")),
        await tenureEventstore("import", "--in", file, "--data", data),
      ];
      expect([await refusal(), ...said.map(({ code, stdout, stderr }) => [code, stdout, stderr])]).toEqual([
        cannotOpen,
        [3, "", `damaged: ${reason}\n`],
        ...["stats", "export", "backup", "import"].map((name) => [1, "", `tenure-eventstore ${name}: ${cannotOpen}\n`]),
      ]);
      expect([statSync(log).size, readdirSync(target)]).toEqual([usedBytes - missing, []]);
    }
  });
});

describe("a new log", () => {
  it("begins in a folder that does not exist, is empty, or in which a first start was killed before it had one", async () => {
    const marked = folders.create();
    writeFileSync(join(marked, "tenure-eventstore"), "tenure-eventstore format 2\nno log yet\n");
    const truncated = folders.create();
    writeFileSync(join(truncated, "tenure-eventstore"), "");
    const unnamed = folders.create();
    writeFileSync(join(unnamed, "tenure-eventstore.next"), "tenure-");
    const volume = folders.create();
    mkdirSync(join(volume, "lost+found"));
    for (const folder of [join(data, "new"), folders.create(), marked, truncated, unnamed, volume]) {
      expect(await refusal(folder)).toBeUndefined();
      expect(existsSync(join(folder, "log.mdb"))).toBe(true);
    }
  });
});

describe("a backup that is killed", () => {
  it("is refused, unless it was finished", async () => {
    const stream = await fill(10_000);
    let refused = 0;
    for (let round = 0; round < 4; round++) {
      const target = join(folders.create(), "copy");
      const backup = spawn(process.execPath, [MAIN, "backup", "--data", data, "--to", target], { stdio: "ignore" });
      const ended = once(backup, "exit");
      // In the first round as soon as it has begun.
      while (!existsSync(target) || readdirSync(target).length === 0) await delay(1);
      await delay(round * 4);
      backup.kill("SIGKILL");
      await ended;
      const said = await refusal(target);
      if (said === undefined) {
        const server = await startServer(target);
        const client = EventStoreDBClient.connectionString(server.url);
        expect(await readStream(client, stream)).toHaveLength(10_000);
        await client.dispose();
        await server.stop();
      } else {
        refused++;
        expect(said).toBe(
          `the folder ${target} holds a backup that was not finished: remove it and make the backup again`,
        );
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
