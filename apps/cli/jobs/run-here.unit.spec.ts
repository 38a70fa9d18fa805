import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Difference, type JobContext, type JobOf, type Report } from "#application/audit/job.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { checkSigned, newSigningKey, signingWith } from "#application/audit/signing.js";
import { runHere } from "./run-here.js";

const signing = signingWith(newSigningKey());
const WRONG: Difference = { what: "LINE_DIFFERS", where: "here", says: "It should be 2.", expected: 2, found: "=1" };

/** Counts to four, a line of its file each; interrupted on the way where that is asked for. */
const counting = (interruptAt: number | null, differences: readonly Difference[]): JobOf<object, number> => ({
  title: "Count",
  async run(_context, _input, job) {
    for (let done = job.saved ?? 0; done < 4; done += 1) {
      job.signal.throwIfAborted();
      await job.append("counted.csv", `${done}\r\n`);
      await job.save(done + 1);
      // Written behind the save, and written again.
      if (done === interruptAt) {
        await job.append("counted.csv", "half\r\n");
        process.emit("SIGINT");
      }
    }
    const covered = { source: "journal", fromPosition: null, toPosition: "4/4" } as const;
    return { covered, checked: { counted: 4 }, differences, differencesTotal: differences.length };
  },
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tenure-here-"));
  vi.spyOn(console, "log").mockReturnValue(undefined);
  vi.spyOn(console, "error").mockReturnValue(undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

const run = (interruptAt: number | null, differences: readonly Difference[] = [], input = {}): Promise<number> =>
  runHere({
    ...{ kind: "VERIFY", job: counting(interruptAt, differences) as unknown as AnyJob, input, directory, signing },
    context: { providerId: null, now: () => "2026-01-01T00:00:00.000Z" } as unknown as JobContext,
  });
const read = (name: string): Promise<string> => readFile(join(directory, name), "utf8");
const report = async (): Promise<Report> =>
  ((await JSON.parse(await read("report.json"))) as { document: Report }).document;

describe("a job of the command line", () => {
  it("ends with 130 where it is interrupted, and goes on there, to the same report, when it is run again", async () => {
    expect(await run(null)).toBe(0);
    const through = await report();
    expect(await run(2)).toBe(130);
    expect(await read("counted.csv")).toBe("0\r\n1\r\n2\r\nhalf\r\n");
    expect(await run(null)).toBe(0);
    expect([await report(), await read("counted.csv")]).toEqual([through, "0\r\n1\r\n2\r\n3\r\n"]);
    expect((await readdir(directory)).sort()).toEqual(["counted.csv", "differences.csv", "report.json", "report.pdf"]);
  });

  it("begins anew where something else is asked for", async () => {
    expect([await run(0), await run(null, [], { other: true })]).toEqual([130, 0]);
    expect(await read("counted.csv")).toBe("0\r\n1\r\n2\r\n3\r\n");
  });

  it("ends with 1 where something differs, and leaves it signed, as a table and on paper", async () => {
    expect(await run(null, [WRONG])).toBe(1);
    expect(checkSigned(JSON.parse(await read("report.json")), signing.publicKey)).toMatchObject({ valid: true });
    expect(await report()).toMatchObject({ verdict: "DIFFERENT", differences: [WRONG], differencesTotal: 1 });
    expect(await read("differences.csv")).toBe(
      'what,where,says,expected,found\r\nLINE_DIFFERS,here,It should be 2.,2,"""=1"""\r\n',
    );
    expect((await read("report.pdf")).slice(0, 5)).toBe("%PDF-");
  });
});
