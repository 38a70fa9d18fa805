import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { odooClient } from "./client.js";
import { type OdooConfiguration } from "./configuration.js";
import { type Signal } from "./signal.js";

const KEY = "secret-key-1234";
interface Received {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server, which answers what a test says. */
let server: Server;
let origin: string;
let received: Received[];
let reply: (response: ServerResponse) => void;
const answer = (status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}) => {
  reply = (response) => {
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  };
};
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      received.push({ request: `${method} ${url}`, headers, body: Buffer.concat(chunks).toString() });
      reply(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  received = [];
  answer(200);
});

const signal: Signal = {
  ...{ id: "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90", type: "invoice.generated", timestamp: "2020-08-01T22:30:00.000Z" },
  data: {
    customer: { id: "c", name: "Ann Ö.", email: null, phone: "+49 30 1" },
    invoice: {
      ...{ number: "INV-1", amountDue: "10.00", total: "15.00", currency: "USD" },
      ...{ dueDate: "2020-08-15", status: "PARTIALLY_PAID" },
    },
  },
};
const never = new AbortController().signal;
const modes = {
  signal: (): OdooConfiguration => ({ mode: "signal", url: `${origin}/company/signal`, key: KEY }),
  json2: (): OdooConfiguration => ({
    ...{ mode: "json2", url: origin, key: KEY, database: "company", model: "tenure.signal", method: "accept" },
  }),
};
const send = (mode: keyof typeof modes = "signal") => odooClient(modes[mode]()).send(signal, never);
const verify = (mode: keyof typeof modes) => odooClient(modes[mode]()).verify(never);
const DELIVERED = { outcome: "DELIVERED" };

describe("a signal", () => {
  it("is one POST of its JSON with the key, to the address", async () => {
    expect(await send()).toEqual(DELIVERED);
    expect(
      received.map(({ request, headers, body }) => [
        request,
        headers.authorization,
        headers["content-type"],
        JSON.parse(body) as unknown,
      ]),
    ).toEqual([["POST /company/signal", `Bearer ${KEY}`, "application/json", signal]]);
  });

  it("is a named argument of the method, where Odoo's JSON-2 API gets it", async () => {
    answer(200, "true");
    expect(await send("json2")).toEqual(DELIVERED);
    const [only, ...others] = received;
    expect([only?.request, only?.headers.authorization, only?.headers["x-odoo-database"], others]).toEqual([
      ...["POST /json/2/tenure.signal/accept", `bearer ${KEY}`, "company", []],
    ]);
    expect(JSON.parse(only?.body ?? "")).toEqual({ signal });
  });

  it.each([
    [200, ""],
    [201, "<html>thanks</html>"],
    [204, ""],
    [200, { jsonrpc: "2.0", id: null, result: { accepted: true } }],
    [200, { error: null }],
  ])("is delivered with %s %j", async (status, body) => {
    answer(status, body);
    expect(await send()).toEqual(DELIVERED);
  });
});

const server200 = (name: string, code = 200) => ({
  ...{ jsonrpc: "2.0", id: null },
  error: { code, message: "Odoo Server Error", data: { name, message: "no such field", debug: "Traceback ..." } },
});

describe("an answer that is not success", () => {
  it("is one however long its error is, or where it is too long to be read", async () => {
    answer(200, { error: { message: "Odoo Server Error", data: { debug: "Traceback ".repeat(50_000) } } });
    expect(await send()).toEqual({ outcome: "FAILED", error: "Odoo answered 200: Odoo Server Error" });
    answer(200, { debug: "Traceback ".repeat(250_000), error: "busy" });
    expect(await send()).toEqual({
      ...{ outcome: "FAILED", error: "Odoo answered 200. The answer is too long to be read." },
    });
  });

  it.each([
    [
      200,
      server200("builtins.ValueError"),
      "FAILED",
      "Odoo answered 200: Odoo Server Error, builtins.ValueError, no such field",
    ],
    [200, { error: "busy" }, "FAILED", "Odoo answered 200: busy"],
    [200, [{ result: true }, { error: "busy" }], "FAILED", "Odoo answered 200: busy"],
    [
      200,
      server200("odoo.exceptions.AccessDenied"),
      "DOWN",
      expect.stringContaining("Odoo refuses our key: ") as string,
    ],
    [
      200,
      server200("odoo.http.SessionExpiredException", 100),
      "DOWN",
      expect.stringContaining("Odoo refuses our key: ") as string,
    ],
    [
      401,
      { name: "werkzeug.exceptions.Unauthorized", message: "Invalid apikey" },
      "DOWN",
      "Odoo refuses our key: Odoo answered 401: werkzeug.exceptions.Unauthorized, Invalid apikey",
    ],
    [403, "<html></html>", "DOWN", "Odoo refuses our key: Odoo answered 403."],
    [303, "", "DOWN", "Odoo answered 303."],
    [
      404,
      { name: "werkzeug.exceptions.NotFound", message: "the model 'x' does not exist" },
      "REFUSED",
      "Odoo answered 404: werkzeug.exceptions.NotFound, the model 'x' does not exist",
    ],
    [
      422,
      { name: "builtins.TypeError", message: "missing argument" },
      "REFUSED",
      "Odoo answered 422: builtins.TypeError, missing argument",
    ],
    [408, "", "FAILED", "Odoo answered 408."],
    [409, "", "FAILED", "Odoo answered 409."],
    [425, "", "FAILED", "Odoo answered 425."],
    [
      500,
      { name: "psycopg2.OperationalError", message: "down" },
      "FAILED",
      "Odoo answered 500: psycopg2.OperationalError, down",
    ],
    [503, "busy", "FAILED", "Odoo answered 503."],
  ])("of %s %j means %s", async (status, body, outcome, error) => {
    answer(status, body);
    for (const mode of ["signal", "json2"] as const) expect(await send(mode)).toEqual({ outcome, error });
  });

  it("may ask to wait, in seconds or until a moment", async () => {
    answer(429, "", { "retry-after": "30" });
    expect(await send()).toEqual({ outcome: "FAILED", error: "Odoo answered 429.", retryAfterMs: 30_000 });
    answer(503, "", { "retry-after": new Date(Date.now() + 60_000).toUTCString() });
    const { retryAfterMs = 0 } = (await send()) as { readonly retryAfterMs?: number };
    expect(retryAfterMs > 50_000 && retryAfterMs <= 60_000).toBe(true);
    answer(503, "", { "retry-after": "soon" });
    expect(await send()).toEqual({ outcome: "FAILED", error: "Odoo answered 503." });
  });

  it("is told without the key, and not at length", async () => {
    answer(500, { name: "x", message: `the header was Bearer ${KEY} ${"long ".repeat(500)}` });
    const { error = "" } = (await send()) as { readonly error?: string };
    expect(error).toContain("Bearer ********");
    expect(error.length).toBe(500);
  });

  it("is none where nobody answers, or the answer breaks off", async () => {
    reply = (response) => {
      response.destroy();
    };
    expect(await send()).toEqual({
      outcome: "DOWN",
      error: expect.stringContaining("Odoo does not answer: ") as string,
    });
    const nowhere = odooClient({ mode: "signal", url: "http://127.0.0.1:1/", key: KEY });
    expect(await nowhere.send(signal, never)).toEqual({
      outcome: "DOWN",
      error: expect.stringContaining("Odoo does not answer: ") as string,
    });
  });

  it("follows no redirect: the key stays here", async () => {
    answer(307, "", { location: `${origin}/elsewhere` });
    expect(await send()).toEqual({ outcome: "DOWN", error: "Odoo answered 307." });
    expect(received).toHaveLength(1);
  });
});

describe("the check of the configuration", () => {
  it("asks an address for signals with GET, which our addon answers", async () => {
    expect(await verify("signal")).toEqual({ ok: true, message: "Odoo answers and took the key." });
    answer(401);
    expect(await verify("signal")).toEqual({ ok: false, message: "Odoo refuses our key: Odoo answered 401." });
    answer(405);
    expect(await verify("signal")).toEqual({
      ...{ ok: true, message: "Odoo is reachable, key not checkable: it answered 405." },
    });
    expect(received.map(({ request }) => request)).toEqual(Array(3).fill("GET /company/signal"));
  });

  it("asks the JSON-2 API whose key it is", async () => {
    answer(200, { lang: "en_US", tz: "UTC" });
    expect(await verify("json2")).toEqual({ ok: true, message: "Odoo answers and took the key." });
    expect(received[0]).toMatchObject({ request: "POST /json/2/res.users/context_get", body: "{}" });
    answer(401, { name: "werkzeug.exceptions.Unauthorized", message: "Invalid apikey" });
    expect(await verify("json2")).toMatchObject({
      ok: false,
      message: expect.stringContaining("refuses our key") as string,
    });
    answer(404, { name: "werkzeug.exceptions.NotFound", message: "no database" });
    expect(await verify("json2")).toMatchObject({ ok: false });
  });

  it("says that nobody answers", async () => {
    reply = (response) => {
      response.destroy();
    };
    for (const mode of ["signal", "json2"] as const) {
      expect(await verify(mode)).toEqual({ ok: false, message: expect.stringContaining("does not answer") as string });
    }
  });
});
