import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Place } from "../../apps/cli/voice-demo/parties.js";
import { type Program, startProgram } from "../../apps/cli/voice-demo/program.js";
import { processOf, TICKS_PER_SECOND } from "../cpu-time.js";

const at = (name: string, { address, port }: Place): readonly string[] => [
  ...["-sf", resolve(`edge/sipp/${name}.xml`), "-i", address, "-p", String(port), "-nostdin"],
];

export const startPbx = (place: Place, folder: string): Program => startProgram("sipp", at("pbx", place), folder);

/** Sends calls to these places in turn. */
export const startRedirectServer = async (
  place: Place,
  targets: readonly Place[],
  number: string,
  folder: string,
): Promise<Program> => {
  const file = join(folder, "targets.csv");
  await writeFile(file, `SEQUENTIAL\n${targets.map(({ address, port }) => `${number}@${address}:${port}\n`).join("")}`);
  return startProgram("sipp", [...at("redirect", place), "-inf", file], folder);
};

export interface Load {
  /** New calls a second. */
  readonly rate: number;
  readonly calls: number;
  /** Of each. */
  readonly milliseconds: number;
}

export interface Made {
  readonly answered: number;
  readonly failed: number;
  /** Why calls failed, as sipp counts it, with how many did; nothing that never happened. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Messages that the caller sent again. */
  readonly repeated: number;
  /** Of the caller, in seconds. */
  readonly cpu: number;
}

/** Makes calls at a rate, and answers how many were answered and hung up, once all have ended. */
export const makeCalls = async (
  place: Place,
  to: Place,
  number: string,
  { rate, calls, milliseconds }: Load,
  folder: string,
): Promise<Made> => {
  const statistics = join(folder, `calls-${place.port}.csv`);
  const before = cpuOfEnded();
  const caller = startProgram(
    "sipp",
    [
      ...[...at("caller", place), "-s", number, "-r", String(rate), "-m", String(calls), "-d", String(milliseconds)],
      // Nothing keeps it from calling at this rate, however long calls take to be answered.
      ...["-l", String(calls), "-trace_stat", "-stf", statistics, "-fd", "1"],
      ...["-trace_err", "-error_file", join(folder, `errors-${to.port}.log`)],
      ...["-timeout", String(Math.ceil(calls / rate) + 60), `${to.address}:${to.port}`],
    ],
    folder,
  );
  await caller.ended;
  const [head = "", ...rows] = (await readFile(statistics, "utf8")).trim().split("\n");
  const last = rows.at(-1)?.split(";") ?? [];
  const counted = new Map(head.split(";").map((name, index) => [name, Number(last[index])]));
  const reasons = [...counted].flatMap(([name, calls]) => {
    const [, reason = ""] = /^Failed(\w+)\(C\)$/.exec(name) ?? [];
    return reason !== "" && reason !== "Call" && calls > 0 ? [[reason, calls] as const] : [];
  });
  return {
    answered: counted.get("SuccessfulCall(C)") ?? 0,
    failed: counted.get("FailedCall(C)") ?? 0,
    reasons: Object.fromEntries(reasons),
    repeated: counted.get("Retransmissions(C)") ?? 0,
    cpu: cpuOfEnded() - before,
  };
};

/** Seconds of CPU of the programs of this process that have ended. */
const cpuOfEnded = (): number => (processOf(String(process.pid))?.ofChildren ?? 0) / TICKS_PER_SECOND;
