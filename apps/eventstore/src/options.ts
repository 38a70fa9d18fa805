import { isIPv4 } from "node:net";
import { parseArgs } from "node:util";
import { messageOf, StartupFailure } from "./startup-failure.js";

export interface ServerOptions {
  /** The folder that holds the log. Created when missing. */
  readonly data: string;
  readonly host: string;
  /** Port; 0: any free one. */
  readonly port: number;
  /** Address given to clients that discover the cluster. */
  readonly advertisedHost: string;
  /** Files. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** A file with the users. */
  readonly users?: string;
}

export const SERVE_USAGE =
  "--data DIR [--host 127.0.0.1] [--port 2113] [--tls-certificate FILE --tls-key FILE [--users FILE]] " +
  "[--advertised-host HOST]";

const USAGE = `usage: main.js ${SERVE_USAGE}`;

/** Throws StartupFailure. */
export const parseOptions = (args: string[]): ServerOptions => {
  const { data, host, port, users, ...values } = readArguments(args);
  if (data === undefined || data === "") throw new StartupFailure(`--data is missing; ${USAGE}`);
  const tls = tlsFiles(values["tls-certificate"], values["tls-key"]);
  if (users !== undefined && !tls) {
    throw new StartupFailure(
      "--users needs --tls-certificate and --tls-key: passwords would go over the wire in the clear",
    );
  }
  if (!isLoopback(host) && (!tls || users === undefined)) {
    throw new StartupFailure(
      `--host ${host} is not a loopback address, and without TLS and users the server listens on loopback only`,
    );
  }
  return {
    data,
    host,
    port: parsePort(port),
    advertisedHost: values["advertised-host"] ?? host,
    ...(tls && { tls }),
    ...(users !== undefined && { users }),
  };
};

const readArguments = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "2113" },
        "tls-certificate": { type: "string" },
        "tls-key": { type: "string" },
        users: { type: "string" },
        "advertised-host": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new StartupFailure(`${messageOf(error).split(/\.\s/)[0] ?? "unknown argument"}; ${USAGE}`);
  }
};

const tlsFiles = (certificate: string | undefined, key: string | undefined): ServerOptions["tls"] => {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) {
    throw new StartupFailure(`--tls-certificate and --tls-key go together; ${USAGE}`);
  }
  return { certificate, key };
};

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

const parsePort = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartupFailure(`--port ${text} is not a port number; ${USAGE}`);
  return port;
};
