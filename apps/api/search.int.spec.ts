import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

interface Customers {
  readonly edges: { readonly node: { readonly contact: { readonly name: string } } }[];
}

describe("searches", () => {
  it("find customers by parts of name, e-mail and phone", async () => {
    const own = await bench.provider();
    const contacts = [
      { name: "Élise Łoś", email: "elise@acme.example", phone: "+1 (201) 555-0199" },
      { name: "Ona 100%", email: "ona@Café.example", phone: "0201 555" },
    ];
    for (const contact of contacts) await own.run("createCustomer", { contact, currency: "USD" });
    const names = async (filter: object): Promise<string[]> => {
      const query =
        "query ($filter: CustomerFilter) { customers(filter: $filter) { edges { node { contact { name } } } } }";
      const { customers } = (await own.query(query, { filter })) as { customers: Customers };
      return customers.edges.map(({ node }) => node.contact.name);
    };
    expect(await names({ name: "LOS" })).toEqual(["Élise Łoś"]);
    expect(await names({ name: "élise" })).toEqual(["Élise Łoś"]);
    expect(await names({ name: "0%" })).toEqual(["Ona 100%"]);
    expect(await names({ email: "cafe" })).toEqual(["Ona 100%"]);
    expect(await names({ email: "example" })).toEqual(["Élise Łoś", "Ona 100%"]);
    expect(await names({ phone: "201-555" })).toEqual(["Élise Łoś", "Ona 100%"]);
    expect(await names({ phone: "5550" })).toEqual(["Élise Łoś"]);
    expect(await names({ phone: "x", name: "" })).toEqual([]);
    await expect(names({ name: "\0" })).rejects.toThrow("name holds a control character (U+0000).");
  });

  it("find account ids and aliases by their start, end, a part or the whole", async () => {
    const own = await bench.provider();
    const { customerId, accountId, mainProductId } = await tellStory(own, "Berlin-55");
    await own.run("addAlias", { accountId, alias: "0155_1" });
    const other = (await own.run("openAccount", { customerId, mainProductId, identifier: "4155" })).id;
    const found = async (filter: object): Promise<unknown> => {
      const query = `query ($filter: AccountAliasFilter) { accountAliases(filter: $filter) { totalCount edges { node {
        alias kind accountId customerId account { identifier } customer { id } } } } }`;
      return ((await own.query(query, { filter })) as { accountAliases: unknown }).accountAliases;
    };
    const berlin = { accountId, account: { identifier: "Berlin-55" }, customerId, customer: { id: customerId } };
    const rows = {
      alias: { alias: "0155_1", kind: "ALIAS", ...berlin },
      other: { ...berlin, alias: "4155", kind: "IDENTIFIER", accountId: other, account: { identifier: "4155" } },
      berlin: { alias: "Berlin-55", kind: "IDENTIFIER", ...berlin },
    };
    const page = (...names: (keyof typeof rows)[]) => ({
      totalCount: names.length,
      edges: names.map((name) => ({ node: rows[name] })),
    });
    expect(await found({})).toEqual(page("alias", "other", "berlin"));
    expect(await found({ alias: { match: "ENDS_WITH", value: "55" } })).toEqual(page("other", "berlin"));
    expect(await found({ alias: { match: "CONTAINS", value: "5_" } })).toEqual(page("alias"));
    expect(await found({ alias: { value: "BER" } })).toEqual(page("berlin"));
    expect(await found({ alias: { match: "EXACT", value: " berlin-55 " } })).toEqual(page("berlin"));
    expect(await found({ alias: { match: "CONTAINS", value: "55" }, accountId })).toEqual(page("alias", "berlin"));
    expect(await found({ customerId: randomUUID() })).toEqual(page());
    expect(await found({ kind: "IDENTIFIER", accountStatus: "OPEN" })).toEqual(page("other", "berlin"));
    const { errors } = await own.ask(`{ accountAliases(filter: { accountId: "x" }) { totalCount } }`);
    expect(errors[0]?.extensions).toMatchObject({ code: "VALIDATION_FAILED", field: "accountId" });
    const asked = (identifier: string) =>
      own.query("query ($i: String) { account(identifier: $i) { id } }", { i: identifier });
    expect(await asked("BERLIN-55")).toEqual({ account: { id: accountId } });
    expect(await asked("nobody's")).toEqual({ account: null });
    await expect(asked("55\0")).rejects.toThrow("identifier holds a control character (U+0000).");
  });

  it("find whatever a text names, with the place that matched", async () => {
    const own = await bench.provider();
    const { customerId, accountId } = await tellStory(own, "Berlin-55");
    const find = async (client: Client, text: string, first?: number): Promise<unknown> => {
      const query = `query ($text: String!, $first: Int) { search(text: $text, first: $first) { groups { kind hasMore hits {
        id matched text from until title customer { id } account { id } } } } }`;
      return ((await client.query(query, { text, first })) as { search: { groups: unknown } }).search.groups;
    };
    const customer = { id: customerId };
    const account = {
      kind: "ACCOUNT",
      hasMore: false,
      hits: [
        {
          ...{ id: accountId, matched: "IDENTIFIER", text: "Berlin-55", from: 7, until: 9, title: "Berlin-55" },
          ...{ customer, account: { id: accountId } },
        },
      ],
    };
    expect(await find(own, " 55 ")).toEqual([account]);
    expect(await find(own, customerId.slice(0, 8))).toMatchObject([
      { kind: "CUSTOMER", hits: [{ id: customerId, customer }] },
    ]);
    expect(await find(own, "")).toEqual([]);
    expect(await find(own, "55", 0)).toEqual([]);
    const self = callersOf(own, customerId)("self-care");
    expect(await find(self, "55")).toEqual([account]);
    const other = (await tellStory(own, "Bonn-55")).customerId;
    expect(await find(own, "55")).toMatchObject([{ hits: [{ title: "Berlin-55" }, { title: "Bonn-55" }] }]);
    expect(await find(self, "55")).toEqual([account]);
    expect(await find(self, other)).toEqual([]);
    await expect(find(own, "55", 51)).rejects.toThrow("first must be from 0 to 50.");
    await expect(find(own, "a".repeat(201))).rejects.toThrow("text is longer than 200 characters.");
    await expect(find(own, "55\0")).rejects.toThrow("text holds a control character (U+0000).");
  });
});
