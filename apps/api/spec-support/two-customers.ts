import { randomUUID } from "node:crypto";
import { tellStory } from "#application/spec-support/story.js";
import { keepCallProgress } from "#read-models/voice/call-progress.js";
import { type Bench } from "./bench.js";
import { type Client } from "./client.js";
import { doDaysWork } from "./days-work.js";

/** What belongs to a customer: its ids by kind, and the texts that name something of it. */
export interface Belongings {
  readonly customerId: string;
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly texts: readonly string[];
}

export interface TwoCustomers {
  readonly ann: Belongings;
  readonly bob: Belongings;
  /** Held by Ann until July 10, by Bob since; and the other way round. */
  readonly given: string;
  readonly received: string;
}

const TODAY = "2020-09-02T12:00:00.000Z";

/** A call of an account that goes on, and one that failed, as an edge tells them. */
const goesOnAndFails = async (
  { dataSource }: Bench,
  { providerId }: Client,
  { accountId, cli, cld }: { readonly accountId: string | undefined; readonly cli: string; readonly cld: string },
  customerId: string | undefined,
): Promise<void> => {
  const known = {
    edgeId: randomUUID(),
    accountId: accountId ?? null,
    cli,
    callerHidden: false,
    cld,
    redirectedTo: null,
  };
  const at = "2020-09-01T12:00:00.000Z";
  await keepCallProgress(dataSource, providerId ?? "", {
    started: [
      {
        ...{ ...known, id: randomUUID(), customerId: customerId ?? null, answered: at, authorised: "LIVE" },
        ...{ maxSeconds: 60, overdueAt: at },
      },
    ],
    ended: [],
    failed: [{ ...known, id: randomUUID(), came: at, failed: at, toldAt: at, sipCode: 486, reason: "CALLED_SIDE" }],
  });
};

/**
 * Two customers of a provider that have the same of everything, each with a commitment that the other one had before:
 * July and August are billed, and something was paid, paid back and credited. Told of two providers, identifiers,
 * references and numbers are the same.
 */
export const tellTwoCustomers = async (bench: Bench, client: Client): Promise<TwoCustomers> => {
  const { offerId, mainProductId, customerId: annId, accountId: annsAccount } = await tellStory(client, "ann-line");
  const contact = { name: "Bob Bobson", email: "bob@bob.example", phone: "0211 7654321" };
  const { id: bobId } = await client.run("createCustomer", { contact, currency: "USD" });
  const opened = { customerId: bobId, identifier: "bob-line", mainProductId };
  const { id: bobsAccount } = await client.run("openAccount", opened);
  await client.run("addAlias", { accountId: annsAccount, alias: "ann-alias" });
  await client.run("addAlias", { accountId: bobsAccount, alias: "bob-alias" });
  const assigned = async (accountId: string) => (await client.run("assignOffer", { accountId, offerId })).id;
  const [, given] = [await assigned(annsAccount), await assigned(annsAccount)];
  const [, received] = [await assigned(bobsAccount), await assigned(bobsAccount)];
  await bench.advance(client, TODAY);
  const on = { effectiveOn: "2020-07-10", reason: "Agreed on the phone" };
  await client.run("transferCommitment", { commitmentId: given, toAccountId: bobsAccount, ...on });
  await client.run("transferCommitment", { commitmentId: received, toAccountId: annsAccount, ...on });
  await doDaysWork(bench, client, TODAY);
  const { id: tariffId } = await client.run("defineTariff", { name: "Calls", currency: "USD" });
  for (const [customerId, name, accountId] of [
    [annId, "ann", annsAccount],
    [bobId, "bob", bobsAccount],
  ]) {
    const call = { callId: name, accountId, leg: "IN", tariffId, cli: `${name}-caller`, cld: `${name}-line` };
    await client.run("recordCall", { ...call, answered: "2020-09-01T12:00:00Z", seconds: "4" });
    await goesOnAndFails(bench, client, call, customerId);
    await client.run("recordPayment", { customerId, amount: "200.00", reference: `${name}-paid` });
    await client.run("recordRefund", { customerId, amount: "1.00", reference: `${name}-refunded` });
    await client.run("issueGoodwillCredit", { customerId, amount: "2.00", reason: `Sorry, ${name}` });
  }
  await doDaysWork(bench, client, TODAY);
  return {
    ann: await belongings(client, annId, ["ann-"]),
    bob: await belongings(client, bobId, ["bob", "Bob"]),
    given,
    received,
  };
};

const LISTS = ["accounts", "commitments", "invoices", "creditNotes", "payments", "refunds"] as const;

const belongings = async (client: Client, customerId: string, texts: readonly string[]): Promise<Belongings> => {
  const lists = LISTS.map(
    (list) => `${list} { edges { node { id ${list === "invoices" || list === "creditNotes" ? "number" : ""} } } }`,
  );
  const { customer } = (await client.query(`query ($id: ID!) { customer(id: $id) { ${lists.join(" ")} } }`, {
    id: customerId,
  })) as { customer: Record<string, { edges: { node: { id: string; number?: string } }[] }> };
  const nodes = LISTS.map((list) => [list, (customer[list]?.edges ?? []).map(({ node }) => node)] as const);
  return {
    customerId,
    ids: {
      customers: [customerId],
      ...Object.fromEntries(nodes.map(([list, own]) => [list, own.map(({ id }) => id)])),
    },
    texts: [...texts, ...nodes.flatMap(([, own]) => own.flatMap(({ number }) => number ?? []))],
  };
};
