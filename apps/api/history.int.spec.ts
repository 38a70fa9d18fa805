import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let customerId: string;
let accountId: string;
let commitmentId: string;
let offerId: string;
let keyId: string;

/** A commitment that is paused by a key, whose pause begins and ends, and whose invoice is delivered. */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  ({ customerId, accountId, offerId } = await tellStory(client));
  keyId = (await client.run("grantKey", { label: "Call centre", roles: ["CSR"], reason: "Contract 17" })).id;
  const byKey = client.by({
    ...{ actor: `key:${keyId}`, roles: ["csr"], providerId: client.providerId ?? null, customerId: null },
  });
  commitmentId = (await client.run("assignOffer", { accountId, offerId })).id;
  await byKey.run("pauseCommitment", { commitmentId, from: "2020-07-20", until: "2020-07-24", reason: "On a journey" });
  await client.run("setDiscountEnd", {
    commitmentId,
    discountEnd: { kind: "MANUAL", date: "2022-08-31" },
    reason: "Promised on the phone",
  });
  await bench.advance(client, "2020-08-01T12:00:00Z");
  await doDaysWork(bench, client, "2020-08-01T12:00:00.000Z");
  await bench.dataSource.query(
    `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, subject_id, stub, event_id, stream,
                             revision, recorded_at, commit, prepare, place, status, not_before, settled_at)
     SELECT gen_random_uuid(), j.provider_id, i.customer_id, 'EMAIL', 'INVOICE_GENERATED', '2020-08-01', i.id, true,
            j.event_id, j.stream, j.revision, '2020-08-01T12:00:00.000Z', j.commit, j.prepare, 0, 'DELIVERED', now(), now()
       FROM journal j JOIN invoices i ON i.provider_id = j.provider_id
      WHERE j.provider_id = $1 AND j.type = 'NumbersAssigned'`,
    [client.providerId],
  );
});
afterAll(() => bench.stop());

interface Entry {
  readonly type: string;
  readonly summary: string;
  readonly actorName: string;
  readonly reason: string | null;
  readonly changes: readonly { readonly label: string; readonly from: string | null; readonly to: string | null }[];
}
interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Entry }[];
  readonly totalCount: number;
}

const ENTRIES = "totalCount edges { cursor node { type summary actorName reason changes { label from to } } }";

/** The entries of a history, the earliest first, each as a line with what it changed below it. */
const told = ({ edges }: Page): string[] =>
  edges
    .toReversed()
    .flatMap(({ node: { summary, actorName, reason, changes } }) => [
      `${actorName}: ${summary}${reason === null ? "" : ` [${reason}]`}`,
      ...changes.map(({ label, from, to }) => `  ${label}: ${from ?? "-"} > ${to ?? "-"}`),
    ]);

const historyOf = async (kind: string, id: string, args = ""): Promise<Page> => {
  const data = await client.query(`query ($id: ID!) { ${kind}(id: $id) { history${args} { ${ENTRIES} } } }`, { id });
  return (data as Record<string, { history: Page }>)[kind]?.history as Page;
};
const whole = async (args: string): Promise<Page> =>
  ((await client.query(`{ history(${args}) { ${ENTRIES} } }`)) as { history: Page }).history;

describe("the history of a commitment", () => {
  it("tells who did what and why, what it changed, and what took effect by itself", async () => {
    expect(told(await historyOf("commitment", commitmentId))).toMatchInlineSnapshot(`
      [
        "operator with the token of the start: The offer “Turbo 1 GB” was assigned to the account “12012555215”, from 15 Jul 2020 on.",
        "  Offer: - > Turbo 1 GB, revision 1",
        "  Account: - > 12012555215",
        "  Customer: - > John Doe",
        "  First charged day: - > 15 Jul 2020",
        "  Discount end date: - > 15 Jul 2022",
        "  Discount end date set: - > by the discount period",
        "  Recurring fee: - > Turbo: monthly $20.00; discount $5.00 a period",
        "API key “Call centre”: A pause was ordered: 20–24 Jul 2020. [On a journey]",
        "  Discount end date: 15 Jul 2022 > 20 Jul 2022",
        "  Pause: - > 20–24 Jul 2020",
        "operator with the token of the start: The discount end date was set to 31 Aug 2022. [Promised on the phone]",
        "  Discount end date: 20 Jul 2022 > 31 Aug 2022",
        "  Discount end date set: by the discount period > set by hand",
        "the system, as it fell due: The pause began: 20–24 Jul 2020.",
        "the system, as it fell due: The pause is over: charges run from 25 Jul 2020 on.",
      ]
    `);
  });

  it("is told in Italian", async () => {
    expect(told(await historyOf("commitment", commitmentId, "(language: IT)"))).toMatchInlineSnapshot(`
      [
        "operatore con il token di avvio: L’offerta «Turbo 1 GB» è stata assegnata all’account «12012555215», dal 15 lug 2020.",
        "  Offerta: - > Turbo 1 GB, revisione 1",
        "  Account: - > 12012555215",
        "  Cliente: - > John Doe",
        "  Primo giorno addebitato: - > 15 lug 2020",
        "  Fine dello sconto: - > 15 lug 2022",
        "  Fine dello sconto impostata: - > dalla durata dello sconto",
        "  Canone: - > Turbo: mensile 20,00 USD; sconto 5,00 USD a periodo",
        "chiave API «Call centre»: È stata ordinata una pausa: 20–24 lug 2020. [On a journey]",
        "  Fine dello sconto: 15 lug 2022 > 20 lug 2022",
        "  Pausa: - > 20–24 lug 2020",
        "operatore con il token di avvio: La fine dello sconto è stata impostata al 31 ago 2022. [Promised on the phone]",
        "  Fine dello sconto: 20 lug 2022 > 31 ago 2022",
        "  Fine dello sconto impostata: dalla durata dello sconto > manualmente",
        "il sistema, alla scadenza: La pausa è iniziata: 20–24 lug 2020.",
        "il sistema, alla scadenza: La pausa è finita: gli addebiti riprendono dal 25 lug 2020.",
      ]
    `);
  });

  it("is filtered by kind, type, actor and time, and paged", async () => {
    const types = ({ edges }: Page) => edges.map(({ node }) => node.type);
    const filtered = async (filter: string) =>
      types(await historyOf("commitment", commitmentId, `(filter: ${filter})`));
    expect(await filtered("{ kinds: [SIGNAL] }")).toEqual(["PauseEndTookEffect", "PauseStartTookEffect"]);
    expect(await filtered('{ types: ["PauseScheduled", "None"] }')).toEqual(["PauseScheduled"]);
    expect(await filtered(`{ actors: ["key:${keyId}"] }`)).toEqual(["PauseScheduled"]);
    expect(await filtered('{ until: "2020-07-15T12:00:00Z", kinds: [COMMITMENT] }')).toEqual([
      ...["DiscountEndSet", "PauseScheduled", "CommitmentAssigned"],
    ]);
    expect(await filtered("{ kinds: [SIGNAL, RECORD_KEEPING, DELIVERY], essential: true }")).toEqual([
      ...["PauseEndTookEffect", "PauseStartTookEffect"],
    ]);
    expect(await filtered('{ from: "2020-07-16T00:00:00Z", actors: ["local"] }')).toEqual([]);
    const all = await historyOf("commitment", commitmentId);
    const first = await historyOf("commitment", commitmentId, "(first: 2)");
    const rest = await historyOf("commitment", commitmentId, `(after: "${first.edges[1]?.cursor ?? ""}")`);
    expect([...first.edges, ...rest.edges]).toEqual(all.edges);
    expect(first.totalCount).toBe(all.edges.length);
  });
});

describe("a history as of an instant", () => {
  it("ends then", async () => {
    const asked = `{ commitment(id: "${commitmentId}", asOf: { knownAt: "2020-07-15T12:00:00Z" }) { history { ${ENTRIES} } } }`;
    const { commitment } = (await client.query(asked)) as { commitment: { history: Page } };
    const types = commitment.history.edges.map(({ node }) => node.type);
    expect(types).toEqual(["DiscountEndSet", "PauseScheduled", "CommitmentAssigned"]);
    expect(commitment.history.totalCount).toBe(3);
  });
});

describe("the history of an invoice", () => {
  it("tells its pages, its number and what was delivered", async () => {
    const { invoices } = (await client.query("{ invoices { edges { node { id } } } }")) as {
      invoices: { edges: { node: { id: string } }[] };
    };
    expect(told(await historyOf("invoice", invoices.edges[0]?.node.id ?? ""))).toMatchInlineSnapshot(`
      [
        "the system, as it fell due: Page 1 of a document was recorded: 2 lines.",
        "the system, as it fell due: The billing period 1–31 Jul 2020 was closed with the invoice INV-000001 of $5.80, due on 15 Aug 2020.",
        "the system, as it fell due: The invoice got its number: INV-000001.",
        "the system, as it fell due: Mail about the invoice: delivered.",
      ]
    `);
  });
});

describe("the history of a customer and an account", () => {
  it("tells of all that belongs to them", async () => {
    const customer = await historyOf("customer", customerId);
    expect(customer.edges.map(({ node }) => node.type).toReversed()).toMatchInlineSnapshot(`
      [
        "CustomerCreated",
        "AccountOpened",
        "CommitmentAssigned",
        "PauseScheduled",
        "DiscountEndSet",
        "PauseStartTookEffect",
        "PauseEndTookEffect",
        "InvoicePageRecorded",
        "InvoiceSealed",
        "EMAIL.INVOICE_GENERATED",
      ]
    `);
    const essential = await historyOf("customer", customerId, "(filter: { essential: true })");
    expect(essential.edges.map(({ node }) => node.type).toReversed()).toEqual([
      ...["CustomerCreated", "AccountOpened", "CommitmentAssigned", "PauseScheduled", "DiscountEndSet"],
      ...["PauseStartTookEffect", "PauseEndTookEffect", "InvoiceSealed"],
    ]);
    expect(essential.totalCount).toBe(8);
    const account = await historyOf("account", accountId);
    expect(account.edges.map(({ node }) => node.type).toReversed()).toMatchInlineSnapshot(`
      [
        "AccountOpened",
        "CommitmentAssigned",
        "PauseScheduled",
        "DiscountEndSet",
        "PauseStartTookEffect",
        "PauseEndTookEffect",
      ]
    `);
  });
});

describe("the history of a provider", () => {
  it("tells everything, also of one thing alone", async () => {
    expect(told(await whole(`about: "${offerId}"`))).toMatchInlineSnapshot(`
      [
        "operator with the token of the start: The offer “Turbo 1 GB” was put on sale.",
        "  Name: - > Turbo 1 GB",
        "  Currency: - > USD",
        "  Discount period: - > 24 billing periods",
        "  Transfer fee: - > $0.00",
        "  Status: - > on sale",
        "  Recurring fee: - > Turbo, 1 GB; discount $5.00 a period",
      ]
    `);
    expect(told(await whole("filter: { kinds: [KEY] }"))).toMatchInlineSnapshot(`
      [
        "operator with the token of the start: The API key “Call centre” was granted: customer service. [Contract 17]",
        "  Label: - > Call centre",
        "  Role: - > customer service",
        "  Status: - > in force",
      ]
    `);
    const { totalCount } = await whole("first: 1");
    const [counted] = await bench.dataSource.query<{ count: string }[]>(
      `SELECT (SELECT count(*) FROM journal WHERE provider_id = $1) + (SELECT count(*) FROM deliveries WHERE provider_id = $1)
         AS count`,
      [client.providerId],
    );
    expect(totalCount).toBe(Number(counted?.count));
  });

  it("is the same below an item of the catalog", async () => {
    const items = ["plans", "addOnProducts", "mainProducts", "customerClasses", "offers", "volumeDiscountPlans"];
    const data = await client.query(
      `{ ${items.map((name) => `${name} { edges { node { id history { ${ENTRIES} } } } }`).join(" ")} }`,
    );
    const found = Object.values(data as Record<string, { edges: { node: { id: string; history: Page } }[] }>).flatMap(
      ({ edges }) => edges.map(({ node }) => node),
    );
    expect(found.map(({ id }) => id)).toContain(offerId);
    for (const { id, history } of found) {
      expect(history.totalCount).toBeGreaterThan(0);
      expect(history).toEqual(await whole(`about: "${id}"`));
    }
  });

  it("is read from the event store where the journal holds hashes only", async () => {
    const before = await historyOf("commitment", commitmentId);
    const { dataSource } = bench;
    await dataSource.query(
      "CREATE TABLE kept AS SELECT event_id, data FROM journal WHERE stream LIKE '%.commitment-%'",
    );
    await dataSource.query("UPDATE journal SET data = NULL WHERE stream LIKE '%.commitment-%'");
    expect(await historyOf("commitment", commitmentId)).toEqual(before);
    await dataSource.query("UPDATE journal j SET data = k.data FROM kept k WHERE k.event_id = j.event_id");
  });
});
