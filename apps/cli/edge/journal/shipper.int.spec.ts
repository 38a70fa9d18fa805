import { spawn } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endLine, startLine } from "#application/spec-support/journal-lines.js";
import { Boots } from "./boots.js";
import { NotTaken, type Report } from "./post.js";
import { Shipper } from "./shipper.js";

/* The shipper on files, against a stand-in of billing that takes reports, or loses its answer. */

const NOW = "2026-11-28T12:05:00.000Z";
const TODAY = Math.floor(Date.parse(NOW) / 86_400_000);
let now: string;
let journal: string;
let running: string | null;
let told: string[];
let posts: (Report & { readonly sentAt: string; readonly by: string })[];
/** How the copies of the API answer, by name. */
let says: Record<"one" | "two", "takes" | "loses" | "refuses">;
let servers: Server[];
let addresses: string[];

beforeEach(async () => {
  [now, running, told, posts, servers, addresses] = [NOW, "b1", [], [], [], []];
  says = { one: "takes", two: "takes" };
  journal = await mkdtemp(join(tmpdir(), "journal-"));
  for (const name of ["one", "two"] as const) {
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (data: Buffer) => (text += data.toString()));
      request.on("end", () => {
        if (says[name] === "refuses") return response.writeHead(503).end();
        posts.push({ ...(JSON.parse(text) as Report & { sentAt: string }), by: name });
        if (says[name] === "loses") return request.socket.destroy();
        return response.end(JSON.stringify({ recorded: 1, repeated: 0, differing: [], unreadable: 0 }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    addresses.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
});
afterEach(async () => {
  for (const server of servers) server.close().closeAllConnections();
  await rm(journal, { recursive: true, force: true });
});

const shipper = () =>
  new Shipper({
    journal,
    billing: { addresses, edge: "edge-1", secret: "secret" },
    isRunning: (boot) => boot === running,
    now: () => new Date(now),
    report: (event) => told.push(event),
  });
const write = async (kind: "starts" | "ends", text: string, { boot = "b1", day = TODAY, process = 1 } = {}) => {
  await mkdir(join(journal, boot), { recursive: true });
  await appendFile(join(journal, boot, `${kind}-${day}_${process}.log`), text);
};
const call = (callId: string, seconds = 0) => ({
  ...{ callId, legs: { IN: "ref" }, seconds: 30 },
  answered: new Date(Date.parse("2026-11-28T12:00:00.250Z") + seconds * 1000).toISOString(),
});
const [start, end] = [
  (callId: string, at?: number) => startLine(call(callId, at)),
  (callId: string, at?: number) => endLine(call(callId, at)),
];
const ended = () => posts.map((post) => post.ended);

describe("the journal of an edge", () => {
  it("is shipped line by line, each once it is whole, and never again once it was taken", async () => {
    await write("starts", `${start("c1")}\n${start("c2")}\n`);
    await write("ends", `${end("c1")}\n${end("c2").slice(0, 40)}`);
    await write("ends", `${end("c3")}\n`, { process: 2 });
    await shipper().ship();
    expect(posts).toEqual([{ sentAt: NOW, ended: [end("c1"), end("c3")], interrupted: [], by: "one" }]);
    await shipper().ship();
    await write("ends", `${end("c2").slice(40)}\n`);
    await shipper().ship();
    expect(ended()).toEqual([[end("c1"), end("c3")], [end("c2")]]);
    const shipped = JSON.parse(await readFile(join(journal, "b1", "shipped.json"), "utf8")) as { files: object };
    const [one, two] = [end("c1").length + end("c2").length + 2, end("c3").length + 1];
    expect(shipped.files).toEqual({
      [`ends-${TODAY}_1.log`]: { offset: one, at: NOW },
      [`ends-${TODAY}_2.log`]: { offset: two, at: NOW },
    });
    expect(told).toEqual([]);
  });

  it("is sent again where no answer came, to the next copy of the API, and stays there", async () => {
    await write("ends", `${end("c1")}\n`);
    says.one = "loses";
    const own = shipper();
    await own.ship();
    expect(posts.map(({ by }) => by)).toEqual(["one", "two"]);
    says = { one: "refuses", two: "refuses" };
    await write("ends", `${end("c2")}\n`);
    await expect(own.ship()).rejects.toThrow(NotTaken);
    says = { one: "takes", two: "takes" };
    await own.ship();
    expect(posts.map(({ by }) => by)).toEqual(["one", "two", "two"]);
    expect(ended()).toEqual([[end("c1")], [end("c1")], [end("c2")]]);
  });

  it("is reported to its last byte once Kamailio is gone, with the calls that it left open (V10)", async () => {
    await write("starts", `${start("c1")}\n${start("c3", 2)}\n${start("c5", 9).slice(0, 50)}`, { boot: "b0" });
    await write("starts", `${start("c2", 1)}\n${start("c4", 3)}\n`, { boot: "b0", process: 2 });
    await write("ends", `${end("c2", 1)}\n${end("c4", 3).slice(0, 50)}`, { boot: "b0" });
    await write("ends", `${end("c6", 50)}\n`);
    says.one = "refuses";
    says.two = "refuses";
    await expect(shipper().ship()).rejects.toThrow(NotTaken);
    says = { one: "takes", two: "loses" };
    await shipper().ship();
    const torn = end("c4", 3).slice(0, 50);
    expect(posts.map(({ ended: of, interrupted }) => [of, interrupted])).toEqual([
      [[end("c2", 1)], []],
      [[torn], []],
      [[], [start("c1"), start("c3", 2), start("c4", 3), start("c5", 9).slice(0, 50)]],
      [[end("c6", 50)], []],
    ]);
    expect(told).toEqual(["a line of the journal is torn", "a line of the journal is torn", "calls were interrupted"]);
    await shipper().ship();
    expect(posts).toHaveLength(4);
  });

  it("goes on while a Kamailio runs that was left behind by a program that was killed", async () => {
    await write("starts", `${start("c1")}\n${start("c2")}\n`, { boot: "b0" });
    await write("ends", `${end("c1")}\n`, { boot: "b0" });
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)", `flatstore:${join(journal, "b0")}`]);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.once("spawn", resolve));
    const boots = new Boots(journal);
    const own = shipper();
    await own.ship();
    expect(boots.processesOf("b0")).toEqual([child.pid]);
    await write("ends", `${end("c2")}\n`, { boot: "b0" });
    await own.ship();
    expect(posts.map(({ interrupted }) => interrupted)).toEqual([[], []]);
    child.kill("SIGKILL");
    await gone;
    await write("starts", `${start("c3")}\n`, { boot: "b0" });
    await own.ship();
    expect(posts.map(({ ended: of, interrupted }) => [of, interrupted])).toEqual([
      [[end("c1")], []],
      [[end("c2")], []],
      [[], [start("c3")]],
    ]);
  });

  it("goes in reports of 500 lines at most", async () => {
    await write("ends", Array.from({ length: 1_201 }, (_, at) => `${end(`c${at}`)}\n`).join(""));
    await shipper().ship();
    expect(ended().map((lines) => lines.length)).toEqual([500, 500, 201]);
    expect(new Set(ended().flat()).size).toBe(1_201);
  });

  it("fits into a report, whatever the lines are", async () => {
    const torn = (length: number, count: number) => `${"\u0000".repeat(length)}\n`.repeat(count);
    const long = Array.from({ length: 200 }, (_, at) => start(`${"c".repeat(4_000)}${at}`));
    await write("ends", torn(10_000, 30));
    await write("ends", `${torn(262_000, 2)}${"\u0000".repeat(200_000)}`, { process: 2 });
    await write("starts", `${long.join("\n")}\n`);
    running = null;
    await shipper().ship();
    const bytes = posts.map((post) => Buffer.byteLength(JSON.stringify(post)));
    expect(Math.max(...bytes)).toBeLessThan(1_600_000);
    expect(
      ended()
        .flat()
        .map((line) => line.length)
        .sort((a, b) => a - b),
    ).toEqual([...Array<number>(30).fill(10_000), ...[200_000, 262_000, 262_000]]);
    const interrupted = posts.map((post) => post.interrupted).filter((lines) => lines.length > 0);
    expect(interrupted.flat().sort()).toEqual(long.sort());
    expect(interrupted.length).toBeGreaterThan(1);
  });

  it("stays seven days after it was taken", async () => {
    await write("ends", `${end("c1")}\n`, { day: TODAY });
    await write("starts", `${start("c1")}\n`, { day: TODAY });
    await write("ends", `${end("old")}\n`, { boot: "b0" });
    await shipper().ship();
    now = "2026-12-05T12:04:00.000Z";
    await shipper().ship();
    expect((await readdir(journal)).sort()).toEqual(["b0", "b1"]);
    now = "2026-12-06T00:00:00.000Z";
    await write("ends", `${end("c2")}\n`, { day: TODAY + 8 });
    await shipper().ship();
    expect(await readdir(journal)).toEqual(["b1"]);
    expect((await readdir(join(journal, "b1"))).sort()).toEqual([`ends-${TODAY + 8}_1.log`, "shipped.json"]);
    expect(ended()).toEqual([[end("old")], [end("c1")], [end("c2")]]);
  });

  it("is shipped on and on, whatever fails meanwhile", async () => {
    says = { one: "refuses", two: "refuses" };
    await write("ends", `${end("c1")}\n`);
    const own = shipper();
    own.start();
    await expect.poll(() => told).toContain("billing takes no calls");
    says.two = "takes";
    await expect.poll(ended).toEqual([[end("c1")]]);
    await write("ends", `${end("c2")}\n`);
    await expect.poll(ended).toEqual([[end("c1")], [end("c2")]]);
    await own.stop();
    await writeFile(join(journal, "b1", "else.txt"), "not ours");
    await own.ship();
    expect(ended()).toHaveLength(2);
  });
});
