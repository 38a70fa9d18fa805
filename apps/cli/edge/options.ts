import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { isId, readArguments, UsageError } from "../server-options.js";
import { type Billing } from "./journal/post.js";

export interface Options {
  /** As Kamailio names them: `udp:10.0.0.1:5060`. */
  readonly listen: readonly string[];
  readonly billing: Billing;
  readonly folder: string;
  /** Seconds for which the last answer about a number serves while billing is silent. */
  readonly staleSeconds: number;
  /** MB that all processes share. */
  readonly memory: number;
}

/** As long as an answer may serve: longer would put calls through that nobody wants to pay for. */
const LONGEST_STALE = 900;
const LISTEN = /^udp:(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/;

export const HELP = `Usage: tenure edge --listen ADDRESS --api URL --edge ID --secret-file FILE [options]

Runs a SIP edge: Kamailio with the configuration of edge/kamailio.cfg, which asks a running API what to do with calls, and
sends it the journal of those that were answered. Whose calls it takes, and where announcements are played, is read from
the API when it starts; where no API answers, as it was read last. A change of these, and another secret, count from the
next start on. It ends with Kamailio, and Kamailio with it.

  --listen ADDRESS   where calls come in, such as udp:10.0.0.1:5060; as often as there are addresses
  --api URL          of an API's listener for edges (EDGE_LISTEN), such as http://127.0.0.1:4060; a second one is asked
                     where the first does not answer
  --edge ID          the id of the edge, as registerEdge answered it
  --secret-file F    a file with its secret alone
  --folder DIR       for what it writes: the journal, and files for Kamailio           default: edge-data
  --stale SECONDS    how long the last answer about a number serves while no API does,
                     0 to ${LONGEST_STALE}; 0: never                                               default: ${LONGEST_STALE}
  --memory MB        that Kamailio's processes share                                   default: 256
`;

/** @throws UsageError */
export const readOptions = async (argv: string[]): Promise<Options | "help"> => {
  const { values } = readArguments({
    args: argv,
    options: {
      listen: { type: "string", multiple: true, default: [] },
      api: { type: "string", multiple: true, default: [] },
      edge: { type: "string" },
      "secret-file": { type: "string" },
      folder: { type: "string", default: "edge-data" },
      stale: { type: "string", default: String(LONGEST_STALE) },
      memory: { type: "string", default: "256" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { listen, api, edge = "", folder } = values;
  if (listen.length === 0 || !listen.every((address) => LISTEN.test(address)))
    throw new UsageError("--listen must be an address such as udp:10.0.0.1:5060.");
  if (api.length < 1 || api.length > 2) throw new UsageError("--api must be given once or twice.");
  if (!isId(edge)) throw new UsageError("--edge must be the id of an edge.");
  return {
    ...{ listen, folder: resolve(folder) },
    billing: { addresses: api.map(originOf), edge, secret: await secretIn(values["secret-file"]) },
    staleSeconds: wholeNumber("stale", values.stale, 0, LONGEST_STALE),
    memory: wholeNumber("memory", values.memory, 64, 65_536),
  };
};

const originOf = (text: string): string => {
  if (URL.canParse(text) && new URL(text).protocol === "http:" && new URL(text).pathname === "/")
    return new URL(text).origin;
  throw new UsageError(`--api must be an address such as http://127.0.0.1:4060, not "${text}".`);
};

const secretIn = async (file: string | undefined): Promise<string> => {
  if (file === undefined) throw new UsageError("--secret-file must name a file with the edge's secret.");
  const secret = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`The file ${file} cannot be read.`);
  });
  if (/^[\w-]{20,200}$/.test(secret.trim())) return secret.trim();
  throw new UsageError(`The file ${file} does not hold the secret of an edge alone.`);
};

const wholeNumber = (name: string, text: string, least: number, most: number): number => {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most}.`);
};
