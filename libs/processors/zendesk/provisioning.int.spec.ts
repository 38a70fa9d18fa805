import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { StoreUnavailable } from "#event-store/errors.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id } from "#read-models/spec-support/journal.js";
import { startFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { ORIGIN, ZendeskWorld } from "./spec-support/world.js";

let databases: TestDatabases;
let world: ZendeskWorld;
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  world = new ZendeskWorld(await databases.migrated(), await startFakeZendesk());
});
afterEach(async () => {
  await world.stop();
  await databases.closePools();
});

const fieldsOf = (customer: string, name = customer) => ({
  tenure_customer_url: `${ORIGIN}/customers/${id(customer)}`,
  tenure_customer: name,
});
const linkOf = (organizationId: number, organizationName: string, more: object = {}) => ({
  ...{ type: "CustomerLinkedToZendesk", organizationId: String(organizationId), by: "PROVISIONING" },
  ...{ effectiveOn: expect.any(String) as string, personal: { organizationName } },
  ...more,
});
const [ORGANIZATION, USER] = ["ORGANIZATION_UPSERTED DELIVERED", "USER_UPSERTED DELIVERED"];

describe("a customer in Zendesk", () => {
  it("is made an organization with a user, and linked once", async () => {
    await world.switchOn();
    world.create("Ann Ltd", { companyDomain: "Ann.example", email: "Ann@ann.example", phone: "+1 555" });
    await world.settled();
    expect(world.organizations()).toEqual([
      { name: "Ann Ltd", external_id: id("Ann Ltd"), domain_names: ["ann.example"], fields: fieldsOf("Ann Ltd") },
    ]);
    const [organization] = world.zendesk.state.organizations.values();
    const organizationId = organization?.id ?? 0;
    expect(world.users()).toEqual([
      {
        ...{ name: "Ann Ltd", email: "ann@ann.example", phone: "+1 555", external_id: `customer:${id("Ann Ltd")}` },
        ...{ organization_id: organizationId, role: "end-user" },
      },
    ]);
    expect(await world.deliveries()).toEqual([ORGANIZATION, USER]);
    expect(world.learnt("Ann Ltd")).toEqual([linkOf(organizationId, "Ann Ltd", { domain: "ann.example" })]);
  });

  it("that nobody can reach has no user", async () => {
    await world.switchOn();
    world.create("Ann");
    await world.settled();
    expect(await world.deliveries()).toEqual([ORGANIZATION]);
    expect(world.users()).toEqual([]);
  });

  it("is kept as it is: the organization's name and domain, the user's name, address and number", async () => {
    await world.switchOn();
    world.create("Ann", { email: "ann@ann.example", companyDomain: "ann.example" });
    await world.settled();
    world.change("Ann", { email: "ann@ann.example", companyDomain: "ann2.example" });
    world.change("Ann", { name: "Anna", email: "ann@ann.example", companyDomain: "ann2.example" });
    world.change("Ann", { name: "Anna", phone: "1", email: "ann@ann.example", companyDomain: "ann2.example" });
    world.change("Ann", { name: "Anna", phone: "1", email: "anna@ann.example", companyDomain: "ann2.example" });
    await world.settled();
    expect(await world.deliveries()).toEqual([ORGANIZATION, USER, ORGANIZATION, ORGANIZATION, USER, USER, USER]);
    expect(world.organizations()).toEqual([
      { name: "Anna", external_id: id("Ann"), domain_names: ["ann2.example"], fields: fieldsOf("Ann", "Anna") },
    ]);
    expect(world.users()).toMatchObject([{ name: "Anna", email: "anna@ann.example", phone: "1" }]);
  });

  it("that was created before Zendesk was on stays outside, whatever changes", async () => {
    world.create("Ann", { email: "ann@ann.example" });
    await world.switchOn();
    world.change("Ann", { name: "Anna" });
    await world.settled();
    expect([await world.deliveries(), world.organizations(), world.users()]).toEqual([[], [], []]);
  });

  it("never gets a domain of public mailboxes, or one of a customer before it", async () => {
    await world.switchOn();
    world.create("Ann", { companyDomain: "shared.example" });
    world.create("Ben", { companyDomain: "SHARED.example" });
    world.create("Cid", { companyDomain: "gmail.com" });
    world.create("Dan", { companyDomain: "not a domain" });
    await world.settled();
    expect(
      world
        .organizations()
        .map(({ name, domain_names: domains }) => [name, domains])
        .sort(),
    ).toEqual([
      ["Ann", ["shared.example"]],
      ["Ben", []],
      ["Cid", []],
      ["Dan", []],
    ]);
    world.change("Ann", { companyDomain: null });
    await world.settled();
    world.change("Ben", { companyDomain: "shared.example" });
    await world.settled();
    expect(
      world
        .organizations()
        .map(({ name, domain_names: domains }) => [name, domains])
        .sort(),
    ).toEqual([
      ["Ann", []],
      ["Ben", ["shared.example"]],
      ["Cid", []],
      ["Dan", []],
    ]);
  });

  it("is one organization, linked once, whatever answers get lost", async () => {
    await world.switchOn();
    const lost = { when: "AFTER", isDown: true, times: 1, method: "POST" } as const;
    world.zendesk.faults.add({ ...lost, path: "/api/v2/organizations/create_or_update" });
    world.zendesk.faults.add({ ...lost, path: "/api/v2/users/create_or_update" });
    world.create("Ann", { email: "ann@ann.example", companyDomain: "ann.example" });
    await world.settled();
    expect(world.organizations()).toHaveLength(1);
    expect(world.users()).toHaveLength(1);
    expect(world.learnt("Ann")).toEqual([expect.objectContaining({ by: "PROVISIONING", domain: "ann.example" })]);
    expect(await world.deliveries()).toEqual([ORGANIZATION, USER]);
  });
});

describe("a worker that is cut off between Zendesk's answer and its own record", () => {
  it("links the customer once, to the one organization, and counts no try", async () => {
    await world.switchOn();
    const append = vi.spyOn(world.journal.store, "append").mockRejectedValueOnce(new StoreUnavailable("gone"));
    world.create("Ann", { companyDomain: "ann.example" });
    await world.settled();
    expect(append).toHaveBeenCalledTimes(2);
    expect(world.organizations()).toHaveLength(1);
    expect(world.learnt("Ann")).toEqual([expect.objectContaining({ by: "PROVISIONING", domain: "ann.example" })]);
    expect(await world.deliveries()).toEqual([ORGANIZATION]);
    const posts = world.zendesk.requests.filter(({ method }) => method === "POST");
    expect(posts).toHaveLength(1);
  });
});

describe("nothing that was there is harmed:", () => {
  it("a second John Smith is an organization of his own, by his first account", async () => {
    await world.switchOn();
    world.create("John Smith");
    await world.settled();
    const second = { name: "John Smith" };
    world.openAccount("1201", "second");
    world.create("second", second);
    world.create("third", second);
    await world.settled();
    expect(world.organizations().map(({ name, external_id: externalId }) => [name, externalId])).toEqual(
      expect.arrayContaining([
        ["John Smith", id("John Smith")],
        ["John Smith (1201)", id("second")],
        [`John Smith (${id("third")})`, id("third")],
      ]),
    );
    expect(world.organizations()).toHaveLength(3);
    world.change("second", { ...second, companyDomain: "two.example" });
    await world.settled();
    expect(world.organizations()).toContainEqual(
      expect.objectContaining({ name: "John Smith (1201)", domain_names: ["two.example"] }),
    );
  });

  it("an organization of the same name that is nobody's is left alone, and the customer not linked", async () => {
    await world.switchOn();
    const there = await world.organizationThere({ name: "ABC company", domain_names: ["abc.example"] });
    world.create("ABC company", { email: "john@abc.example", companyDomain: "abc.example" });
    await world.settled();
    world.change("ABC company", { email: "jack@abc.example", companyDomain: "abc2.example" });
    await world.settled();
    expect(world.organizations()).toEqual([
      {
        ...{ name: "ABC company", external_id: null, domain_names: ["abc.example"] },
        fields: { tenure_customer_url: null, tenure_customer: null },
      },
    ]);
    expect(world.users()).toEqual([]);
    const clash = `The customer is not linked: its name is that of the organization ${there}, which is nobody's.`;
    expect(await world.deliveries()).toEqual([
      `ORGANIZATION_UPSERTED DISCARDED ${clash}`,
      "USER_UPSERTED DISCARDED The customer is not linked.",
    ]);
    expect(world.learnt("ABC company")).toEqual([
      { type: "ZendeskNameTaken", organizationId: String(there), effectiveOn: expect.any(String) as string },
    ]);
  });

  it.each<[string, object, string]>([
    ["an agent", { role: "agent" }, "is no end user"],
    ["an administrator", { role: "admin" }, "is no end user"],
    ["somebody of another organization", { organization_id: "another" }, "belongs to another organization"],
    [
      "somebody whom another system knows",
      { external_id: "crm:7" },
      "is not the one that stands for the customer's contact",
    ],
  ])("%s who has the contact's address is left as he is, and a person has to look at it", async (_, user, why) => {
    await world.switchOn();
    const another = await world.organizationThere({ name: "Another" });
    const given = "organization_id" in user ? { organization_id: another } : user;
    const userId = await world.userThere({ name: "Jane", email: "jane@x.example", ...given });
    const before = world.users();
    world.create("Ann", { email: "Jane@x.example", phone: "1" });
    await world.settled();
    expect(world.users()).toEqual(before);
    expect(await world.deliveries()).toEqual([
      ORGANIZATION,
      `USER_UPSERTED DISCARDED A person has to look at the contact: the user ${userId} ${why}, and was left as it is.`,
    ]);
    expect(world.learnt("Ann").at(-1)).toMatchObject({ type: "ZendeskContactUntouched", userId: String(userId) });
  });

  it("a user who wrote before keeps his number and joins the organization", async () => {
    await world.switchOn();
    await world.userThere({ name: "Jane", email: "jane@x.example", phone: "7" });
    world.create("Ann", { email: "jane@x.example" });
    await world.settled();
    const [organization] = world.zendesk.state.organizations.values();
    expect(world.users()).toEqual([
      {
        ...{ name: "Ann", email: "jane@x.example", phone: "7", external_id: `customer:${id("Ann")}` },
        ...{ organization_id: organization?.id, role: "end-user" },
      },
    ]);
  });
});
