import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Place } from "../../apps/cli/voice-demo/parties.js";
import { freePort, untilThere } from "./ports.js";

/* The others of a call by sipp, with scenarios of ours: those of the demo (edge/sipp), and those of specs (test/voice/sipp). */

export type { Place } from "../../apps/cli/voice-demo/parties.js";
export const hasSipp = (): boolean => spawnSync("sipp", ["-v"]).status !== null;

const DEMO = new Set(["pbx", "redirect"]);
const fileOf = (scenario: string): string =>
  fileURLToPath(
    new URL(DEMO.has(scenario) ? `../../edge/sipp/${scenario}.xml` : `./sipp/${scenario}.xml`, import.meta.url),
  );

export type Transport = "UDP" | "TCP";

interface Party {
  /** What stands in the place of other texts of its scenario. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Milliseconds of its pause. */
  readonly pause?: number;
  readonly keys?: Readonly<Record<string, string>>;
  /** Lines for each call in turn, of the field `[field0]`. */
  readonly lines?: readonly string[];
  readonly transport?: Transport;
}

interface Calls {
  readonly number: string;
  readonly count?: number;
  readonly pause?: number;
  readonly transport?: Transport;
  readonly scenario?: "caller" | "patient-caller" | "taking-back" | "odd";
  /** What stands in the place of other texts of its scenario. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Where it calls from. */
  readonly from?: string;
}

/** Those that were started, in a folder of their own. */
export class Sipp {
  readonly #running = new Set<ChildProcess>();
  #files = 0;

  constructor(private readonly folder: string) {}

  /** Somebody who is called: resolves once he listens. */
  async party(
    scenario: string,
    address: string,
    { instead, pause = 0, keys = {}, lines, transport = "UDP" }: Party = {},
  ) {
    const place: Place = { address, port: await freePort() };
    const more = Object.entries(keys).flatMap(([key, value]) => ["-key", key, value]);
    if (lines) {
      const list = this.#file("csv");
      await writeFile(list, `SEQUENTIAL\n${lines.join("\n")}\n`);
      more.push("-inf", list);
    }
    const file = await this.#scenario(scenario, instead);
    // A CANCEL that crosses an answer is no reason to say nothing more.
    this.#start(file, place, transport, ["-default_behaviors", "all,-abortunexp", "-d", String(pause), ...more]);
    await untilThere(place, transport === "UDP" ? "udp" : "tcp");
    return place;
  }

  /** Calls that are made at once: the codes that they end with, the lowest first. */
  async call(
    edge: Place,
    { number, count = 1, pause = 1_000, transport = "UDP", scenario = "caller", instead, from = "127.0.0.1" }: Calls,
  ): Promise<readonly number[]> {
    const place = { address: from, port: await freePort() };
    const messages = this.#file("txt");
    const times = ["-m", String(count), "-l", String(count), "-r", "100", "-timeout", "40"];
    const child = this.#start(await this.#scenario(scenario, instead), place, transport, [
      ...["-s", number, "-d", String(pause), ...times, "-trace_msg", "-message_file", messages],
      `${edge.address}:${edge.port}`,
    ]);
    const ended = await new Promise<number | null>((resolve) => child.once("close", resolve));
    // 1: a call did not end as its scenario says, as where it is refused; above: no call could be made.
    if (ended !== null && ended > 1) throw new Error(`sipp ended with ${ended}: ${number} was not called`);
    return codesIn(await readFile(messages, "utf8"));
  }

  stop(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }

  /** A scenario with texts of the spec's own, where it has some. */
  async #scenario(name: string, instead: Party["instead"]): Promise<string> {
    if (!instead) return fileOf(name);
    const text = await readFile(fileOf(name), "utf8");
    const file = this.#file("xml");
    // As they are: `$` has no meaning in them.
    const own = Object.entries(instead).reduce((all, [old, given]) => all.replace(old, () => given), text);
    await writeFile(file, own);
    return file;
  }

  #file(kind: string): string {
    this.#files += 1;
    return join(this.folder, `sipp-${this.#files}.${kind}`);
  }

  #start(file: string, { address, port }: Place, transport: Transport, args: readonly string[]): ChildProcess {
    const own = ["-sf", file, "-i", address, "-p", String(port), "-nostdin", "-t", transport === "UDP" ? "u1" : "t1"];
    const child = spawn("sipp", [...own, ...args], { cwd: this.folder, stdio: "ignore" });
    this.#running.add(child);
    child.once("exit", () => this.#running.delete(child));
    return child;
  }
}

/** The last answer to the first request of each call of a trace. */
const codesIn = (trace: string): readonly number[] => {
  const last = new Map<string, number>();
  for (const message of trace.split(/^-{20,}.*$/m)) {
    const [, code = ""] = /received[^]*?^SIP\/2\.0 ([2-6]\d\d) /m.exec(message) ?? [];
    const [, call = ""] = /^Call-ID: *(\S+)/im.exec(message) ?? [];
    if (code !== "" && /^CSeq: *1 (?!CANCEL)/im.test(message)) last.set(call, Number(code));
  }
  return [...last.values()].sort((a, b) => a - b);
};
