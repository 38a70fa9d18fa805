import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Role } from "#application/access/roles.js";
import { streamName } from "#event-store/streams.js";
import { zendeskClient } from "#processors/zendesk/client.js";
import { zendeskTarget } from "#processors/zendesk/zendesk-target.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../fakes/zendesk/server.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";

const WIDGET = "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f";

let bench: Bench;
let zendesk: RunningFakeZendesk;
/** Of a provider with a Zendesk, and of one without. */
let client: Client;
let without: Client;
beforeAll(async () => {
  bench = await startBench();
  zendesk = await startFakeZendesk();
  const [own, other] = [await bench.provider("2026-11-28T12:00:00Z"), await bench.provider("2026-11-28T12:00:00Z")];
  const { url: origin, email, token } = zendesk;
  const settings = { origin, email, token, widgetKey: WIDGET, timeFieldId: null };
  const target = zendeskTarget(new Map([[own.providerId ?? "", zendeskClient(settings)]]), "https://b.example.com");
  const { url } = await bench.api({}, [target]);
  [client, without] = [new Client(url, own.providerId), new Client(url, other.providerId)];
});
afterAll(async () => {
  await bench.stop();
  await zendesk.close();
});
beforeEach(() => {
  zendesk.faults.clear();
});

const as = (role: Role, of = client): Client =>
  of.by({ actor: `the ${role}`, roles: [role], providerId: of.providerId ?? "", customerId: null });
const customer = async (name = "ABC company", of = client): Promise<string> =>
  (await of.run("createCustomer", { contact: { name }, currency: "USD" })).id;
const organization = async (fields: object): Promise<string> => {
  const response = await fetch(`${zendesk.url}/api/v2/organizations`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${zendesk.email}/token:${zendesk.token}`).toString("base64")}`,
    },
    body: JSON.stringify({ organization: fields }),
  });
  return String(((await response.json()) as { organization: { id: number } }).organization.id);
};
const link = (customerId: string, organizationId: string, more: object = {}, of = client) =>
  of.run("linkZendeskOrganization", { customerId, organizationId, ...more });
const notLinked = (customerId: string, organizationId: string, more: object = {}, of = client) =>
  of.refused("linkZendeskOrganization", { customerId, organizationId, ...more });

const ZENDESK = `zendesk { isEnabled status organizationId organizationName organizationUrl linkedOn linkedBy claimedAgent
  nameTakenBy nameTakenByUrl untouchedUser { userId } }`;
const shown = async (customerId: string, of = client): Promise<unknown> => {
  const query = `query ($id: ID!) { customer(id: $id) { ${ZENDESK} } }`;
  return ((await of.query(query, { id: customerId })) as { customer: { zendesk: unknown } }).customer.zendesk;
};
const NOTHING = {
  isEnabled: true,
  ...{ status: "NOT_LINKED", organizationId: null, organizationName: null, organizationUrl: null, linkedOn: null },
  ...{ linkedBy: null, claimedAgent: null, nameTakenBy: null, nameTakenByUrl: null, untouchedUser: null },
};
const search = async (text: string, exact = false, of = client) => {
  const query = `query ($search: String!, $exact: Boolean!) { zendeskOrganizations(search: $search, exact: $exact) {
    organizationId name url externalId customer { id } } }`;
  const { data, errors } = await of.ask(query, { search: text, exact });
  return errors.length > 0
    ? errors.map(({ extensions: { code, field } }) => [code, field])
    : (data as { zendeskOrganizations: unknown[] }).zendeskOrganizations;
};

describe("a customer and an organization of Zendesk", () => {
  it("are linked and unlinked by an administrator", async () => {
    const customerId = await customer();
    expect(await shown(customerId)).toEqual(NOTHING);
    const organizationId = await organization({ name: "ABC Corporation" });
    await link(customerId, organizationId, {}, as("admin"));
    expect(await shown(customerId)).toEqual({
      ...NOTHING,
      ...{ status: "LINKED", organizationId, organizationName: "ABC Corporation", linkedOn: "2026-11-28" },
      ...{ linkedBy: "PERSON", organizationUrl: `${zendesk.url}/agent/organizations/${organizationId}` },
    });
    expect(await client.refused("unlinkZendeskOrganization", { customerId })).toBe("VALIDATION_FAILED reason");
    await client.run("unlinkZendeskOrganization", { customerId, reason: "Mistake" });
    expect(await shown(customerId)).toEqual(NOTHING);
    expect(await client.refused("unlinkZendeskOrganization", { customerId, reason: "Again" })).toBe(
      "NOT_LINKED customerId",
    );
  });

  it("are linked by the app inside Zendesk, which claims who did it, is the actor, and replaces nothing", async () => {
    const app = as("zendesk-app");
    const [customerId, other] = [await customer(), await customer("Other")];
    const organizationId = await organization({ name: "Second Corporation" });
    await link(customerId, organizationId, { claimedAgent: "Jane Roe" }, app);
    expect(await shown(customerId)).toMatchObject({ linkedBy: "ZENDESK_APP", claimedAgent: "Jane Roe" });
    expect(await notLinked(other, organizationId, {}, app)).toBe("ALREADY_LINKED organizationId");
    expect(await notLinked(other, organizationId, { replace: true, reason: "x" }, app)).toBe("FORBIDDEN replace");
    await app.run("unlinkZendeskOrganization", { customerId, claimedAgent: "Jane Roe" });
    const stream = streamName(client.providerId ?? "", "customer", customerId);
    const events = (await bench.store.readStream(stream)).slice(1);
    expect(events.map(({ type, metadata }) => [type, metadata.actor, metadata.role])).toEqual([
      ["CustomerLinkedToZendesk", "the zendesk-app", "zendesk-app"],
      ["CustomerUnlinkedFromZendesk", "the zendesk-app", "zendesk-app"],
    ]);
  });

  it("are linked anew where an administrator confirms it, with a reason", async () => {
    const [customerId, other] = [await customer(), await customer("Other")];
    const foreign = await organization({ name: "Foreign", external_id: "crm-7" });
    const own = await organization({ name: "Own" });
    expect(await notLinked(customerId, foreign)).toBe("ALREADY_LINKED organizationId");
    expect(await notLinked(customerId, foreign, { replace: true })).toBe("VALIDATION_FAILED reason");
    await link(customerId, foreign, { replace: true, reason: "The CRM is gone" });
    expect(await notLinked(customerId, own)).toBe("ALREADY_LINKED customerId");
    expect(await notLinked(other, foreign)).toBe("ALREADY_LINKED organizationId");
    await link(customerId, own, { replace: true, reason: "The wrong one" });
    expect(await shown(customerId)).toMatchObject({ organizationId: own, organizationName: "Own" });
  });

  it("are not linked where one of them is not there, or Zendesk is not", async () => {
    const customerId = await customer();
    const organizationId = await organization({ name: "Third Corporation" });
    const nobody = "00000000-0000-4000-8000-000000000009";
    expect(await notLinked(nobody, organizationId)).toBe("CUSTOMER_NOT_FOUND customerId");
    expect(await notLinked(customerId, "999999")).toBe("ORGANIZATION_NOT_FOUND organizationId");
    expect(await notLinked(customerId, "../users")).toBe("VALIDATION_FAILED organizationId");
    expect(await notLinked(await customer("ABC", without), organizationId, {}, without)).toBe("CONFLICT");
    expect(await notLinked(customerId, organizationId, {}, as("csr"))).toBe("FORBIDDEN");
    zendesk.faults.add({ isDown: true, times: 1 });
    expect(await notLinked(customerId, organizationId)).toBe("UNAVAILABLE");
    zendesk.faults.add({ status: 401, times: 1 });
    expect(await notLinked(customerId, organizationId)).toBe("UNAVAILABLE");
    expect(await shown(customerId)).toEqual(NOTHING);
  });
});

describe("organizations of Zendesk", () => {
  it("are found by the beginning of their name, or by all of it", async () => {
    const customerId = await customer();
    const [abc, abcd] = [await organization({ name: "XYZ" }), await organization({ name: "Xyzz", external_id: "x" })];
    await organization({ name: "Other" });
    await link(customerId, abc);
    const url = (id: string) => `${zendesk.url}/agent/organizations/${id}`;
    const first = { organizationId: abc, name: "XYZ", url: url(abc), externalId: null, customer: { id: customerId } };
    const second = { organizationId: abcd, name: "Xyzz", url: url(abcd), externalId: "x", customer: null };
    expect(await search("xy")).toEqual([first, second]);
    expect(await search("xyz", true)).toEqual([first]);
    expect(await search("nothing")).toEqual([]);
  });

  it("are for administrators, and searched for by something", async () => {
    expect(await search("abc", false, as("csr"))).toMatchObject([["FORBIDDEN", undefined]]);
    expect(await search(" ")).toEqual([["VALIDATION_FAILED", "search"]]);
    expect(await search("abc", false, without)).toMatchObject([["CONFLICT", undefined]]);
  });
});

describe("the key of Zendesk's widget", () => {
  const key = async (of: Client) =>
    ((await of.query("{ zendeskWidgetKey }")) as { zendeskWidgetKey: unknown }).zendeskWidgetKey;
  it("is served to people of customers", async () => {
    const customerId = await customer();
    const self = client.by({
      ...{ actor: "person:x", roles: ["self-care"], providerId: client.providerId ?? "", customerId },
    });
    expect([await key(self), await key(client), await key(without)]).toEqual([WIDGET, WIDGET, null]);
  });
});
