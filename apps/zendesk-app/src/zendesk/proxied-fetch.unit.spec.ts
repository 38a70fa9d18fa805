import { describe, expect, it } from "vitest";
import { proxiedFetch } from "./proxied-fetch.js";
import { type ProxiedRequest } from "./sdk.js";

const ASKED = ["https://billing.example.com/graphql", { method: "POST", body: '{"query":"{ a }"}' }] as const;

/** What the app gets, as a status and a text; of a failure its name. */
const got = async (request: (asked: ProxiedRequest) => Promise<unknown>, patience?: number): Promise<unknown> =>
  proxiedFetch(
    { request },
    patience,
  )(...ASKED).then(
    async (answer) => [answer.status, await answer.text()],
    (error: unknown) => (error as Error).name,
  );
/** Rejected with what jQuery tells, which is no Error. */
const failing = (reason: unknown) =>
  got(async () => {
    await Promise.resolve();
    throw reason;
  });

describe("fetch by way of Zendesk's proxy", () => {
  it("sends what is asked, with a placeholder where the key belongs", async () => {
    const asked: ProxiedRequest[] = [];
    await got((each) => {
      asked.push(each);
      return Promise.resolve({});
    });
    expect(asked).toEqual([
      {
        url: "https://billing.example.com/graphql",
        type: "POST",
        headers: { Authorization: "Bearer {{setting.api_token}}" },
        contentType: "application/json",
        data: '{"query":"{ a }"}',
        secure: true,
      },
    ]);
  });

  it("answers what was read of JSON, and other text as it is", async () => {
    expect(await got(() => Promise.resolve({ data: { a: 1 } }))).toEqual([200, '{"data":{"a":1}}']);
    expect(await got(() => Promise.resolve("<html>"))).toEqual([200, "<html>"]);
  });

  it("answers a refusal of the server with its status and text", async () => {
    expect(await failing({ status: 401, responseText: '{"errors":[]}' })).toEqual([401, '{"errors":[]}']);
    expect(await failing({ status: 502, responseText: "" })).toEqual([502, ""]);
  });

  it("fails as fetch does without an answer", async () => {
    expect(await failing({ status: 0 })).toBe("TypeError");
    expect(await failing(undefined)).toBe("TypeError");
    expect(await got(() => new Promise(() => undefined), 1)).toBe("TypeError");
  });
});
