import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasKamailio, type RouteAnswer, startBilling, startEdge } from "./edge.js";
import { Caller, Pbx } from "./sip-parties.js";

/* What callers get while billing does not answer, or one of two copies of it (V9), in a real Kamailio. */

const isThere = hasKamailio();
const NUMBER = "12065551200";
const answers = new Map<string, RouteAnswer>();
const ended: (() => unknown)[] = [];
let one: Awaited<ReturnType<typeof startBilling>>;
let two: Awaited<ReturnType<typeof startBilling>>;
let caller: Caller;
let journal: string;

beforeAll(async () => {
  if (!isThere) return;
  const pbx = await Pbx.at("127.0.0.31", () => 200);
  [one, two] = [await startBilling(answers), await startBilling(answers)];
  const folder = await mkdtemp(join(tmpdir(), "edge-"));
  const edge = await startEdge(folder, one.url, { second: two.url, patience: 1 });
  ({ journal } = edge);
  caller = await Caller.at("127.0.0.1", edge);
  const parties = [pbx, caller].map((each) => () => {
    each.close();
  });
  ended.push(...parties, edge.close, one.close, two.close);
  answers.set(NUMBER, { decision: "ROUTE", ref: "1.I.a", accountId: "a", target: `sip:${NUMBER}@${pbx.host}` });
  // Until it listens, nothing comes back.
  for (;;) {
    if ((await caller.call({ method: "INFO", patience: 500 })) === 405) break;
    if (edge.hasEnded()) throw new Error(`Kamailio did not start: ${edge.told()}`);
  }
});
afterAll(async () => {
  for (const end of ended) await end();
});

const hang = (...billings: readonly (typeof one)[]) => {
  for (const billing of [one, two]) billing.state.hangs = billings.includes(billing);
};
const asked = () => [one.asked.length, two.asked.length] as const;
/** How many calls of the journal were let through by an earlier answer. */
const stale = async (): Promise<number> => {
  const files = (await readdir(journal)).filter((name) => name.startsWith("starts"));
  const lines = (await Promise.all(files.map((file) => readFile(join(journal, file), "utf8")))).join("");
  return lines.split(";STALE;").length - 1;
};

describe.skipIf(!isThere)("an edge whose billing is silent", () => {
  it("asks another one, and leaves alone for a while what has failed three times (V9)", async () => {
    expect(await caller.call()).toBe(200);
    expect(asked()).toEqual([1, 0]);
    hang(one);
    for (const _ of [1, 2, 3, 4]) expect(await caller.call()).toBe(200);
    expect(asked()).toEqual([4, 4]);
    expect(await stale()).toBe(0);
  });

  it("puts calls through by the last answer of a number, and no others (V9)", async () => {
    hang(one, two);
    const began = performance.now();
    expect(await caller.call()).toBe(200);
    // Its caller gives up after 32 seconds, on a slow machine, too.
    expect(performance.now() - began).toBeLessThan(16_000);
    expect(await caller.call({ cld: "12065550001" })).toBe(503);
    await expect.poll(stale).toBe(1);
  });

  it("asks again once it was left alone, and forgets what is refused meanwhile", async () => {
    hang();
    const before = asked();
    await expect
      .poll(async () => [await caller.call(), asked()[0] > before[0]], { interval: 500 })
      .toEqual([200, true]);
    const route = answers.get(NUMBER);
    answers.set(NUMBER, { decision: "REFUSE", sipCode: 403 });
    expect(await caller.call()).toBe(403);
    hang(one, two);
    expect(await caller.call()).toBe(503);
    if (route) answers.set(NUMBER, route);
  });
});
