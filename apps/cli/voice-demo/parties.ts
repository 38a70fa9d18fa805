import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Program, startProgram } from "./program.js";

/* The others of a call, by sipp. */

export interface Place {
  readonly address: string;
  readonly port: number;
}

export const hasSipp = (): boolean => spawnSync("sipp", ["-v"]).status !== null;

/** Compiled to dist/apps/cli/voice-demo. */
const scenario = (name: string): string => fileURLToPath(new URL(`../../../../edge/sipp/${name}.xml`, import.meta.url));

/** What all of them are started with: their own address, no keys, no screen. */
const at = (name: string, { address, port }: Place): readonly string[] => [
  ...["-sf", scenario(name), "-i", address, "-p", String(port), "-nostdin"],
];

/** Answers every call. */
export const startPbx = (place: Place, folder: string): Program => startProgram("sipp", at("pbx", place), folder);

/** Sends each call to the next of these places, in their order, as a redirection of the number. */
export const startRedirectServer = async (
  place: Place,
  number: string,
  targets: readonly Place[],
  folder: string,
): Promise<Program> => {
  const file = join(folder, "targets.csv");
  const lines = targets.map(({ address, port }) => `${number}@${address}:${port}\n`);
  await writeFile(file, `SEQUENTIAL\n${lines.join("")}`);
  return startProgram("sipp", [...at("redirect", place), "-inf", file], folder);
};

/** Calls a number; ends with 0 where the call was answered, and hung up after so many seconds. */
export const startCaller = (
  place: Place,
  { edge, number, seconds }: { edge: Place; number: string; seconds: number },
  folder: string,
): Program =>
  startProgram(
    "sipp",
    [
      ...[...at("caller", place), "-s", number, "-m", "1", "-d", String(seconds * 1_000)],
      ...["-timeout", String(seconds + 30), "-timeout_error", `${edge.address}:${edge.port}`],
    ],
    folder,
  );
