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
  const { invoices: told } = (await client.query(
    `{ invoices(filter: { issuedFrom: "2020-11-01" }) { edges { node { lines(last: 1) { edges { node {
       explanation { entries { summary } } } } } } } } }`,
  )) as {
    invoices: { edges: { node: { lines: { edges: { node: { explanation: { entries: unknown } } }[] } } }[] };
  };
  expect(told.edges.flatMap(({ node }) => node.lines.edges.map((edge) => edge.node.explanation.entries))).toEqual([
    [
      { summary: "The offer “Turbo 1 GB” was assigned to the account “12012555215”, from 1 Mar 2019 on." },
      {
        summary:
          "The commitment was terminated: 31 Oct 2020 is the last charged day, with a penalty of $100.00 as known then.",
      },
    ],
  ]);
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

it("says why an account is open, what an invoice is left with, and what is left of credit", async () => {
  const money = `{ accounts { edges { node { status statusExplanation ${REASONS} } } } balance balanceExplanation ${REASONS}
    invoices(first: 2) { edges { node { id state openAmount stateExplanation ${REASONS} } } } }`;
  interface Money {
    readonly accounts: { readonly edges: readonly { readonly node: { readonly statusExplanation: Reasons } }[] };
    readonly balance: string;
    readonly balanceExplanation: Reasons;
    readonly invoices: {
      readonly edges: readonly {
        readonly node: {
          readonly id: string;
          readonly state: string;
          readonly openAmount: string;
          readonly stateExplanation: Reasons;
        };
      }[];
    };
  }
  const { commitment } = (await client.query(`query ($id: ID!) { commitment(id: $id) { customer { id } } }`, {
    id: commitmentId,
  })) as { commitment: { customer: { id: string } } };
  const { id: customerId } = commitment.customer;
  const asked = async () =>
    ((await client.query(`query ($id: ID!) { customer(id: $id) ${money} }`, { id: customerId })) as { customer: Money })
      .customer;
  const states = ({ invoices }: Money) =>
    invoices.edges.map(({ node }) => [node.state, node.openAmount, node.stateExplanation] as const);
  const facts = ({ value, steps, events, en }: Reasons) => ({
    value,
    left: steps.find(({ what }) => what === "LEFT_TO_PAY")?.value,
    events: events.map(({ type }) => type),
    en,
  });

  const before = await asked();
  expect(before.accounts.edges.map(({ node }) => node)).toMatchObject([
    {
      status: "OPEN",
      statusExplanation: {
        value: "OPEN",
        events: [{ type: "AccountOpened" }],
        en: ["The account was opened on 1 March 2019."],
        it: ["L’account è stato aperto il 1 marzo 2019."],
      },
    },
  ]);
  // 285.00 paid the nineteen oldest.
  expect(states(before).map(([state, open, why]) => [state, open, facts(why)])).toEqual([
    [
      "UNPAID",
      "115.00",
      {
        value: "UNPAID",
        left: "115.00",
        events: ["InvoiceSealed", "NumbersAssigned"],
        en: ["The invoice is of $115.00.", "That leaves $115.00 to pay.", "It is to be paid by 15 November 2020."],
      },
    ],
    [
      "PAID",
      "0.00",
      {
        value: "PAID",
        left: "0.00",
        events: ["NumbersAssigned", "PaymentRecorded"],
        en: ["The invoice is of $15.00.", "Payments took $15.00 off it.", "That leaves nothing to pay."],
      },
    ],
  ]);
  expect([before.balance, facts(before.balanceExplanation)]).toEqual([
    "0.00",
    { value: "0.00", left: undefined, events: [], en: ["No credit is left that is not used."] },
  ]);

  await client.run("recordPayment", { customerId, amount: "120.00" });
  const { customer: paying } = (await client.query(
    `query ($id: ID!) { customer(id: $id) { payments(first: 1) { edges { node { id } } } } }`,
    { id: customerId },
  )) as { customer: { payments: { edges: { node: { id: string } }[] } } };
  const [last] = before.invoices.edges;
  const after = await asked();
  expect([after.balance, facts(after.balanceExplanation)]).toEqual([
    "5.00",
    {
      value: "5.00",
      left: undefined,
      events: ["PaymentRecorded"],
      en: ["Of the payment of $120.00 on 3 November 2020, $5.00 are not used yet.", "That is $5.00 in your favour."],
    },
  ]);
  await client.run("recordRefund", { customerId, amount: "5.00" });
  await client.run("reversePayment", { paymentId: paying.payments.edges[0]?.node.id, reason: "bounced" });
  const owed = await asked();
  expect([owed.balance, facts(owed.balanceExplanation)]).toEqual([
    "-5.00",
    {
      value: "-5.00",
      left: "115.00",
      events: expect.arrayContaining(["PaymentReversed", "RefundRecorded"]) as unknown,
      en: ["$115.00 are left to pay of your invoices.", "You owe $120.00 in all: $5.00 more than your invoices."],
    },
  ]);
  await client.run("voidInvoice", { invoiceId: last?.node.id, reason: "wrong" });
  expect(states(await asked()).map(([state, open, why]) => [state, open, facts(why)])[0]).toEqual([
    "VOID",
    "0.00",
    {
      value: "VOID",
      left: "0.00",
      events: expect.arrayContaining(["CreditNoteSealed"]) as unknown,
      en: ["The invoice is void since 3 November 2020: nothing of it is owed."],
    },
  ]);
});

it("says why lines are foreseen that are on no document yet", async () => {
  const other = await bench.provider("2020-07-01T12:00:00Z");
  const { accountId, offerId, customerId } = await tellStory(other);
  const { id } = (await other.run("assignOffer", { accountId, offerId })) as { id: string };
  await bench.advance(other, "2020-09-10T12:00:00Z");
  await doDaysWork(bench, other, "2020-09-10T12:00:00.000Z");
  const explanation = `explanation { value proof { isEqual } steps { what parent value documentId }
    events { type } en: sentences }`;
  interface Foreseen {
    readonly net: string;
    readonly explanation: {
      readonly value: string;
      readonly proof: null;
      readonly steps: readonly Pick<Step, "what" | "parent" | "value" | "documentId">[];
      readonly events: readonly { readonly type: string }[];
      readonly en: readonly string[];
    };
  }
  const { customer, preview, commitment } = (await other.query(
    `query ($id: ID!, $commitment: ID!) {
       customer(id: $id) { unbilled { lines { net ${explanation} } } invoices { edges { node { id } } } }
       commitment(id: $commitment) { leavingCosts(months: 2) { lines { net ${explanation} } } }
       preview(command: { terminateCommitment: { commitmentId: $commitment, effectiveOn: "2020-09-20" } }) {
         runningPeriod { linesBefore { net ${explanation} } linesAfter { net ${explanation} } }
         comingPeriods { periods { linesBefore { net ${explanation} } linesAfter { net } } }
         penalty { lines { net ${explanation} } } } }`,
    { id: customerId, commitment: id },
  )) as {
    customer: { unbilled: { lines: Foreseen[] }; invoices: { edges: { node: { id: string } }[] } };
    commitment: { leavingCosts: { lines: Foreseen[] }[] };
    preview: {
      runningPeriod: Record<"linesBefore" | "linesAfter", Foreseen[]>;
      comingPeriods: { periods: { linesBefore: Foreseen[]; linesAfter: object[] }[] };
      penalty: { lines: Foreseen[] };
    };
  };
  const issued = customer.invoices.edges.map(({ node }) => node.id);
  const shown = (lines: readonly Foreseen[]) =>
    lines.map(({ net, explanation: { value, proof, steps, events, en } }) => ({
      ...{ net, value, proof },
      given: steps
        .filter(({ what, parent }) => what === "DISCOUNT_GIVEN" && parent === 1)
        .map((step) => step.documentId),
      events: events.map(({ type }) => type),
      last: en.at(-1),
    }));
  const whole = {
    ...{ net: "15.00", value: "15.00", proof: null, given: [], events: ["CommitmentAssigned"] },
    last: "$20.00 less a discount of $5.00 leaves $15.00.",
  };
  // September is on no document: its discount counts, and stands on none.
  const penalty = (net: string) => ({
    ...{ net, value: net, proof: null, events: ["CommitmentAssigned"] },
    last: `They are charged back: $${net} for Turbo.`,
  });
  expect(shown(customer.unbilled.lines)).toEqual([whole]);
  expect(commitment.leavingCosts.map(({ lines }) => shown(lines))).toEqual([
    [{ ...penalty("15.00"), given: [...issued.toReversed(), null] }],
    [{ ...penalty("20.00"), given: [...issued.toReversed(), null, null] }],
  ]);
  expect(shown(preview.runningPeriod.linesBefore)).toEqual([whole]);
  // The termination is not recorded: no step names its event.
  expect(shown(preview.runningPeriod.linesAfter)).toEqual([
    { ...whole, net: "10.00", value: "10.00", last: "$13.33 less a discount of $3.33 leaves $10.00." },
    { ...penalty("13.33"), given: [...issued.toReversed(), null] },
  ]);
  const [october] = preview.comingPeriods.periods;
  expect([shown(october?.linesBefore ?? []), october?.linesAfter]).toEqual([[whole], []]);
  expect(shown(preview.penalty.lines)).toEqual([{ ...penalty("13.33"), given: [...issued.toReversed(), null] }]);
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
