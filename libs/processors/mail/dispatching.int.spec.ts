import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type EventStore } from "#event-store/event-store.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { type Sending, startSending } from "../deliveries/dispatcher.js";
import { findDelivery } from "../deliveries/operators.js";
import { listOutages } from "../deliveries/outages.js";
import { DELIVERIES_CHANNEL } from "../deliveries/queue.js";
import { type ComposedMail, composeMail } from "./composed.js";
import { mailTarget } from "./mail-target.js";
import { smtpServer } from "./smtp-server.js";
import { type MailServer, saying, startMailServer } from "./spec-support/mail-server.js";

const [FIRST, SECOND] = [1, 2].map((number) => `9a000000-0000-4000-8000-00000000000${number}`) as [string, string];
const ANN = "a0000000-0000-4000-8000-000000000001";
const START = Date.parse("2026-03-01T12:00:00.000Z");
/** For a server that hangs. */
const SHORT = { connectionTimeout: 1_000, greetingTimeout: 1_000, socketTimeout: 1_000 };
/** Whatever the machine has to do besides. */
const LONG = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 };

let databases: TestDatabases;
let dataSource: DataSource;
let now = START;
const timer = { now: () => new Date(now), random: () => 0 };
const pass = async (ms: number): Promise<void> => {
  now += ms;
  await dataSource.query("SELECT pg_notify($1, '')", [DELIVERIES_CHANNEL]);
};
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  dataSource = await databases.migrated();
  now = START;
});
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await databases.closePools();
});

const served = async (options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> => {
  const server = await startMailServer(options);
  ends.push(() => server.close());
  return server;
};

/** Sends what waits over the servers of providers, one of which may hang. */
const start = (servers: Readonly<Record<string, MailServer>>, hanging?: MailServer): Sending => {
  const senders = Object.entries(servers).map(
    ([provider, server]) => [provider, smtpServer(server.configuration, server === hanging ? SHORT : LONG)] as const,
  );
  const target = mailTarget(new Map(senders), undefined);
  ends.push(() => {
    target.close();
  });
  const sending = startSending({
    store: {} as EventStore,
    dataSource,
    projections: { reached: () => Promise.resolve() },
    targets: [target],
    timer,
    log: () => undefined,
  });
  ends.push(() => sending.stop());
  return sending;
};

let commit = 0;
/** Records a mail that is prepared already. */
const deliver = async (provider: string, customer = ANN): Promise<{ id: string; mail: ComposedMail }> => {
  const id = randomUUID();
  const mail = await composeMail(
    { subject: "Hello", text: `mail ${id}\n`, html: `<p>${id}</p>` },
    {
      ...{ id, date: "2026-03-01T10:00:00.000Z" },
      from: { name: "Example", address: "billing@example.com" },
      to: { name: "Ann", address: "ann@example.org" },
    },
  );
  await dataSource.query(
    `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, stub, event_id, stream, revision,
                             recorded_at, commit, prepare, place, status, not_before, content)
     VALUES ($1, $2, $3, 'EMAIL', 'SUSPENDED', '2026-03-01', false, $1, 's', 0, '', $4, $4, 0, 'PENDING', '-infinity', $5)`,
    [id, provider, customer, (commit += 1), JSON.stringify(mail)],
  );
  return { id, mail };
};
const until = (provider: string, id: string, state: object) =>
  vi.waitFor(async () => {
    expect(await findDelivery(dataSource, wholeProvider(provider), id)).toMatchObject(state);
  }, 120_000);

describe("the dispatcher with a mail server", () => {
  it("that greylists comes again with the same bytes", async () => {
    let tries = 0;
    const server = await served({
      onRcptTo: (_address, _session, done) => {
        done((tries += 1) < 3 ? saying(451, "4.7.1 Greylisted") : null);
      },
    });
    const { id, mail } = await deliver(FIRST);
    start({ [FIRST]: server });
    await until(FIRST, id, { status: "PENDING", tries: 1, lastError: "The mail server said: 451 4.7.1 Greylisted" });
    await pass(3_600_000);
    await until(FIRST, id, { tries: 2 });
    await pass(3_600_000);
    await until(FIRST, id, { status: "DELIVERED", tries: 3 });
    expect(server.taken.map(({ message }) => message)).toEqual([mail.message]);
  });

  it("that hangs up after it took a mail sends the same bytes again, and nothing is lost", async () => {
    let hangsUp = true;
    const got: string[] = [];
    const server = await served({
      onData: (stream, _session, done) => {
        const pieces: Buffer[] = [];
        stream.on("data", (piece: Buffer) => pieces.push(piece));
        stream.on("end", () => {
          got.push(Buffer.concat(pieces).toString());
          if (hangsUp) server.breakOff();
          else done();
        });
      },
    });
    const { id, mail } = await deliver(FIRST);
    const next = await deliver(FIRST);
    start({ [FIRST]: server });
    await vi.waitFor(async () => {
      expect((await listOutages(dataSource)).map(({ provider }) => provider)).toEqual([FIRST]);
    }, 120_000);
    await until(FIRST, id, { status: "PENDING", tries: 0 });
    hangsUp = false;
    await pass(300_000);
    await until(FIRST, next.id, { status: "DELIVERED" });
    await until(FIRST, id, { status: "DELIVERED", tries: 1 });
    expect(got).toEqual([mail.message, mail.message, next.mail.message]);
    expect(await listOutages(dataSource)).toEqual([]);
  });

  it("that hangs keeps nobody else's mails waiting, and goes on by itself", async () => {
    let hangs = true;
    const hanging = await served({
      onRcptTo: (_address, _session, done) => {
        if (!hangs) done();
      },
    });
    const well = await served();
    const stuck = await Promise.all(Array.from({ length: 12 }, () => deliver(FIRST, randomUUID())));
    const others = await Promise.all(Array.from({ length: 4 }, () => deliver(SECOND, randomUUID())));
    start({ [FIRST]: hanging, [SECOND]: well }, hanging);
    for (const { id } of others) await until(SECOND, id, { status: "DELIVERED" });
    await vi.waitFor(async () => {
      expect((await listOutages(dataSource)).map(({ provider }) => provider)).toEqual([FIRST]);
    }, 120_000);
    hangs = false;
    await vi.waitFor(async () => {
      await pass(300_000);
      expect(hanging.taken).toHaveLength(12);
    }, 120_000);
    for (const { id } of stuck) await until(FIRST, id, { status: "DELIVERED", tries: 1 });
  });

  it("that refuses a recipient parks that mail alone", async () => {
    const server = await served({
      onRcptTo: (_address, _session, done) => {
        done(server.taken.length === 0 ? saying(550, "5.1.1 No such user") : null);
      },
    });
    const { id } = await deliver(FIRST);
    const behind = await deliver(FIRST);
    start({ [FIRST]: server });
    await until(FIRST, id, { status: "PARKED", tries: 1, lastError: "The mail server said: 550 5.1.1 No such user" });
    await until(FIRST, behind.id, { status: "PENDING", tries: 0 });
  });
});
