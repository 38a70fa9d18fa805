import { SERVE_USAGE } from "../options.js";
import { serve } from "../serve.js";
import { DONE, type Command } from "./command.js";

export const command: Command = {
  summary: "run the server",
  help: `usage: tenure-eventstore serve ${SERVE_USAGE}

Runs the server in the foreground until SIGTERM or SIGINT. It says in one line when it takes calls and where.
Ends with 0 after a signal, with 1 when it could not start or could not write its log.

  --data DIR                the folder with the log, made when it is missing
  --host HOST               where to listen; beyond loopback only with TLS and users
  --port PORT               0: any free one
  --tls-certificate FILE    the certificate and those that vouch for it, as PEM
  --tls-key FILE            its key, as PEM
  --users FILE              who may use the server, kept by "tenure-eventstore user"; needs TLS
  --advertised-host HOST    what clients that discover the cluster are told to connect to`,

  run: (args) => {
    serve(args);
    return Promise.resolve(DONE);
  },
};
