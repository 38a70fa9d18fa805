import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(() => bench.stop());

it("a provider that queries do not show yet is said to be that, not missing", async () => {
  await bench.pauseProjections();
  const own = bench.client.as((await bench.client.runUnseen("createProvider", { name: "Unseen" })).id);
  expect(await own.ask("{ provider { name } }")).toEqual({
    status: 200,
    data: null,
    errors: [
      {
        message: "Queries do not show the provider yet; ask again.",
        locations: [{ line: 1, column: 3 }],
        path: ["provider"],
        extensions: { code: "NOT_VISIBLE_YET" },
      },
    ],
  });
  bench.resumeProjections();
});

describe("a request with the header tenure-after", () => {
  const NAME = "{ provider { name } }";
  /** Asks again while it is refused, as it says: on a busy machine projections may take longer than a request waits. */
  const answeredAfter = async (own: Client, position: string): Promise<unknown> => {
    for (;;) {
      const { data, errors } = await own.after(position).ask(NAME);
      if (errors[0]?.extensions.code !== "NOT_VISIBLE_YET") return data;
    }
  };
  beforeEach(() => {
    bench.resumeProjections();
  });

  it("is answered when queries show what was written at that position", async () => {
    const own = await bench.provider();
    await bench.pauseProjections();
    const written = await own.runUnseen("changeProviderSettings", { name: "Written" });
    expect(written.visible).toBe(false);
    const reading = answeredAfter(own, written.position);
    expect(await own.query(NAME)).not.toEqual({ provider: { name: "Written" } });
    bench.resumeProjections();
    expect(await reading).toEqual({ provider: { name: "Written" } });
    expect(await own.after(written.position).query(NAME)).toEqual({ provider: { name: "Written" } });
  });

  it("is refused after two seconds when they do not", async () => {
    const own = await bench.provider();
    await bench.pauseProjections();
    const { position } = await own.runUnseen("changeProviderSettings", { name: "Written" });
    const { data, errors } = await own.after(position).ask(NAME);
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: "The read models have not reached the position of tenure-after; send the same request again.",
        extensions: { code: "NOT_VISIBLE_YET" },
      },
    ]);
    // A command with it is not executed either.
    const { errors: refused } = await own.after(position).send("changeProviderSettings", { name: "Later" });
    expect(refused.map(({ extensions }) => extensions.code)).toEqual(["NOT_VISIBLE_YET"]);
    bench.resumeProjections();
    expect(await answeredAfter(own, position)).toEqual({ provider: { name: "Written" } });
  });

  it("is refused when it names no position", async () => {
    for (const position of ["", "1", "C:1/P:1", "-1/1", "1/1/1", "1e3/1"]) {
      const { status, errors } = await bench.client.after(position).ask(NAME);
      expect([position, status, errors]).toEqual([
        position,
        200,
        [
          {
            message: "The header tenure-after is not a position as mutations answer it.",
            extensions: { code: "VALIDATION_FAILED", field: "tenure-after" },
          },
        ],
      ]);
    }
  });
});
