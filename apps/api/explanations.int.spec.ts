import { afterAll, beforeAll, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
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

const LAST_INVOICE = `{ invoices(filter: { issuedFrom: "2020-11-01" }) { edges { node { total lines { edges { node {
  kind net explanation { proof { isEqual recomputedNet }
    steps { index parent what value from until documentId line eventIds }
    events { id type actor role recordedAt effectiveOn }
    en: sentences it: sentences(language: IT) } } } } } } } }`;

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
