import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedUp } from "../../apps/worker/spec-support/worker.js";
import { DEFAULT_PROVIDER_ID } from "../../libs/application/providers/default-provider.js";
import { inFlight } from "../../libs/application/processes/in-flight.js";
import { type DomainEvent } from "../../libs/domain/event.js";
import { chainEvents } from "../../libs/event-store/chain-events.js";
import { NO_HASH } from "../../libs/event-store/content-hash.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { type FailingMailServer, startFailingMailServer } from "../support/failing-mail-server.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 125;
/** What each is told, in this order. */
const TOLD = [
  ...["PAYMENT_RECEIVED 2021-01-20", "PAYMENT_RECEIVED 2021-01-20"],
  ...["INVOICE_GENERATED 2021-02-01", "PAYMENT_RECEIVED 2021-02-01"],
];
/** Customers whose second mail is refused for good. */
const REFUSED = 2;
/** A worker lives at most so many times as long as it took to start. */
const LIVES = 3;
/** Those of each role are killed at least so often. */
const KILLS = 3;

interface Page {
  readonly edges: readonly { readonly node: Delivery }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly on: string;
  readonly customerId: string;
  readonly status: string;
  readonly tries: number;
}

describe(`${CUSTOMERS * TOLD.length} deliveries to a server that fails a third of the time`, () => {
  let server: FailingMailServer;
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    const refused = Array.from({ length: REFUSED }, (_, index) => addressOf(index));
    server = await startFailingMailServer(new Set(refused));
    const environment = { SMTP_URL: server.url, SMTP_FROM: "billing@example.com", TENURE_ROLES: "projector,biller" };
    stack = await startStack({ apart: true, environment });
    store = createEventStore({ url: stack.eventStoreUrl });
    graphql = client(stack.url);
    await graphql.mutate("setTestClock", { at: "2021-01-20T12:00:00.000Z" });
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
    await server.close();
  });

  const addressOf = (index: number): string => `customer-${index}@example.org`;

  /** Appends events to a stream of the provider. */
  const record = async (category: string, id: string, recordedAt: string, events: readonly DomainEvent[]) => {
    const stream = streamName(DEFAULT_PROVIDER_ID, category, id);
    const [last] = await store.readStream(stream, { backwards: true, limit: 1 });
    const command = randomUUID();
    const sealed = chainEvents({
      ...{ provider: DEFAULT_PROVIDER_ID, actor: "spec", stream, recordedAt, events },
      ...{ commandId: command, correlationId: command, causationId: command },
      previousHash: last?.metadata.contentHash ?? NO_HASH,
    });
    await store.append(stream, last?.revision ?? "no_stream", sealed);
  };

  const signUp = async (index: number): Promise<void> => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    addresses.set(ids.customerId, addressOf(index));
    const { customer, account, commitment } = signedUp(ids, "2021-01-01");
    const { data } = customer;
    const addressed = { ...data, personal: { ...data.personal, name: `Jo ${index}`, email: addressOf(index) } };
    const at = "2021-01-01T12:00:00.000Z";
    await record("customer", ids.customerId, at, [{ type: "CustomerCreated", data: addressed }]);
    await record("account", ids.accountId, at, [account]);
    await record("commitment", ids.commitmentId, at, [commitment]);
  };

  const pay = async (customerId: string, effectiveOn: string): Promise<void> => {
    const money = { amount: "1.00", currency: "USD", method: "BANK_TRANSFER", invoiceId: null } as const;
    const paymentId = randomUUID();
    const data = { paymentId, customerId, ...money, valueOn: effectiveOn, effectiveOn };
    await record("receivables", customerId, `${effectiveOn}T12:00:00.000Z`, [
      { type: "PaymentRecorded", data: { ...data, personal: { reference: paymentId, note: null } } },
    ]);
  };

  const eachCustomer = (work: (customerId: string) => Promise<void>) => inFlight([...addresses.keys()], 8, work);

  /** How often workers were killed, by their roles. */
  const kills: Record<string, number> = { "projector,biller": 0, deliverer: 0 };

  /** Starts a worker and kills it at a random moment, again and again until it is enough; the last one runs on. */
  const killAgainAndAgain = async (roles: string, enough: AbortSignal, first?: number): Promise<void> => {
    let pid = first;
    let startMs = 1_000;
    for (;;) {
      const began = performance.now();
      if (pid === undefined) {
        pid = await stack.startWorker({ TENURE_ROLES: roles });
        startMs = performance.now() - began;
      }
      // Slow machines need longer for the same.
      await delay(Math.random() * LIVES * startMs, undefined, { signal: enough }).catch(() => undefined);
      if (enough.aborted) return;
      process.kill(pid, "SIGKILL");
      while ((await stack.pids()).workers.includes(pid)) await delay(10);
      kills[roles] = (kills[roles] ?? 0) + 1;
      pid = undefined;
    }
  };

  const counts = async () => {
    const { targets } = await graphql.request<{ targets: { pending: number; parked: number; delivered: number }[] }>(
      "{ targets { pending parked delivered } }",
    );
    const [mail] = targets;
    if (!mail) throw new Error("there is no target");
    return mail;
  };

  const until = async (isReached: (counted: Awaited<ReturnType<typeof counts>>) => boolean): Promise<void> => {
    for (let waited = 0; ; waited += 100) {
      const counted = await counts();
      if (isReached(counted)) return;
      if (waited > 600_000) throw new Error(`Deliveries stand still: ${JSON.stringify(counted)}\n${stack.output()}`);
      await delay(100);
    }
  };

  const allDeliveries = async (): Promise<Delivery[]> => {
    const found: Delivery[] = [];
    for (let after: string | null = null; ;) {
      const { deliveries }: { deliveries: Page } = await graphql.request(
        `query ($after: String) { deliveries(first: 200, after: $after) {
          edges { node { id kind on customerId status tries } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      found.push(...deliveries.edges.map(({ node }) => node));
      if (!deliveries.pageInfo.hasNextPage) return found.reverse();
      after = deliveries.pageInfo.endCursor;
    }
  };

  it("reach it each at least once, with one id and in order, whoever is killed; a parked one holds its customer alone", async () => {
    const enough = new AbortController();
    const [first] = (await stack.pids()).workers;
    const killed = Promise.all([
      killAgainAndAgain("projector,biller", enough.signal, first),
      killAgainAndAgain("deliverer", enough.signal),
      killAgainAndAgain("deliverer", enough.signal),
    ]);
    // The answer is awaited at the end; a failure must not surface before.
    killed.catch(() => undefined);
    await inFlight([...Array(CUSTOMERS).keys()], 8, signUp);
    await eachCustomer((id) => pay(id, "2021-01-20"));
    await eachCustomer((id) => pay(id, "2021-01-20"));
    // Who projects is killed, too: what queries show is waited for at the end.
    await graphql.mutateUnseen("advanceTestClock", { to: "2021-02-01T12:00:00.000Z" }, "id");
    await eachCustomer((id) => pay(id, "2021-02-01"));
    const sent = CUSTOMERS * TOLD.length;
    const areKilled = () => Math.min(...Object.values(kills)) >= KILLS;
    await until(({ delivered }) => delivered > sent / 2 && areKilled());
    enough.abort();
    await killed;
    // Two of each refused customer wait behind the one that is parked.
    await until(({ pending, parked }) => parked === REFUSED && pending === 2 * REFUSED);

    expect(server.failures).toBeGreaterThan(sent / 4);
    const deliveries = await allDeliveries();
    const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    for (const [customerId, address] of addresses) {
      const own = deliveries.filter((delivery) => delivery.customerId === customerId);
      expect(own.map(({ kind, on }) => `${kind} ${on}`)).toEqual(TOLD);
      const isRefused = server.refused.has(address);
      expect(own.map(({ status }) => status)).toEqual(
        isRefused
          ? ["DELIVERED", "PARKED", "PENDING", "PENDING"]
          : ["DELIVERED", "DELIVERED", "DELIVERED", "DELIVERED"],
      );
      // One that came again came before the next.
      const came = server.taken.filter(({ to }) => to === address).map(({ id }) => id);
      const inOrder = came.filter((id, index) => id !== came[index - 1]);
      expect(inOrder.map((id) => byId.get(id))).toEqual(isRefused ? own.slice(0, 1) : own);
    }
    expect(deliveries).toHaveLength(sent);
    const different = new Set(server.taken.map(({ id, message }) => `${id} ${message}`));
    expect(different.size).toBe(new Set(server.taken.map(({ id }) => id)).size);
  });
});
