import { afterEach, describe, expect, it } from "vitest";
import { whileContended, zendeskClient } from "./client.js";
import { ZendeskFailure } from "./failure.js";
import { type Pacer } from "./pace.js";
import { type Answering, answeringServer } from "./spec-support/answering-server.js";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

class SaidTime implements Pacer {
  ms = 0;
  readonly waits: number[] = [];
  now(): number {
    return this.ms;
  }
  wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.ms += ms;
    return Promise.resolve();
  }
}

const settings = { email: "agent@example.com", token: "s3cret", widgetKey: null, timeFieldId: null };

const asking = async (...answers: Answering[]) => {
  const server = await answeringServer(...answers);
  opened.push(server);
  const time = new SaidTime();
  return { server, time, client: zendeskClient({ ...settings, origin: server.origin }, time) };
};

const failure = async (work: Promise<unknown>): Promise<ZendeskFailure> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ZendeskFailure) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

describe("a request to Zendesk", () => {
  it("is authenticated as EMAIL/token with the token, and encodes what it asks for", async () => {
    const { server, client } = await asking({ status: 201, body: { ticket: { id: 7 } }, headers: { "x-a": "b" } });
    const answer = await client.request<{ ticket: { id: number } }>({
      method: "POST",
      path: "/tickets",
      query: { "page[size]": 5, query: "a&b" },
      headers: { "Idempotency-Key": "k" },
      body: { ticket: { subject: "Hello" } },
    });
    expect([answer.status, answer.body, answer.headers.get("x-a")]).toEqual([201, { ticket: { id: 7 } }, "b"]);
    const [received] = server.received;
    expect(received?.request).toBe("POST /api/v2/tickets?page%5Bsize%5D=5&query=a%26b");
    expect(received?.body).toEqual({ ticket: { subject: "Hello" } });
    expect(received?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("agent@example.com/token:s3cret").toString("base64")}`,
      "content-type": "application/json",
      accept: "application/json",
      "idempotency-key": "k",
    });
  });

  it("for what is not there finds nothing", async () => {
    const { client } = await asking({ status: 404, body: { error: "RecordNotFound", description: "Not found" } });
    expect(await client.find({ path: "/organizations/1" })).toBeNull();
  });

  it.each<[string, Answering, object, string]>([
    [
      "a wrong token",
      { status: 401, body: { error: "Couldn't authenticate you" } },
      { outcome: "DOWN" },
      "Zendesk refuses our credentials: Zendesk answered 401: Couldn't authenticate you",
    ],
    [
      "no right",
      { status: 403, body: { error: { title: "Forbidden", message: "You do not have access" } } },
      { outcome: "DOWN" },
      "Zendesk refuses our credentials: Zendesk answered 403: Forbidden, You do not have access",
    ],
    [
      "another address",
      { status: 302, headers: { location: "https://x" } },
      { outcome: "DOWN" },
      "Zendesk answered 302.",
    ],
    [
      "a name that is taken",
      {
        status: 422,
        body: {
          error: "RecordInvalid",
          description: "Record validation errors",
          details: { name: [{ description: "Name: has already been taken", error: "DuplicateValue" }] },
        },
      },
      { outcome: "REFUSED" },
      "Zendesk answered 422: RecordInvalid, Record validation errors; name: DuplicateValue, Name: has already been taken",
    ],
    [
      "the other shape of errors",
      {
        status: 400,
        body: { errors: [{ code: "InvalidPaginationParameter", title: "Invalid page" }, { title: "B" }] },
      },
      { outcome: "REFUSED" },
      "Zendesk answered 400: InvalidPaginationParameter, Invalid page; B",
    ],
    ["a fault of theirs", { status: 502, text: "<html>" }, { outcome: "FAILED" }, "Zendesk answered 502."],
    [
      "maintenance",
      { status: 503, headers: { "retry-after": "5" } },
      { outcome: "FAILED", retryAfterMs: 5_000 },
      "Zendesk answered 503.",
    ],
    [
      "a page instead of JSON",
      { status: 200, text: "<html>" },
      { outcome: "FAILED" },
      "Zendesk answered without JSON.",
    ],
    [
      "a conflict",
      { status: 409, body: { error: "Conflict", description: "Safe update prevented" } },
      { outcome: "FAILED" },
      "Zendesk answered 409: Conflict, Safe update prevented",
    ],
  ])("fails with %s", async (_, answer, meaning, error) => {
    const { client } = await asking(answer);
    const found = await failure(client.request({ path: "/organizations/1" }));
    expect(found.meaning).toEqual({ ...meaning, error });
    expect(JSON.stringify([found.message, found.details])).not.toContain("s3cret");
  });

  it("that nobody answers means that Zendesk is down", async () => {
    const server = await answeringServer();
    await server.close();
    const found = await failure(zendeskClient({ ...settings, origin: server.origin }).request({ path: "/x" }));
    expect([found.meaning.outcome, found.status]).toEqual(["DOWN", null]);
    expect(found.message).toMatch(/^Zendesk does not answer: /);
  });

  it("is not made before the time that a 429 names, or a minute where it names none", async () => {
    const limited: Answering = { status: 429, body: { error: "APIRateLimitExceeded" } };
    const { server, time, client } = await asking({ ...limited, headers: { "retry-after": "7" } }, limited, {
      status: 200,
      body: { ok: true },
    });
    const ask = () => client.request({ path: "/x" });
    expect((await failure(ask())).meaning).toMatchObject({ outcome: "FAILED", retryAfterMs: 7_000 });
    time.ms += 6_000;
    expect((await failure(ask())).meaning).toMatchObject({ outcome: "FAILED", retryAfterMs: 1_000 });
    expect(server.received).toHaveLength(1);
    time.ms += 1_000;
    expect((await failure(ask())).meaning).toMatchObject({ outcome: "FAILED", retryAfterMs: 60_000 });
    time.ms += 60_000;
    expect((await ask()).body).toEqual({ ok: true });
    expect(server.received).toHaveLength(3);
  });

  it("waits its turn: 40 go out at once, then 400 in a minute", async () => {
    const { time, client } = await asking({ status: 200, body: {} });
    for (let count = 0; count < 42; count += 1) await client.request({ path: "/x" });
    expect(time.waits).toEqual([150, 150]);
  });
});

describe("what is read and written again after a conflict", () => {
  const conflict: Answering = { status: 409, body: { error: "Conflict" } };

  it("goes well in the end", async () => {
    const { client } = await asking(conflict, conflict, { status: 200, body: { done: true } });
    expect((await whileContended(() => client.request({ path: "/x" }))).body).toEqual({ done: true });
  });

  it("fails after three tries, and at once for other reasons", async () => {
    const { server, client } = await asking(conflict);
    expect((await failure(whileContended(() => client.request({ path: "/x" })))).status).toBe(409);
    expect(server.received).toHaveLength(3);
    const other = await asking({ status: 422, body: {} });
    await failure(whileContended(() => other.client.request({ path: "/x" })));
    expect(other.server.received).toHaveLength(1);
  });
});
