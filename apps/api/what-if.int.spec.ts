import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});
afterAll(() => bench.stop());

/** A customer of its own with an account that holds the story's offer from today on: 17 days of July, 10.97 - 2.74. */
const newHolder = async () => {
  const { offerId, mainProductId } = story;
  const created = { contact: { name: "Jane" }, currency: "USD" };
  const { id: customerId } = await client.run("createCustomer", created);
  const opened = { customerId, identifier: randomUUID(), mainProductId };
  const { id: accountId } = await client.run("openAccount", opened);
  const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
  return { customerId, accountId, commitmentId };
};

const LINES = "kind fee discount net days";
const WHOLE = `events { type } commitment { statusBefore statusAfter discountEndBefore discountEndAfter }
  runningPeriod { period { from until } currency totalBefore totalAfter
    linesBefore { ${LINES} } linesAfter { ${LINES} causes commitment { start } } }
  penalty { total currency lines { kind net from description } }`;

interface Shown {
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
  readonly runningPeriod: { readonly linesAfter: readonly { readonly causes: readonly string[] }[] };
}

describe("a preview", () => {
  it("of a termination shows the shorter period and its penalty", async () => {
    const { commitmentId } = await newHolder();
    const preview = (await client.previewed("terminateCommitment", { commitmentId }, WHOLE)) as Shown;
    expect(preview).toMatchObject({
      events: [{ type: "CommitmentTerminated" }],
      commitment: {
        statusBefore: "ACTIVE",
        statusAfter: "ACTIVE",
        discountEndBefore: "2022-07-15",
        discountEndAfter: "2022-07-15",
      },
      runningPeriod: {
        period: { from: "2020-07-01", until: "2020-07-31" },
        currency: "USD",
        totalBefore: "8.23",
        linesBefore: [{ kind: "RECURRING", net: "8.23", days: 17 }],
        totalAfter: "0.65",
        linesAfter: [
          { kind: "RECURRING", fee: "0.65", discount: "0.16", net: "0.49", days: 1 },
          { kind: "PENALTY", net: "0.16" },
        ],
      },
      penalty: {
        total: "0.16",
        currency: "USD",
        lines: [{ kind: "PENALTY", net: "0.16", from: "2020-07-15", description: "Early termination: Turbo" }],
      },
    });
    // Causes are events of the log: the previewed one is none.
    for (const { causes } of preview.runningPeriod.linesAfter) expect(causes).toHaveLength(1);
  });

  it("of a termination to come shows the penalty of a later period", async () => {
    const { commitmentId } = await newHolder();
    const input = { commitmentId, effectiveOn: "2020-09-30", waivePenalty: "Goodwill" };
    expect(await client.previewed("terminateCommitment", input, WHOLE)).toMatchObject({
      runningPeriod: { totalBefore: "8.23", totalAfter: "8.23" },
      penalty: {
        total: "0.00",
        lines: [
          { kind: "PENALTY", net: "12.74", from: "2020-09-30" },
          { kind: "PENALTY_WAIVED", net: "-12.74", from: "2020-09-30" },
        ],
      },
    });
  });

  it("of a pause shows how the discount end date moves", async () => {
    const { commitmentId } = await newHolder();
    const input = { commitmentId, from: "2020-07-20", until: "2020-08-08" };
    expect(await client.previewed("pauseCommitment", input, WHOLE)).toMatchObject({
      events: [{ type: "PauseScheduled" }],
      commitment: { discountEndBefore: "2022-07-15", discountEndAfter: "2022-08-04" },
      runningPeriod: { totalBefore: "8.23", totalAfter: "2.42", linesAfter: [{ days: 5 }] },
      penalty: null,
    });
  });

  it("shows the coming invoices that it changes, through the shift of the discount end date", async () => {
    const { commitmentId } = await newHolder();
    const invoice = "invoiceOn currency totalBefore totalAfter";
    const selection = `runningPeriod { ${invoice} } giversComingPeriods { laterToo }
      comingPeriods { laterToo periods { period { from until } ${invoice} linesBefore { net } linesAfter { net days } } }`;
    const whole = [{ net: "15.00" }];
    const row = (month: string, until: string, invoiceOn: string, totalBefore: string, totalAfter: string) => ({
      period: { from: `${month}-01`, until: `${month}-${until}` },
      ...{ invoiceOn, currency: "USD", totalBefore, totalAfter },
    });
    const paused = { commitmentId, from: "2020-08-01", until: "2020-09-30" };
    expect(await client.previewed("pauseCommitment", paused, selection)).toEqual({
      runningPeriod: { invoiceOn: "2020-08-01", currency: "USD", totalBefore: "8.23", totalAfter: "8.23" },
      comingPeriods: {
        periods: [
          { ...row("2020-08", "31", "2020-09-01", "15.00", "0.00"), linesBefore: whole, linesAfter: [] },
          { ...row("2020-09", "30", "2020-10-01", "15.00", "0.00"), linesBefore: whole, linesAfter: [] },
          {
            ...row("2022-07", "31", "2022-08-01", "17.74", "15.00"),
            linesBefore: [{ net: "6.77" }, { net: "10.97" }],
            linesAfter: [{ net: "15.00", days: 31 }],
          },
          {
            ...row("2022-08", "31", "2022-09-01", "20.00", "15.00"),
            linesBefore: [{ net: "20.00" }],
            linesAfter: [{ net: "15.00", days: 31 }],
          },
          {
            ...row("2022-09", "30", "2022-10-01", "20.00", "17.83"),
            linesBefore: [{ net: "20.00" }],
            linesAfter: [
              { net: "6.50", days: 13 },
              { net: "11.33", days: 17 },
            ],
          },
        ],
        laterToo: false,
      },
      giversComingPeriods: null,
    });
    const rows = "comingPeriods { laterToo periods { invoiceOn totalAfter } }";
    const { comingPeriods } = (await client.previewed("terminateCommitment", { commitmentId }, rows)) as {
      comingPeriods: { laterToo: boolean; periods: readonly { invoiceOn: string; totalAfter: string }[] };
    };
    expect([comingPeriods.periods.length, comingPeriods.periods[0], comingPeriods.laterToo]).toEqual([
      24,
      { invoiceOn: "2020-09-01", totalAfter: "0.00" },
      true,
    ]);
    // Nothing of them is recorded, but what the command then records makes them.
    await client.run("pauseCommitment", paused);
    expect(
      await client.previewed("pauseCommitment", { ...paused, from: "2021-08-01", until: "2021-08-31" }, rows),
    ).toEqual({
      comingPeriods: {
        periods: [
          { invoiceOn: "2021-09-01", totalAfter: "0.00" },
          { invoiceOn: "2022-10-01", totalAfter: "15.00" },
          { invoiceOn: "2022-11-01", totalAfter: "17.74" },
        ],
        laterToo: false,
      },
    });
  });

  it("of an assignment shows a commitment that is not there yet", async () => {
    const { accountId } = await newHolder();
    const input = { accountId, offerId: story.offerId };
    const selection = `commitment { id statusBefore statusAfter discountEndBefore discountEndAfter }
      runningPeriod { totalBefore totalAfter linesAfter { commitment { id } } }`;
    const preview = (await client.previewed("assignOffer", input, selection)) as { commitment: { id: string } };
    expect(preview).toMatchObject({
      commitment: {
        statusBefore: null,
        statusAfter: "ACTIVE",
        discountEndBefore: null,
        discountEndAfter: "2022-07-15",
      },
      runningPeriod: { totalBefore: "8.23", totalAfter: "16.46" },
    });
    // Its id is made up: another preview shows another one, and nothing is found by it.
    const again = (await client.previewed("assignOffer", input, selection)) as { commitment: { id: string } };
    expect(again.commitment.id).not.toBe(preview.commitment.id);
    expect(await client.query(`{ commitment(id: "${preview.commitment.id}") { id } }`)).toEqual({ commitment: null });
  });

  it("of a rate, a suspension and a class shows the period's invoice", async () => {
    const { customerId } = await newHolder();
    const period = "commitment { id } penalty { total } runningPeriod { totalBefore totalAfter linesAfter { net } }";
    const rate = { customerId, rate: "50" };
    expect(await client.previewed("setSubscriptionDiscountRate", rate, period)).toEqual({
      commitment: null,
      penalty: null,
      runningPeriod: { totalBefore: "8.23", totalAfter: "5.49", linesAfter: [{ net: "5.49" }] },
    });
    expect(await client.previewed("suspendCustomer", { customerId, reason: "Lost phone" }, period)).toMatchObject({
      runningPeriod: { totalBefore: "8.23", totalAfter: "0.00", linesAfter: [] },
    });
    const { id: customerClassId } = await client.run("defineCustomerClass", { name: "Dear", rounding: "UP" });
    expect(await client.previewed("setCustomerClass", { customerId, customerClassId }, period)).toMatchObject({
      runningPeriod: { totalBefore: "8.23", totalAfter: "8.22" },
    });
  });

  it("of a closing shows the penalties of all that it ends", async () => {
    const { customerId, accountId } = await newHolder();
    const { id: second } = await client.run("assignOffer", { accountId, offerId: story.offerId });
    const selection = "commitment { id } penalty { total lines { net } } runningPeriod { totalAfter }";
    const both = { penalty: { total: "0.32", lines: [{ net: "0.16" }, { net: "0.16" }] } };
    expect(await client.previewed("closeCustomer", { customerId }, selection)).toMatchObject(both);
    expect(await client.previewed("closeAccount", { accountId }, selection)).toEqual({
      ...both,
      commitment: null,
      runningPeriod: { totalAfter: "1.30" },
    });
    await client.run("terminateCommitment", { commitmentId: second });
    // On the same day, the closing counts.
    expect(await client.previewed("closeAccount", { accountId }, selection)).toMatchObject(both);
  });

  it("of anything else shows events, personal data among them", async () => {
    const input = { contact: { name: "Joe" }, currency: "USD" };
    const preview = (await client.previewed("createCustomer", input, `${WHOLE} data: events { data }`)) as {
      data: { data: unknown }[];
    };
    expect(preview).toMatchObject({ commitment: null, runningPeriod: null, penalty: null });
    expect(preview.data[0]?.data).toMatchObject({ currency: "USD", personal: { name: "Joe" } });
    const { customerId, mainProductId } = story;
    const opened = { customerId, identifier: "never opened", mainProductId };
    expect(await client.previewed("openAccount", opened, WHOLE)).toEqual({
      events: [{ type: "IdentifierReserved" }, { type: "AccountOpened" }],
      commitment: null,
      runningPeriod: null,
      penalty: null,
    });
    // It reserved nothing.
    await client.run("openAccount", opened);
    expect((await client.preview("openAccount", { ...opened })).errors[0]?.extensions).toEqual({
      code: "IDENTIFIER_TAKEN",
      field: "identifier",
      inputPath: ["command", "openAccount", "identifier"],
    });
  });

  it("says in sentences what will happen, and a history in the past once it has", async () => {
    const { customerId, commitmentId } = await newHolder();
    const said = async (name: string, input: object) => {
      const selection = "events { effectiveOn en: sentence it: sentence(language: IT) }";
      const { events } = (await client.previewed(name, input, selection)) as {
        events: { effectiveOn: string; en: string; it: string }[];
      };
      return events.map(({ effectiveOn, en, it }) => [effectiveOn, en, it]);
    };
    const paused = { commitmentId, from: "2020-08-01", until: "2020-09-30" };
    expect(await said("pauseCommitment", paused)).toEqual([
      [
        "2020-08-01",
        "The commitment will be paused: 1 Aug – 30 Sep 2020.",
        "L’impegno sarà in pausa: 1 ago – 30 set 2020.",
      ],
    ]);
    // Amounts are in the customer's currency, whatever the command is about.
    expect(await said("terminateCommitment", { commitmentId, effectiveOn: "2020-09-30" })).toEqual([
      [
        "2020-09-30",
        "The commitment will be terminated: 30 Sep 2020 is the last charged day, with a penalty of $12.74 as known now.",
        "L’impegno sarà terminato: il 30 set 2020 è l’ultimo giorno addebitato, con una penale di 12,74\u00a0USD per quanto noto ora.",
      ],
    ]);
    const payment = { customerId, amount: "12.50", reference: "a bank's", valueOn: "2020-07-15" };
    expect(await said("recordPayment", payment)).toEqual([
      [
        "2020-07-15",
        "A payment of $12.50 by bank transfer will be recorded, of 15 Jul 2020.",
        "Sarà registrato un pagamento di 12,50\u00a0USD (bonifico), del 15 lug 2020.",
      ],
    ]);
    expect(await said("changeCreditLimit", { customerId, creditLimit: "7" })).toEqual([
      ["2020-07-15", "The credit limit will be $7.00.", "Il limite di credito sarà di 7,00\u00a0USD."],
    ]);
    // What the command makes is called by the name that it gets.
    expect(
      await said("openAccount", { customerId, identifier: "made up", mainProductId: story.mainProductId }),
    ).toEqual([
      [
        "2020-07-15",
        "An identifier will be reserved for the account “made up”.",
        "Un identificativo sarà riservato all’account «made up».",
      ],
      [
        "2020-07-15",
        "The account “made up” will be opened, with the main product “Smart”.",
        "L’account «made up» sarà aperto, con il prodotto principale «Smart».",
      ],
    ]);

    await client.run("pauseCommitment", paused);
    const query = `{ commitment(id: "${commitmentId}") { history(first: 1) { edges { node { summary } } } } }`;
    expect(await client.query(query)).toEqual({
      commitment: { history: { edges: [{ node: { summary: "A pause was ordered: 1 Aug – 30 Sep 2020." } }] } },
    });
  });

  it("of what changes nothing has no event, and the invoice as it is", async () => {
    const { customerId } = await newHolder();
    expect(await client.previewed("changeCreditLimit", { customerId, creditLimit: "0" }, WHOLE)).toMatchObject({
      events: [],
      commitment: null,
      penalty: null,
      runningPeriod: { totalBefore: "8.23", totalAfter: "8.23" },
    });
  });

  it("takes no key, and shows what the command would do now, however often", async () => {
    const { customerId } = story;
    const input = { customerId, creditLimit: "7" };
    const changed = [{ type: "CustomerCreditLimitChanged" }];
    for (let turn = 0; turn < 2; turn += 1) {
      expect(((await client.previewed("changeCreditLimit", input)) as Shown).events).toMatchObject(changed);
    }
    await client.run("changeCreditLimit", input);
    expect(((await client.previewed("changeCreditLimit", input)) as Shown).events).toEqual([]);
    const { errors } = await client.preview("changeCreditLimit", { ...input, idempotencyKey: "k" });
    expect(errors[0]?.message).toContain('"idempotencyKey" is not defined by type "ChangeCreditLimitPreviewInput"');
  });

  it("answers a refusal as the command does, with its own way to the field", async () => {
    const { commitmentId } = await newHolder();
    const { customerId } = story;
    const refusals: [string, object][] = [
      ["terminateCommitment", { commitmentId: randomUUID() }],
      ["terminateCommitment", { commitmentId, effectiveOn: "2020-06-30" }],
      ["pauseCommitment", { commitmentId, from: "2020-08-10", until: "2020-08-01" }],
      ["resumeCommitment", { commitmentId }],
      ["closeCustomer", { customerId: "no id" }],
      ["closeCustomer", { customerId, effectiveOn: "2020-07-16" }],
      ["definePlan", { name: "x", currency: "USD", recurringFees: [] }],
      ["changeCustomerBilling", { customerId, timeZone: "Mars" }],
      ["changeCreditLimit", { customerId, creditLimit: "-7" }],
      ["setTestClock", { at: "2021-01-01T00:00:00Z" }],
    ];
    for (const [name, input] of refusals) {
      const [previewed, sent] = [await client.preview(name, input), await client.send(name, input)];
      const [error] = sent.errors;
      const [, ...field] = error?.extensions.inputPath ?? [];
      expect(error?.extensions.inputPath).toEqual(["input", ...field]);
      expect(previewed.errors.map(({ message, extensions }) => [message, extensions])).toEqual([
        [error?.message, { ...error?.extensions, inputPath: ["command", name, ...field] }],
      ]);
    }
  });

  it("is of exactly one command", async () => {
    const one = { customerId: story.customerId };
    const query = "query ($command: PreviewCommand!) { preview(command: $command) { events { type } } }";
    const several = { closeCustomer: one, unsuspendCustomer: one };
    for (const command of [{}, { closeCustomer: null }, several, { ...several, unsuspendCustomer: null }]) {
      const { data, errors } = await client.ask(query, { command });
      expect(data).toBeNull();
      expect(errors[0]?.message).toMatch(/Exactly one key must be specified|must be non-null/);
    }
    const literal = "{ preview(command: { }) { events { type } } }";
    expect((await client.ask(literal)).errors).toMatchObject([
      { message: 'OneOf Input Object "PreviewCommand" must specify exactly one key.' },
    ]);
    expect((await client.ask(query, { command: { closeCustomer: one } })).errors).toEqual([]);
  });
});

describe("what leaving costs", () => {
  const costsOf = async (commitmentId: string, argument = "") => {
    const data = await client.query(
      `query ($id: ID!) { commitment(id: $id) { leavingCosts${argument} { on early total lines { kind net } } } }`,
      { id: commitmentId },
    );
    return (data as { commitment: { leavingCosts: { on: string; early: boolean; total: string }[] } }).commitment
      .leavingCosts;
  };

  it("is answered for the last day of the present and each coming month", async () => {
    const { commitmentId } = await newHolder();
    expect(await costsOf(commitmentId, "(months: 3)")).toEqual([
      { on: "2020-07-31", early: true, total: "2.74", lines: [{ kind: "PENALTY", net: "2.74" }] },
      { on: "2020-08-31", early: true, total: "7.74", lines: [{ kind: "PENALTY", net: "7.74" }] },
      { on: "2020-09-30", early: true, total: "12.74", lines: [{ kind: "PENALTY", net: "12.74" }] },
    ]);
    expect(await costsOf(commitmentId)).toHaveLength(24);
    const all = await costsOf(commitmentId, "(months: 60)");
    expect(all).toHaveLength(25);
    expect(all.at(-2)).toMatchObject({ on: "2022-06-30", early: true, total: "117.74" });
    expect(all.at(-1)).toEqual({ on: "2022-07-31", early: false, total: "0.00", lines: [] });
  });

  it("is what the termination then previews", async () => {
    const { commitmentId } = await newHolder();
    const [first] = await costsOf(commitmentId, "(months: 1)");
    const ended = { commitmentId, effectiveOn: "2020-07-31" };
    const { penaltyPreview } = await client.run("terminateCommitment", ended, "penaltyPreview { total }");
    expect(penaltyPreview).toEqual({ total: first?.total });
  });

  it("is for 1 to 60 months, and nothing for what has ended", async () => {
    const { commitmentId, customerId } = await newHolder();
    for (const months of [0, 61]) {
      const { errors } = await client.ask(
        `{ commitment(id: "${commitmentId}") { leavingCosts(months: ${months}) { on } } }`,
      );
      expect(errors[0]?.extensions).toEqual({ code: "VALIDATION_FAILED", field: "months", inputPath: ["months"] });
    }
    await client.run("closeCustomer", { customerId });
    expect(await costsOf(commitmentId)).toEqual([]);
  });
});
