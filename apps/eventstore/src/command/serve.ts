import { SERVE_USAGE } from "../options.js";
import { serve } from "../serve.js";
import { DONE, type Command } from "./command.js";

export const command: Command = {
  summary: "run the server",
  help: `usage: tenure-eventstore serve ${SERVE_USAGE}

Runs the server in the foreground until SIGTERM or SIGINT. It says in one line when it takes calls and where.

  --data DIR               the folder with the log; it is made when it does not exist
  --host, --port           where to listen; another address than loopback needs TLS and users
  --tls-certificate FILE, --tls-key FILE
                           PEM files; then clients connect with "esdb://…?tls=true"
  --users FILE             who may connect; "tenure-eventstore user" writes it
  --advertised-host HOST   what clients that discover a cluster are told to connect to

Ends with 0 after a signal, with 1 when it could not start or could not write its log.`,

  run: (args) => {
    serve(args);
    return Promise.resolve(DONE);
  },
};
