import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ENGINE } from "../generate/capabilities.js";
import { tellMeetingPauses } from "../generate/pauses-that-meet.js";
import { tellApart, tellPauses, tellStory } from "../generate.js";
import { runNaive } from "../naive/run.js";
import { type Outcome } from "../outcome.js";
import { faultsOfApart, faultsOfMeetingPauses, faultsOfPauses, faultsOfSeed } from "../stories.js";
import { type Story, toScenarioFile } from "../story.js";

/*
 * Plays many random stories, half of them on each of two cores, and says what each cost. STORIES=10000 FIRST=1 say how
 * many, and from which seed on, OF=pauses that they are of pauses only, OF=meeting of pauses that meet an end date, OF=apart
 * of customers in time zones of their own. Exit code 1 when one of them has a fault. FILES=FOLDER writes them as scenario
 * files instead, which `npm run scenario` plays over a server, with its read models and workers.
 */

const PROCESSES = Math.min(2, availableParallelism());
/** MiB of young objects: most of what a story makes is garbage with it, and never has to be moved. */
const YOUNG = 32;
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0, useGrouping: false });
/** So many stories in between, a process tells how far it is. */
const TELLS_EVERY = 250;

const numberIn = (name: string, otherwise: number): number => parseInt(process.env[name] ?? `${otherwise}`, 10);
const first = numberIn("FIRST", 1);
const count = numberIn("STORIES", 10_000);

/** What one process came to. */
interface Share {
  readonly stories: number;
  readonly faults: number;
  /** Milliseconds of CPU, of all its threads. */
  readonly cpu: number;
}

const usedCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Kind {
  readonly faultsOf: (seed: number) => Promise<readonly string[]>;
  readonly tell: (seed: number) => { readonly story: Story; readonly outcome: Outcome };
}

const KINDS: Readonly<Record<string, Kind>> = {
  whole: { faultsOf: faultsOfSeed, tell: (seed) => tellStory(seed, ENGINE) },
  pauses: { faultsOf: faultsOfPauses, tell: tellPauses },
  apart: { faultsOf: faultsOfApart, tell: tellApart },
  meeting: {
    faultsOf: faultsOfMeetingPauses,
    tell(seed) {
      const story = tellMeetingPauses(seed);
      return { story, outcome: runNaive(story) };
    },
  },
};
const kind = KINDS[process.env["OF"] ?? "whole"];
if (!kind) throw new Error(`OF is one of ${Object.keys(KINDS).join(", ")}`);

const faultsIn = async (seed: number): Promise<readonly string[]> => {
  try {
    return await kind.faultsOf(seed);
  } catch (error) {
    return [`seed ${seed}`, error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
};

/** @param part of {@link PROCESSES}, from 0 */
const playShare = async (part: number): Promise<Share> => {
  const seeds = Array.from({ length: count }, (_, index) => first + index).filter((seed) => seed % PROCESSES === part);
  let faults = 0;
  for (const [index, seed] of seeds.entries()) {
    const found = await faultsIn(seed);
    if (found.length > 0) {
      faults += 1;
      console.log(found.join("\n  "));
    }
    const played = index + 1;
    if (played % TELLS_EVERY === 0) console.log(`${played} of ${seeds.length}: ${perStory(usedCpu(), played)}`);
  }
  return { stories: seeds.length, faults, cpu: usedCpu() };
};

const perStory = (cpu: number, stories: number): string =>
  `${whole.format(cpu / Math.max(1, stories))} ms of CPU a story`;

/** @throws Error where the process ends without an answer */
const startShare = (part: number): Promise<Share> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [`${part}`], { execArgv: [`--max-semi-space-size=${YOUNG}`] });
    child.once("message", (share) => {
      resolve(share as Share);
    });
    child.once("exit", (code, signal) => {
      reject(new Error(`Process ${part} ended without an answer (${signal ?? code})`));
    });
  });

const write = (folder: string): void => {
  for (let seed = first; seed < first + count; seed++) {
    const { story, outcome } = kind.tell(seed);
    writeFileSync(join(folder, `story-${seed}.yaml`), toScenarioFile(story, outcome));
  }
};

const [, , part] = process.argv;
const { FILES: folder } = process.env;
if (folder !== undefined) write(folder);
else if (part !== undefined) {
  const share = await playShare(parseInt(part, 10));
  process.send?.(share);
  process.disconnect();
} else {
  const began = performance.now();
  const shares = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => startShare(index)));
  const total = (of: keyof Share): number => shares.reduce((sum, share) => sum + share[of], 0);
  const faults = total("faults");
  const seconds = whole.format((performance.now() - began) / 1000);
  const verdict = faults === 0 ? "all agree" : `${faults} with faults`;
  console.log(
    `${total("stories")} stories from ${first} on: ${verdict}; ${seconds} s, ${perStory(total("cpu"), total("stories"))}`,
  );
  process.exitCode = faults === 0 ? 0 : 1;
}
