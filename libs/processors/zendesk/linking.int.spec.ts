import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
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
  // From before Zendesk was on.
  world.create("ABC", { companyDomain: "abc.example", email: "john@abc.example" });
  world.create("Ben");
  await world.switchOn();
});
afterEach(async () => {
  await world.stop();
  await databases.closePools();
});

const marksOf = (customer: string, name = customer) => ({
  external_id: id(customer),
  fields: { tenure_customer_url: `${ORIGIN}/customers/${id(customer)}`, tenure_customer: name },
});
const UNMARKED = { external_id: null, fields: { tenure_customer_url: null, tenure_customer: null } };
const TAKEN = "The organization is another's already: the customer was unlinked again.";
const domain = (organizationId: number, added: string | null) => ({
  ...{ type: "ZendeskDomainAdded", organizationId: String(organizationId), domain: added },
  effectiveOn: expect.any(String) as string,
});
const lost = (organizationId: number, because: string) => ({
  ...{ type: "CustomerUnlinkedFromZendesk", organizationId: String(organizationId), domain: null, because },
  effectiveOn: expect.any(String) as string,
});

describe("an organization that somebody linked", () => {
  it("keeps its name and its domains; ours is added, changed and taken away again", async () => {
    const there = { name: "ABC Corporation", domain_names: ["corp.example", "old.example"] };
    const organizationId = await world.organizationThere(there);
    world.link("ABC", organizationId);
    await world.settled();
    expect(world.organizations()).toEqual([
      { ...there, domain_names: ["corp.example", "old.example", "abc.example"], ...marksOf("ABC") },
    ]);
    world.change("ABC", { name: "ABC Ltd", companyDomain: "abc2.example", email: "john@abc.example" });
    await world.settled();
    expect(world.organizations()).toEqual([
      { ...there, domain_names: ["corp.example", "old.example", "abc2.example"], ...marksOf("ABC", "ABC Ltd") },
    ]);
    world.unlink("ABC", organizationId, "abc2.example");
    await world.settled();
    expect(world.organizations()).toEqual([{ ...there, ...UNMARKED }]);
    expect(world.learnt("ABC")).toEqual([
      domain(organizationId, "abc.example"),
      domain(organizationId, "abc2.example"),
    ]);
    expect(await world.deliveries()).toEqual([
      "ORGANIZATION_LINKED DELIVERED",
      "ORGANIZATION_UPSERTED DELIVERED",
      "USER_UPSERTED DELIVERED",
      "ORGANIZATION_UNLINKED DELIVERED",
    ]);
    world.change("ABC", { name: "ABC GmbH" });
    await world.settled();
    expect(world.organizations()).toEqual([{ ...there, ...UNMARKED }]);
  });

  it("keeps a domain that it had before, which is ours too", async () => {
    const there = { name: "ABC Corporation", domain_names: ["abc.example"] };
    const organizationId = await world.organizationThere(there);
    world.link("ABC", organizationId);
    await world.settled();
    expect(world.organizations()).toEqual([{ ...there, ...marksOf("ABC") }]);
    world.change("ABC", { companyDomain: "abc2.example" });
    await world.settled();
    expect(world.organizations()).toMatchObject([{ domain_names: ["abc.example", "abc2.example"] }]);
    world.unlink("ABC", organizationId, "abc2.example");
    await world.settled();
    expect(world.organizations()).toEqual([{ ...there, ...UNMARKED }]);
  });

  it("has the domain taken away once, although an answer was lost and the worker tried again", async () => {
    const organizationId = await world.organizationThere({ name: "ABC Corporation" });
    world.zendesk.faults.add({ when: "AFTER", isDown: true, times: 1, method: "PUT", path: "/api/v2/organizations" });
    world.link("ABC", organizationId);
    await world.settled();
    expect(world.learnt("ABC")).toEqual([domain(organizationId, "abc.example")]);
    world.unlink("ABC", organizationId, "abc.example");
    await world.settled();
    expect(world.organizations()).toEqual([{ name: "ABC Corporation", domain_names: [], ...UNMARKED }]);
  });

  it("is the first one's, where two customers were linked at once", async () => {
    const organizationId = await world.organizationThere({ name: "ABC Corporation" });
    world.link("Ben", organizationId);
    world.link("ABC", organizationId);
    await world.settled();
    expect(world.organizations()).toMatchObject([marksOf("Ben")]);
    expect([world.learnt("Ben"), world.learnt("ABC")]).toEqual([[], [lost(organizationId, "TAKEN")]]);
    expect((await world.deliveries()).sort()).toEqual([
      "ORGANIZATION_LINKED DELIVERED",
      `ORGANIZATION_LINKED DISCARDED ${TAKEN}`,
      "ORGANIZATION_UNLINKED DELIVERED",
    ]);
  });

  it("is another customer's from then on, where an administrator took it over", async () => {
    const organizationId = await world.organizationThere({ name: "ABC Corporation" });
    world.link("Ben", organizationId);
    await world.settled();
    world.link("ABC", organizationId, { takesOver: true });
    await world.settled();
    expect(world.organizations()).toMatchObject([{ ...marksOf("ABC"), domain_names: ["abc.example"] }]);
    expect(world.learnt("Ben")).toEqual([lost(organizationId, "REPLACED")]);
  });

  it("that another system took meanwhile is left to it", async () => {
    const organizationId = await world.organizationThere({ name: "ABC Corporation", external_id: "crm-7" });
    world.link("ABC", organizationId);
    await world.settled();
    expect(world.organizations()).toMatchObject([{ ...UNMARKED, external_id: "crm-7" }]);
    expect(world.learnt("ABC")).toEqual([lost(organizationId, "TAKEN")]);
  });

  it("takes the place of the one before it", async () => {
    const first = await world.organizationThere({ name: "First" });
    const second = await world.organizationThere({ name: "Second" });
    world.link("ABC", first);
    await world.settled();
    world.link("ABC", second, { replaced: { organizationId: String(first), domain: "abc.example" } });
    await world.settled();
    expect(world.organizations()).toEqual([
      { name: "First", domain_names: [], ...UNMARKED },
      { name: "Second", domain_names: ["abc.example"], ...marksOf("ABC") },
    ]);
  });

  it("that is gone parks what is to be told of it", async () => {
    world.link("ABC", 999_999);
    await world.settled();
    expect(await world.deliveries()).toEqual([
      "ORGANIZATION_LINKED PARKED Zendesk has no organization 999999 any more: unlink the customer.",
    ]);
  });
});
