import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { Client } from "../../api/spec-support/client.js";
import { OPERATOR_TOKEN } from "../../api/spec-support/said-callers.js";

let bench: Bench;
let url: string;
let own: string;
beforeAll(async () => {
  bench = await startBench();
  ({ url } = await bench.api({ credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } }));
  own = (await bench.provider()).providerId ?? "";
});
afterAll(() => bench.stop());

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command, with a token in its environment. */
const tenure = (args: readonly string[], token: string): Promise<Answer> =>
  new Promise((answered) => {
    const program = resolve("dist/apps/cli/main.js");
    const env = { ...process.env, TENURE_TOKEN: token, TENURE_TOKEN_FILE: "" };
    execFile(process.execPath, [program, "token", ...args], { env }, (error, stdout, stderr) => {
      answered({ code: error === null ? 0 : Number(error.code), out: stdout.trim(), err: stderr.trim() });
    });
  });
const token = (...args: string[]) => tenure([...args, "--url", url, "--provider", own], OPERATOR_TOKEN);

it("grants a key whose secret it alone prints, lists it without, and revokes it", async () => {
  const created = await token("create", "--label", "Desk", "--role", "csr", "--role", "zendesk-app", "--reason", "New");
  expect([created.code, created.out]).toEqual([0, expect.stringMatching(/^tnr_[\w-]{43}$/)]);
  const [, id = ""] = /^Granted the key ([0-9a-f-]{36})\./.exec(created.err) ?? [];
  const client = new Client(url, undefined, undefined, undefined, created.out);
  expect(await client.query("{ provider { id } }")).toEqual({ provider: { id: own } });

  const listed = await token("list", "--json");
  expect(JSON.parse(listed.out)).toMatchObject({
    ...{ id, label: "Desk", roles: ["CSR", "ZENDESK_APP"], status: "ACTIVE", grantedBy: "local", expiresAt: null },
  });
  expect(listed.out).not.toContain(created.out);

  expect(await token("revoke", id, "--reason", "Gone")).toEqual({ code: 0, out: `${id}: revoked`, err: "" });
  expect((await token("list")).out).toContain("REVOKED");
});

it("says what the server refuses, and what is no command", async () => {
  const wrong = await tenure(["list", "--url", url], "a-token-that-nobody-has-granted");
  expect(wrong).toMatchObject({ code: 1, out: "", err: expect.stringContaining("The token is not one") as string });
  const nobody = "00000000-0000-4000-8000-000000000000";
  expect(await token("revoke", nobody, "--reason", "Gone")).toEqual({
    ...{ code: 1, out: "", err: `${nobody}: There is no such key.` },
  });
  expect(await token("create", "--label", "x", "--reason", "y")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--role") as string,
  });
  expect(await token("list", "--label", "x")).toMatchObject({ code: 2 });
});
