import { binaryEvent, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { collect, event, events, newStream } from "../conformance/support/events.js";
import { startServer, temporaryFolders, type TestServer } from "../conformance/support/server.js";
import { tenureEventstore } from "./support/command.js";

const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

const connect = (server: TestServer) => EventStoreDBClient.connectionString(server.url);

/** A log with everything in it that can be in one. */
const filledLog = async (): Promise<string> => {
  const data = folders.create();
  const server = await startServer(data);
  const client = connect(server);
  const [plain, cut, gone, again] = ["plain", "cut", "gone", "again"].map((name) => newStream(name)) as [
    string,
    string,
    string,
    string,
  ];
  await client.appendToStream(plain, events(3), { expectedRevision: "no_stream" });
  await client.appendToStream(cut, events(5));
  await client.appendToStream(plain, [
    jsonEvent({ type: "Größe-geändert", data: { text: "漢字", empty: "" }, metadata: { who: "me", list: [1, null] } }),
    binaryEvent({ type: "picture", data: Uint8Array.from([0, 255, 1]), metadata: Uint8Array.from([7, 200]) }),
    event(9),
  ]);
  await client.setStreamMetadata(cut, { maxCount: 2, custom: "kept" });
  await client.appendToStream(again, events(2));
  await client.deleteStream(again);
  await client.appendToStream(again, events(2, 10));
  await client.appendToStream(gone, events(2));
  await client.tombstoneStream(gone);
  await client.appendToStream(plain, events(2, 20), { expectedRevision: 5n });
  await client.appendToStream("$settings", jsonEvent({ type: "update-default-acl", data: { $userStreamAcl: {} } }));
  await client.appendToStream("$own", events(2));
  await client.setStreamMetadata("$own", { maxCount: 1 });
  await client.dispose();
  await server.stop();
  return data;
};

/** What users see of a log: all their events in order, and every stream of theirs. */
const contents = async (data: string) => {
  const server = await startServer(data);
  const client = connect(server);
  const all = (await collect(client.readAll())).filter(({ stream }) => !/^(\$\$)?\$tenure-eventstore$/.test(stream));
  const streams = [...new Set(all.map(({ stream }) => stream))].filter((stream) => !stream.startsWith("$$"));
  const read = await Promise.all(
    streams.map(async (stream) => [
      stream,
      await collect(client.readStream(stream)).catch((error: unknown) => (error as { type: string }).type),
      await client.getStreamMetadata(stream).then(
        ({ metadata }) => metadata,
        (error: unknown) => (error as { type: string }).type,
      ),
    ]),
  );
  await client.dispose();
  await server.stop();
  return { all, read };
};

const lines = (file: string) =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("export and import", () => {
  it("carry a log into a folder as it was: order, ids, revisions, metadata, deletions, time", async () => {
    const source = await filledLog();
    const file = join(folders.create(), "log.ndjson");
    const { head } = JSON.parse((await tenureEventstore("stats", "--data", source, "--json")).stdout) as {
      head: number;
    };
    expect(await tenureEventstore("export", "--data", source, "--out", file)).toEqual({
      code: 0,
      stdout: `27 events up to position ${head} are in ${file}; left out: 1 of the server's own\n`,
      stderr: "",
    });
    const target = join(folders.create(), "new");
    const imported = await tenureEventstore("import", "--in", file, "--data", target);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    const again = join(folders.create(), "again.ndjson");
    await tenureEventstore("export", "--data", target, "--out", again);
    const withoutPlaces = (path: string) =>
      lines(path).map(({ position: _position, sha256: _sha256, ...rest }) => rest);
    expect(withoutPlaces(again)).toEqual(withoutPlaces(file));
    expect((await tenureEventstore("verify", "--data", target)).code).toBe(0);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it("carry a log into a running server through the ordinary client", async () => {
    const source = await filledLog();
    const file = join(folders.create(), "log.ndjson");
    await tenureEventstore("export", "--data", source, "--out", file);
    const target = folders.create();
    const server = await startServer(target);
    const imported = await tenureEventstore("import", "--in", file, "--url", server.url);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    await server.stop();
    expect((await tenureEventstore("verify", "--data", target)).code).toBe(0);
    const before = await contents(source);
    const after = await contents(target);
    // A server makes the event of a deletion itself, and metadata that it writes at the same time.
    const appended = (all: typeof before.all) =>
      all.filter(({ stream, type }) => !stream.startsWith("$") && type !== "$streamDeleted");
    expect(appended(after.all)).toEqual(appended(before.all));
    expect(after.read).toEqual(before.read);
  });

  it("can be repeated, and go on where they stopped", async () => {
    const source = folders.create();
    const server = await startServer(source);
    const client = connect(server);
    const streams = ["a", "b"].map((name) => newStream(name)) as [string, string];
    for (const [n, stream] of [...streams, ...streams, ...streams].entries()) {
      await client.appendToStream(stream, events(2, n));
    }
    const file = join(folders.create(), "log.ndjson");
    await tenureEventstore("export", "--data", source, "--out", file);
    await client.dispose();
    await server.stop();

    const other = await startServer(folders.create());
    const reader = connect(other);
    for (let round = 0; round < 2; round++) {
      expect((await tenureEventstore("import", "--in", file, "--url", other.url)).code).toBe(0);
    }
    expect((await collect(reader.readAll())).filter(({ stream }) => !stream.startsWith("$"))).toHaveLength(12);
    await reader.appendToStream(streams[0], event(99));
    const third = lines(file)[3]?.["position"] as string;
    const resumed = await tenureEventstore("import", "--in", file, "--url", other.url, "--after", third);
    expect(resumed.code).toBe(0);
    await reader.dispose();
    await other.stop();
  });

  it("refuse a file that was cut off, changed, or is something else, and write nothing of it", async () => {
    const source = await filledLog();
    const file = join(folders.create(), "log.ndjson");
    await tenureEventstore("export", "--data", source, "--out", file);
    const text = readFileSync(file, "utf8");
    const other = join(folders.create(), "other.ndjson");
    const target = join(folders.create(), "new");
    const refusal = async (content: string) => {
      writeFileSync(other, content);
      const { code, stderr } = await tenureEventstore("import", "--in", other, "--data", target);
      return [code, stderr.replace(other, "FILE")];
    };
    const prefix = "tenure-eventstore import: ";
    expect([
      await refusal(text.slice(0, text.lastIndexOf('{"end"'))),
      await refusal(text.slice(0, text.length - 20)),
      await refusal(text.replace("漢字", "漢漢")),
      await refusal('{"n":1}\n'),
    ]).toEqual([
      [1, `${prefix}FILE has been cut off: its last line is missing\n`],
      [1, `${prefix}line ${lines(file).length} of FILE is not JSON\n`],
      [1, `${prefix}FILE is not what was exported: its checksum does not match\n`],
      [1, `${prefix}FILE is not an export of tenure-eventstore that this version can read\n`],
    ]);
    expect(readdirSync(join(target, ".."))).toEqual([]);
  });

  it("say where a stream is not where the export wants it", async () => {
    const source = folders.create();
    const server = await startServer(source);
    const client = connect(server);
    const stream = newStream();
    await client.appendToStream(stream, events(3));
    const file = join(folders.create(), "log.ndjson");
    await tenureEventstore("export", "--data", source, "--out", file);
    await client.dispose();
    await server.stop();
    const target = folders.create();
    const other = await startServer(target);
    const writer = connect(other);
    await writer.appendToStream(stream, event(7));
    const position = String(lines(file)[1]?.["position"]);
    const intoServer = await tenureEventstore("import", "--in", file, "--url", other.url);
    expect(intoServer.code).toBe(1);
    expect(intoServer.stderr).toMatch(/go on with --after 0\n$/);
    await writer.dispose();
    expect(await tenureEventstore("import", "--in", file, "--data", target)).toMatchObject({
      code: 1,
      stderr: `tenure-eventstore import: the event log in ${target} is in use by another process\n`,
    });
    await other.stop();
    expect(await tenureEventstore("import", "--in", file, "--data", target)).toMatchObject({
      code: 1,
      stderr: `tenure-eventstore import: position ${position}: ${stream} is at revision 0 here, not at -1\n`,
    });
  });
});

describe("while a server writes", () => {
  it("backup, export, verify and stats see a log that is whole", async () => {
    const data = folders.create();
    const server = await startServer(data);
    const client = connect(server);
    let running = true;
    let acknowledged = 0;
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const stream = newStream(`writer${n}`);
        while (running) {
          await client.appendToStream(stream, events(3));
          acknowledged += 3;
        }
      }),
    );
    await expect.poll(() => acknowledged, { timeout: 120_000 }).toBeGreaterThan(300);
    const before = acknowledged;
    const copy = join(folders.create(), "copy");
    const file = join(folders.create(), "log.ndjson");
    const outcomes = [
      await tenureEventstore("backup", "--data", data, "--to", copy),
      await tenureEventstore("export", "--data", data, "--out", file),
      await tenureEventstore("verify", "--data", data),
      await tenureEventstore("stats", "--data", data, "--json"),
    ];
    running = false;
    await writing;
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(Array(4).fill([0, ""]));
    const { events: counted } = JSON.parse(outcomes[3]?.stdout ?? "") as { events: number };
    expect(counted).toBeGreaterThan(before);
    await client.dispose();
    await server.stop();

    expect((await tenureEventstore("verify", "--data", copy)).code).toBe(0);
    const original = await contents(data);
    const backedUp = await contents(copy);
    expect(backedUp.all.length).toBeGreaterThanOrEqual(before);
    expect(original.all.slice(0, backedUp.all.length)).toEqual(backedUp.all);
    // An append of three is in the export as a whole or not at all.
    expect(lines(file).filter((line) => "position" in line).length % 3).toBe(0);
  });
});

describe("the command line", () => {
  it("explains itself, and each command, with exit code 0", async () => {
    const help = await tenureEventstore("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const name of ["serve", "verify", "stats", "backup", "export", "import", "user"]) {
      expect(help.stdout).toContain(`  ${name} `);
      const own = await tenureEventstore(name, "--help");
      expect(own).toMatchObject({ code: 0, stderr: "" });
      expect(own.stdout).toMatch(/^usage: /);
    }
  });

  it.each([
    [[], ""],
    [["explode"], 'There is no command "explode".\n'],
    [["verify"], "tenure-eventstore verify: --data is missing\n"],
    [["export", "--data", "x"], "tenure-eventstore export: the data folder x cannot be used: it does not exist\n"],
    [["verify", "--dta", "x"], "tenure-eventstore verify: Unknown option '--dta'"],
    [["import", "--in", "x"], "tenure-eventstore import: name either --data or --url\n"],
    [["import", "--in", "/does/not/exist", "--data", "x"], "tenure-eventstore import: /does/not/exist cannot be read"],
  ])("says what is wrong with %j", async (args, beginning) => {
    const { code, stdout, stderr } = await tenureEventstore(...args);
    expect(code).toBe(/missing|Unknown|either|no command/.test(beginning) || args.length === 0 ? 2 : 1);
    if (args.length > 0) expect(stdout).toBe("");
    expect(stderr.startsWith(beginning)).toBe(true);
  });

  it("refuses a folder without a log, a file that is there, and a folder that has a log", async () => {
    const empty = folders.create();
    const data = await filledLog();
    const taken = join(folders.create(), "taken");
    writeFileSync(taken, "mine");
    mkdirSync(join(empty, "sub"));
    const said = async (...args: string[]) => {
      const { code, stderr } = await tenureEventstore(...args);
      return [code, stderr];
    };
    expect([
      await said("stats", "--data", join(empty, "sub")),
      await said("export", "--data", data, "--out", taken),
      await said("backup", "--data", data, "--to", data),
    ]).toEqual([
      [1, `tenure-eventstore stats: there is no event log in ${join(empty, "sub")}\n`],
      [1, `tenure-eventstore export: ${taken} exists already\n`],
      [1, `tenure-eventstore backup: there is a log in ${data} already\n`],
    ]);
    expect(readFileSync(taken, "utf8")).toBe("mine");
  });

  it("serves", async () => {
    const { code, stderr } = await tenureEventstore("serve", "--data", "x", "--port", "70000");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^eventstore: --port 70000 is not a port number/);
  });

  it("exports what it cannot read not at all, and names the position", async () => {
    const data = folders.create();
    const server = await startServer(data);
    const client = connect(server);
    const secret = "a-text-that-occurs-once-in-the-log";
    await client.appendToStream(newStream(), [event(1), jsonEvent({ type: "t", data: { secret } }), event(3)]);
    await client.dispose();
    await server.stop();
    const file = join(data, "log.mdb");
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1)) bytes[at] = 0x41;
    writeFileSync(file, bytes);
    const out = join(folders.create(), "log.ndjson");
    const exported = await tenureEventstore("export", "--data", data, "--out", out);
    expect(exported.code).toBe(1);
    expect(exported.stderr).toMatch(/: the event at log position \d+ is corrupt: its checksum does not match\n$/);
    expect(readdirSync(join(out, ".."))).toEqual([]);
    const verified = await tenureEventstore("verify", "--data", data);
    expect(verified.code).toBe(3);
    const position = /position (\d+)/.exec(exported.stderr)?.[1] ?? "";
    expect(verified.stderr).toContain(`damaged: the event at log position ${position} is corrupt`);
  });
});
