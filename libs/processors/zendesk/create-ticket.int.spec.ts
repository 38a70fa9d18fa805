import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fault } from "../../../apps/fakes/zendesk/faults.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { compareText } from "#domain/by-day.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { type Timer } from "../deliveries/pauses.js";
import { ZendeskWorld } from "./spec-support/world.js";

/** System's time that a spec moves. */
class SaidTime implements Timer {
  ms = Date.parse("2020-07-01T12:00:00.000Z");
  now(): Date {
    return new Date(this.ms);
  }
  random(): number {
    return 0;
  }
}

let databases: TestDatabases;
let fake: RunningFakeZendesk;
let world: ZendeskWorld;
let time: SaidTime;
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  fake = await startFakeZendesk();
  world = new ZendeskWorld(await databases.migrated(), fake);
  time = new SaidTime();
});
afterEach(async () => {
  await world.stop();
  await databases.closePools();
});

const JOHN = { name: "John Doe", email: "john@abc.example" };
const eventIdOf = (subject: string): string =>
  world.journal.events.find(
    ({ type, data }) =>
      type === "TicketRequested" && (data as { personal: { subject: string } }).personal.subject === subject,
  )?.id ?? "none";
const ticketOf = (subject: string, organizationId: number | null, requester: object = JOHN) => ({
  ...{ subject, description: `About ${subject}`, external_id: eventIdOf(subject) },
  ...{ organization_id: organizationId, requester },
});
/** Requests about tickets, with the status of their answers, and whether the idempotency key was known. */
const asked = (): string[] =>
  fake.requests
    .filter(({ path }) => path.startsWith("/api/v2/tickets"))
    .map(({ method, path, status, lookup }) =>
      [method, path.replace(/=.*/, "=..."), status, lookup].filter((part) => part !== null).join(" "),
    );
const POST = "POST /api/v2/tickets";
const LOOKED = "GET /api/v2/tickets?external_id=... 200";
const fault = (given: Fault): void => {
  fake.faults.add({ path: "/api/v2/tickets", ...given });
};
/** Waits for a first try that failed, then moves the system's time. */
const failedOnce = async (thenMs: number, meanwhile?: () => void): Promise<void> => {
  await expect.poll(() => asked().length).toBe(1);
  await expect.poll(() => world.tries("TICKET_CREATED")).toEqual([1]);
  meanwhile?.();
  time.ms += thenMs;
  await world.settled();
};

describe("a request for help", () => {
  it("is a ticket of the customer's organization, opened once", async () => {
    await world.switchOn(time);
    world.create("ABC company", { email: "office@abc.example" });
    world.ask("ABC company", "Invoice", JOHN);
    await world.settled();
    const [organization] = fake.state.organizations.values();
    expect(world.tickets()).toEqual([ticketOf("Invoice", organization?.id ?? 0)]);
    expect(asked()).toEqual([`${POST} 201 miss`]);
    expect(await world.deliveries()).toEqual([
      "ORGANIZATION_UPSERTED DELIVERED",
      "USER_UPSERTED DELIVERED",
      "TICKET_CREATED DELIVERED",
    ]);
  });

  it("of a customer that is not linked is the requester's, whose organization Zendesk knows by itself", async () => {
    world.create("ABC company");
    world.create("Nobody");
    await world.switchOn(time);
    const there = await world.organizationThere({ name: "ABC company", domain_names: ["abc.example"] });
    world.ask("ABC company", "Invoice", JOHN);
    world.ask("Nobody", "Phone", { name: "Nobody", email: null });
    await world.settled();
    // Which customer's request arrives first is left open.
    expect(world.tickets().toSorted((one, other) => compareText(one.subject, other.subject))).toEqual([
      ticketOf("Invoice", there),
      ticketOf("Phone", null, { name: "Nobody", email: null }),
    ]);
  });

  it("of somebody without an e-mail address is the same user's each time", async () => {
    world.create("Nobody");
    await world.switchOn(time);
    world.ask("Nobody", "Phone", { name: "Nobody", email: null });
    world.ask("Nobody", "Television", { name: "Nobody", email: null });
    await world.settled();
    const users = [...fake.state.users.values()].filter(({ role }) => role === "end-user");
    expect(users.map(({ name, email, external_id: id }) => [name, email, id?.slice(0, 9)])).toEqual([
      ["Nobody", null, "customer:"],
    ]);
    expect([...fake.state.tickets.values()].map(({ requester_id: id }) => id)).toEqual([users[0]?.id, users[0]?.id]);
  });

  it("gets the organization that the customer is linked to later, if it has none", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    const [abc, other] = [
      await world.organizationThere({ name: "ABC company" }),
      await world.organizationThere({ name: "Other", domain_names: ["other.example"] }),
    ];
    world.ask("ABC company", "Invoice", JOHN);
    world.ask("ABC company", "Another", { name: "Kim", email: "kim@other.example" });
    await world.settled();
    world.link("ABC company", abc);
    await world.settled();
    expect(world.tickets()).toEqual([
      ticketOf("Invoice", abc),
      ticketOf("Another", other, { name: "Kim", email: "kim@other.example" }),
    ]);
  });

  it("whose answer is lost is recognised by its key within the hour", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    fault({ status: 503, when: "AFTER" });
    world.ask("ABC company", "Invoice", JOHN);
    await failedOnce(60_000);
    expect(asked()).toEqual([`${POST} 503`, `${POST} 201 hit`]);
    expect(world.tickets()).toEqual([ticketOf("Invoice", null)]);
  });

  it("whose answer is lost is looked for when its key may be forgotten", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    fault({ status: 503, when: "AFTER" });
    world.ask("ABC company", "Invoice", JOHN);
    await failedOnce(2 * 3_600_000, () => {
      fake.forgetIdempotencyKeys();
    });
    expect(asked()).toEqual([`${POST} 503`, LOOKED]);
    expect(world.tickets()).toEqual([ticketOf("Invoice", null)]);
  });

  it("that never arrived is opened then all the same", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    fault({ status: 503 });
    world.ask("ABC company", "Invoice", JOHN);
    await failedOnce(2 * 3_600_000);
    expect(asked()).toEqual([`${POST} 503`, LOOKED, `${POST} 201 miss`]);
    expect(world.tickets()).toEqual([ticketOf("Invoice", null)]);
  });

  it("is the same on every try, whatever the customer became meanwhile", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    const abc = await world.organizationThere({ name: "ABC company" });
    fault({ status: 503, when: "AFTER" });
    world.ask("ABC company", "Invoice", JOHN);
    await expect.poll(() => world.tries("TICKET_CREATED")).toEqual([1]);
    world.link("ABC company", abc);
    time.ms += 60_000;
    await world.settled();
    expect(asked().slice(0, 2)).toEqual([`${POST} 503`, `${POST} 201 hit`]);
    expect(world.tickets()).toEqual([ticketOf("Invoice", abc)]);
  });

  it("is sent again at once where Zendesk was writing something else (409)", async () => {
    world.create("ABC company");
    await world.switchOn(time);
    fault({ status: 409 });
    world.ask("ABC company", "Invoice", JOHN);
    await world.settled();
    expect(asked()).toEqual([`${POST} 409`, `${POST} 201 miss`]);
  });

  it("arrives once and in its customer's order, whatever fails on the way", async () => {
    await world.switchOn(time);
    fake.faults.add({ status: 503, share: 0.1, times: null });
    fake.faults.add({ status: 503, when: "AFTER", share: 0.1, times: null });
    fake.faults.add({ status: 429, retryAfter: 1, times: 3 });
    fake.faults.add({ isDown: true, times: 3 });
    fake.faults.add({ status: 401, times: 2 });
    const customers = ["Ann", "Ben", "Cid"];
    for (const name of customers) world.create(name);
    const requests = [1, 2, 3, 4].flatMap((number) => customers.map((name) => `${name} ${number}`));
    for (const request of requests) world.ask(request.split(" ")[0] ?? "", request, JOHN);
    const passing = setInterval(() => {
      time.ms += 5_000;
    }, 50);
    try {
      await world.settled();
    } finally {
      clearInterval(passing);
    }
    const arrived = world.tickets().map(({ subject }) => subject);
    expect(arrived.toSorted()).toEqual(requests.toSorted());
    for (const name of customers) {
      const own = (subjects: readonly string[]) => subjects.filter((subject) => subject.startsWith(name));
      expect(own(arrived)).toEqual(own(requests));
    }
    expect(new Set(await world.deliveries())).toEqual(
      new Set(["ORGANIZATION_UPSERTED DELIVERED", "TICKET_CREATED DELIVERED"]),
    );
  });
});
