import { connect } from "node:net";
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { bearer } from "./spec-support/said-callers.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

interface Told {
  readonly status: number;
  readonly body: unknown;
}
const take = async (
  path: string,
  init: Omit<RequestInit, "headers"> & { readonly headers?: Record<string, string> } = {},
): Promise<Told> => {
  const response = await fetch(new URL(path, bench.url), { ...init, headers: { ...bearer(), ...init.headers } });
  return { status: response.status, body: await response.json() };
};
const json = { "content-type": "application/json" };
const post = (body: string, headers: Record<string, string> = json): Promise<Told> =>
  take("/graphql", { method: "POST", headers, body });
const query = (source: unknown): Promise<Told> => post(JSON.stringify({ query: source }));
const get = (parameters: Record<string, string>): Promise<Told> =>
  take(`/graphql?${new URLSearchParams(parameters).toString()}`);

/** In the shape of every answer, without what an operation would add. */
const refused = (status: number, code: string, message: string): Told => ({
  status,
  body: { errors: [{ message, extensions: { code } }] },
});
/** The same from the route of GraphQL. */
const refusedThere = (status: number, code: string, message: string): Told => ({
  status,
  body: { data: null, errors: [{ message, extensions: { code } }] },
});

/** What a socket answers to bytes as they are. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(new URL(bench.url).port), "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("close", () => {
      resolve(text);
    });
    socket.on("error", reject);
  });

describe("requests that are no operations are refused in words, as GraphQL answers", () => {
  it.each<[string, () => Promise<Told>, number, string, string]>([
    ["a number for a query", () => query(1), 400, "BAD_REQUEST", "The query is not text."],
    [
      "a parsed document",
      () => query('{"kind":"Document"}'),
      400,
      "BAD_REQUEST",
      "The query is JSON, not a document of GraphQL.",
    ],
    ["a number as text", () => query("1"), 400, "BAD_REQUEST", "The query is JSON, not a document of GraphQL."],
    ["an empty query", () => query(" "), 400, "BAD_REQUEST", "The query is empty."],
    ["a comment", () => query("# nothing\n"), 400, "BAD_REQUEST", "The query is empty."],
    ["no query", () => post("{}"), 400, "BAD_REQUEST", "There is no query in the request."],
    ["a batch", () => post("[]"), 400, "BAD_REQUEST", "Batches are not taken; send one operation in a request."],
    ["text", () => post('"x"'), 400, "BAD_REQUEST", "The body is not an object; an operation is { query, variables }."],
    [
      "null",
      () => post("null"),
      400,
      "BAD_REQUEST",
      "The body is not an object; an operation is { query, variables }.",
    ],
    ["no JSON", () => post("{"), 400, "BAD_REQUEST", "The body is not JSON."],
    ["an empty body", () => post(""), 400, "BAD_REQUEST", "The body is empty; an operation is { query, variables }."],
    [
      "variables that are a list",
      () => post('{"query":"{ provider { id } }","variables":[]}'),
      400,
      "BAD_REQUEST",
      "variables is not an object.",
    ],
    [
      "a name that is a number",
      () => post('{"query":"{ provider { id } }","operationName":1}'),
      400,
      "BAD_REQUEST",
      "operationName is not text.",
    ],
    [
      "extensions that are text",
      () => post('{"query":"{ provider { id } }","extensions":"x"}'),
      400,
      "BAD_REQUEST",
      "extensions is not an object.",
    ],
    [
      "variables by GET that are no JSON",
      () => get({ query: "{ provider { id } }", variables: "{" }),
      400,
      "BAD_REQUEST",
      "variables is not an object.",
    ],
    [
      "two operations by GET",
      () => get({ query: "query a { provider { id } } query b { provider { id } }" }),
      400,
      "BAD_REQUEST",
      "Name one operation of the query with operationName.",
    ],
    [
      "a mutation by GET",
      () => get({ query: 'mutation { createProvider(input: { idempotencyKey: "k", name: "x" }) { id } }' }),
      405,
      "METHOD_NOT_ALLOWED",
      "Only queries are sent by GET; send other operations by POST.",
    ],
    [
      "XML",
      () => post("<a/>", { "content-type": "application/xml" }),
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      "Send JSON, as content-type: application/json.",
    ],
    [
      "270 KB",
      () => query(`{ provider { id } } #${"x".repeat(270_000)}`),
      413,
      "REQUEST_TOO_LARGE",
      "The request is larger than 256 KB.",
    ],
    [
      "2,000 levels",
      () => query("{ a ".repeat(2_000) + "}".repeat(2_000)),
      400,
      "QUERY_TOO_LARGE",
      "The query nests brackets more than 100 deep.",
    ],
    [
      "a list of 4,000 lists",
      () => query(`{ provider(a: ${"[".repeat(4_000)}`),
      400,
      "QUERY_TOO_LARGE",
      "The query nests brackets more than 100 deep.",
    ],
  ])("%s", async (_, ask, status, code, message) => {
    expect(await ask()).toEqual(refusedThere(status, code, message));
  });

  it("takes a document as it is", async () => {
    const { status, body } = await post("{ provider { __typename } }", { "content-type": "application/graphql" });
    expect({ status, body }).toEqual({ status: 200, body: { data: { provider: { __typename: "Provider" } } } });
  });

  it("other addresses and methods", async () => {
    const nothing = refused(404, "NOT_FOUND", "There is nothing at this address; GraphQL is at /graphql.");
    expect(await take("/nowhere")).toEqual(nothing);
    expect(await take("/nowhere", { method: "DELETE" })).toEqual(nothing);
    expect(await take("/health", { method: "POST", headers: json, body: "{" })).toEqual(nothing);
    const method = refused(405, "METHOD_NOT_ALLOWED", "Send operations by POST; queries also by GET.");
    for (const name of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      expect(await take("/graphql", { method: name }), name).toEqual(method);
    }
    const head = await fetch(`${bench.url}?query=${encodeURIComponent("{ provider { id } }")}`, {
      method: "HEAD",
      headers: bearer(),
    });
    expect([head.status, head.headers.get("allow")]).toEqual([405, "GET, POST"]);
    expect(await take("/graphql", { headers: { origin: "https://tenure.example" } })).toEqual(
      refused(403, "FORBIDDEN", "Requests to another host, or from a page of another origin, are refused."),
    );
  });

  it("what is hardly HTTP", async () => {
    const body =
      '{"errors":[{"message":"The request is not one that HTTP knows.","extensions":{"code":"BAD_REQUEST"}}]}';
    expect((await raw("HELLO\r\n\r\n")).split("\r\n\r\n")[1]).toBe(body);
    expect(await take("/%zz")).toEqual(refused(400, "BAD_REQUEST", "The address is not well-formed."));
    const large = await raw(`GET /health HTTP/1.1\r\nhost: localhost\r\nx: ${"x".repeat(40_000)}\r\n\r\n`);
    expect(large.split("\r\n")[0]).toBe("HTTP/1.1 431 Request Header Fields Too Large");
    expect(large).toContain('"code":"REQUEST_TOO_LARGE"');
  });

  it("a client that hangs up is told to no log", async () => {
    const before = bench.logged.length;
    await new Promise<void>((resolve) => {
      const { port } = new URL(bench.url);
      const sent = request({
        port,
        path: "/graphql",
        method: "POST",
        headers: { ...json, ...bearer(), "content-length": 1000 },
      });
      sent.on("error", () => {
        resolve();
      });
      sent.write('{"query":');
      setTimeout(() => sent.destroy(), 100);
    });
    await delay(200);
    expect(bench.logged.slice(before)).toEqual([]);
  });

  it("the API while it is being stopped", async () => {
    const api = await bench.api({});
    const { port } = new URL(api.url);
    let closed: Promise<void> | undefined;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(Number(port), "127.0.0.1", () => {
        // One request is under way while the API stops; the next one comes over the same connection.
        socket.write(
          `POST /graphql HTTP/1.1\r\nhost: localhost\r\nauthorization: ${bearer().authorization}\r\ncontent-type: application/json\r\ncontent-length: 31\r\n\r\n`,
        );
        setTimeout(() => {
          closed = api.close();
          setTimeout(() => {
            socket.write('{"query":"{ provider { id } }"}');
            socket.write("GET /nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n");
          }, 200);
        }, 100);
      });
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("close", () => {
        resolve(text);
      });
      socket.on("error", reject);
    });
    await closed;
    expect(answer).toContain("HTTP/1.1 200 OK");
    expect(answer).toContain("HTTP/1.1 503 Service Unavailable");
    expect(answer).toContain(
      '{"errors":[{"message":"The API is being stopped; send the same request again to the next one.","extensions":{"code":"UNAVAILABLE"}}]}',
    );
  });

  it("logs nothing of all this", () => {
    expect(bench.logged).toEqual([]);
  });
});
