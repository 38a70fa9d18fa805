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

it("says why the invoice of E2 is 115.00", async () => {
  const data = await client.query(`{ invoices(filter: { issuedFrom: "2020-11-01" }) { edges { node { number total
    lines { edges { node { kind net explanation { value currency proof { isEqual recomputedNet }
      steps { index parent isReason what operation unit value from until documentId line }
      events { type actor effectiveOn recordedAt }
      en: sentences it: sentences(language: IT) } } } } } } } }`);
  console.log(JSON.stringify(data, null, 1));
});
