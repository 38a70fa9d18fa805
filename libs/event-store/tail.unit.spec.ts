import { describe, expect, it } from "vitest";
import { type LogEntry } from "./connection.js";
import { comparePositions, type Position, START } from "./position.js";
import { TailReader } from "./tail.js";

const at = (place: number): Position => ({ commit: BigInt(place), prepare: BigInt(place) });

/** A log whose entries lie at 10, 20, …; counts the entries that were read from it. */
class Log {
  readonly entries: LogEntry[] = [];
  read = 0;
  readonly reader = new TailReader((before, limit) => {
    const older = this.entries.filter(({ position }) => !before || comparePositions(position, before) < 0);
    const page = older.slice(-limit).reverse();
    this.read += page.length;
    return Promise.resolve(page);
  });

  write(stream: string, count = 1): this {
    for (let n = 0; n < count; n += 1) this.entries.push({ stream, position: at((this.entries.length + 1) * 10) });
    return this;
  }
}

describe("tail", () => {
  it("is the start of a log without events of ours", async () => {
    expect(await new Log().reader.tail()).toEqual(START);
    expect(await new Log().write("$stats", 5_000).reader.tail()).toEqual(START);
  });

  it("is the last event of ours, however much others wrote behind it", async () => {
    const log = new Log().write("$stats", 3).write("tenure.a", 2).write("$ce-a", 5_000);
    expect(await log.reader.tail()).toEqual(at(50));
  });

  it("follows the log without walking through it again", async () => {
    const log = new Log().write("tenure.a").write("$stats", 5_000);
    await log.reader.tail();
    log.read = 0;
    expect(await log.write("$stats", 10).reader.tail()).toEqual(at(10));
    expect(await log.reader.tail()).toEqual(at(10));
    expect(log.read).toBeLessThan(100);
    expect(await log.write("tenure.b").write("$stats").reader.tail()).toEqual(at(50_120));
  });

  it("reads one entry where the last one is ours", async () => {
    const log = new Log().write("tenure.a", 100);
    expect([await log.reader.tail(), log.read]).toEqual([at(1_000), 1]);
    expect([await log.write("tenure.b", 5).reader.tail(), log.read]).toEqual([at(1_050), 2]);
  });

  it("forgets what it knew when the log became shorter", async () => {
    const log = new Log().write("tenure.a", 4).write("$stats", 2);
    expect(await log.reader.tail()).toEqual(at(40));
    log.entries.length = 2;
    expect(await log.reader.tail()).toEqual(at(20));
    log.entries.length = 0;
    expect(await log.reader.tail()).toEqual(START);
  });
});
