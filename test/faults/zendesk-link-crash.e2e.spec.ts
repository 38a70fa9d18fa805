import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningFakeZendesk, startFakeZendesk } from "../../apps/fakes/zendesk/server.js";
import { DEFAULT_PROVIDER_ID } from "../../libs/application/providers/default-provider.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { type Stack, startStack } from "../support/stack.js";

/** A worker that dies once Zendesk has the organization, and one that dies once the link is recorded. */
const FAULTS = ["zendesk.before-link", "zendesk.after-link"];

describe("a worker that is killed between making an organization in Zendesk and noting the delivery", () => {
  let zendesk: RunningFakeZendesk;
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;

  beforeAll(async () => {
    zendesk = await startFakeZendesk();
    stack = await startStack({
      apart: true,
      environment: {
        ...{ TENURE_ROLES: "projector,biller", ZENDESK_ENABLE: "1", ZENDESK_API_URL: zendesk.url },
        ...{ ZENDESK_API_EMAIL_ADDRESS: zendesk.email, ZENDESK_API_TOKEN: zendesk.token },
      },
    });
    store = createEventStore({ url: stack.eventStoreUrl });
    graphql = client(stack.url);
  });
  afterAll(async () => {
    await store.close();
    await stack.stop();
    await zendesk.close();
  });

  const learnt = async (customerId: string): Promise<string[]> =>
    (await store.readStream(streamName(DEFAULT_PROVIDER_ID, "customer", customerId))).map(({ type }) => type);

  it("links the customer once, to one organization", async () => {
    const contact = { name: "Ann", email: "ann@example.org" };
    const { id: customerId } = await graphql.mutate("createCustomer", { currency: "USD", contact });
    const after = [["CustomerCreated"], ["CustomerCreated", "CustomerLinkedToZendesk"]];
    for (const [index, fault] of FAULTS.entries()) {
      const doomed = await stack.startWorker({ TENURE_ROLES: "deliverer", TENURE_FAULT: fault });
      while ((await stack.pids()).workers.includes(doomed)) await delay(20);
      expect(await learnt(customerId)).toEqual(after[index]);
      expect(zendesk.state.organizations.size).toBe(1);
    }

    await stack.startWorker({ TENURE_ROLES: "deliverer" });
    const shown = async () =>
      graphql.request<{ deliveries: { edges: { node: object }[] } }>(
        "{ deliveries(first: 5) { edges { node { kind status } } } }",
      );
    await expect
      .poll(async () => (await shown()).deliveries.edges.map(({ node }) => node), { timeout: 120_000 })
      .toEqual([
        { kind: "USER_UPSERTED", status: "DELIVERED" },
        { kind: "ORGANIZATION_UPSERTED", status: "DELIVERED" },
      ]);
    expect(await learnt(customerId)).toEqual(after[1]);
    const organizations = [...zendesk.state.organizations.values()];
    expect(organizations.map(({ name, external_id }) => [name, external_id])).toEqual([["Ann", customerId]]);
    const users = [...zendesk.state.users.values()].filter(({ role }) => role === "end-user");
    expect(users.map(({ organization_id }) => organization_id)).toEqual(organizations.map(({ id }) => id));
  });
});
