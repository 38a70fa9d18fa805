import { USER_USAGE, userCommand } from "../credentials/command.js";
import { DONE, type Command } from "./command.js";

export const command: Command = {
  summary: "who may use a server that listens beyond this machine",
  help: `usage: ${USER_USAGE.map((line) => `tenure-eventstore ${line}`).join("\n       ")}

Keeps the file of users that "serve --users FILE" asks. A running server sees a change within seconds.`,

  run: async (args) => {
    process.stdout.write(await userCommand(args));
    return DONE;
  },
};
