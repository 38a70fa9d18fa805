import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Certificates } from "./certificates.js";
import { type Billing } from "./journal/billing.js";
import { writeOwn } from "./own-file.js";
import { type StartTerms } from "./terms.js";

/** Compiled to dist/apps/cli/edge. */
const fileOf = (name: string): string => fileURLToPath(new URL(`../../../../edge/${name}`, import.meta.url));

export interface EdgeStart {
  readonly listen: readonly string[];
  /** Default: no address is one of TLS. */
  readonly certificates?: Certificates | null;
  readonly billing: Billing;
  readonly folder: string;
  /** Where the journal of this start is written, as Kamailio names it. */
  readonly database: string;
  readonly staleSeconds: number;
  readonly memory: number;
  readonly terms: StartTerms;
  /** Of billing, in seconds. */
  readonly timeout?: number;
  readonly configuration?: string;
}

/** How a caller waits for an answer of billing, whatever it is: one second, then the next. */
const TIMEOUT = 1;
const SECTIONS = ["billing", "second"];

/** A list of addresses as Kamailio reads it. */
export const addressList = (addresses: readonly string[]): string =>
  addresses
    .map((address) => {
      const [host = "", length = host.includes(":") ? "128" : "32"] = address.split("/");
      return `1 ${host} ${length}\n`;
    })
    .join("");

/** Where billing is, with the credentials, as Kamailio reads it. */
export const billingFile = ({ addresses, edge, secret, certificates }: Billing, timeout: number): string =>
  addresses
    .flatMap((url, index) => [
      `[${SECTIONS[index] ?? ""}]`,
      `url = "${url}"`,
      `username = ${edge}`,
      `password = ${secret}`,
      "authmethod = 1",
      `timeout = ${timeout}`,
      ...(certificates ? [`client_cert = "${certificates.cert.path}"`, `client_key = "${certificates.key.path}"`] : []),
      "",
    ])
    .join("\n");

/** The edge's certificate, and whom it believes, as Kamailio reads them. Callers are known by their addresses. */
export const tlsFile = ({ ca, cert, key }: Certificates): string => {
  const own = ["method = TLSv1.2+", `certificate = ${cert.path}`, `private_key = ${key.path}`];
  return [
    ...["[server:default]", ...own, "verify_certificate = no", "require_certificate = no", ""],
    ...[
      "[client:default]",
      ...own,
      "verify_certificate = yes",
      "require_certificate = yes",
      `ca_list = ${ca.path}`,
      "",
    ],
  ].join("\n");
};

/**
 * Writes the files that Kamailio is started with, for nobody else to read.
 * @returns its arguments
 */
export const prepareKamailio = async (start: EdgeStart): Promise<readonly string[]> => {
  const { folder, terms, billing, database, staleSeconds, listen, memory, certificates } = start;
  const [addresses, http, tls] = [join(folder, "addresses"), join(folder, "http"), join(folder, "tls")];
  await writeOwn(addresses, addressList(terms.addresses));
  await writeOwn(http, billingFile(billing, start.timeout ?? TIMEOUT));
  if (certificates) await writeOwn(tls, tlsFile(certificates));
  const { announcer } = terms;
  const texts = {
    ...{ EDGE_ADDRESSES: addresses, EDGE_HTTP: http, EDGE_JOURNAL: database },
    ...(announcer && {
      EDGE_ANNOUNCER: `${announcer.host.includes(":") ? `[${announcer.host}]` : announcer.host}:${announcer.port}`,
      EDGE_LANGUAGE: terms.language.toLowerCase(),
    }),
    ...(certificates && { EDGE_TLS: tls, EDGE_TLS_STATE: fileOf("own_thread_state.py") }),
    ...(billing.certificates && { EDGE_API_CA: billing.certificates.ca.path }),
  };
  const defined = [
    ...Object.entries(texts).map(([name, text]) => `${name}="${text}"`),
    `EDGE_STALE=${staleSeconds}`,
    ...(billing.addresses.length > 1 ? ["EDGE_SECOND"] : []),
    ...(listen.some((address) => !address.startsWith("udp:")) ? ["EDGE_STREAMS"] : []),
  ];
  return [
    ...["-DD", "-E", "-f", start.configuration ?? fileOf("kamailio.cfg")],
    ...defined.flatMap((each) => ["-A", each]),
    ...listen.flatMap((address) => ["-l", address]),
    ...["-m", String(memory), "-M", "8", "-Y", folder],
  ];
};

/**
 * What Kamailio is started with: the Python within it reads nothing that another one was told, and leaves no files beside
 * edge/own_thread_state.py.
 */
export const environment = (): NodeJS.ProcessEnv => {
  const { PYTHONHOME: _home, PYTHONPATH: _path, ...rest } = process.env;
  return { ...rest, PYTHONDONTWRITEBYTECODE: "1", PYTHONNOUSERSITE: "1" };
};

export const PACKAGES = [
  "kamailio",
  ...["extra", "utils", "tls", "python3"].map((modules) => `kamailio-${modules}-modules`),
];

/** What is missing on this machine, in a sentence; null: nothing. @param args as it would be started; none: not looked at */
export const missingPackages = (args: readonly string[] = []): string | null => {
  const { status, stderr } = spawnSync(
    "kamailio",
    args.length === 0 ? ["-v"] : ["-c", ...args.filter((arg) => arg !== "-DD")],
    { encoding: "utf8", env: environment() },
  );
  const isMissing = status === null || /could not (?:find|open|load) module|failed to load module/i.test(stderr);
  return isMissing ? `The edge needs Kamailio: apt-get install ${PACKAGES.join(" ")}; all else works without.` : null;
};
