import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CONFIGURATION = fileURLToPath(new URL("../../edge/kamailio.cfg", import.meta.url));

export const hasKamailio = (): boolean => spawnSync("kamailio", ["-v"]).status === 0;

/** What billing says of a call (docs/voice.md#edge). */
export interface RouteAnswer {
  readonly decision: "ROUTE" | "REFUSE" | "ANNOUNCE";
  readonly ref?: string;
  readonly diversion?: string;
  readonly language?: string;
  readonly sipCode?: number;
  readonly accountId?: string;
  readonly target?: string;
  readonly maxCalls?: number;
  readonly maxSeconds?: number;
  readonly redirect?: { readonly trusted: readonly string[]; readonly action: string };
}

/** Billing's place: answers by called number, or by the address of a redirection, and knows what it was asked. */
export const startBilling = async (answers: ReadonlyMap<string, RouteAnswer>) => {
  const asked: Record<string, unknown>[] = [];
  const state = { hangs: false };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      const question = JSON.parse(text) as { readonly cld: string; readonly redirectTo?: string };
      asked.push({ ...question, path: request.url, authorization: request.headers.authorization });
      if (state.hangs) return;
      const answer = answers.get(question.redirectTo ?? question.cld) ?? { decision: "REFUSE", sipCode: 404 };
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

const freePort = async (address: string): Promise<number> => {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => {
    socket.bind(0, address, resolve);
  });
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
};

/** A section of the file that says where billing is. */
const section = (name: string, url: string, seconds: number): string =>
  [`[${name}]`, `url = "${url}"`, "username = edge", "password = secret", "authmethod = 1", `timeout = ${seconds}`, ""].join(
    "\n",
  );

interface EdgeOptions {
  /** Of another billing, which is asked where the first does not answer. */
  readonly second?: string;
  /** `host:port`. */
  readonly announcer?: string;
  /** Seconds until billing is silent. */
  readonly patience?: number;
}

/** Starts Kamailio with our configuration, for callers at 127.0.0.1. */
export const startEdge = async (folder: string, billing: string, options: EdgeOptions = {}) => {
  const { second, announcer, patience = 5 } = options;
  const address = "127.0.0.10";
  const port = await freePort(address);
  const [addresses, http] = [join(folder, "addresses"), join(folder, "http")];
  await writeFile(addresses, "1 127.0.0.1 32\n", { mode: 0o600 });
  const sections = [section("billing", billing, patience), ...(second ? [section("second", second, patience)] : [])];
  await writeFile(http, sections.join("\n"), { mode: 0o600 });
  const journal = join(folder, "journal");
  await mkdir(journal);
  const given = {
    ...{ EDGE_ADDRESSES: addresses, EDGE_HTTP: http, EDGE_JOURNAL: `flatstore:${journal}` },
    ...(announcer !== undefined && { EDGE_ANNOUNCER: announcer, EDGE_LANGUAGE: "en" }),
    ...(second !== undefined && { EDGE_SECOND: "1" }),
  };
  const defined = Object.entries(given).flatMap(([name, text]) => ["-A", `${name}="${text}"`]);
  const parameters = ["-DD", "-E", "-f", CONFIGURATION, ...defined, "-l", `udp:${address}:${port}`];
  const child = spawn("kamailio", [...parameters, "-m", "64", "-M", "8", "-Y", folder]);
  let told = "";
  child.stderr.on("data", (data: Buffer) => (told += data.toString()));
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { address, port, journal, close, told: () => told, hasEnded: () => child.exitCode !== null };
};
