import { isIPv4 } from "node:net";
import { parseArgs } from "node:util";
import { messageOf, StartupFailure } from "./startup-failure.js";

export interface ServerOptions {
  /** The folder that holds the log. Created when missing. */
  readonly data: string;
  readonly host: string;
  /** 0 means: any free port. */
  readonly port: number;
}

export const USAGE = "usage: main.js --data DIR [--host 127.0.0.1] [--port 2113]";

/** Throws StartupFailure. */
export const parseOptions = (args: string[]): ServerOptions => {
  const { data, host, port } = readArguments(args);
  if (data === undefined || data === "") throw new StartupFailure(`--data is missing; ${USAGE}`);
  if (!isLoopback(host)) {
    throw new StartupFailure(
      `--host ${host} is not a loopback address, and without TLS and credentials (not supported yet) the server listens on loopback only`,
    );
  }
  return { data, host, port: parsePort(port) };
};

const readArguments = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "2113" },
      },
    }).values;
  } catch (error) {
    throw new StartupFailure(`${messageOf(error).split(/\.\s/)[0] ?? "unknown argument"}; ${USAGE}`);
  }
};

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

const parsePort = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartupFailure(`--port ${text} is not a port number; ${USAGE}`);
  return port;
};
