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

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;

const accepted = (id: string, commitment: object, more: object = {}) => ({
  id,
  position: expect.any(String) as unknown,
  visible: true,
  repeated: false,
  commitment,
  ...more,
});

describe("a discount end date", () => {
  const END = "commitment { status start discountEndDate discountEndKind discountRunning }";
  const active = { status: "ACTIVE", start: "2020-07-15", discountRunning: true };

  it("is copied from another commitment when assigning", async () => {
    const commitmentId = await assigned({ discountEnd: { kind: "MANUAL", date: "2021-01-01" }, reason: "Promised" });
    const input = {
      idempotencyKey: randomUUID(),
      accountId: story.accountId,
      offerId: story.offerId,
      discountEnd: { kind: "SYNCHRONISED", commitmentId },
    };
    const made = await client.run("assignOffer", input, END);
    const end = { discountEndDate: "2021-01-01", discountEndKind: "SYNCHRONISED" };
    expect(made).toEqual(accepted(made.id, { ...active, ...end }));
    expect(await client.run("assignOffer", input, END)).toEqual({ ...made, repeated: true });
  });

  it("runs from the start of what begins later", async () => {
    const { accountId, offerId } = story;
    const made = await client.run("assignOffer", { accountId, offerId, effectiveOn: "2020-09-01" }, END);
    expect(made.commitment).toEqual({
      status: "PENDING",
      start: "2020-09-01",
      discountRunning: false,
      discountEndDate: "2022-09-01",
      discountEndKind: "DEFAULT",
    });
  });

  it("is set by hand, and copied", async () => {
    const commitmentId = await assigned();
    const other = await assigned();
    const byHand = {
      idempotencyKey: randomUUID(),
      commitmentId,
      discountEnd: { kind: "MANUAL", date: "2020-07-16", commitmentId: null },
      reason: "Promised",
    };
    const { reason, ...silent } = byHand;
    expect(await client.refused("setDiscountEnd", silent)).toBe("VALIDATION_FAILED reason");
    const set = await client.run("setDiscountEnd", { ...silent, reason }, END);
    expect(set).toEqual(
      accepted(commitmentId, { ...active, discountEndDate: "2020-07-16", discountEndKind: "MANUAL" }),
    );
    expect(await client.run("setDiscountEnd", byHand, END)).toEqual({ ...set, repeated: true });
    const copy = { commitmentId: other, discountEnd: { kind: "SYNCHRONISED", commitmentId } };
    expect(await client.run("setDiscountEnd", copy, END)).toEqual(
      accepted(other, { ...active, discountEndDate: "2020-07-16", discountEndKind: "SYNCHRONISED" }),
    );
  });
});

describe("a termination", () => {
  const END = `commitment { status terminatedOn terminatedEarly terminationScheduled penaltyWaived discountEndDate }
    penaltyPreview { total currency lines { kind description fee net from } }`;
  const life = { status: "ACTIVE", discountEndDate: "2022-07-15" };
  const none = { terminatedOn: null, terminatedEarly: null, terminationScheduled: false, penaltyWaived: false };
  const on = (terminatedOn: string, penaltyWaived: boolean) => ({
    ...life,
    terminatedOn,
    terminatedEarly: true,
    terminationScheduled: true,
    penaltyWaived,
  });
  const penalty = (from: string, amount: string) => ({
    kind: "PENALTY",
    description: "Early termination: Turbo",
    fee: amount,
    net: amount,
    from,
  });

  it("is scheduled, waived, ordered anew, and cancelled", async () => {
    const commitmentId = await assigned();
    const waive = {
      idempotencyKey: randomUUID(),
      commitmentId,
      effectiveOn: "2020-08-31",
      waivePenalty: " Moved abroad ",
    };
    // 17 of 31 days of July at 5.00 off, and August.
    const waived = await client.run("terminateCommitment", waive, END);
    expect(waived).toEqual(
      accepted(commitmentId, on("2020-08-31", true), {
        penaltyPreview: {
          total: "0.00",
          currency: "USD",
          lines: [penalty("2020-08-31", "7.74"), { ...penalty("2020-08-31", "-7.74"), kind: "PENALTY_WAIVED" }],
        },
      }),
    );
    expect(await client.run("terminateCommitment", waive, END)).toEqual({ ...waived, repeated: true });
    expect(await client.run("terminateCommitment", { commitmentId, effectiveOn: "2020-07-31" }, END)).toEqual(
      accepted(commitmentId, on("2020-07-31", false), {
        penaltyPreview: { total: "2.74", currency: "USD", lines: [penalty("2020-07-31", "2.74")] },
      }),
    );
    const cancel = { idempotencyKey: randomUUID(), commitmentId };
    const selection = END.slice(0, END.indexOf("penaltyPreview"));
    const cancelled = await client.run("cancelTermination", cancel, selection);
    expect(cancelled).toEqual(accepted(commitmentId, { ...life, ...none }));
    expect(await client.run("cancelTermination", cancel, selection)).toEqual({ ...cancelled, repeated: true });
  });

  it("cuts short what would have gone on, until it is cancelled", async () => {
    const LIFE = `commitment { discountEndDate discountEndOpen pauseScheduled pauses { from until status }
      agreements { from until } terminationScheduled }`;
    const commitmentId = await assigned();
    await client.run("pauseCommitment", { commitmentId, from: "2020-08-01", until: "2020-08-31" });
    await client.run("pauseCommitment", { commitmentId, from: "2020-10-01" });
    const agreed = (until: string | null) => ({ agreements: [{ from: "2020-07-15", until }] });
    const terminate = { commitmentId, effectiveOn: "2020-08-10" };
    expect((await client.run("terminateCommitment", terminate, LIFE)).commitment).toEqual({
      discountEndDate: "2022-07-25",
      discountEndOpen: false,
      pauseScheduled: true,
      ...agreed("2020-08-10"),
      pauses: [
        { from: "2020-08-01", until: "2020-08-10", status: "SCHEDULED" },
        { from: "2020-10-01", until: null, status: "CANCELLED" },
      ],
      terminationScheduled: true,
    });
    expect((await client.run("cancelTermination", { commitmentId }, LIFE)).commitment).toEqual({
      discountEndDate: "2022-08-15",
      discountEndOpen: true,
      pauseScheduled: true,
      ...agreed(null),
      pauses: [
        { from: "2020-08-01", until: "2020-08-31", status: "SCHEDULED" },
        { from: "2020-10-01", until: null, status: "SCHEDULED" },
      ],
      terminationScheduled: false,
    });
  });

  it("before the start cancels what has not begun", async () => {
    const commitmentId = await assigned({ effectiveOn: "2020-09-01" });
    expect(await client.run("terminateCommitment", { commitmentId, effectiveOn: "2020-08-15" }, END)).toEqual(
      accepted(
        commitmentId,
        {
          status: "PENDING",
          discountEndDate: "2022-09-01",
          terminatedOn: "2020-08-15",
          terminatedEarly: false,
          terminationScheduled: true,
          penaltyWaived: false,
        },
        { penaltyPreview: { total: "0.00", currency: "USD", lines: [] } },
      ),
    );
  });

  it("is over on the day after", async () => {
    const own = await bench.provider("2020-07-15T12:00:00Z");
    const { accountId, offerId } = await tellStory(own);
    const { id: commitmentId } = await own.run("assignOffer", { accountId, offerId });
    await own.run("pauseCommitment", { commitmentId });
    await own.run("terminateCommitment", { commitmentId, effectiveOn: "2020-07-31" });
    await bench.advance(own, "2020-08-01T12:00:00Z");
    const selection = END.slice("commitment { ".length, END.indexOf("}"));
    expect(
      await own.query(`{ commitment(id: "${commitmentId}") { ${selection} pauses { from until status } } }`),
    ).toEqual({
      commitment: {
        ...on("2020-07-31", false),
        status: "TERMINATED",
        terminationScheduled: false,
        discountEndDate: "2022-07-31",
        pauses: [{ from: "2020-07-16", until: "2020-07-31", status: "ENDED" }],
      },
    });
    const late = "ALREADY_TERMINATED commitmentId";
    expect(await own.refused("cancelTermination", { commitmentId })).toBe(late);
    const discountEnd = { kind: "MANUAL", date: "2021-01-01" };
    expect(await own.refused("setDiscountEnd", { commitmentId, discountEnd, reason: "Promised" })).toBe(late);
    const { id: running } = await own.run("assignOffer", { accountId, offerId });
    const copy = { kind: "SYNCHRONISED", commitmentId };
    expect(await own.refused("setDiscountEnd", { commitmentId: running, discountEnd: copy })).toBe(
      "SYNC_TARGET_INVALID discountEnd",
    );
  });
});
