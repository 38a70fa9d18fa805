import { type OperationDefinitionNode, parse } from "graphql";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUTHORIZATION } from "../support/operator-token.js";
import { type Stack, startStack } from "../support/stack.js";

const README = readFileSync(resolve("README.md"), "utf8");

const blocks = (language: string): string[] =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, text = ""]) => text);

/** All blocks, pasted one below the other, as the README says. */
const document = blocks("graphql").join("\n");

const names = parse(document).definitions.map((definition) => (definition as OperationDefinitionNode).name?.value);

describe("the README's five minutes, as a newcomer plays them", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const run = async (operationName: string): Promise<Record<string, unknown>> => {
    const response = await fetch(stack.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...AUTHORIZATION },
      body: JSON.stringify({ query: document, operationName }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };

  it("have an operation for each block, by name", () => {
    expect(names).toEqual([
      "SetTheClock",
      "DefineTheOffer",
      "SignUp",
      "TerminateAfter20Months",
      "TheNextDay",
      "LastInvoice",
    ]);
  });

  it("answer what it shows, and the same when repeated", async () => {
    const [assigned, quoted] = blocks("json").map((text) => JSON.parse(text) as unknown);
    await run("SetTheClock");
    await run("DefineTheOffer");
    expect(await run("SignUp")).toMatchObject({ assignOffer: { commitment: assigned } });
    const terminated = await run("TerminateAfter20Months");
    expect(terminated).toMatchObject({ terminateCommitment: { penaltyPreview: quoted } });
    expect(await run("TerminateAfter20Months")).toEqual(terminated);
    await run("TheNextDay");
    const { invoices } = (await run("LastInvoice")) as { invoices: { totalCount: number; edges: { node: object }[] } };
    expect(invoices.totalCount).toBe(20);
    expect(invoices.edges).toMatchObject([
      {
        node: {
          number: "INV-000020",
          issuedOn: "2020-11-01",
          dueOn: "2020-11-15",
          state: "UNPAID",
          total: "514.99",
          lines: {
            edges: [
              {
                node: {
                  kind: "RECURRING",
                  description: "Turbo 1 GB",
                  from: "2020-10-01",
                  until: "2020-10-31",
                  fee: "20.00",
                  discount: "5.00",
                  net: "15.00",
                },
              },
              { node: { kind: "PENALTY", description: "Early termination: TV set", net: "399.99" } },
              { node: { kind: "PENALTY", description: "Early termination: Turbo 1 GB", net: "100.00" } },
            ],
          },
        },
      },
    ]);
  });
});
