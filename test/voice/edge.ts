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
  readonly decision: "ROUTE" | "REFUSE";
  readonly sipCode?: number;
  readonly accountId?: string;
  readonly target?: string;
  readonly maxCalls?: number;
  readonly maxSeconds?: number;
  readonly redirect?: { readonly trusted: readonly string[]; readonly action: string };
}

/** Billing's place: answers by called number, and knows what it was asked. */
export const startBilling = async (answers: ReadonlyMap<string, RouteAnswer>) => {
  const asked: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      const question = JSON.parse(text) as { readonly cld: string };
      asked.push({ ...question, path: request.url, authorization: request.headers.authorization });
      const answer = answers.get(question.cld) ?? { decision: "REFUSE", sipCode: 404 };
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
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

/** Starts Kamailio with our configuration, for callers at 127.0.0.1. */
export const startEdge = async (folder: string, billing: string) => {
  const address = "127.0.0.10";
  const port = await freePort(address);
  const [addresses, http] = [join(folder, "addresses"), join(folder, "http")];
  await writeFile(addresses, "1 127.0.0.1 32\n", { mode: 0o600 });
  const connection = ["[billing]", `url = "${billing}"`, "username = edge", "password = secret", "authmethod = 1"];
  await writeFile(http, `${connection.join("\n")}\ntimeout = 5\n`, { mode: 0o600 });
  const journal = join(folder, "journal");
  await mkdir(journal);
  const given = { EDGE_ADDRESSES: addresses, EDGE_HTTP: http, EDGE_JOURNAL: `flatstore:${journal}` };
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
  return { address, port, close, told: () => told, hasEnded: () => child.exitCode !== null };
};
