import { USAGE } from "../options.js";
import { serve } from "../serve.js";
import { DONE, type Command } from "./command.js";

export const command: Command = {
  summary: "run the server",
  help: `${USAGE}

Runs the server in the foreground until SIGTERM or SIGINT. It says in one line when it takes calls and where.
Ends with 0 after a signal, with 1 when it could not start or could not write its log.`,

  run: (args) => {
    serve(args);
    return Promise.resolve(DONE);
  },
};
