import { randomBytes } from "node:crypto";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "lmdb";

/** LMDB with the server's durability and nothing around it: no protocol, no index, no checksum. */
export class RawLog {
  private readonly folder = mkdtempSync(join(tmpdir(), "tenure-bench-raw-"));
  private readonly root = open<Buffer, number>({
    path: join(this.folder, "log.mdb"),
    overlappingSync: false,
    encoding: "binary",
  });
  private next = 0;
  private waiting: (() => void)[] = [];
  private running = false;
  private readonly row = randomBytes(700);

  /** Resolves when so many rows are on disk; calls that come together share a commit, as they do in the server. */
  append(rows: number): Promise<void> {
    for (let n = 0; n < rows; n++) void this.root.put(this.next++, this.row);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (!this.running) void this.run();
    });
  }

  /** Milliseconds of single flushes of this disk. Each commit waits for two. */
  flushes(count: number): number[] {
    const file = openSync(join(this.folder, "flushed"), "w");
    const page = randomBytes(4096);
    const times = Array.from({ length: count }, () => {
      const start = performance.now();
      writeSync(file, page, 0, page.length, 0);
      fdatasyncSync(file);
      return performance.now() - start;
    });
    closeSync(file);
    return times;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const { waiting } = this;
      this.waiting = [];
      await this.root.put(-1, this.row);
      for (const resolve of waiting) resolve();
    }
    this.running = false;
  }

  async close(): Promise<void> {
    await this.root.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
