import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";
import { bearer } from "./spec-support/said-callers.js";

let bench: Bench;
let client: Client;
let statementUrl: string;

/** July from the 15th is billed with 8.23 on August 1st; 10.00 are paid on the 3rd, and 1.00 is paid back. */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  const { customerId, accountId, offerId } = await tellStory(client);
  await client.run("assignOffer", { accountId, offerId });
  await bench.advance(client, "2020-08-03T12:00:00Z");
  await doDaysWork(bench, client, "2020-08-03T12:00:00.000Z");
  await client.run("recordPayment", { customerId, amount: "10.00", currency: "USD", reference: "TRX-7" });
  await client.run("recordRefund", { customerId, amount: "1.00", reference: "BACK-1" });
  const found = await client.query(`{ customer(id: "${customerId}") { statementUrl } }`);
  ({ statementUrl } = (found as { customer: { statementUrl: string } }).customer);
});
afterAll(() => bench.stop());

const get = async (path: string) => {
  const response = await fetch(new URL(path, bench.url), { headers: bearer() });
  return { status: response.status, type: response.headers.get("content-type"), body: await response.text() };
};
/** The rows of the statement's table. */
const rows = async (days: string, path = statementUrl): Promise<string[]> => {
  const { body } = await get(`${path.replace("pdf", "html")}${days}`);
  return [...(/<tbody>([^]*)<\/tbody>/.exec(body)?.[1] ?? "").matchAll(/<tr[^>]*>(.*)<\/tr>/g)].map(([, row = ""]) =>
    row.replaceAll(/<\/td>/g, "|").replaceAll(/<[^>]+>/g, ""),
  );
};

describe("a statement of account", () => {
  it("shows every movement from the customer's first day on, with what is owed after it", async () => {
    expect(await rows("")).toEqual([
      "15 Jul 2020|Opening balance|||0.00|",
      "1 Aug 2020|Invoice INV-000001|8.23||8.23|",
      "3 Aug 2020|Payment TRX-7||10.00|-1.77|",
      "3 Aug 2020|Refund to you BACK-1|1.00||-0.77|",
      "3 Aug 2020|Closing balance|||-0.77|",
    ]);
  });

  it("shows some days, as they were by then", async () => {
    expect(await rows("?from=2020-08-02&until=2020-08-02")).toEqual([
      "2 Aug 2020|Opening balance|||8.23|",
      "2 Aug 2020|Closing balance|||8.23|",
    ]);
    expect(await rows("?until=2020-07-31")).toEqual([
      "15 Jul 2020|Opening balance|||0.00|",
      "31 Jul 2020|Closing balance|||0.00|",
    ]);
  });

  it("is written in the language, and with the dates, of the customer's class", async () => {
    const { id: customerClassId } = await client.run("defineCustomerClass", {
      ...{ name: "Italian", language: "IT", dateFormat: { name: "EUROPEAN" } },
    });
    const contact = { name: "Rossi" };
    const { id } = await client.run("createCustomer", { contact, currency: "EUR", customerClassId });
    const path = statementUrl.replace(/[^/]+\.pdf$/, `${id}.pdf`);
    expect(await rows("", path)).toEqual(["03.08.2020|Saldo iniziale|||0,00|", "03.08.2020|Saldo finale|||0,00|"]);
  });

  it("is a PDF", async () => {
    const { status, type, body } = await get(statementUrl);
    expect([status, type, body.slice(0, 5)]).toEqual([200, "application/pdf", "%PDF-"]);
  });

  it("is refused for days that cannot be", async () => {
    const refused = async (days: string) => {
      const { status, body } = await get(`${statementUrl}${days}`);
      return [status, (JSON.parse(body) as { errors: [{ message: string }] }).errors[0].message];
    };
    expect(await refused("?until=2020-08-04")).toEqual([400, "2020-08-04 is still to come."]);
    expect(await refused("?from=2020-08-02&until=2020-08-01")).toEqual([400, "2020-08-02 is after 2020-08-01."]);
    expect(await refused("?from=yesterday")).toEqual([400, '"yesterday" is not a date such as 2020-08-01.']);
  });

  it("is not there of a customer of others", async () => {
    expect((await get(statementUrl.replace(/[^/]+\.pdf$/, `${client.providerId ?? ""}.pdf`))).status).toBe(404);
  });
});
