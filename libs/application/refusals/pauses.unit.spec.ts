import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../spec-support/memory-client.js";
import { type Story, tellStory } from "../spec-support/story.js";

let client: MemoryClient;
let story: Story;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;

describe("pauses that are refused", () => {
  it("say why, and blame a field", async () => {
    const commitmentId = await assigned();
    await client.run("pauseCommitment", { commitmentId, from: "2020-08-01", until: "2020-08-10" });
    await client.run("pauseCommitment", { commitmentId, from: "2020-09-01" });
    const running = await assigned();
    await client.run("pauseCommitment", { commitmentId: running, from: "2020-07-15", until: "2020-07-20" });
    const pending = await assigned({ effectiveOn: "2020-08-01" });
    const nobody = randomUUID();
    const refusals: [string, object, string][] = [
      ["pauseCommitment", { commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["pauseCommitment", { commitmentId, from: "2020-08-20", until: "2020-08-19" }, "PAUSE_INVALID from"],
      ["pauseCommitment", { commitmentId, from: "2020-07-14", until: "2020-07-20" }, "PAUSE_INVALID from"],
      ["pauseCommitment", { commitmentId: pending }, "PAUSE_INVALID effectiveOn"],
      ["pauseCommitment", { commitmentId, from: "2020-07-20", until: "2020-08-01" }, "PAUSE_OVERLAPS from"],
      ["pauseCommitment", { commitmentId, from: "2020-10-01", until: "2020-10-02" }, "PAUSE_OVERLAPS from"],
      ["pauseCommitment", { commitmentId }, "PAUSE_OVERLAPS effectiveOn"],
      ["changePause", { commitmentId: nobody, from: "2020-08-01" }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["changePause", { commitmentId, from: "2020-08-02", newUntil: "2020-08-11" }, "PAUSE_NOT_FOUND from"],
      ["changePause", { commitmentId, from: "2020-08-01", newUntil: "2020-09-01" }, "PAUSE_OVERLAPS newFrom"],
      ["changePause", { commitmentId, from: "2020-08-01", newFrom: "2020-08-11" }, "PAUSE_INVALID newFrom"],
      ["changePause", { commitmentId: running, from: "2020-07-15", newUntil: "2020-07-19" }, "PAUSE_INVALID from"],
      ["cancelPause", { commitmentId: nobody, from: "2020-08-01" }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["cancelPause", { commitmentId, from: "2020-08-02" }, "PAUSE_NOT_FOUND from"],
      ["cancelPause", { commitmentId: running, from: "2020-07-15" }, "PAUSE_INVALID from"],
      ["resumeCommitment", { commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["resumeCommitment", { commitmentId }, "NOT_PAUSED commitmentId"],
      ["resumeCommitment", { commitmentId, effectiveOn: "2020-08-05" }, "NOT_PAUSED commitmentId"],
    ];
    for (const [name, input, code] of refusals)
      expect(await client.refused(name, input), `${name} ${JSON.stringify(input)}`).toBe(code);
  });

  it("come too late, or to what was closed", async () => {
    const own = await MemoryClient.at("2020-07-15T12:00:00Z");
    const { accountId, offerId, customerId, mainProductId } = await tellStory(own);
    const { id: second } = await own.run("openAccount", { customerId, identifier: "2", mainProductId });
    const assign = async (account: string) => (await own.run("assignOffer", { accountId: account, offerId })).id;
    const [running, ended, ofClosed] = [await assign(accountId), await assign(accountId), await assign(second)];
    await own.run("terminateCommitment", { commitmentId: ended });
    await own.run("closeAccount", { accountId: second });
    const pause = (commitmentId: string, from = "2020-08-05") => ({ commitmentId, from, until: "2020-08-10" });
    expect(await own.refused("pauseCommitment", pause(ofClosed))).toBe("ACCOUNT_CLOSED commitmentId");
    expect((await own.run("pauseCommitment", pause(ended))).visible).toBe(true);
    own.moveTo("2020-08-02T12:00:00Z");
    for (const [name, input] of [
      ["pauseCommitment", {}],
      ["changePause", { from: "2020-08-05" }],
      ["cancelPause", { from: "2020-08-05" }],
      ["resumeCommitment", {}],
    ] as const) {
      expect(await own.refused(name, { commitmentId: ended, ...input })).toBe("ALREADY_TERMINATED commitmentId");
    }
    expect(await own.refused("pauseCommitment", pause(running, "2020-07-31"))).toBe("VALIDATION_FAILED reason");
    await own.run("changeProviderSettings", { backDatingDays: 1 });
    const late = { ...pause(running, "2020-07-31"), reason: "told late" };
    expect(await own.refused("pauseCommitment", late)).toBe("DATE_ALREADY_INVOICED from");
    expect(await own.refused("pauseCommitment", { commitmentId: running, effectiveOn: "2020-07-30" })).toBe(
      "DATE_ALREADY_INVOICED effectiveOn",
    );
    await own.run("closeCustomer", { customerId });
    expect(await own.refused("pauseCommitment", pause(running))).toBe("CUSTOMER_CLOSED commitmentId");
  });
});
