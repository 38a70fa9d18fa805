import { afterAll, beforeAll, expect, it } from "vitest";
import { type Target, type TargetName, targetNames } from "#processors/deliveries/target.js";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { OPERATOR_TOKEN } from "../../api/spec-support/said-callers.js";
import { tenure } from "../spec-support/tenure.js";

const ok = { ok: true, message: "It answers." };
/** What the targets find, by provider. */
const found = new Map<string, { readonly ok: boolean; readonly message: string }>();
const targetOf = (name: TargetName): Target => ({
  name,
  isOn: (provider) => found.has(provider),
  configuration: () => [],
  reads: [],
  prepare: () => Promise.resolve({ content: {} }),
  send: () => Promise.resolve({ outcome: "DELIVERED" }),
  verify: (provider) => Promise.resolve(found.get(provider) ?? ok),
});

let bench: Bench;
let url: string;
beforeAll(async () => {
  bench = await startBench();
  ({ url } = await bench.api({}, targetNames.map(targetOf)));
});
afterAll(() => bench.stop());

const integrations = (...args: string[]) => tenure("integrations", ...args);
const onServer = () => ["--url", url, "--token", OPERATOR_TOKEN];
const words = ({ out }: { readonly out: string }) => out.replaceAll(/ +/g, " ").split("\n");

it("verifies all integrations of all providers, and fails where one that is configured cannot be used", async () => {
  const providers = [await bench.provider(), await bench.provider()].map(({ providerId = "" }) => providerId);
  const [first = "", second = ""] = providers;
  const off = await integrations("verify", ...onServer());
  expect(off).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(/^(\d+) of \1 providers without/) as string,
  });

  found.set(first, ok);
  const well = await integrations("verify", ...onServer());
  const rows = (outcome: string) => targetNames.map((name) => expect.stringMatching(` ${name} ${outcome}$`) as string);
  expect([well.code, ...words(well)]).toEqual([
    ...[0, "Provider Target State Found", ...rows("ok It answers."), ""],
    expect.stringMatching(/^\d+ of \d+ providers without integrations\.$/),
  ]);

  found.set(second, { ok: false, message: "It wants another key." });
  const failed = await integrations("verify", ...onServer());
  expect(failed.code).toBe(1);
  expect(words(failed)).toEqual(
    expect.arrayContaining([...rows("ok It answers."), ...rows("FAILED It wants another key.")]),
  );

  const one = await integrations("verify", ...onServer(), "--provider", first, "--json");
  expect([one.code, ...one.out.split("\n").map((line) => JSON.parse(line) as unknown)]).toEqual([
    0,
    ...targetNames.map((target) => ({
      ...{ providerId: first, provider: expect.any(String) as string, target, ok: true, message: ok.message, on: true },
    })),
  ]);
});

it.each([
  [[], "Name an action: verify."],
  [["repair"], 'There is no action "repair": name verify.'],
  [["verify", "ODOO"], "verify takes no names: --provider names a provider."],
  [["verify", "--provider", "x"], "--provider must be the id of a provider."],
])("refuses %j", async (args, sentence) => {
  expect(await integrations(...args)).toEqual({ code: 2, out: "", err: `${sentence} --help shows the options.` });
});

it("says when no server answers", async () => {
  expect(await integrations("verify", "--url", "http://127.0.0.1:1")).toMatchObject({ code: 2, out: "" });
  expect((await integrations("--help")).out).toContain("Usage: tenure integrations verify [options]");
});
