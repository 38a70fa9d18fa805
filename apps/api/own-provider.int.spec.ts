import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { statementsOf } from "./spec-support/statements.js";

let bench: Bench;
let own: Client;
let other: Client;

beforeAll(async () => {
  bench = await startBench();
  own = await bench.provider();
  other = await bench.provider();
});
afterAll(() => bench.stop());

describe("A caller that belongs to a provider", () => {
  const clerk = () =>
    bench.client.by({ actor: "key:spec", roles: ["operator"], providerId: own.providerId ?? "", customerId: null });
  const WHO = "{ provider { id } }";

  it("works in it, whether or not it names it", async () => {
    const answer = { status: 200, data: { provider: { id: own.providerId } }, errors: [] };
    expect(await clerk().ask(WHO)).toEqual(answer);
    expect(
      await clerk()
        .as(own.providerId ?? "")
        .ask(WHO),
    ).toEqual(answer);
    expect(
      await clerk()
        .as((own.providerId ?? "").toUpperCase())
        .ask(WHO),
    ).toEqual(answer);
  });

  it("gets the same answer for another provider as for one that does not exist, and nothing is looked up", async () => {
    const asked = async (providerId: string) => {
      let answer: unknown;
      const statements = await statementsOf(async () => {
        const { status, data, errors } = await clerk().as(providerId).ask(WHO);
        answer = { status, data, messages: errors.map(({ message }) => message) };
      });
      return { answer, statements };
    };
    // Operators have named the one before.
    await other.query(WHO);
    const missing = await asked(randomUUID());
    expect(await asked(other.providerId ?? "")).toEqual(missing);
    expect(missing).toEqual({
      answer: {
        status: 200,
        data: null,
        messages: ["The header tenure-provider names no provider of this installation."],
      },
      statements: [],
    });
  });
});
