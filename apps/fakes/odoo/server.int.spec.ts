import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FAKE_ODOO_DATABASE, FAKE_ODOO_KEY, SIGNAL_PATH } from "./fake.js";
import { type RunningFakeOdoo, startFakeOdoo } from "./server.js";

let fake: RunningFakeOdoo;
beforeAll(async () => {
  fake = await startFakeOdoo();
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.reset();
  fake.key = FAKE_ODOO_KEY;
});

const signal = (id = "one") => ({
  ...{ id, type: "invoice.generated", timestamp: "2020-08-01T00:00:00.000Z" },
  data: { customer: { id: "c", name: "<Ann>", email: null, phone: null } },
});
const ask = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${fake.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${fake.key}`, "x-odoo-database": FAKE_ODOO_DATABASE, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text, response };
};
const WRONG = { authorization: "Bearer wrong" };
const taken = (repeated: boolean) => ({ accepted: true, repeated });

describe("a fake Odoo", () => {
  it("takes signals, each once, and keeps their order", async () => {
    const first = await ask("POST", SIGNAL_PATH, signal());
    expect([first.status, first.body]).toEqual([200, { jsonrpc: "2.0", id: null, result: taken(false) }]);
    await ask("POST", SIGNAL_PATH, signal("two"));
    const again = await ask("POST", SIGNAL_PATH, signal());
    expect(again.body).toEqual({ jsonrpc: "2.0", id: null, result: taken(true) });
    expect(fake.signals.map(({ id, times, mode }) => [id, times, mode])).toEqual([
      ["one", 2, "signal"],
      ["two", 1, "signal"],
    ]);
  });

  it("answers errors of signals as 200 with an error object, but 401 to a wrong key", async () => {
    expect((await ask("POST", SIGNAL_PATH, { id: "one" })).body).toMatchObject({
      error: { code: 200, message: "Odoo Server Error", data: { name: "builtins.ValueError" } },
    });
    expect((await ask("POST", SIGNAL_PATH, signal(), WRONG)).status).toBe(401);
    expect((await ask("GET", SIGNAL_PATH)).status).toBe(200);
    expect((await ask("GET", SIGNAL_PATH, undefined, WRONG)).status).toBe(401);
    expect(fake.signals).toEqual([]);
  });

  it("speaks JSON-2", async () => {
    const accept = "/json/2/tenure.signal/accept";
    const first = await ask("POST", accept, { signal: signal() });
    expect([first.status, first.body]).toEqual([200, taken(false)]);
    expect(fake.signals.map(({ id, mode }) => [id, mode])).toEqual([["one", "json2"]]);
    expect((await ask("POST", "/json/2/res.users/context_get", {})).body).toMatchObject({ lang: "en_US" });
    const refused = [
      await ask("POST", accept, { signal: signal() }, WRONG),
      await ask("POST", accept, { signal: signal() }, { "x-odoo-database": "another" }),
      await ask("POST", accept, {}),
      await ask("POST", "/json/2/another.model/accept", {}),
      await ask("POST", "/json/2/tenure.signal/another", {}),
    ];
    expect(refused.map(({ status, body }) => [status, (body as { name: string }).name])).toEqual([
      [401, "werkzeug.exceptions.Unauthorized"],
      [404, "werkzeug.exceptions.NotFound"],
      [422, "builtins.TypeError"],
      [404, "werkzeug.exceptions.NotFound"],
      [404, "werkzeug.exceptions.NotFound"],
    ]);
  });

  it("shows what arrived on a page, as text", async () => {
    await ask("POST", SIGNAL_PATH, signal());
    const { body } = await ask("GET", "/");
    expect(body).toContain("invoice.generated");
    expect(body).toContain("&lt;Ann&gt;");
    expect(body).not.toContain(FAKE_ODOO_KEY);
  });
});

describe("faults on demand", () => {
  const fault = (body: object) => ask("POST", "/_fake/faults", body);
  const send = async (id: string) => (await ask("POST", SIGNAL_PATH, signal(id))).status;

  it("answer a status, once or often, and are taken back", async () => {
    await fault({ status: 503, retryAfter: 7 });
    const { status, response } = await ask("POST", SIGNAL_PATH, signal());
    expect([status, response.headers.get("retry-after"), await send("two")]).toEqual([503, "7", 200]);
    await fault({ status: 500, times: null });
    expect([await send("three"), await send("four")]).toEqual([500, 500]);
    await ask("DELETE", "/_fake/faults");
    expect(await send("three")).toBe(200);
    expect(fake.signals.map(({ id }) => id)).toEqual(["two", "three"]);
  });

  it("lose the answer only, or break the connection off", async () => {
    await fault({ status: 500, when: "AFTER" });
    expect([await send("one"), fake.signals.length]).toEqual([500, 1]);
    await fault({ down: true, when: "AFTER" });
    await expect(send("two")).rejects.toThrow();
    expect(fake.signals.map(({ id }) => id)).toEqual(["one", "two"]);
    expect(fake.requests.map(({ status }) => status)).toEqual([500, null]);
  });

  it("hit a part of the requests, the same in every run, or answer 200 with an error", async () => {
    await fault({ rpcError: true });
    expect((await ask("POST", SIGNAL_PATH, signal())).body).toMatchObject({ error: { code: 200 } });
    await fault({ status: 500, times: null, share: 0.5 });
    const statuses: number[] = [];
    for (let index = 0; index < 20; index += 1) statuses.push(await send(`signal ${index}`));
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(4);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(4);
  });

  it("let a key expire", async () => {
    const old = { authorization: `Bearer ${fake.key}` };
    await ask("POST", "/_fake/key", { key: "another" });
    expect((await ask("POST", SIGNAL_PATH, signal(), old)).status).toBe(401);
    expect((await ask("POST", SIGNAL_PATH, signal())).status).toBe(200);
  });

  it("can be ordered with the page's form", async () => {
    const response = await fetch(`${fake.url}/_fake/faults`, {
      method: "POST",
      body: new URLSearchParams({ status: "429", times: "1" }),
      redirect: "manual",
    });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
    expect(await send("one")).toBe(429);
  });
});

describe("a file", () => {
  it("keeps signals for the fake's next start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fake-odoo-"));
    const file = join(folder, "told");
    const told = async (kept: RunningFakeOdoo, id: string) => {
      const headers = { authorization: `Bearer ${kept.key}` };
      const body = JSON.stringify(signal(id));
      const response = await fetch(`${kept.url}${SIGNAL_PATH}`, { method: "POST", headers, body });
      return ((await response.json()) as { result: unknown }).result;
    };
    const first = await startFakeOdoo({ file });
    expect([await told(first, "one"), await told(first, "two")]).toEqual([taken(false), taken(false)]);
    await first.close();
    const second = await startFakeOdoo({ file });
    expect(await told(second, "one")).toEqual(taken(true));
    await second.close();
    const third = await startFakeOdoo({ file });
    try {
      expect(third.signals.map(({ id, times }) => [id, times])).toEqual([
        ["one", 2],
        ["two", 1],
      ]);
      third.reset();
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await third.close();
      await rm(folder, { recursive: true });
    }
  });
});
