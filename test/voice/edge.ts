import { spawn, spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareKamailio } from "../../apps/cli/edge/kamailio.js";
import { freePort } from "./ports.js";

const CONFIGURATION = fileURLToPath(new URL("../../edge/kamailio.cfg", import.meta.url));

export const hasKamailio = (): boolean => spawnSync("kamailio", ["-v"]).status === 0;

/** What billing says of a call (docs/voice.md#edge). */
export interface RouteAnswer {
  readonly decision: "ROUTE" | "REFUSE" | "ANNOUNCE";
  readonly ref?: string;
  readonly diversion?: string;
  readonly language?: string;
  readonly sipCode?: number;
  readonly reason?: string;
  readonly accountId?: string;
  readonly target?: string;
  readonly maxCalls?: number;
  readonly maxSeconds?: number;
  readonly redirect?: { readonly trusted: readonly string[]; readonly action: string };
}

/** Billing's place: answers by called number, or by the address of a redirection, and knows what it was asked. */
export const startBilling = async (answers: ReadonlyMap<string, RouteAnswer>) => {
  const asked: Record<string, unknown>[] = [];
  const state = { hangs: false, until: Promise.resolve() };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      const question = JSON.parse(text) as { readonly cld: string; readonly redirectTo?: string };
      asked.push({ ...question, path: request.url, authorization: request.headers.authorization });
      if (state.hangs) return;
      const answer = answers.get(question.redirectTo ?? question.cld) ?? {
        decision: "REFUSE",
        sipCode: 404,
        reason: "UNKNOWN_NUMBER",
      };
      response.setHeader("content-type", "application/json");
      void state.until.then(() => response.end(JSON.stringify(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

interface EdgeOptions {
  /** Of another billing, which is asked where the first does not answer. */
  readonly second?: string;
  /** `host:port`. */
  readonly announcer?: string;
  /** Seconds until billing is silent. */
  readonly patience?: number;
  /** Where it writes its journal; default: a folder in the folder. */
  readonly database?: string;
}

/** Starts Kamailio with our configuration, for callers at 127.0.0.1. */
export const startEdge = async (folder: string, billing: string, options: EdgeOptions = {}) => {
  const { second, announcer, patience = 5, database } = options;
  const address = "127.0.0.10";
  const port = await freePort();
  const journal = join(folder, "journal");
  await mkdir(journal);
  const [host = "", announcerPort = ""] = announcer?.split(":") ?? [];
  const args = await prepareKamailio({
    ...{
      folder,
      database: database ?? `flatstore:${journal}`,
      listen: [`udp:${address}:${port}`],
      staleSeconds: 900,
      memory: 64,
      timeout: patience,
    },
    billing: { addresses: [billing, ...(second === undefined ? [] : [second])], edge: "edge", secret: "secret" },
    terms: {
      ...{ addresses: ["127.0.0.1"], language: "EN" },
      announcer: announcer === undefined ? null : { host, port: Number(announcerPort) },
    },
    configuration: CONFIGURATION,
  });
  const child = spawn("kamailio", args);
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
