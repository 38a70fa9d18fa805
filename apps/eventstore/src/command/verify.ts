import { fork } from "node:child_process";
import { once } from "node:events";
import { existingDataFolder } from "../folder.js";
import { LogReader } from "../log/log-reader.js";
import { Verification } from "../log/verification.js";
import { messageOf } from "../startup-failure.js";
import { DAMAGED, DONE, readOptions, required, say, warn, type Command } from "./command.js";

const MOST_PROBLEMS = 50;
const CHILD = "TENURE_EVENTSTORE_VERIFIES";

export const command: Command = {
  summary: "read everything and tell what is damaged, by position",
  help: `usage: tenure-eventstore verify --data DIR

Reads the whole log and checks every event against its checksum and its neighbours, and all other tables
against the events. Changes nothing; a server may be running on the folder.

  --data DIR   the folder with the log

Prints one line per problem (the first ${MOST_PROBLEMS}), then a summary with a digest: two logs with the same digest hold
the same events, bit for bit. Ends with 0 when all is well, with ${DAMAGED} when something is damaged.`,

  run: async (args) => {
    const { data } = readOptions(args, { data: { type: "string" } });
    const folder = existingDataFolder(required(data, "--data"));
    return process.env[CHILD] === "1" ? await verify(folder) : await verifyInChild(args);
  },
};

/**
 * Mapping a damaged file into memory can crash the process: verification runs in a child process, and a crash is
 * reported as the finding.
 */
const verifyInChild = async (args: string[]): Promise<number> => {
  const program = process.argv[1] ?? "";
  const child = fork(program, ["verify", ...args], { stdio: "inherit", env: { ...process.env, [CHILD]: "1" } });
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  if (signal === "SIGSEGV" || signal === "SIGBUS" || signal === "SIGABRT") {
    warn(`damaged: the file's structure is so wrong that reading it ends the process (${signal})`);
    return DAMAGED;
  }
  return code ?? DAMAGED;
};

const verify = async (folder: string): Promise<number> => {
  let problems = 0;
  const report = (problem: string): void => {
    problems++;
    if (problems <= MOST_PROBLEMS) warn(`damaged: ${problem}`);
  };
  let log: LogReader;
  try {
    log = LogReader.open(folder);
  } catch (error) {
    warn(`damaged: ${messageOf(error)}`);
    return DAMAGED;
  }
  const { events, streams, head, digest } = await new Verification(log, report).run();
  await log.close();
  if (problems > MOST_PROBLEMS) warn(`and ${problems - MOST_PROBLEMS} more`);
  const state = problems === 0 ? "sound" : `damaged in ${problems} places`;
  say(`${state}: ${events} events in ${streams} streams, the last at position ${head}`);
  say(`digest: ${digest}`);
  return problems === 0 ? DONE : DAMAGED;
};
