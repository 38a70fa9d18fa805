import { CorruptRow } from "../log/row.js";
import { StartupFailure } from "../startup-failure.js";
import { DONE, Failure, FAILED, Misuse, MISUSED, say, warn, type Command } from "./command.js";

/** `tenure-eventstore <command>`: each command is a file here, loaded only when it is called. */
const COMMANDS = ["serve", "verify", "stats", "backup", "export", "import", "user"];

const usage = async (): Promise<string> => {
  const lines = await Promise.all(COMMANDS.map(async (name) => `  ${name.padEnd(8)} ${(await load(name)).summary}`));
  return `usage: tenure-eventstore <command> [options]

The event store that Tenure embeds, and what there is to do with its log.

${lines.join("\n")}

"tenure-eventstore <command> --help" shows a command's options. Commands end with 0 when done, 1 when they
failed, 2 when they were called wrongly; verify ends with 3 when it finds damage.`;
};

const load = async (name: string): Promise<Command> => ((await import(`./${name}.js`)) as { command: Command }).command;

const main = async ([name, ...args]: string[]): Promise<number> => {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) {
    say(await usage());
    return name === undefined ? MISUSED : DONE;
  }
  if (!COMMANDS.includes(name)) {
    warn(`There is no command "${name}".\n\n${await usage()}`);
    return MISUSED;
  }
  const command = await load(name);
  if (args.includes("--help") || args.includes("-h")) {
    say(command.help);
    return DONE;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof Misuse) {
      warn(`tenure-eventstore ${name}: ${error.message}\n\n${command.help}`);
      return MISUSED;
    }
    if (error instanceof Failure || error instanceof StartupFailure || error instanceof CorruptRow) {
      warn(`tenure-eventstore ${name}: ${error.message}`);
      return FAILED;
    }
    throw error;
  }
};

process.exitCode = await main(process.argv.slice(2));
