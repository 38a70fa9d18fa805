import {
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults as allSettingsWith,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  type StreamMetadata,
} from "@eventstore/db-client";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { userCommand } from "../../../src/credentials/command.js";
import { makeCertificate, type CertificateFiles } from "../support/certificate.js";
import { Consumer } from "../support/consumer.js";
import { collect, events, newStream, readStream, rejection } from "../support/events.js";
import { startServer, temporaryFolders, type TestServer } from "../support/server.js";
import { Watched } from "../support/subscription.js";

/** Who may do what when users are on: a real server needs its own users for that, so only the embedded one is asked. */

const PASSWORD = "correct horse";
const NAMES = ["admin", "writer", "reader", "other"] as const;
type Name = (typeof NAMES)[number];

const folders = temporaryFolders();
let files: CertificateFiles;
let users: string;
let server: TestServer;
let clients: Record<Name, EventStoreDBClient>;
let stream: string;

const setUser = (...args: string[]) => userCommand([...args, "--users", users], () => Promise.resolve(PASSWORD));

const connect = (name: Name): EventStoreDBClient =>
  EventStoreDBClient.connectionString(
    `esdb://${name}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.port}?tls=true&tlsCAFile=${files.certificate}`,
  );

beforeAll(async () => {
  const folder = folders.create();
  files = await makeCertificate(folder);
  users = join(folder, "users.json");
  for (const name of NAMES) await setUser("add", name);
  await setUser("groups", "admin", "$admins");
  await setUser("groups", "reader", "readers", "partners");
  const tls = ["--tls-certificate", files.certificate, "--tls-key", files.key];
  server = await startServer(folders.create(), undefined, [...tls, "--users", users]);
  clients = Object.fromEntries(NAMES.map((name) => [name, connect(name)])) as typeof clients;
});

afterAll(async () => {
  for (const client of Object.values(clients)) await client.dispose();
  await server.stop();
  folders.removeAll();
});

beforeEach(async () => {
  stream = newStream();
  await clients.admin.appendToStream(stream, events(2));
  await clients.admin.createPersistentSubscriptionToStream(stream, "shared", settingsWith());
});

const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (error: unknown) => String((error as { type: unknown }).type),
  );

/** What a user may try with the stream. */
const CALLS: Record<string, (client: EventStoreDBClient, name: Name) => Promise<unknown>> = {
  read: (client) => readStream(client, stream),
  readBackwards: (client) => collect(client.readStream(stream, { direction: "backwards", fromRevision: "end" })),
  subscribe: async (client) => {
    const watched = new Watched(client.subscribeToStream(stream));
    await watched.untilCaughtUp();
    await watched.subscription.unsubscribe();
  },
  append: (client) => client.appendToStream(stream, events(1)),
  appendAlone: (client, username) =>
    client.appendToStream(stream, events(1), { credentials: { username, password: PASSWORD } }),
  readMetadata: (client) => client.getStreamMetadata(stream),
  createGroup: (client, name) => client.createPersistentSubscriptionToStream(stream, name, settingsWith()),
  consume: async (client) => {
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, "shared"));
    await consumer.confirmed;
    await consumer.stop();
  },
};

const tried = async (names: readonly Name[] = NAMES): Promise<Record<string, string[]>> => {
  const table: Record<string, string[]> = {};
  for (const [call, run] of Object.entries(CALLS)) {
    for (const name of names) {
      if ((await outcome(run(clients[name], name))) === "done") (table[name] ??= []).push(call);
      else table[name] ??= [];
    }
  }
  return table;
};

const EVERYTHING = Object.keys(CALLS);
const READING = ["read", "readBackwards", "subscribe", "createGroup", "consume"];
const WRITING = ["append", "appendAlone"];

const protect = (acl: StreamMetadata["acl"], name: Name = "admin", of = stream) =>
  clients[name].setStreamMetadata(of, acl === undefined ? {} : { acl });

describe("a stream without an access list", () => {
  it("is everybody's, as are those that begin with a dollar, and the whole log", async () => {
    expect(await tried()).toEqual(Object.fromEntries(NAMES.map((name) => [name, EVERYTHING])));
    for (const name of NAMES) {
      expect([
        await outcome(clients[name].appendToStream("$notes", events(1))),
        await outcome(collect(clients[name].readAll())),
        await outcome(clients[name].setStreamMetadata(stream, { maxCount: 9 })),
      ]).toEqual(["done", "done", "done"]);
    }
  });
});

describe("an access list", () => {
  it("lets users and groups read, write, and read metadata, each by its own list, and administrators always", async () => {
    await protect({
      readRoles: ["readers"],
      writeRoles: ["writer"],
      deleteRoles: [],
      metaReadRoles: ["partners", "other"],
      metaWriteRoles: [],
    });
    expect(await tried()).toEqual({
      admin: EVERYTHING,
      writer: WRITING,
      reader: EVERYTHING.filter((call) => !WRITING.includes(call)),
      other: ["readMetadata"],
    });
    const denied = { type: "access-denied" };
    expect([
      await rejection(readStream(clients.other, stream)),
      await rejection(clients.other.appendToStream(stream, events(1))),
      await rejection(clients.reader.deleteStream(stream)),
      await rejection(clients.reader.tombstoneStream(stream)),
      await rejection(clients.reader.setStreamMetadata(stream, {})),
      await rejection(clients.writer.getStreamMetadata(stream)),
      await rejection(clients.other.updatePersistentSubscriptionToStream(stream, "shared", settingsWith())),
      await rejection(clients.other.deletePersistentSubscriptionToStream(stream, "shared")),
      await rejection(clients.other.replayParkedMessagesToStream(stream, "shared")),
    ]).toEqual(Array(9).fill(denied));
    expect((await readStream(clients.admin, stream)).length).toBe(2 + 2 * WRITING.length);
  });

  it("lets who may change metadata change the list, and who may delete delete", async () => {
    await protect({
      readRoles: ["$all"],
      writeRoles: [],
      deleteRoles: ["partners"],
      metaReadRoles: [],
      metaWriteRoles: ["writer"],
    });
    expect(await tried(["writer", "reader"])).toEqual({ writer: READING, reader: READING });
    expect(await outcome(clients.writer.deleteStream(stream))).toBe("access-denied");
    expect(
      await outcome(
        protect(
          { readRoles: [], writeRoles: [], deleteRoles: ["partners"], metaReadRoles: [], metaWriteRoles: [] },
          "writer",
        ),
      ),
    ).toBe("done");
    expect(await tried(["writer", "reader"])).toEqual({ writer: [], reader: [] });
    expect(await outcome(protect(undefined, "writer"))).toBe("access-denied");
    expect(await outcome(clients.reader.deleteStream(stream))).toBe("done");
  });

  it("counts anew for calls after a change of the list or of a user's groups", async () => {
    await protect({ readRoles: ["friends"], writeRoles: [], deleteRoles: [], metaReadRoles: [], metaWriteRoles: [] });
    expect(await outcome(readStream(clients.other, stream))).toBe("access-denied");
    await setUser("groups", "other", "friends");
    while ((await outcome(readStream(clients.other, stream))) !== "done") await delay(50);
    await setUser("groups", "other");
    while ((await outcome(readStream(clients.other, stream))) !== "access-denied") await delay(50);
  });

  it("that makes no sense keeps out everybody but administrators", async () => {
    await clients.admin.appendToStream(`$$${stream}`, jsonEvent({ type: "$metadata", data: { $acl: { $r: 7 } } }));
    expect(await tried(["admin", "reader"])).toEqual({ admin: EVERYTHING, reader: [] });
  });

  it("of $all decides about the whole log", async () => {
    await protect(
      { readRoles: ["partners"], writeRoles: [], deleteRoles: [], metaReadRoles: [], metaWriteRoles: [] },
      "admin",
      "$all",
    );
    const tryAll = async (name: Name) => {
      const watched = new Watched(clients[name].subscribeToAll());
      const found = [
        await outcome(collect(clients[name].readAll())),
        await outcome(watched.untilCaughtUp()),
        await outcome(clients[name].createPersistentSubscriptionToAll(`group of ${name}`, allSettingsWith())),
      ];
      await watched.subscription.unsubscribe();
      return found;
    };
    expect([await tryAll("reader"), await tryAll("admin"), await tryAll("other")]).toEqual([
      ["done", "done", "done"],
      ["done", "done", "done"],
      ["access-denied", "access-denied", "access-denied"],
    ]);
    await protect(undefined, "admin", "$all");
  });

  it("is not got round by a link, which is sent alone to who may not read what it leads to", async () => {
    await protect({ readRoles: ["reader"], writeRoles: [], deleteRoles: [], metaReadRoles: [], metaWriteRoles: [] });
    const links = newStream("links");
    await clients.other.appendToStream(
      links,
      binaryEvent({ type: "$>", data: Uint8Array.from(Buffer.from(`0@${stream}`)) }),
    );
    await clients.other.createPersistentSubscriptionToStream(
      links,
      "g",
      settingsWith({ startFrom: "start", resolveLinkTos: true }),
    );
    const seenBy = async (name: Name) => {
      const read: unknown[] = [];
      for await (const { event, link } of clients[name].readStream(links, { resolveLinkTos: true })) {
        read.push([event?.streamId, link?.streamId]);
      }
      const live: unknown[] = [];
      const subscription = clients[name].subscribeToStream(links, { resolveLinkTos: true, fromRevision: "start" });
      for await (const { event, link } of subscription) {
        live.push([event?.streamId, link?.streamId]);
        break;
      }
      const consumer = new Consumer(
        clients[name].subscribeToPersistentSubscriptionToStream(links, "g"),
        (delivery, of) => of.nack("retry", "for the next", delivery),
      );
      await consumer.untilCount(1);
      await consumer.stop();
      const consumed = consumer.deliveries.slice(0, 1).map(({ event, link }) => [event?.streamId, link?.streamId]);
      return [read, live, consumed];
    };
    expect(await seenBy("reader")).toEqual(Array(3).fill([[stream, links]]));
    expect(await seenBy("other")).toEqual(Array(3).fill([[undefined, links]]));
  });
});

describe("the default lists in $settings", () => {
  const setDefaults = (data: Record<string, unknown>) =>
    clients.admin.appendToStream("$settings", jsonEvent({ type: "update-default-acl", data: data as never }));

  it("decide what streams say nothing about, those that begin with a dollar by a list of their own", async () => {
    await setDefaults({
      $userStreamAcl: { $r: ["writer", "readers"], $w: "writer", $d: "$admins", $mr: "$admins", $mw: "$admins" },
      $systemStreamAcl: { $r: "partners", $w: "$admins", $d: "$admins", $mr: "$admins", $mw: "$admins" },
    });
    try {
      expect(await tried()).toEqual({
        admin: EVERYTHING,
        writer: EVERYTHING.filter((call) => call !== "readMetadata"),
        reader: READING,
        other: [],
      });
      const ofSystem = async (name: Name) => [
        await outcome(collect(clients[name].readAll())),
        await outcome(readStream(clients[name], "$settings")),
        await outcome(clients[name].appendToStream("$settings", events(1))),
        await outcome(clients[name].setStreamMetadata("$all", {})),
      ];
      expect([await ofSystem("writer"), await ofSystem("reader")]).toEqual([
        ["access-denied", "access-denied", "access-denied", "access-denied"],
        ["done", "done", "access-denied", "access-denied"],
      ]);
      // A list of the stream's own wins, right by right, or names a default.
      await clients.admin.appendToStream(
        `$$${stream}`,
        jsonEvent({ type: "$metadata", data: { $acl: { $r: "other" } } }),
      );
      expect([
        await outcome(readStream(clients.other, stream)),
        await outcome(readStream(clients.writer, stream)),
        await outcome(clients.writer.appendToStream(stream, events(1))),
      ]).toEqual(["done", "access-denied", "done"]);
      await clients.admin.appendToStream(
        `$$${stream}`,
        jsonEvent({ type: "$metadata", data: { $acl: "$systemStreamAcl" } }),
      );
      expect([
        await outcome(readStream(clients.reader, stream)),
        await outcome(readStream(clients.writer, stream)),
      ]).toEqual(["done", "access-denied"]);
    } finally {
      await setDefaults({});
    }
    expect(await outcome(collect(clients.other.readAll()))).toBe("done");
  });
});
