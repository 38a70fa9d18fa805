import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const PAUSES = `commitment { discountEndDate pauses { from until status selfCare }
  pauseRequests { from until requestedOn status reason } }`;
const LIMITS = { selfPauseDaysPerYear: 20, selfPauseLongestDays: 14, selfPauseNoticeDays: 7 };

describe("a pause by the customer", () => {
  it("is one at once within the limits of its class, and a request beyond them", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const { customerId, accountId, offerId } = await tellStory(client);
    const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
    const shown = "customerClass { selfPauseDaysPerYear selfPauseLongestDays selfPauseNoticeDays }";
    const { id: customerClassId, ...defined } = await client.run("defineCustomerClass", { name: "Private" }, shown);
    const none = { selfPauseDaysPerYear: 0, selfPauseLongestDays: 0, selfPauseNoticeDays: 0 };
    expect(defined).toMatchObject({ customerClass: none });
    const revised = await client.run("reviseCustomerClass", { customerClassId, ...LIMITS }, shown);
    expect(revised).toMatchObject({ customerClass: LIMITS });
    await client.run("setCustomerClass", { customerId, customerClassId });

    const before = await client.run("requestPause", { commitmentId, from: "2020-08-20", until: "2020-08-29" }, PAUSES);
    const paused = { from: "2020-08-20", until: "2020-08-29", status: "SCHEDULED", selfCare: true };
    expect(before.commitment).toEqual({ discountEndDate: "2022-08-11", pauses: [paused], pauseRequests: [] });

    const september = { from: "2020-09-01", until: "2020-09-11" };
    const asked = await client.run("requestPause", { commitmentId, ...september }, PAUSES);
    const open = { ...september, requestedOn: "2020-08-01", status: "OPEN", reason: null };
    expect(asked.commitment).toEqual({ discountEndDate: "2022-08-11", pauses: [paused], pauseRequests: [open] });
    const october = { commitmentId, from: "2020-10-01", until: "2020-10-31" };
    expect(await client.refused("requestPause", october)).toBe("PAUSE_INVALID from");

    const answer = { commitmentId, from: "2020-09-01" };
    expect(await client.refused("declinePause", { ...answer, reason: " " })).toBe("VALIDATION_FAILED reason");
    const declined = await client.run("declinePause", { ...answer, reason: "Ten days are left" }, PAUSES);
    const refused = { ...open, status: "DECLINED", reason: "Ten days are left" };
    expect(declined.commitment).toMatchObject({ pauseRequests: [refused] });
    expect(await client.refused("approvePause", answer)).toBe("PAUSE_NOT_FOUND from");

    await client.run("requestPause", october);
    const approved = await client.run("approvePause", { commitmentId, from: "2020-10-01" }, PAUSES);
    expect(approved.commitment).toEqual({
      discountEndDate: "2022-09-11",
      pauses: [paused, { from: "2020-10-01", until: "2020-10-31", status: "SCHEDULED", selfCare: true }],
      pauseRequests: [
        refused,
        {
          from: "2020-10-01",
          until: "2020-10-31",
          requestedOn: "2020-08-01",
          status: "APPROVED",
          reason: null,
        },
      ],
    });
    await client.run("requestPause", { commitmentId, from: "2020-12-01", until: "2020-12-31" });
    const withdrawn = await client.run("withdrawPause", { commitmentId, from: "2020-12-01" }, PAUSES);
    expect(withdrawn.commitment).toMatchObject({ pauseRequests: [{}, {}, { status: "WITHDRAWN" }] });
  });

  it("is previewed, as a pause or as a request without effect", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const { accountId, offerId } = await tellStory(client);
    const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
    await client.run("requestPause", { commitmentId, from: "2020-08-11", until: "2020-08-20" });
    const preview = (name: string, keys: string) =>
      client.query(`{ preview(command: { ${name}: { commitmentId: "${commitmentId}", ${keys} } }) {
        events { type } commitment { discountEndBefore discountEndAfter } } }`);
    const before = { discountEndBefore: "2022-08-01" };
    expect(await preview("approvePause", 'from: "2020-08-11"')).toEqual({
      preview: {
        events: [{ type: "PauseRequestApproved" }],
        commitment: { ...before, discountEndAfter: "2022-08-11" },
      },
    });
    await client.run("withdrawPause", { commitmentId, from: "2020-08-11" });
    expect(await preview("requestPause", 'from: "2020-08-11", until: "2020-08-20"')).toEqual({
      preview: { events: [{ type: "PauseRequested" }], commitment: { ...before, discountEndAfter: "2022-08-01" } },
    });
  });
});
