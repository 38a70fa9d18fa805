import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documents } from "#application/access/access.js";
import { mutationsOf, queriesOf } from "#application/access/rights.js";
import { type Role, roles } from "#application/access/roles.js";
import { type Story, tellStory } from "#application/spec-support/story.js";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
let provider: Client;
let story: Story;
let as: (...own: Role[]) => Client;

beforeAll(async () => {
  bench = await startBench();
  provider = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(provider);
  as = callersOf(provider, story.customerId);
});
afterAll(() => bench.stop());

describe("the query viewer", () => {
  const VIEWER = "{ viewer { actor name roles commands queries provider { id } customer { id } } }";

  it("answers who asks, and what he may", async () => {
    const provided = { id: provider.providerId };
    expect(await provider.query(VIEWER)).toEqual({
      viewer: {
        actor: "local",
        name: null,
        roles: ["OPERATOR"],
        commands: mutationsOf({ roles: ["operator"] }),
        queries: queriesOf({ roles: ["operator"] }),
        provider: provided,
        customer: null,
      },
    });
    expect(await as("self-care").query(VIEWER)).toEqual({
      viewer: {
        actor: "key:self-care",
        name: null,
        roles: ["SELF_CARE"],
        commands: ["createTicket", "requestPause", "withdrawPause"],
        queries: queriesOf({ roles: ["self-care"] }),
        provider: provided,
        customer: { id: story.customerId },
      },
    });
    const LINKS = ["linkZendeskOrganization", "unlinkZendeskOrganization"];
    const app = await as("zendesk-app").query(VIEWER);
    expect(app).toMatchObject({ viewer: { roles: ["ZENDESK_APP"], commands: LINKS, provider: provided } });
  });
});

describe("an operation with a refused part", () => {
  it("is not executed at all, and told as one refusal with all its places", async () => {
    const { customerId } = story;
    const input = { customerId, creditLimit: "10.00", idempotencyKey: "k" };
    const query = `mutation ($input: ChangeCreditLimitInput!) {
      changeCreditLimit(input: $input) { customer { id deliveries { totalCount } } }
      withdrawOffer(input: { offerId: "${story.offerId}", idempotencyKey: "w" }) { id }
    }`;
    expect(await as("finance").ask(query, { input })).toEqual({
      status: 403,
      data: null,
      errors: [
        {
          message: "The role finance may not ask for Mutation.withdrawOffer.",
          locations: [{ line: 3, column: 7 }],
          extensions: { code: "FORBIDDEN" },
        },
      ],
    });
    const { customer } = (await provider.query(`{ customer(id: "${customerId}") { creditLimit } }`)) as never;
    expect(customer).toEqual({ creditLimit: "0.00" });
  });
});

describe("node", () => {
  const found = async (client: Client, id: string) => {
    const { node, nodes } = (await client.query(
      `{ node(id: "${id}") { __typename id } nodes(ids: ["${id}"]) { __typename id } }`,
    )) as { readonly node: unknown; readonly nodes: readonly unknown[] };
    expect(nodes).toEqual([node]);
    return node;
  };

  it("finds what the query of its kind may ask for, and nothing else", async () => {
    const { offerId } = story;
    const offer = { __typename: "Offer", id: offerId };
    expect(await found(as("partner"), offerId)).toEqual(offer);
    expect(await found(as("support"), offerId)).toEqual(offer);
    expect(await found(as("self-care"), offerId)).toBeNull();
    expect(
      (await as("zendesk-app").ask(`{ node(id: "${offerId}") { id } }`)).errors.map(({ message }) => message),
    ).toEqual(["The role zendesk-app may not ask for Query.node."]);
  });
});

describe("an event", () => {
  it("names the role by which its command was given, and shows personal data to whom it is shown", async () => {
    const { id } = await as("csr", "finance").run("createCustomer", {
      contact: { name: "Jane Roe", email: "jane@example.com" },
      currency: "USD",
    });
    const stream = streamName(provider.providerId ?? "", "customer", id);
    const [created] = await bench.store.readStream(stream);
    const event = async (client: Client) => {
      const query = `{ event(id: "${created?.id ?? ""}") { actor role data } }`;
      return ((await client.query(query)) as { readonly event: { readonly data: object } }).event;
    };
    const whole = await event(as("support"));
    expect(whole).toMatchObject({ actor: "key:csr,finance", role: "CSR", data: { personal: { name: "Jane Roe" } } });
    const { personal: _, ...rest } = whole.data as { readonly personal: object };
    expect(await event(as("partner"))).toEqual({ actor: "key:csr,finance", role: "CSR", data: rest });
  });
});

describe("documents", () => {
  it.each(Object.entries(documents))("in the folder %s are read by the roles of the table", async (folder, allowed) => {
    // Of calls there is one file, which is always there.
    const [file, found] = folder === "calls" ? ["calls.csv", 200] : [`${randomUUID()}.html`, 404];
    const address = new URL(`/documents/${provider.providerId}/${folder}/${file}`, bench.url);
    const statuses = [];
    for (const role of roles) statuses.push([role, (await fetch(address, { headers: as(role).headers })).status]);
    const isAllowed = (role: Role) => allowed.some((each) => each === role);
    expect(statuses).toEqual(roles.map((role) => [role, isAllowed(role) ? found : 403]));
  });
});
