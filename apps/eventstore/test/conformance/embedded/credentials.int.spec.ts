import {
  EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
} from "@eventstore/db-client";
import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userCommand } from "../../../src/credentials/command.js";
import { makeCertificate, type CertificateFiles } from "../support/certificate.js";
import { Consumer } from "../support/consumer.js";
import { appended, collect, events, newStream, readStream, rejection } from "../support/events.js";
import { exitOf, launch, startServer, temporaryFolders, type TestServer } from "../support/server.js";
import { Watched } from "../support/subscription.js";

const folders = temporaryFolders();
let files: CertificateFiles;
let users: string;
let server: TestServer;
const clients: EventStoreDBClient[] = [];

const PASSWORD = "correct horse";

const setUser = (...args: string[]) => userCommand([...args, "--users", users], () => Promise.resolve(PASSWORD));

beforeAll(async () => {
  const folder = folders.create();
  files = await makeCertificate(folder);
  users = join(folder, "users.json");
  await setUser("add", "billing");
  await setUser("add", "audit");
  server = await startServer(folders.create(), undefined, [...tls(), "--users", users]);
});

afterAll(async () => {
  for (const client of clients) await client.dispose();
  await server.stop();
  folders.removeAll();
});

const tls = () => ["--tls-certificate", files.certificate, "--tls-key", files.key];

/** `who` is what stands before the host: `name:password@`. */
const connect = (who: string, port = server.port): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(
    `esdb://${who}127.0.0.1:${port}?tls=true&tlsCAFile=${files.certificate}`,
  );
  clients.push(client);
  return client;
};

const credentials = (name: string) => `${name}:${encodeURIComponent(PASSWORD)}@`;

describe("with TLS and users, the server", () => {
  it("serves each user, in both ways of appending, and knows who consumes", async () => {
    const client = connect(credentials("billing"));
    const [stream, list] = [newStream(), events(4)];
    await client.appendToStream(stream, list.slice(0, 2), { expectedRevision: "no_stream" });
    const own = { credentials: { username: "audit", password: PASSWORD } };
    await client.appendToStream(stream, list.slice(2), { expectedRevision: 1n, ...own });
    const all = list.map((item, n) => appended(stream, n, item));
    expect(await readStream(client, stream)).toEqual(all);
    const watched = new Watched(client.subscribeToStream(stream));
    await watched.untilCaughtUp();
    expect(watched.events).toEqual(all);
    await watched.subscription.unsubscribe();
    await client.createPersistentSubscriptionToStream(stream, "g", settingsWith({ startFrom: "start" }));
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, "g", own));
    await consumer.untilCount(4);
    const { connections } = await client.getPersistentSubscriptionToStreamInfo(stream, "g");
    expect(connections).toMatchObject([{ username: "audit", connectionName: client.connectionName }]);
    await consumer.stop();
  });

  it.each([
    ["nobody", ""],
    ["a user with a wrong password", "billing:wrong@"],
    ["a user that there is not", "mallory:correct%20horse@"],
  ])("answers %s with access-denied, whatever is asked", async (_, who) => {
    const client = connect(who);
    const stream = newStream();
    const wrong = { credentials: { username: "mallory", password: "guess" } };
    const subscription = new Watched(client.subscribeToAll());
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, "g"));
    const denied = await Promise.all([
      rejection(client.appendToStream(stream, events(1))),
      rejection(client.appendToStream(stream, events(1), wrong)),
      rejection(readStream(client, stream)),
      rejection(collect(client.readAll())),
      rejection(client.deleteStream(stream)),
      rejection(client.tombstoneStream(stream)),
      rejection(client.getStreamMetadata(stream)),
      rejection(client.createPersistentSubscriptionToStream(stream, "g", settingsWith())),
      rejection(client.listAllPersistentSubscriptions()),
      rejection(subscription.until(() => false)),
      rejection(consumer.until(() => false)),
    ]);
    expect(denied).toEqual(denied.map(() => ({ type: "access-denied" })));
    expect(await rejection(readStream(connect(credentials("audit")), stream))).toMatchObject({
      type: "stream-not-found",
    });
  });

  it("lets users in and out while it runs", async () => {
    const client = connect(credentials("guest"));
    const find = () => rejection(readStream(client, "none")).then(({ type }) => type);
    expect(await find()).toBe("access-denied");
    await setUser("add", "guest");
    while ((await find()) !== "stream-not-found") await delay(50);
    await setUser("remove", "guest");
    while ((await find()) !== "access-denied") await delay(50);
  });

  it("is a cluster of one for users that discover it", async () => {
    const client = EventStoreDBClient.connectionString(
      `esdb+discover://${credentials("billing")}127.0.0.1:${server.port}?tls=true&tlsCAFile=${files.certificate}`,
    );
    clients.push(client);
    expect(await rejection(readStream(client, "none"))).toMatchObject({ type: "stream-not-found" });
  });

  it("may listen on all addresses, and on those only", async () => {
    const open = await startServer(folders.create(), undefined, [
      "--host",
      "0.0.0.0",
      "--advertised-host",
      "127.0.0.1",
      ...tls(),
      "--users",
      users,
    ]);
    const client = connect(credentials("billing"), open.port);
    expect(await rejection(readStream(client, "none"))).toMatchObject({ type: "stream-not-found" });
    await open.stop();
  });
});

it("lets a user be added by the command, with the password on its standard input", () => {
  const program = fileURLToPath(new URL("../../../dist/command/main.js", import.meta.url));
  const file = join(folders.create(), "users.json");
  const run = (input: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "user", ...args], { input });
    return { status, stdout: stdout.toString(), stderr: stderr.toString().split("\n\n")[0] };
  };
  expect([
    run("correct horse\n", "add", "billing", "--users", file),
    run("", "list", "--users", file),
    run("short\n", "add", "audit", "--users", file),
    run("", "add", "audit"),
  ]).toEqual([
    { status: 0, stdout: "added billing\n", stderr: "" },
    { status: 0, stdout: "billing\n", stderr: "" },
    { status: 1, stdout: "", stderr: "tenure-eventstore user: the password is shorter than 8 characters\n" },
    { status: 2, stdout: "", stderr: "tenure-eventstore user: --users is missing" },
  ]);
});

it("serves everybody over TLS on loopback when it has no users", async () => {
  const open = await startServer(folders.create(), undefined, tls());
  const client = connect("anybody:at-all@", open.port);
  const [stream, list] = [newStream(), events(1)];
  await client.appendToStream(stream, list);
  expect(await readStream(client, stream)).toHaveLength(1);
  await open.stop();
});

describe("the server does not start", () => {
  const refusal = async (...args: string[]) => {
    const started = await launch(["--data", folders.create(), "--port", "0", ...args]);
    expect(await exitOf(started.process)).toBe(1);
    expect(started.stderr()).toBe(`eventstore: ${started.failed ?? ""}\n`);
    return started.failed;
  };

  it("with a certificate and the key of another", async () => {
    const other = await makeCertificate(folders.create());
    const reason = await refusal("--tls-certificate", files.certificate, "--tls-key", other.key);
    expect(reason).toMatch(/^the TLS certificate .* and key .* do not make a pair: /);
  });

  it("with files that are missing or hold something else", async () => {
    const missing = join(folders.create(), "missing");
    expect([
      await refusal("--tls-certificate", missing, "--tls-key", files.key),
      await refusal(...tls(), "--users", missing),
      await refusal(...tls(), "--users", files.certificate),
    ]).toEqual([
      expect.stringMatching(/^the TLS certificate .*missing cannot be read: /),
      `the users file ${missing} cannot be used: it does not exist`,
      `the users file ${files.certificate} cannot be used: it is not a users file of this server`,
    ]);
  });
});
