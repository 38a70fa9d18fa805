import { EventStoreDBClient, type Credentials } from "@eventstore/db-client";
import { credentials, Metadata, type ChannelCredentials } from "@grpc/grpc-js";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";
import { startServer } from "./server.js";

/** The server that the cases run against: the one that ESDB_URL names, or a fresh embedded one. */
export interface Target {
  readonly url: string;
  readonly client: EventStoreDBClient;
  /** For what the client never sends. */
  readonly address: string;
  readonly channel: ChannelCredentials;
  /** For calls of their own; a client without TLS leaves them out. */
  readonly credentials: Credentials;
  close(): Promise<void>;
}

const NAMED = process.env["ESDB_URL"] ?? "";

/** Whether the cases run against somebody's server. */
export const isNamed = NAMED !== "";

/** A case that only the embedded server keeps, by choice, with the reason: what a real one does there. */
export const embeddedOnly =
  (reason: string) =>
  (name: string, run: () => Promise<void>): void => {
    it.skipIf(isNamed)(`${name} (embedded only: ${reason})`, run);
  };

export const openTarget = async (): Promise<Target> => {
  if (isNamed) return connect(NAMED, () => Promise.resolve());
  const folder = mkdtempSync(join(tmpdir(), "tenure-conformance-"));
  const server = await startServer(folder);
  return connect(server.url, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
};

const connect = (url: string, stop: () => Promise<void>): Target => {
  const client = EventStoreDBClient.connectionString(url);
  const { hostname, port, username, password, searchParams } = new URL(url.replace(/^esdb(\+discover)?:/, "http:"));
  const user = { username: decodeURIComponent(username) || "nobody", password: decodeURIComponent(password) };
  return {
    url,
    client,
    address: `${hostname}:${port || "2113"}`,
    channel: channelTo(searchParams, user),
    credentials: user,
    close: async () => {
      await client.dispose();
      await stop();
    },
  };
};

const channelTo = (options: URLSearchParams, { username, password }: Credentials): ChannelCredentials => {
  if (options.get("tls") === "false") return credentials.createInsecure();
  const authority = options.get("tlsCAFile");
  const secured = credentials.createSsl(authority === null ? null : readFileSync(authority));
  const call = credentials.createFromMetadataGenerator((_, callback) => {
    const metadata = new Metadata();
    metadata.set("authorization", `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
    callback(null, metadata);
  });
  return credentials.combineChannelCredentials(secured, call);
};
