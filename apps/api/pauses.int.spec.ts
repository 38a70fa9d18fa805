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

const LIFE = "commitment { status discountEndDate discountEndOpen pauseScheduled pauses { from until status } }";
const life = { status: "ACTIVE", discountEndDate: "2022-07-15", discountEndOpen: false, pauseScheduled: false };
const accepted = (id: string, commitment: object) => ({
  id,
  position: expect.any(String) as unknown,
  visible: true,
  repeated: false,
  commitment,
});

describe("pausing", () => {
  it("begins on the day after, and is open", async () => {
    const commitmentId = await assigned();
    const input = { idempotencyKey: randomUUID(), commitmentId };
    const paused = await client.run("pauseCommitment", input, LIFE);
    expect(paused).toEqual(
      accepted(commitmentId, {
        ...life,
        discountEndOpen: true,
        pauseScheduled: true,
        pauses: [{ from: "2020-07-16", until: null, status: "SCHEDULED" }],
      }),
    );
    expect(await client.run("pauseCommitment", input, LIFE)).toEqual({ ...paused, repeated: true });
    const resume = { idempotencyKey: randomUUID(), commitmentId };
    const resumed = await client.run("resumeCommitment", resume, LIFE);
    expect(resumed).toEqual(
      accepted(commitmentId, { ...life, pauses: [{ from: "2020-07-16", until: null, status: "CANCELLED" }] }),
    );
    expect(await client.run("resumeCommitment", resume, LIFE)).toEqual({ ...resumed, repeated: true });
    expect(await client.refused("pauseCommitment", { ...input, until: "2020-08-01" })).toBe(
      "IDEMPOTENCY_KEY_REUSED idempotencyKey",
    );
  });

  it("lasts from a day until a day, and can be changed and cancelled before", async () => {
    const commitmentId = await assigned();
    const scheduled = (from: string, until: string, discountEndDate: string) =>
      accepted(commitmentId, {
        ...life,
        discountEndDate,
        pauseScheduled: true,
        pauses: [{ from, until, status: "SCHEDULED" }],
      });
    const pause = { commitmentId, from: "2020-08-01", until: "2020-09-30" };
    expect(await client.run("pauseCommitment", pause, LIFE)).toEqual(
      scheduled("2020-08-01", "2020-09-30", "2022-09-14"),
    );
    const shorten = { idempotencyKey: randomUUID(), commitmentId, from: "2020-08-01", newUntil: "2020-09-29" };
    const shortened = await client.run("changePause", shorten, LIFE);
    expect(shortened).toEqual(scheduled("2020-08-01", "2020-09-29", "2022-09-13"));
    const move = { commitmentId, from: "2020-08-01", newFrom: "2020-08-11", newUntil: "2020-08-20" };
    expect(await client.run("changePause", move, LIFE)).toEqual(scheduled("2020-08-11", "2020-08-20", "2022-07-25"));
    expect(await client.run("changePause", shorten)).toMatchObject({ position: shortened.position, repeated: true });
    const cancel = { idempotencyKey: randomUUID(), commitmentId, from: "2020-08-11" };
    const cancelled = await client.run("cancelPause", cancel, LIFE);
    expect(cancelled).toEqual(
      accepted(commitmentId, { ...life, pauses: [{ from: "2020-08-11", until: "2020-08-20", status: "CANCELLED" }] }),
    );
    expect(await client.run("cancelPause", cancel, LIFE)).toEqual({ ...cancelled, repeated: true });
  });

  it("runs by itself, is ended by hand, and takes days back to the last close", async () => {
    const own = await bench.provider("2020-07-15T12:00:00Z");
    const { accountId, offerId } = await tellStory(own);
    const { id: commitmentId } = await own.run("assignOffer", { accountId, offerId });
    const { id: other } = await own.run("assignOffer", { accountId, offerId });
    await own.run("pauseCommitment", { commitmentId, from: "2020-08-05" });
    await bench.advance(own, "2020-08-10T12:00:00Z");
    const shown = async (filter: string) =>
      (await own.query(
        `{ commitments(filter: { accountId: "${accountId}", status: ${filter} }) { edges { node { id ${LIFE.slice(13, -1)} } } } }`,
      )) as { commitments: { edges: { node: object }[] } };
    expect((await shown("PAUSED")).commitments.edges).toEqual([
      {
        node: {
          id: commitmentId,
          status: "PAUSED",
          discountEndDate: "2022-07-21",
          discountEndOpen: true,
          pauseScheduled: false,
          pauses: [{ from: "2020-08-05", until: null, status: "RUNNING" }],
        },
      },
    ]);
    expect((await shown("ACTIVE")).commitments.edges).toHaveLength(1);
    const resumed = await own.run("resumeCommitment", { commitmentId, effectiveOn: "2020-08-08" }, LIFE);
    expect(resumed.commitment).toEqual({
      ...life,
      discountEndDate: "2022-07-19",
      pauses: [{ from: "2020-08-05", until: "2020-08-08", status: "ENDED" }],
    });
    const back = { commitmentId: other, effectiveOn: "2020-08-03", until: "2020-08-06" };
    expect((await own.run("pauseCommitment", back, LIFE)).commitment).toEqual({
      ...life,
      discountEndDate: "2022-07-18",
      pauses: [{ from: "2020-08-04", until: "2020-08-06", status: "ENDED" }],
    });
    const again = { commitmentId: other, from: "2020-08-09", until: "2020-08-31" };
    await own.run("pauseCommitment", again);
    const ending = { commitmentId: other, effectiveOn: "2020-08-20" };
    expect((await own.run("resumeCommitment", ending, LIFE)).commitment).toMatchObject({
      status: "PAUSED",
      discountEndDate: "2022-07-30",
      pauses: [{ from: "2020-08-04" }, { from: "2020-08-09", until: "2020-08-20", status: "RUNNING" }],
    });
  });
});

describe("pauses that are refused", () => {
  it("say why, and blame a field", async () => {
    const running = await assigned();
    await client.run("pauseCommitment", { commitmentId: running, from: "2020-07-15", until: "2020-07-20" });
    const { data, errors } = await client.send("cancelPause", { commitmentId: running, from: "2020-07-15" });
    expect({ data, errors }).toEqual({
      data: { cancelPause: null },
      errors: [
        {
          message: "The pause began on 2020-07-15: it can only be ended.",
          path: ["cancelPause"],
          locations: [{ line: 1, column: 59 }],
          extensions: {
            ...{ code: "PAUSE_INVALID", field: "from", inputPath: ["input", "from"] },
            facts: { case: "PAUSE_BEGUN", from: "2020-07-15" },
          },
        },
      ],
    });
  });
});
