import { beforeEach, describe, expect, it } from "vitest";
import { type Client } from "../client.js";
import { play } from "./play.js";
import { type Story } from "./story.js";

const FIRST = "2024-10-01";
const NEXT = "2024-10-10";

/** What the server was told, in order; a command's id is made of its name and its input's. */
let told: string[];
/** What the server has to answer. */
let open: { readonly id: string; readonly number: string; readonly openAmount: string; readonly customer: object }[];

const client = {
  mutate: async (name: string, input: { readonly name?: string }) => {
    told.push(`${name} ${JSON.stringify(input)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    told.push(`done ${name}`);
    return `${name} ${input.name ?? ""}`;
  },
  query: (_: string, variables: object) => {
    told.push(`query ${JSON.stringify(variables)}`);
    return Promise.resolve({ OVERDUE: { edges: open.map((node) => ({ node })) }, UNPAID: { edges: [] } });
  },
} as unknown as Client;

const playAll = (stories: readonly Story[]) => play(stories, client, { days: 0, ids: {} }, () => Promise.resolve());

beforeEach(() => {
  told = [];
  open = [];
});

describe("steps of a day", () => {
  const steps = [
    { on: FIRST, give: "definePlan", as: "plan", input: { name: "p" } },
    { on: FIRST, give: "defineOffer", as: "offer", input: { planId: "$plan" } },
    { on: FIRST, give: "defineClass", input: { name: "c" } },
  ];

  it("wait for each other", async () => {
    await playAll([{ name: "catalog", steps }]);
    expect(told.slice(2)).toEqual([
      ...[`definePlan {"name":"p"}`, "done definePlan"],
      ...[`defineOffer {"planId":"definePlan p"}`, "done defineOffer"],
      ...[`defineClass {"name":"c"}`, "done defineClass"],
    ]);
  });

  it("wait for the names that they use alone, where any order will do", async () => {
    await playAll([{ name: "catalog", steps, inAnyOrder: true }]);
    expect(told.slice(2, 4)).toEqual([`definePlan {"name":"p"}`, `defineClass {"name":"c"}`]);
    const offer = told.indexOf(`defineOffer {"planId":"definePlan p"}`);
    expect([told.length, offer > told.indexOf("done definePlan")]).toEqual([8, true]);
  });
});

it("asks once a day what is to be paid, and again where something came before a payment", async () => {
  const storyOf = (name: string, before: Story["steps"] = []): Story => ({
    name,
    steps: [
      { on: FIRST, give: "createCustomer", as: name, input: { name } },
      ...before,
      { on: NEXT, pays: name, method: "CARD" },
    ],
  });
  open = ["a", "b", "c"].map((name, index) => ({
    ...{ id: `i${index}`, number: `N-${index}`, openAmount: "20.00" },
    customer: { id: `createCustomer ${name}` },
  }));
  await playAll([storyOf("a"), storyOf("b"), storyOf("c", [{ on: NEXT, give: "addAlias", input: {} }])]);
  const asked = told.filter((line) => line.startsWith("query"));
  expect(asked).toEqual(["query {}", `query {"customerId":"createCustomer c"}`]);
  const paid = told.filter((line) => line.startsWith("recordPayment"));
  expect(paid.map((line) => JSON.parse(line.replace("recordPayment ", "")) as object)).toEqual(
    ["a", "b", "c"].map((name, index) => ({
      ...{ customerId: `createCustomer ${name}`, amount: "20.00", invoiceId: `i${index}` },
      ...{ method: "CARD", reference: `N-${index}` },
    })),
  );
});
