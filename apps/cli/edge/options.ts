import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { isId, readArguments, UsageError } from "../server-options.js";
import { type Certificates, certificatesOf, optionsOf } from "./certificates.js";
import { type Billing } from "./journal/billing.js";

export interface Options {
  /** As Kamailio names them: `udp:10.0.0.1:5060`. */
  readonly listen: readonly string[];
  /** Of SIP over TLS; null: no address is one of TLS. */
  readonly certificates: Certificates | null;
  readonly billing: Billing;
  readonly folder: string;
  /** Seconds for which the last answer about a number serves while billing is silent. */
  readonly staleSeconds: number;
  /** MB that all processes share. */
  readonly memory: number;
}

/** As long as an answer may serve: longer would put calls through that nobody wants to pay for. */
const LONGEST_STALE = 900;
const LISTEN = /^(?:udp|tcp|tls):(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/;

export const HELP = `Usage: tenure edge --listen ADDRESS --api URL --edge ID --secret-file FILE [options]

Runs a SIP edge: Kamailio with the configuration of edge/kamailio.cfg, which asks a running API what to do with calls, and
sends it the journal of those that were answered. Whose calls it takes, and where announcements are played, is read from
the API when it starts; where no API answers, as it was read last. A change of these, and another secret, count from the
next start on. It ends with Kamailio, and Kamailio with it.

  --listen ADDRESS   where calls come in and from where they go on, such as udp:10.0.0.1:5060, tcp:10.0.0.1:5060 or
                     tls:10.0.0.1:5061; as often as there are addresses. A PBX is called by TCP or TLS from such an
                     address only
  --sip-cert-file F  with tls: the edge's certificate, its key, and the certificates of those who vouch for PBXs
  --sip-key-file F
  --sip-ca-file F
  --api URL          of an API's listener for edges (EDGE_LISTEN), such as http://127.0.0.1:4060; a second one is asked
                     where the first does not answer
  --api-cert-file F  with https: the edge's certificate, its key, and the certificates of those who vouch for the API
  --api-key-file F
  --api-ca-file F
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
      "api-ca-file": { type: "string" },
      "api-cert-file": { type: "string" },
      "api-key-file": { type: "string" },
      "sip-ca-file": { type: "string" },
      "sip-cert-file": { type: "string" },
      "sip-key-file": { type: "string" },
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
  const addresses = api.map(originOf);
  const [toApi, ofSip] = await Promise.all(
    (["api", "sip"] as const).map((of) =>
      certificatesOf(of, {
        ...{ ca: values[`${of}-ca-file`], cert: values[`${of}-cert-file`], key: values[`${of}-key-file`] },
      }),
    ),
  );
  requireTogether(addresses, "--api", "https:", toApi, "api");
  requireTogether(listen, "--listen", "tls:", ofSip, "sip");
  return {
    ...{ listen, certificates: ofSip ?? null, folder: resolve(folder) },
    billing: { addresses, edge, secret: await secretIn(values["secret-file"]), certificates: toApi ?? null },
    staleSeconds: wholeNumber("stale", values.stale, 0, LONGEST_STALE),
    memory: wholeNumber("memory", values.memory, 64, 65_536),
  };
};

/** Addresses of TLS need certificates, and certificates addresses of TLS. @throws UsageError */
const requireTogether = (
  addresses: readonly string[],
  option: string,
  scheme: string,
  certificates: Certificates | null | undefined,
  of: "api" | "sip",
): void => {
  const isTls = addresses.some((address) => address.startsWith(scheme));
  if (isTls && !certificates) throw new UsageError(`${option} ${scheme}... needs ${optionsOf(of)}.`);
  if (!isTls && certificates) throw new UsageError(`${optionsOf(of)} go with ${option} ${scheme}...`);
};

const originOf = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && ["http:", "https:"].includes(url.protocol) && url.pathname === "/") return url.origin;
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
