import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Place } from "../../apps/cli/voice-demo/parties.js";
import { type Program, startProgram } from "../../apps/cli/voice-demo/program.js";

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
  const caller = startProgram(
    "sipp",
    [
      ...[...at("caller", place), "-s", number, "-r", String(rate), "-m", String(calls), "-d", String(milliseconds)],
      // Nothing keeps it from calling at this rate, however long calls take to be answered.
      ...["-l", String(calls), "-trace_stat", "-stf", statistics, "-fd", "1"],
      ...["-timeout", String(Math.ceil(calls / rate) + 60), `${to.address}:${to.port}`],
    ],
    folder,
  );
  await caller.ended;
  const [head = "", ...rows] = (await readFile(statistics, "utf8")).trim().split("\n");
  const names = head.split(";");
  const last = rows.at(-1)?.split(";") ?? [];
  const counted = (name: string): number => Number(last[names.indexOf(name)]);
  return { answered: counted("SuccessfulCall(C)"), failed: counted("FailedCall(C)") };
};
