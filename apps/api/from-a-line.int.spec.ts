import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { streamName } from "#event-store/streams.js";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let customerId: string;
let commitmentId: string;

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  ({ id: commitmentId } = await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId }));
  await bench.advance(client, "2020-08-10T12:00:00Z");
  await doDaysWork(bench, client, "2020-08-10T12:00:00.000Z");
});
afterAll(() => bench.stop());

describe("an issued line", () => {
  const LINE = "unitFee unitDiscount days periodDays fee discount";
  // July from the 15th: 17 of 31 days.
  const july = { unitFee: "20.00", unitDiscount: "5.00", days: 17, periodDays: 31, fee: "10.97", discount: "2.74" };

  it("names what it was prorated from, its account and its invoice", async () => {
    const data = await client.query(`{ commitment(id: "${commitmentId}") { account { id } lines { totalCount
      edges { node { ${LINE} account { id } invoice { number lines { edges { node { ${LINE} } } } } } } } } }`);
    const { account } = (data as { commitment: { account: unknown } }).commitment;
    const invoice = { number: "INV-000001", lines: { edges: [{ node: july }] } };
    expect(data).toEqual({
      commitment: { account, lines: { totalCount: 1, edges: [{ node: { ...july, account, invoice } }] } },
    });
  });

  it("is on an invoice that is found by its number, in its own provider", async () => {
    const found = await client.query('{ invoice(number: "INV-000001") { id number lines { totalCount } } }');
    const { id } = (found as { invoice: { id: string } }).invoice;
    expect(found).toEqual({ invoice: { id, number: "INV-000001", lines: { totalCount: 1 } } });
    expect(await client.query(`{ invoice(id: "${id}") { number } }`)).toEqual({ invoice: { number: "INV-000001" } });
    expect(await client.query('{ invoice(number: "INV-000002") { id } }')).toEqual({ invoice: null });
    expect(await bench.client.query('{ invoice(number: "INV-000001") { id } }')).toEqual({ invoice: null });
    for (const given of ["{ invoice { id } }", `{ invoice(id: "${id}", number: "INV-000001") { id } }`]) {
      const { errors } = await client.ask(given);
      expect(errors[0]?.extensions).toMatchObject({ code: "VALIDATION_FAILED", field: "number" });
    }
  });

  it("leads to the events that caused it, which other providers do not see", async () => {
    const data = await client.query(`{ commitment(id: "${commitmentId}") { lines { edges { node { causes } } } } }`);
    const { lines } = (data as { commitment: { lines: { edges: { node: { causes: string[] } }[] } } }).commitment;
    const [cause = ""] = lines.edges[0]?.node.causes ?? [];
    const ask = `query ($id: ID!) { event(id: $id) {
      id type stream revision position recordedAt actor effectiveOn data } }`;
    const stream = streamName(client.providerId ?? "", "commitment", commitmentId);
    const [assigned] = await bench.store.readStream(stream);
    const event = {
      id: cause,
      type: "CommitmentAssigned",
      stream,
      revision: "0",
      position: `${assigned?.position.commit ?? ""}/${assigned?.position.prepare ?? ""}`,
      recordedAt: "2020-07-15T12:00:00.000Z",
      actor: "local",
      effectiveOn: "2020-07-15",
      data: assigned?.data,
    };
    expect(await client.query(ask, { id: cause })).toEqual({ event });
    expect(await client.query(ask, { id: cause.toUpperCase() })).toEqual({ event });
    expect(await bench.client.query(ask, { id: cause })).toEqual({ event: null });
    const { errors } = await client.ask(ask, { id: "no id" });
    expect(errors[0]?.extensions.code).toBe("VALIDATION_FAILED");
  });
});

describe("a customer", () => {
  it("leads to its commitments, their discount ledger and its running period", async () => {
    // August through the 10th: 10 of 31 days of 5.00.
    const [issued, notIssued, total] = ["2.74", "1.61", "4.35"];
    const row = { rowId: "recurring-1", description: "Turbo", issued, notIssued, total };
    expect(
      await client.query(`{ customer(id: "${customerId}") { unbilled { total period { from } lines { unitFee invoice { id } } }
        commitments { totalCount edges { node { id discountsGiven
          discountLedger { issued notIssued total currency rows { rowId description issued notIssued total } } } } } } }`),
    ).toEqual({
      customer: {
        unbilled: { total: "15.00", period: { from: "2020-08-01" }, lines: [{ unitFee: "20.00", invoice: null }] },
        commitments: {
          totalCount: 1,
          edges: [
            {
              node: {
                id: commitmentId,
                discountsGiven: issued,
                discountLedger: { issued, notIssued, total, currency: "USD", rows: [row] },
              },
            },
          ],
        },
      },
    });
  });
});
