import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const MEMORY = "/dev/shm";
const CLOCK_TICKS_PER_SECOND = 100;

/** Where a server keeps its log: on disk, or in memory, which is the same server without a disk to wait for. */
export type Place = "disk" | "memory";

/** The built event store in a process of its own, watched from outside. Linux only. */
export class MeasuredServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly data: string,
  ) {}

  static async start(place: Place): Promise<MeasuredServer> {
    if (place === "memory" && !existsSync(MEMORY))
      throw new Error(`the floor needs a file system in memory: ${MEMORY}`);
    const data = mkdtempSync(join(place === "memory" ? MEMORY : tmpdir(), "tenure-bench-"));
    const child = fork(MAIN, ["--data", data, "--port", "0"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return new MeasuredServer(child, `esdb://127.0.0.1:${port}?tls=false`, data);
  }

  /** Seconds of CPU, all threads. */
  get cpu(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
  }

  /** MiB that are the process's own: without the pages of the log file, which the kernel takes back when it likes. */
  get memory(): number {
    return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))?.[1]) / 1024;
  }

  /** MiB */
  get file(): number {
    return statSync(join(this.data, "log.mdb")).size / 1024 / 1024;
  }

  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
    rmSync(this.data, { recursive: true, force: true });
  }

  private get pid(): number {
    return this.child.pid ?? 0;
  }
}
