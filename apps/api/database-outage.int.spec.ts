import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HangingProxy } from "#read-models/spec-support/hanging-proxy.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";

let bench: Bench;
let proxy: HangingProxy;
let client: Client;

beforeAll(async () => {
  bench = await startBench();
  const url = new URL(bench.databaseUrl);
  proxy = await HangingProxy.to(Number(url.port));
  url.port = String(proxy.port);
  client = new Client((await bench.api({ databaseUrl: url.href })).url);
});
afterAll(async () => {
  proxy.wake();
  await bench.stop();
  proxy.close();
});

const rename = (name: string) => client.send("changeProviderSettings", { name });
const codes = async (asked: readonly ReturnType<Client["ask"]>[]) =>
  (await Promise.all(asked)).map(({ errors }) => errors.map(({ extensions: { code } }) => code));

describe("while PostgreSQL hangs", () => {
  it("commands and queries end with UNAVAILABLE in bounded time, and work again when it wakes", async () => {
    expect((await rename("before")).errors).toEqual([]);
    proxy.hang();
    const began = performance.now();
    // More than the pool has connections.
    const commands = Array.from({ length: 15 }, (_, n) => rename(`during ${n}`));
    const queries = Array.from({ length: 15 }, () => client.ask("{ providers(first: 1) { totalCount } }"));
    expect(await codes([...commands, ...queries])).toEqual([...commands, ...queries].map(() => ["UNAVAILABLE"]));
    expect(performance.now() - began).toBeLessThan(30_000);
    proxy.wake();
    expect(await codes([client.ask("{ providers(first: 1) { totalCount } }")])).toEqual([[]]);
    expect(await client.run("changeProviderSettings", { name: "after" })).toMatchObject({ visible: true });
  });
});
