import { beforeEach, describe, expect, it } from "vitest";
import { preview } from "./preview.js";
import { MemoryClient } from "./spec-support/memory-client.js";
import { LOCAL } from "./spec-support/memory-session.js";
import { tellStory } from "./spec-support/story.js";

describe("a preview of a renewal of fees", () => {
  let client: MemoryClient;
  let commitmentId: string;
  beforeEach(async () => {
    client = await MemoryClient.at("2020-07-01T12:00:00.000Z");
    const { planId, accountId, offerId } = await tellStory(client);
    ({ id: commitmentId } = await client.run("assignOffer", { accountId, offerId }));
    await client.run("revisePlan", { planId, recurringFees: [{ period: "MONTHLY", amount: "22.00" }] });
    client.moveTo("2020-07-15T12:00:00.000Z");
  });

  const renewed = () => preview(client.session, LOCAL, { name: "renewFees", input: { commitmentId } });
  const charged = (lines: readonly { readonly fee: string; readonly discount: string }[] = []) =>
    lines.map(({ fee, discount }) => ({ fee, discount }));

  it("shows the new fee from the next billing period on, the running one as it was, and records nothing", async () => {
    const { length } = client.session.store.log;
    const { events, bill, giversBill } = await renewed();

    expect(events.map(({ type, data }) => ({ type, from: data.effectiveOn }))).toEqual([
      { type: "FeesRenewalOrdered", from: "2020-08-01" },
    ]);
    expect(bill?.period).toEqual({ from: "2020-07-01", to: "2020-08-01" });
    expect([bill?.before, bill?.after].map((seen) => charged(seen?.lines))).toEqual([
      [{ fee: "20.00", discount: "5.00" }],
      [{ fee: "20.00", discount: "5.00" }],
    ]);
    expect(bill?.penalty).toBeNull();
    expect(giversBill).toBeNull();
    expect(client.session.store.log).toHaveLength(length);
  });

  it("shows what the same command then records", async () => {
    const [foreseen] = (await renewed()).events;
    await client.run("renewFees", { commitmentId });
    const recorded = client.session.store.log.at(-1);

    // The id of the renewal comes from the command, which has another key.
    const { renewalId: _, ...shown } = { ...(foreseen?.data as Record<string, unknown>) };
    expect(recorded?.data).toMatchObject(shown);
    expect(recorded?.stream).toBe(foreseen?.stream);
    expect(JSON.stringify(shown)).toContain('"22.00"');
  });

  it("is refused like the command", async () => {
    await client.run("terminateCommitment", { commitmentId });
    client.moveTo("2020-07-16T12:00:00.000Z");
    await expect(renewed()).rejects.toMatchObject({ code: "ALREADY_TERMINATED" });
  });
});
