import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Answer, type Client } from "./spec-support/client.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});
afterAll(() => bench.stop());

/** What is told of each mistake. */
const told = ({ errors }: Answer): unknown[] => errors.map(({ message, extensions }) => ({ message, ...extensions }));
const mistake = (field: string, fault: string, inputPath?: unknown[]) => ({
  message: `${field.split(".").at(-1) ?? ""} ${fault}.`,
  ...{ code: "VALIDATION_FAILED", field, facts: { case: "TEXT_UNREADABLE" } },
  ...(inputPath && { inputPath }),
});
const NUL = "holds a control character (U+0000)";

describe("unreadable text is refused at its field", () => {
  it("in inputs, nested ones and lists among them, all at once", async () => {
    const tail = await bench.store.tail();
    const contact = { name: "Jo\u0000", email: "\u202ex", phone: "\ud800" };
    const answer = await client.send("createCustomer", { contact, currency: "USD", idempotencyKey: "a\u200bb" });
    expect(told(answer)).toEqual([
      mistake("idempotencyKey", "holds an invisible character (U+200B)", ["input", "idempotencyKey"]),
      mistake("contact.name", NUL, ["input", "contact", "name"]),
      mistake("contact.email", "holds a character that changes the direction of text (U+202E)", [
        "input",
        "contact",
        "email",
      ]),
      mistake("contact.phone", "holds half of a surrogate pair (U+D800)", ["input", "contact", "phone"]),
    ]);
    expect(told(await client.preview("createCustomer", { contact: { name: "\u3164" }, currency: "USD" }))).toEqual([
      mistake("contact.name", "holds nothing but invisible characters", [
        "command",
        "createCustomer",
        "contact",
        "name",
      ]),
    ]);
    const { accountId } = story;
    expect(told(await client.send("addAlias", { accountId, alias: "12\u200d34" }))).toEqual([
      mistake("alias", "holds an invisible character (U+200D)", ["input", "alias"]),
    ]);
    expect(await bench.store.tail()).toEqual(tail);
  });

  it("in filters, arguments, cursors and headers", async () => {
    const filtered = "query ($text: String) { customers(filter: { name: $text }) { totalCount } }";
    expect(told(await client.ask(filtered, { text: "\u0000" }))).toEqual([mistake("name", NUL, ["filter", "name"])]);
    expect(told(await client.ask('{ account(identifier: "\\u0000") { id } }'))).toEqual([
      mistake("identifier", NUL, ["identifier"]),
    ]);
    expect(told(await client.ask('{ customer(id: "\\u0000") { id } }'))).toEqual([mistake("id", NUL, ["id"])]);
    const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const after = (query: string, text: string) => client.ask(`query ($after: String) { ${query} }`, { after: text });
    const none = { message: "after is not a cursor.", code: "VALIDATION_FAILED", field: "after", inputPath: ["after"] };
    const pages = "(first: 1, after: $after) { edges { cursor } }";
    for (const [list, order] of [
      ["customers", "CREATED ASC"],
      ["closedPeriods", "PERIOD DESC"],
    ] as const) {
      const made = cursor(order, "2020-07-31\u0000", story.customerId);
      expect(told(await after(`${list}${pages}`, made)), list).toEqual([none]);
    }
    expect(told(await client.as("\u00e9").ask("{ provider { id } }"))).toEqual([
      { message: "The header tenure-provider is not a UUID.", code: "VALIDATION_FAILED", field: "tenure-provider" },
    ]);
  });
});

describe("answers", () => {
  it("are composed", async () => {
    const { id } = await client.run("createCustomer", { contact: { name: "Cafe\u0301" }, currency: "USD" });
    expect(await client.query(`{ customer(id: "${id}") { contact { name } } }`)).toEqual({
      customer: { contact: { name: "Caf\u00e9" } },
    });
  });

  it("to mistakes are short, and without the values", async () => {
    const secret = "jo@example.com ".repeat(150);
    const contacts = Array.from({ length: 30 }, () => ({ name: { secret }, email: [secret] }));
    const query = "mutation ($input: DefineOfferInput!) { defineOffer(input: $input) { id } }";
    const { errors, status } = await client.ask(query, { input: { recurringFees: contacts, name: secret } });
    expect(status).toBe(200);
    expect(JSON.stringify(errors)).not.toContain("jo@");
    expect(JSON.stringify(errors).length).toBeLessThan(30_000);
  });

  it("hold no date that could not be given", async () => {
    const { accountId, planId } = story;
    const { id: offerId } = await client.run("defineOffer", {
      ...{ name: "For a century", currency: "USD", discountPeriods: 1_200 },
      recurringFees: [{ planId, discount: "5.00" }],
    });
    const late = await bench.provider("2150-01-01T12:00:00Z");
    const there = await tellStory(late);
    const { id: lasting } = await late.run("defineOffer", {
      ...{ name: "For a century", currency: "USD", discountPeriods: 1_200 },
      recurringFees: [{ planId: there.planId, discount: "5.00" }],
    });
    expect(told(await late.send("assignOffer", { accountId: there.accountId, offerId: lasting }))).toEqual([
      {
        message: "The discount would end on 2250-01-01, out of the range of dates to 2199-12-31.",
        code: "DISCOUNT_END_INVALID",
        facts: { case: "DISCOUNT_END_OUT_OF_RANGE", end: "2250-01-01", last: "2199-12-31" },
      },
    ]);
    expect((await client.send("assignOffer", { accountId, offerId })).errors).toEqual([]);
  });
});
