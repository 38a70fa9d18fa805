import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { type Client } from "../../api/spec-support/client.js";
import { OPERATOR_TOKEN } from "../../api/spec-support/said-callers.js";
import { type Answer, tenure } from "../spec-support/tenure.js";

let bench: Bench;
let folder: string;
let file: string;
let client: Client;
let tariffId: string;

beforeAll(async () => {
  bench = await startBench();
  folder = await mkdtemp(join(tmpdir(), "tenure-tariff-"));
  file = join(folder, "rates.csv");
  client = await bench.provider("2026-11-28T12:00:00Z");
  ({ id: tariffId } = await client.run("defineTariff", { name: "Calls", currency: "USD" }));
  const since = { effectiveFrom: "2020-01-01T00:00:00Z" };
  await client.run("changeRates", {
    tariffId,
    rates: [
      {
        ...since,
        prefix: "1",
        priceFirst: "0.06",
        priceNext: "0.06",
        description: '+1, "North America"',
        country: "US",
      },
      { ...since, prefix: "44", priceFirst: "0.10", priceNext: "0.10" },
      { ...since, prefix: "1900", priceFirst: "0", priceNext: "0", forbidden: true, hidden: true },
      { ...since, prefix: "44", effectiveFrom: "2027-01-01T00:00:00Z", priceFirst: "0.12", priceNext: "0.12" },
    ],
  });
  // From now on rates of the past are refused.
  const { id: customerId } = await client.run("createCustomer", { contact: { name: "ABC" }, currency: "USD" });
  const { id: mainProductId } = await client.run("defineMainProduct", { name: "Line" });
  const { id: accountId } = await client.run("openAccount", { customerId, identifier: "1001", mainProductId });
  const call = { accountId, tariffId, leg: "OUT", cld: "12065551202", answered: "2026-11-28T11:00:00Z", seconds: "4" };
  await client.run("recordCall", { callId: "c1", ...call });
});
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

const tariff = async (action: string, ...options: string[]): Promise<Answer> => {
  const server = ["--url", bench.url, "--token", OPERATOR_TOKEN, "--provider", client.providerId ?? ""];
  const { code, out, err } = await tenure("tariff", action, "--tariff", "Calls", ...server, ...options);
  return { code, out: out.replaceAll(folder, ""), err: err.replaceAll(folder, "") };
};
const write = (...lines: string[]) => writeFile(file, lines.map((line) => `${line}\n`).join(""));
const events = () => bench.store.readStream(streamName(client.providerId ?? "", "rates", tariffId));

describe("tenure tariff", () => {
  it("tells every mistake at its line, and records nothing", async () => {
    const before = (await events()).length;
    await write(
      "prefix,priceFirst,priceNext,effectiveFrom,firstInterval,country,forbidden",
      "39,0.05,0.05,2026-12-01T00:00:00Z,30,IT,",
      "1x,0.05,0.05,,,,",
      "44,0.2,,,,,",
      "",
      '49,"0,05",0.05,tomorrow,0,,perhaps',
      "44,0.2,0.2,2026-11-28T11:59:59Z,1,XX,yes",
      "39,0.06,0.06,2026-12-01T01:00:00+01:00,30,IT,",
      "33,0.05,0.05",
      "34,0.000001,0.05,,,,",
    );
    expect(await tariff("import", file)).toEqual({
      ...{ code: 2, out: "" },
      err: [
        '/rates.csv:3: The prefix "1x" has other characters than digits. (VALIDATION_FAILED)',
        "/rates.csv:4: priceNext is empty. (VALIDATION_FAILED)",
        '/rates.csv:6: effectiveFrom "tomorrow" is not an instant such as 2026-12-01T00:00:00Z. (VALIDATION_FAILED)',
        '/rates.csv:6: priceFirst "0,05" is not an amount such as 0.06. (VALIDATION_FAILED)',
        '/rates.csv:6: forbidden "perhaps" is not true or false. (VALIDATION_FAILED)',
        "/rates.csv:7: XX is not an ISO 3166-1 code of two letters. (VALIDATION_FAILED)",
        '/rates.csv:8: rates has the prefix "39" from 2026-12-01T00:00:00.000Z on twice. (VALIDATION_FAILED)',
        "/rates.csv:9: It has 3 cells where the line of names has 7. (VALIDATION_FAILED)",
        "/rates.csv:10: 0.000001 is finer than a rate allows: 5 decimal places. (INVALID_AMOUNT)",
        "Nothing was imported.",
      ].join("\n"),
    });
    await write("prefix,priceFirst,priceNext,effectiveFrom", "44,0.2,0.2,2026-11-28T11:59:59Z", "39,1,1,");
    expect((await tariff("import", file)).err).toBe(
      "/rates.csv:2: 2026-11-28T11:59:59.000Z is past: calls of that time are rated. (INVALID_DATE)\nNothing was imported.",
    );
    const csv = await readFile(file, "utf8");
    expect(await client.refused("importRates", { tariffId, csv })).toBe("INVALID_DATE csv");
    expect(await events()).toHaveLength(before);
  });

  it("exports what an import takes for nothing new", async () => {
    const exported = join(folder, "exported.csv");
    expect((await tariff("export", "--out", exported)).out).toBe("4 rates in /exported.csv.");
    expect((await readFile(exported, "utf8")).split("\r\n")).toEqual([
      "prefix,description,country,effectiveFrom,priceFirst,priceNext,connectFee,firstInterval,nextInterval,discontinued,forbidden,hidden,payback",
      '1,"\'+1, ""North America""",US,2020-01-01T00:00:00.000Z,0.06,0.06,0.00,1,1,,,,',
      "1900,,,2020-01-01T00:00:00.000Z,0.00,0.00,0.00,1,1,,true,true,",
      "44,,,2020-01-01T00:00:00.000Z,0.10,0.10,0.00,1,1,,,,",
      "44,,,2027-01-01T00:00:00.000Z,0.12,0.12,0.00,1,1,,,,",
      "",
    ]);
    const before = await events();
    expect((await tariff("import", exported)).out).toBe("0 added, 0 changed, 0 discontinued, 4 unchanged.");
    expect(await events()).toEqual(before);
  });

  it("shows what would change, and records only that, once for a key", async () => {
    await write(
      "prefix,priceFirst,priceNext,discontinued",
      "1,0.06,0.06,",
      "39,0.05,0.04,",
      "44,0.11,0.11,",
      "1900,0,0,true",
    );
    const from = ["--from", "2026-12-01T00:00:00Z"];
    const tried = await tariff("import", file, ...from, "--dry-run");
    expect(tried.out.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "))).toEqual([
      "Line | What | Prefix | From | Before | After",
      // The name of its destination is left out, and so goes.
      '2 | CHANGED | 1 | 2026-12-01T00:00:00.000Z | 0.06 / 0.06, 1 / 1 s, fee 0.00, +1, "North America", US | 0.06 / 0.06, 1 / 1 s, fee 0.00',
      "3 | ADDED | 39 | 2026-12-01T00:00:00.000Z | - | 0.05 / 0.04, 1 / 1 s, fee 0.00",
      "4 | CHANGED | 44 | 2026-12-01T00:00:00.000Z | 0.10 / 0.10, 1 / 1 s, fee 0.00 | 0.11 / 0.11, 1 / 1 s, fee 0.00",
      "5 | DISCONTINUED | 1900 | 2026-12-01T00:00:00.000Z | 0.00 / 0.00, 1 / 1 s, fee 0.00, forbidden, hidden | -",
      "",
      "1 added, 2 changed, 1 discontinued, 0 unchanged. Nothing was recorded.",
    ]);
    const before = (await events()).length;
    expect((await tariff("import", file, ...from, "--key", "december")).code).toBe(0);
    expect((await events()).length).toBe(before + 1);
    // The same import again, by its key; and as a new one, which says nothing new.
    expect((await tariff("import", file, ...from, "--key", "december")).code).toBe(0);
    expect((await tariff("import", file, ...from)).out).toBe("0 added, 0 changed, 0 discontinued, 4 unchanged.");
    expect((await events()).length).toBe(before + 1);
  });

  it("imports a long file in parts, whose rows are told apart across them", async () => {
    const rows = Array.from({ length: 1201 }, (_, index) => `7${String(index).padStart(4, "0")},0.01,0.01`);
    await write("prefix,priceFirst,priceNext", ...rows, "70001,0.02,0.02");
    const from = ["--from", "2026-12-01T00:00:00Z"];
    expect((await tariff("import", file, ...from)).err.split("\n")[0]).toBe(
      '/rates.csv:1203: The prefix "70001" from 2026-12-01T00:00:00.000Z on is on line 3 already. (VALIDATION_FAILED)',
    );
    await write("prefix,priceFirst,priceNext", ...rows);
    const before = (await events()).length;
    const { out } = await tariff("import", file, ...from);
    expect(out.split("\n").slice(-3)).toEqual([
      "and 1151 more",
      "",
      "1201 added, 0 changed, 0 discontinued, 0 unchanged.",
    ]);
    const recorded = (await events()).slice(before);
    expect(recorded.map(({ type, data }) => [type, (data as unknown as { rates: unknown[] }).rates.length])).toEqual([
      ["RatesChanged", 500],
      ["RatesChanged", 500],
      ["RatesChanged", 201],
    ]);
  });

  it("ends what the file does not have, where that is asked for, what is to come included", async () => {
    const later = { prefix: "39", priceFirst: "0.07", priceNext: "0.07", effectiveFrom: "2027-06-01T00:00:00Z" };
    await client.run("changeRates", { tariffId, rates: [later] });
    const rows = Array.from({ length: 1200 }, (_, index) => `7${String(index).padStart(4, "0")},0.01,0.01`);
    await write("prefix,priceFirst,priceNext", "44,0.11,0.11", ...rows);
    const options = ["--from", "2026-12-01T00:00:00Z", "--discontinue-missing"];
    const before = (await events()).length;
    const told = (await tariff("import", file, "--dry-run", ...options)).out.split("\n");
    expect(told.map((line) => line.replaceAll(/ {2,}/g, " | "))).toEqual([
      "Line | What | Prefix | From | Before | After",
      "- | DISCONTINUED | 1 | 2026-12-01T00:00:00.000Z | 0.06 / 0.06, 1 / 1 s, fee 0.00 | -",
      "- | DISCONTINUED | 39 | 2026-12-01T00:00:00.000Z | 0.05 / 0.04, 1 / 1 s, fee 0.00 | -",
      "- | DISCONTINUED | 71200 | 2026-12-01T00:00:00.000Z | 0.01 / 0.01, 1 / 1 s, fee 0.00 | -",
      "- | DISCONTINUED | 39 | 2027-06-01T00:00:00.000Z | 0.07 / 0.07, 1 / 1 s, fee 0.00 | -",
      "",
      "0 added, 0 changed, 4 discontinued, 1201 unchanged. Nothing was recorded.",
    ]);
    expect(await events()).toHaveLength(before);
    const { out } = await tariff("import", file, ...options);
    expect(out.split("\n").at(-1)).toBe("0 added, 0 changed, 4 discontinued, 1201 unchanged.");
    expect(await events()).toHaveLength(before + 1);
    expect((await tariff("import", file, ...options)).out).toBe("0 added, 0 changed, 0 discontinued, 1201 unchanged.");
  });

  it.each([
    [[], "Name an action: import or export."],
    [["export"], "--tariff names the tariff."],
    [["import", "--tariff", "x"], "Name one file."],
    [["export", "--tariff", "x", "--dry-run"], "--dry-run does not go with export."],
    [
      ["import", "f", "--tariff", "x", "--from", "today"],
      '--from must be an instant such as 2026-12-01T00:00:00Z, not "today".',
    ],
  ])("refuses %j", async (args, sentence) => {
    expect(await tenure("tariff", ...args)).toEqual({ code: 2, out: "", err: `${sentence} --help shows the options.` });
  });
});
