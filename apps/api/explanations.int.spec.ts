import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { projections } from "#read-models/read-models.js";
import { replay } from "#read-models/replay/replay.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let commitmentId: string;

/** E2: 20.00 less 5.00 from 2019-03-01 on for 24 months, terminated on 2020-10-31. */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2019-03-01T12:00:00Z");
  const { accountId, offerId } = await tellStory(client);
  ({ id: commitmentId } = await client.run("assignOffer", { accountId, offerId }));
  await client.run("terminateCommitment", { commitmentId, effectiveOn: "2020-10-31" });
  await bench.advance(client, "2020-11-01T12:00:00Z");
  await doDaysWork(bench, client, "2020-11-01T12:00:00.000Z");
});
afterAll(() => bench.stop());

interface Step {
  readonly index: number;
  readonly parent: number | null;
  readonly what: string;
  readonly value: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly documentId: string | null;
  readonly line: number | null;
  readonly eventIds: readonly string[];
}
interface Explained {
  readonly kind: string;
  readonly net: string;
  readonly explanation: {
    readonly proof: { readonly isEqual: boolean; readonly recomputedNet: string };
    readonly steps: readonly Step[];
    readonly events: readonly { readonly id: string; readonly type: string; readonly effectiveOn: string }[];
    readonly en: readonly string[];
    readonly it: readonly string[];
  };
}

const OF_INVOICE = `{ total lines { edges { node {
  kind net explanation { proof { isEqual recomputedNet }
    steps { index parent what value from until documentId line eventIds }
    events { id type actor role recordedAt effectiveOn }
    en: sentences it: sentences(language: IT) } } } } }`;
const LAST_INVOICE = `{ invoices(filter: { issuedFrom: "2020-11-01" }) { edges { node ${OF_INVOICE} } } }`;

const linesOfLast = async (): Promise<{ total: string; lines: Explained[] }> => {
  const { invoices } = (await client.query(LAST_INVOICE)) as {
    invoices: { edges: { node: { total: string; lines: { edges: { node: Explained }[] } } }[] };
  };
  const [invoice] = invoices.edges;
  if (!invoice) throw new Error("the invoice of E2 was issued");
  return { total: invoice.node.total, lines: invoice.node.lines.edges.map(({ node }) => node) };
};

it("says why the invoice of E2 is 115.00: twenty discounts with their dates, invoices and events", async () => {
  const { total, lines } = await linesOfLast();
  expect(total).toBe("115.00");
  expect(lines.map(({ kind, net, explanation: { proof } }) => ({ kind, net, proof }))).toEqual([
    { kind: "RECURRING", net: "15.00", proof: { isEqual: true, recomputedNet: "15.00" } },
    { kind: "PENALTY", net: "100.00", proof: { isEqual: true, recomputedNet: "100.00" } },
  ]);
  const penalty = lines[1]?.explanation;
  const given = penalty?.steps.filter(({ what, parent }) => what === "DISCOUNT_GIVEN" && parent === 1) ?? [];
  const { invoices } = (await client.query(
    `{ invoices(first: 50) { edges { node { id period { from until } } } } }`,
  )) as {
    invoices: { edges: { node: { id: string; period: { from: string; until: string } } }[] };
  };
  const [assigned] = penalty?.events.filter(({ type }) => type === "CommitmentAssigned") ?? [];
  // The twentieth is on the invoice that is explained: it is not issued yet where it counts.
  expect(
    given.map(({ value, from, until, documentId, line, eventIds }) => ({
      value,
      from,
      until,
      documentId,
      line,
      eventIds,
    })),
  ).toEqual(
    invoices.edges.map(({ node: { id, period } }, place) => ({
      value: "5.00",
      ...period,
      documentId: place < 19 ? id : null,
      line: place < 19 ? 1 : null,
      eventIds: [assigned?.id],
    })),
  );
  expect(penalty?.events.map(({ type, effectiveOn }) => ({ type, effectiveOn }))).toEqual([
    { type: "CommitmentAssigned", effectiveOn: "2019-03-01" },
    { type: "CommitmentTerminated", effectiveOn: "2020-10-31" },
  ]);
});

it("says it in sentences, in English and Italian", async () => {
  const { lines } = await linesOfLast();
  expect(lines.map(({ explanation: { en, it: italian } }) => ({ en, it: italian }))).toEqual([
    {
      en: [
        "The fee for Turbo is $20.00 for the whole of October 2020.",
        "Your commitment gives a discount of $5.00 for a whole billing period; 28 February 2021 is its last day.",
        "$20.00 less a discount of $5.00 leaves $15.00.",
      ],
      it: [
        "Il canone di Turbo è di 20,00\u00a0USD per l’intero periodo: ottobre 2020.",
        "Il vostro impegno dà uno sconto di 5,00\u00a0USD per un intero periodo di fatturazione; ultimo giorno: 28 febbraio 2021.",
        "20,00\u00a0USD meno uno sconto di 5,00\u00a0USD fa 15,00\u00a0USD.",
      ],
    },
    {
      en: [
        "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
        "While it lasted, you were given these discounts: 20 times $5.00, from 1 March 2019 to 31 October 2020. That is $100.00 in all.",
        "They are charged back: $100.00 for Turbo.",
      ],
      it: [
        "Il vostro impegno è terminato in anticipo: ultimo giorno 31 ottobre 2020, mentre lo sconto era concordato fino al 28 febbraio 2021.",
        "Finché è durato avete goduto di questi sconti: 20 volte 5,00\u00a0USD, da 1 marzo 2019 a 31 ottobre 2020. In tutto 100,00\u00a0USD.",
        "Sono riaddebitati: 100,00\u00a0USD per Turbo.",
      ],
    },
  ]);
});

interface Reasons {
  readonly value: string;
  readonly steps: readonly Pick<Step, "what" | "value">[];
  readonly events: readonly { readonly type: string }[];
  readonly en: readonly string[];
  readonly it: readonly string[];
}
const REASONS = `{ value steps { what value } events { type } en: sentences it: sentences(language: IT) }`;

it("says why a discount ends when it does, why a status is so, and what a balance due consists of", async () => {
  const { commitment } = (await client.query(
    `query ($id: ID!) { commitment(id: $id) { customer { id } status discountEndDate
       discountEndExplanation ${REASONS} statusExplanation ${REASONS} } }`,
    { id: commitmentId },
  )) as {
    commitment: Readonly<Record<"discountEndExplanation" | "statusExplanation", Reasons>> & {
      readonly customer: { readonly id: string };
    };
  };
  const customerId = commitment.customer.id;
  expect(commitment).toEqual({
    customer: { id: customerId },
    status: "TERMINATED",
    discountEndDate: "2021-03-01",
    discountEndExplanation: {
      value: "2021-03-01",
      steps: [{ what: "DISCOUNT_END_SET", value: "2021-03-01" }],
      events: [{ type: "CommitmentAssigned" }],
      en: ["The discount was agreed until 28 February 2021.", "The last day with the discount is 28 February 2021."],
      it: [
        "Lo sconto era concordato fino al 28 febbraio 2021.",
        "L’ultimo giorno con lo sconto è il 28 febbraio 2021.",
      ],
    },
    statusExplanation: {
      value: "TERMINATED",
      steps: [
        { what: "STATUS", value: "TERMINATED" },
        { what: "LAST_CHARGED_DAY", value: "2020-10-31" },
      ],
      events: [{ type: "CommitmentTerminated" }],
      en: ["The commitment has ended: 31 October 2020 was its last day."],
      it: ["L’impegno è terminato: ultimo giorno 31 ottobre 2020."],
    },
  });
  await bench.advance(client, "2020-11-03T12:00:00Z");
  await client.run("recordPayment", { customerId, amount: "285.00" });
  const { then, now } = (await client.query(
    `query ($id: ID!) {
       then: customer(id: $id, asOf: { day: "2020-11-02" }) { ...money }
       now: customer(id: $id) { ...money }
     }
     fragment money on Customer { balanceDue balanceDueExplanation ${REASONS} statusExplanation ${REASONS} }`,
    { id: customerId },
  )) as Record<"then" | "now", Record<"balanceDueExplanation", Reasons> & { readonly balanceDue: string }>;
  expect([then.balanceDue, now.balanceDue]).toEqual(["400.00", "115.00"]);
  const groups = ({ steps }: Reasons) => steps.filter(({ what }, place) => what !== steps[place - 1]?.what);
  expect(groups(then.balanceDueExplanation)).toEqual([
    { what: "BALANCE_DUE", value: "400.00" },
    { what: "INVOICED", value: "400.00" },
  ]);
  expect(groups(now.balanceDueExplanation)).toEqual([
    { what: "BALANCE_DUE", value: "115.00" },
    { what: "INVOICED", value: "400.00" },
    { what: "PAID", value: "-285.00" },
  ]);
  expect(now.balanceDueExplanation.events.map(({ type }) => type)).toContain("PaymentRecorded");
  expect(now).toMatchObject({
    balanceDueExplanation: {
      en: ["20 invoices of $400.00 in all.", "1 payment of $285.00 in all.", "That leaves $115.00 to pay."],
      it: [
        "20 fatture per 400,00\u00a0USD in tutto.",
        "1 pagamento per 285,00\u00a0USD in tutto.",
        "Restano da pagare 115,00\u00a0USD.",
      ],
    },
    statusExplanation: { value: "ACTIVE", events: [], en: ["Nothing blocks the service."] },
  });
});

it("says the same as of the day before, and after every read model was rebuilt", async () => {
  const before = await linesOfLast();
  const { invoices } = (await client.query(
    `{ invoices(filter: { issuedFrom: "2020-11-01" }) { edges { node { id } } } }`,
  )) as { invoices: { edges: { node: { id: string } }[] } };
  const { invoice } = (await client.query(
    `query ($id: ID!) { invoice(id: $id, asOf: { day: "2020-11-02" }) ${OF_INVOICE} }`,
    { id: invoices.edges[0]?.node.id },
  )) as { invoice: { total: string; lines: { edges: { node: Explained }[] } } };
  expect({ ...invoice, lines: invoice.lines.edges.map(({ node }) => node) }).toEqual(before);
  const { store, dataSource } = bench;
  const replayed = await replay({
    ...{ store, dataSource, providerId: null, source: "journal", switchIn: true, id: randomUUID(), mostRows: 10 },
    projections: projections.filter(({ name }) => name !== "journal"),
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  expect(replayed).toMatchObject({ switched: true, rows: [] });
  expect(await linesOfLast()).toEqual(before);
});
