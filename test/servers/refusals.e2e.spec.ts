import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userCommand } from "../../apps/eventstore/src/credentials/command.js";
import { type CertificateFiles, makeCertificate } from "../../apps/eventstore/test/conformance/support/certificate.js";
import { OPERATOR_TOKEN } from "../support/operator-token.js";

/** Nobody listens there: the event store is looked at first. */
const NO_DATABASE = "postgres://127.0.0.1:1/none";
const NOBODY = "127.0.0.1:1";

let home: string;
let files: CertificateFiles;
let stranger: CertificateFiles;
let secured: string;
let plain: string;
const servers: ChildProcess[] = [];

const serve = async (name: string, more: readonly string[] = []): Promise<string> => {
  const program = createRequire(import.meta.url).resolve("@tenure/eventstore/server");
  const child = fork(program, ["--data", join(home, name), "--port", "0", ...more], { stdio: "ignore" });
  servers.push(child);
  const [{ host, port }] = (await once(child, "message")) as [{ host: string; port: number }];
  return `${host}:${port}`;
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "tenure-refusals-"));
  files = await makeCertificate(home);
  const users = join(home, "users.json");
  await userCommand(["add", "billing", "--users", users], () => Promise.resolve("a secret"));
  const tls = ["--tls-certificate", files.certificate, "--tls-key", files.key, "--users", users];
  [secured, plain] = await Promise.all([serve("secured", tls), serve("plain")]);
  const elsewhere = await mkdtemp(join(home, "stranger-"));
  stranger = await makeCertificate(elsewhere);
});

afterAll(async () => {
  for (const server of servers) server.kill("SIGKILL");
  await rm(home, { recursive: true, force: true });
});

/** What `tenure start` says, and its exit code. */
const started = async (eventStoreUrl: string): Promise<{ code: number | null; lines: string[] }> => {
  const child = spawn(process.execPath, [resolve("dist/apps/cli/main.js"), "start", "--port", "0"], {
    env: {
      ...process.env,
      ...{ EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: NO_DATABASE, TENURE_TOKEN: OPERATOR_TOKEN },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const output of [child.stdout, child.stderr]) output.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, lines: said.trim().split("\n") };
};

const STORE = "The (API|worker) could not start: ";

describe("a start against an event store that cannot be used", () => {
  it.each([
    [
      "refuses the password",
      () => `esdb://billing:wrong@${secured}?tls=true&tlsCAFile=${files.certificate}`,
      () =>
        `The event store at ${secured} refuses the user name or password, or lets this user not read: set them in EVENTSTORE_URL (esdb://NAME:PASSWORD@HOST:PORT).`,
    ],
    [
      "wants a user",
      () => `esdb://${secured}?tls=true&tlsCAFile=${files.certificate}`,
      () =>
        `The event store at ${secured} wants a user: set a name and password in EVENTSTORE_URL (esdb://NAME:PASSWORD@HOST:PORT).`,
    ],
    [
      "has a certificate of an unknown authority",
      () => `esdb://billing:a%20secret@${secured}?tls=true&tlsCAFile=${stranger.certificate}`,
      () =>
        `The certificate of the event store at ${secured} is not accepted (self-signed certificate): set tlsCAFile in EVENTSTORE_URL to a file with its authority's certificate, and name the host as the certificate does.`,
    ],
    [
      "speaks TLS where the URL says it does not",
      () => `esdb://${secured}?tls=false`,
      () => `The event store at ${secured} speaks TLS: set tls=true in EVENTSTORE_URL.`,
    ],
    [
      "is a cluster that speaks TLS where the URL says it does not",
      () => `esdb+discover://${secured}?tls=false`,
      () => `The event store at ${secured} speaks TLS: set tls=true in EVENTSTORE_URL.`,
    ],
    [
      "does not speak TLS",
      () => `esdb://${plain}?tls=true`,
      () => `The event store at ${plain} does not speak TLS: set tls=false in EVENTSTORE_URL.`,
    ],
    [
      "is not there",
      () => `esdb://${NOBODY}?tls=false`,
      () => `Nobody answers at ${NOBODY}, which EVENTSTORE_URL names (connect ECONNREFUSED ${NOBODY}).`,
    ],
    [
      "has a certificate file that is missing",
      () => `esdb://${secured}?tls=true&tlsCAFile=${join(home, "missing.pem")}`,
      () => "EVENTSTORE_URL cannot be used: Failed to load certificate file. File was not found.",
    ],
  ])("says in one sentence what to set when it %s", async (_, url, sentence) => {
    const { code, lines } = await started(url());
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${STORE}`))]);
    expect([code, lines[0]?.replace(new RegExp(STORE), "")]).toEqual([1, sentence()]);
  });
});
