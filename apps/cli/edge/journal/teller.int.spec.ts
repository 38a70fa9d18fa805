import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endLine, failedLine, startLine } from "#application/spec-support/journal-lines.js";
import { NotTaken } from "./post.js";
import { Teller } from "./teller.js";

/* The teller on files, against a stand-in of billing. */

const NOW = "2026-11-28T12:05:00.000Z";
const TODAY = Math.floor(Date.parse(NOW) / 86_400_000);
let journal: string;
let running: string | null;
let told: Readonly<Record<"started" | "ended" | "failed", readonly string[]>>[];
let takes: boolean;
let server: Server;

beforeEach(async () => {
  [running, told, takes] = ["b1", [], true];
  journal = await mkdtemp(join(tmpdir(), "journal-"));
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      if (!takes) return response.writeHead(503).end();
      const { sentAt, ...report } = JSON.parse(text) as { sentAt: string } & (typeof told)[number];
      expect([request.url, sentAt]).toEqual(["/edge/v1/progress", NOW]);
      told.push(report);
      return response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.close().closeAllConnections();
  await rm(journal, { recursive: true, force: true });
});

/** A new one each time: what was told is known from the files. */
const tell = () =>
  new Teller({
    journal,
    billing: {
      addresses: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
      ...{ edge: "edge-1", secret: "secret" },
    },
    isRunning: (boot) => boot === running,
    now: () => new Date(NOW),
    report: () => undefined,
  }).tell();
const write = async (kind: "starts" | "ends" | "fails", text: string, { boot = "b1", process = 1 } = {}) => {
  await mkdir(join(journal, boot), { recursive: true });
  await appendFile(join(journal, boot, `${kind}-${TODAY}_${process}.log`), text);
};
const call = (callId: string) => ({ callId, legs: { IN: "ref" }, seconds: 30, answered: "2026-11-28T12:00:00.250Z" });
const [start, end] = [(callId: string) => startLine(call(callId)), (callId: string) => endLine(call(callId))];
const failed = failedLine({
  ...{ callId: "f", came: "2026-11-28T12:00:00.250Z", sipCode: 486, reason: "CALLED_SIDE", cld: "1" },
});

describe("what an edge tells of calls", () => {
  it("is each whole line, once", async () => {
    await write("starts", `${start("c1")}\n${start("c2")}\n`);
    await write("ends", `${end("c1")}\n${end("c2").slice(0, 40)}`, { process: 2 });
    await write("fails", `${failed}\n`);
    await tell();
    const first = { started: [start("c1"), start("c2")], ended: [end("c1")], failed: [failed] };
    expect(told).toEqual([first]);
    await tell();
    await write("ends", `${end("c2").slice(40)}\n`, { process: 2 });
    await tell();
    expect(told).toEqual([first, { started: [], ended: [end("c2")], failed: [] }]);
  });

  it("is told again where nobody took it", async () => {
    await write("starts", `${start("c1")}\n`);
    takes = false;
    await expect(tell()).rejects.toThrow(NotTaken);
    takes = true;
    await tell();
    expect(told).toEqual([{ started: [start("c1")], ended: [], failed: [] }]);
  });

  it("has no end before all that started until then, however many there are", async () => {
    const starts = Array.from({ length: 1_001 }, (_, at) => start(`c${at}`));
    await write("starts", starts.map((line) => `${line}\n`).join(""));
    await write("ends", `${end("c1000")}\n`);
    await tell();
    expect(told.map(({ started, ended }) => [started.length <= 500, ended.length]).slice(0, -1)).toEqual(
      Array(told.length - 1).fill([true, 0]),
    );
    expect(told.flatMap(({ started }) => started)).toEqual(starts);
    expect(told.at(-1)?.ended).toEqual([end("c1000")]);
  });

  it("ends with the calls that a Kamailio left open, once that is gone", async () => {
    await write("starts", `${start("c1")}\n${start("c2")}\n`, { boot: "b0" });
    await write("ends", `${end("c1")}\n`, { boot: "b0" });
    await write("fails", `${failed}\n${failed.slice(0, 30)}`, { boot: "b0" });
    await tell();
    await tell();
    expect(told).toEqual([
      { started: [start("c1"), start("c2")], ended: [end("c1")], failed: [failed] },
      { started: [], ended: [start("c2")], failed: [] },
    ]);
  });

  it.each(["", '{"files":{"starts-2', "null", '{"files":[null],"finished":true}'])(
    "is all told again where what was told is not known: %j",
    async (known) => {
      await write("starts", `${start("c1")}\n`);
      await writeFile(join(journal, "b1", "told.json"), known);
      await tell();
      await tell();
      expect(told).toEqual([{ started: [start("c1")], ended: [], failed: [] }]);
    },
  );

  it("stops for no boot that cannot be told of", async () => {
    await mkdir(join(journal, "b0", "told.json"), { recursive: true });
    await write("starts", `${start("c1")}\n`);
    await expect(tell()).rejects.toThrow("EISDIR");
    expect(told).toEqual([{ started: [start("c1")], ended: [], failed: [] }]);
  });

  it("fits into a report, whatever the lines are", async () => {
    const torn = (length: number, count: number) => `${"\u0000".repeat(length)}\n`.repeat(count);
    for (const kind of ["starts", "ends", "fails"] as const) await write(kind, torn(10_000, 30));
    await write("fails", torn(262_000, 2));
    await write("ends", `${end("c1")}\n`);
    running = null;
    await tell();
    expect(Math.max(...told.map((report) => Buffer.byteLength(JSON.stringify(report))))).toBeLessThan(2_000_100);
    expect(told.flatMap(({ started }) => started)).toHaveLength(30);
    expect(told.flatMap(({ ended }) => ended).map((line) => line.length)).toEqual([
      ...Array<number>(30).fill(10_000),
      end("c1").length,
    ]);
    expect(told.flatMap(({ failed: lines }) => lines).map((line) => line.length)).toEqual([
      ...Array<number>(30).fill(10_000),
      ...[262_000, 262_000],
    ]);
  });
});
