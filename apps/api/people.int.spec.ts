import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SignInLinks } from "#application/people/sign-in-links.js";
import { streamName } from "#event-store/streams.js";
import { startSending } from "#processors/deliveries/dispatcher.js";
import { deliveriesCursor, recordingOfDeliveries } from "#processors/deliveries/recording.js";
import { mailFolder } from "#processors/mail/mail-folder.js";
import { mailTarget } from "#processors/mail/mail-target.js";
import { placeCursors } from "#processors/runner/recording.js";
import { peopleByEmail, personById, personByLink } from "#read-models/people/queries.js";
import { projections } from "#read-models/read-models.js";
import { startProjections } from "#read-models/runner/runner.js";
import { createVisibility } from "#read-models/visibility.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { OPERATOR_TOKEN } from "./spec-support/said-callers.js";
import { statementsOf } from "./spec-support/statements.js";

const ORIGIN = "https://billing.example.org";

let bench: Bench;
let url: string;
/** A provider, as an operator sees it, with two customers. */
let desk: Client;
let own: string;
let other: string;
let folder: string;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  bench = await startBench();
  folder = await mkdtemp(join(tmpdir(), "tenure-people-"));
  const target = mailTarget(new Map(), mailFolder(folder), ORIGIN);
  ({ url } = await bench.api({ credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } }));
  desk = new Client(url, (await bench.provider()).providerId);
  const { store, dataSource } = bench;
  const log = () => undefined;
  await placeCursors(dataSource, [deliveriesCursor], () => store.tail());
  // One process projects: this one, which records deliveries as well.
  await bench.pauseProjections();
  const recording = startProjections({
    store,
    dataSource,
    projections: [...projections, recordingOfDeliveries([target])],
    log,
  });
  const visibility = createVisibility(dataSource);
  const reached = async () => {
    await visibility.waitUntilVisible(await store.tail(), 60_000);
  };
  const sending = startSending({ store, dataSource, projections: { reached }, targets: [target], log });
  ends.push(
    () => sending.stop(),
    () => recording.stop(),
    () => visibility.close(),
    () => rm(folder, { recursive: true }),
  );
  const created = async (name: string) => (await desk.run("createCustomer", { contact: { name }, currency: "USD" })).id;
  own = await created("Acme");
  other = await created("Bolts");
});
afterAll(async () => {
  for (const end of ends) await end();
  await bench.stop();
});

const OWN_HEADER = { "tenure-request": "1" };
const invite = async (email: string, name = "Jane <Doe>"): Promise<string> =>
  (await desk.run("invitePerson", { customerId: own, name, email })).id;

/** The mails to an address, once there are so many. */
const mailsTo = async (email: string, count = 1) => {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".eml"));
    const mails = await Promise.all(files.sort().map(async (file) => simpleParser(await readFile(join(folder, file)))));
    const found = mails.filter(({ to }) =>
      [to].flat().some((header) => header?.text.toLowerCase().includes(email.toLowerCase())),
    );
    if (found.length >= count || performance.now() > deadline) {
      expect(found).toHaveLength(count);
      return found;
    }
    await delay(50);
  }
};
const secretIn = (text = ""): string => /\/#link=(tnl_[\w-]{43})\s/.exec(text)?.[1] ?? "no link";
const linkTo = async (email: string): Promise<string> => secretIn((await mailsTo(email))[0]?.text);

const post = (path: string, headers: Record<string, string>, body?: string) =>
  fetch(new URL(path, url), {
    method: "POST",
    headers: { ...OWN_HEADER, ...headers },
    ...(body !== undefined && { body }),
  });
const exchange = (secret: string) => post("/session", { authorization: `Bearer ${secret}` });
/** Signs in. @returns the cookie */
const signIn = async (secret: string): Promise<string> => {
  const response = await exchange(secret);
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((given) => given.split(";")[0])
    .join("; ");
};
const ask = async (cookie: string, query: string) => {
  const headers = { ...OWN_HEADER, cookie, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
  return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown[] }) };
};
const askLinkAt = (api: string, email: unknown) =>
  fetch(new URL("/session/link", api), {
    method: "POST",
    headers: { ...OWN_HEADER, "content-type": "application/json" },
    body: JSON.stringify({ email }),
  });
const REFUSED = {
  errors: [
    {
      message: "The link was used, or has expired; ask for another one.",
      extensions: { code: "UNAUTHENTICATED" },
    },
  ],
};
const typesOf = async (personId: string): Promise<string[]> =>
  (await bench.store.readStream(streamName(desk.providerId ?? "", "person", personId))).map(({ type }) => type);

describe("a person of a customer", () => {
  it("comes in by the link of the mail, and sees the own customer only", async () => {
    const id = await invite("jane@example.org");
    const [mail] = await mailsTo("jane@example.org");
    expect(mail?.subject).toMatch(/^Your link to sign in at Provider /);
    expect(mail?.text).toContain("Dear Jane <Doe>,");
    expect(mail?.text).toContain("to sign in for Acme:");
    expect(mail?.html).toContain("Dear Jane &lt;Doe&gt;,");
    const secret = secretIn(mail?.text);
    expect(mail?.text).toContain(`${ORIGIN}/#link=${secret}\n`);
    const response = await exchange(secret);
    const cookie = response.headers
      .getSetCookie()
      .map((given) => given.split(";")[0])
      .join("; ");
    expect(await response.json()).toEqual({
      ...{ actor: `person:${id}`, roles: ["self-care"], providerId: desk.providerId, customerId: own },
    });
    const shown = await ask(
      cookie,
      `{ viewer { actor } own: customer(id: "${own}") { contact { name } } other: customer(id: "${other}") { id } }`,
    );
    expect([shown.status, shown.data]).toEqual([
      200,
      { viewer: { actor: `person:${id}` }, own: { contact: { name: "Acme" } }, other: null },
    ]);
    const people = await ask(cookie, `{ customer(id: "${own}") { people { totalCount } } }`);
    expect([people.status, people.errors]).toMatchObject([403, [{ extensions: { code: "FORBIDDEN" } }]]);
    const events = await bench.store.readStream(streamName(desk.providerId ?? "", "person", id));
    expect(events.map(({ type }) => type)).toEqual(["PersonInvited", "PersonLinkIssued", "PersonLinkUsed"]);
    const written = JSON.stringify(events, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    expect(written).not.toContain(secret);
  });

  it("comes in by a link once, however many try at the same time", async () => {
    const id = await invite("twice@example.org");
    const secret = await linkTo("twice@example.org");
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await exchange(secret)).status));
    expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    const replayed = await exchange(secret);
    expect([replayed.status, await replayed.json()]).toEqual([401, REFUSED]);
    expect(await typesOf(id)).toEqual(["PersonInvited", "PersonLinkIssued", "PersonLinkUsed"]);
  });

  it("is invited once by an address for one customer, and again after the removal", async () => {
    const id = await invite("once@example.org");
    const again = { customerId: own, name: "Joe", email: " Once@Example.org" };
    expect(await desk.refused("invitePerson", again)).toBe("EMAIL_TAKEN email");
    await desk.run("invitePerson", { ...again, customerId: other });
    await desk.run("removePerson", { personId: id, reason: "Left" });
    await desk.run("invitePerson", again);
  });

  it("is not let in by what is no link, or as a bearer of one", async () => {
    const none = await exchange(`tnl_${"A".repeat(43)}`);
    expect([none.status, await none.json()]).toEqual([401, REFUSED]);
    await invite("bearer@example.org");
    const secret = await linkTo("bearer@example.org");
    const client = new Client(url, undefined, undefined, undefined, secret);
    expect((await client.ask("{ provider { id } }")).status).toBe(401);
    expect(
      (await fetch(new URL("/session", url), { method: "POST", headers: { authorization: `Bearer ${secret}` } }))
        .status,
    ).toBe(403);
    expect((await exchange(secret)).status).toBe(200);
  });

  it("is let in no more within five seconds of the removal, by links and sessions", async () => {
    const id = await invite("gone@example.org");
    const cookie = await signIn(await linkTo("gone@example.org"));
    const late = await invite("late@example.org");
    const secret = await linkTo("late@example.org");
    expect((await ask(cookie, "{ viewer { actor } }")).status).toBe(200);
    const removed = await desk.run("removePerson", { personId: id, reason: "Left" }, "person { id removedBecause }");
    expect(removed).toMatchObject({ person: { id, removedBecause: "Left" } });
    await desk.run("removePerson", { personId: late, reason: "Left" });
    expect((await exchange(secret)).status).toBe(401);
    await expect.poll(async () => (await ask(cookie, "{ viewer { actor } }")).status).toBe(401);
    const people = (await desk.query(`{ customer(id: "${own}") { people { edges { node { id email } } } } }`)) as {
      customer: { people: { edges: { node: { id: string } }[] } };
    };
    const ids = people.customer.people.edges.map(({ node }) => node.id);
    expect([ids.includes(id), ids.includes(late), ids.length > 0]).toEqual([false, false, true]);
  });
});

/** As if so much time had passed. */
const linksIn = (ms: number): SignInLinks => {
  const { store, dataSource } = bench;
  return new SignInLinks({
    store,
    findByEmail: (email) => peopleByEmail(dataSource, email),
    findByLink: (hash) => personByLink(dataSource, hash),
    findById: (id) => personById(dataSource, id),
    systemNow: () => new Date(Date.now() + ms).toISOString(),
  });
};

describe("a link by mail for who has an address", () => {
  it("is sent anew, a minute after the one before, whatever the address's case", async () => {
    const id = await invite("Again@Example.org");
    const first = await linkTo("again@example.org");
    await (
      await linksIn(30_000).asked("again@example.org")
    )();
    expect(await typesOf(id)).toEqual(["PersonInvited", "PersonLinkIssued"]);
    await (
      await linksIn(61_000).asked("again@example.org")
    )();
    expect(await typesOf(id)).toEqual(["PersonInvited", "PersonLinkIssued", "PersonLinkIssued"]);
    const links = (await mailsTo("again@example.org", 2)).map(({ text }) => secretIn(text));
    const [second = ""] = links.filter((link) => link !== first);
    await signIn(second);
    await signIn(first);
  });

  it("lets in for 24 hours", async () => {
    const id = await invite("day@example.org");
    const secret = await linkTo("day@example.org");
    const caller = { actor: `person:${id}`, roles: ["self-care"], providerId: desk.providerId, customerId: own };
    expect(await linksIn(24 * 3_600_000).exchange(secret)).toBeNull();
    expect(await linksIn(23 * 3_600_000).exchange(secret)).toEqual(caller);
  });

  it("needs an address, the own header, and patience", async () => {
    expect((await askLinkAt(url, 7)).status).toBe(400);
    expect((await fetch(new URL("/session/link", url), { method: "POST" })).status).toBe(403);
    let limited: Response | undefined;
    for (let count = 0; count < 12 && !limited; count += 1) {
      const response = await askLinkAt(url, "patient@example.org");
      if (response.status === 429) limited = response;
    }
    expect([limited?.status, Number(limited?.headers.get("retry-after")) > 0]).toEqual([429, true]);
  });

  // The last one: the processes that record and send would be in its way.
  it("is answered alike, after the same statements, whether somebody has the address or nobody", async () => {
    await invite("known@example.org");
    await mailsTo("known@example.org");
    for (const end of ends.splice(0, 2)) await end();
    const { url: fresh } = await bench.api({ credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } });
    // Connections that a server makes for itself are there before.
    await fetch(new URL("/session", fresh), { headers: { ...OWN_HEADER, authorization: `Bearer ${OPERATOR_TOKEN}` } });
    // What is done behind an answer begins in its own time, and what may follow is soon there.
    const isOver = async (soFar: () => string[]): Promise<void> => {
      await expect.poll(soFar).not.toEqual([]);
      await delay(200);
    };
    await statementsOf(async (soFar) => {
      await askLinkAt(fresh, "first@example.org");
      await isOver(soFar);
    });
    const answers: unknown[] = [];
    const statements: string[][] = [];
    for (const email of ["known@example.org", "unknown@example.org", "no address \u0000"]) {
      statements.push(
        await statementsOf(async (soFar) => {
          const response = await askLinkAt(fresh, email);
          answers.push([response.status, await response.text(), [...response.headers.keys()]]);
          await isOver(soFar);
        }),
      );
    }
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect((answers[0] as unknown[]).slice(0, 2)).toEqual([202, '{"accepted":true}']);
    expect(statements).toEqual([[expect.stringContaining("FROM people")], statements[0], statements[0]]);
  });
});
