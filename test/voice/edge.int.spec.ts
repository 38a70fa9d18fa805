import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasKamailio, type RouteAnswer, startBilling, startEdge } from "./edge.js";
import { type Answer, Caller, Pbx } from "./sip-parties.js";

/*
 * edge/kamailio.cfg in a real Kamailio on loopback: exact SIP codes. .21 is the redirect server, .31 and .32 are PBXs that
 * are trusted, .66 one that is not.
 */

const isThere = hasKamailio();
if (!isThere) {
  console.log(
    "The specs of the edge need Kamailio: apt-get install kamailio kamailio-extra-modules kamailio-utils-modules; skipped.",
  );
}

const NUMBER = "12065551200";
const answers = new Map<string, RouteAnswer>();
const ended: (() => unknown)[] = [];
let billing: Awaited<ReturnType<typeof startBilling>>;
let caller: Caller;
let stranger: Caller;
let redirect: Pbx;
let pbx: Record<"one" | "two" | "untrusted", Pbx>;
const says: Record<"redirect" | "one" | "two" | "untrusted", Answer> = {
  ...{ redirect: 302, one: 200, two: 200, untrusted: 200 },
};

beforeAll(async () => {
  if (!isThere) return;
  billing = await startBilling(answers);
  const edge = await startEdge(await mkdtemp(join(tmpdir(), "edge-")), billing.url);
  const party = (address: string, name: keyof typeof says) => Pbx.at(address, () => says[name]);
  redirect = await party("127.0.0.21", "redirect");
  pbx = {
    one: await party("127.0.0.31", "one"),
    two: await party("127.0.0.32", "two"),
    untrusted: await party("127.0.0.66", "untrusted"),
  };
  caller = await Caller.at("127.0.0.1", edge);
  stranger = await Caller.at("127.0.0.9", edge);
  ended.push(
    ...[caller, stranger, redirect, ...Object.values(pbx)].map((each) => () => {
      each.close();
    }),
  );
  ended.push(edge.close, billing.close);
  // Until it listens, nothing comes back.
  for (;;) {
    if ((await caller.call({ method: "INFO", patience: 500 })) === 405) break;
    if (edge.hasEnded()) throw new Error(`Kamailio did not start: ${edge.told()}`);
  }
});
afterAll(async () => {
  for (const end of ended) await end();
});

const route = (more: Partial<RouteAnswer> = {}): RouteAnswer => ({
  ...{
    decision: "ROUTE",
    accountId: "account-1",
    target: `sip:${NUMBER}@${redirect.host}`,
    maxCalls: 0,
    maxSeconds: 0,
  },
  redirect: { trusted: ["127.0.0.31", "127.0.0.32"], action: "REJECT" },
  ...more,
});
const reached = () => Object.values(pbx).map(({ uris }) => uris.length);

/** A call whose redirection has these contacts: its code, and how many calls reached .31, .32 and .66. */
const redirected = async (contacts: readonly string[], more: Partial<RouteAnswer> = {}, code = 302) => {
  answers.set(NUMBER, route(more));
  says.redirect = { code, contacts };
  const before = reached();
  const got = await caller.call();
  return [got, reached().map((count, at) => count - (before[at] ?? 0))];
};
const at = (name: keyof typeof pbx, more = "") => `<sip:${NUMBER}@${pbx[name].host}${more}>`;

describe.skipIf(!isThere)("the edge", () => {
  it("asks billing with its credentials, and follows a redirection to a trusted PBX (V1)", async () => {
    expect(await redirected([at("one")])).toEqual([200, [1, 0, 0]]);
    expect(billing.asked.at(-1)).toEqual({
      ...{ path: "/edge/v1/route", authorization: `Basic ${Buffer.from("edge:secret").toString("base64")}` },
      ...{
        callId: expect.any(String) as unknown,
        fromTag: expect.any(String) as unknown,
        cli: "12015550100",
        cld: NUMBER,
      },
      sourceIp: "127.0.0.1",
    });
    expect(await redirected([at("two")])).toEqual([200, [0, 1, 0]]);
    await expect.poll(() => pbx.two.methods).toEqual(["INVITE", "ACK"]);
  });

  it("refuses an untrusted PBX, and follows nothing where that is not enabled (V2)", async () => {
    expect(await redirected([at("untrusted")])).toEqual([403, [0, 0, 0]]);
    const { redirect: _, ...disabled } = route();
    answers.set(NUMBER, disabled);
    says.redirect = { code: 302, contacts: [at("one")] };
    expect(await caller.call()).toBe(480);
  });

  it("takes the trusted one with the highest q (V3)", async () => {
    const contacts = [`${at("one")};q=0.2`, `${at("untrusted")};q=0.9`, `${at("two")};q=0.8`];
    expect(await redirected(contacts)).toEqual([200, [0, 1, 0]]);
    expect(await redirected([at("one"), `${at("two")};q=0.1`])).toEqual([200, [0, 1, 0]]);
  });

  it("goes on after 503, and not after 486 (V4)", async () => {
    const contacts = [`${at("one")};q=0.9`, `${at("two")};q=0.1`];
    says.one = 503;
    expect(await redirected(contacts)).toEqual([200, [1, 1, 0]]);
    says.one = 486;
    expect(await redirected(contacts)).toEqual([486, [1, 0, 0]]);
    says.one = 503;
    expect(await redirected([at("one")])).toEqual([503, [1, 0, 0]]);
    says.one = 200;
  });

  it("trusts hosts as they are written, and in a network (V5)", async () => {
    const port = pbx.one.host.split(":")[1] ?? "";
    for (const contact of [at("one", ";maddr=127.0.0.66"), at("one", "?Route=%3Csip:127.0.0.66%3E"), `<tel:1>`]) {
      expect(await redirected([contact]), contact).toEqual([403, [0, 0, 0]]);
    }
    const trusted = { trusted: ["127.0.0.1"], action: "REJECT" };
    expect(await redirected([`<sip:1@127.1:${port}>`], { redirect: trusted })).toEqual([403, [0, 0, 0]]);
    const self = `<sip:${NUMBER}@${caller.edge.address}:${caller.edge.port}>`;
    expect(await redirected([self], { redirect: { trusted: ["127.0.0.10"], action: "REJECT" } })).toEqual([
      403,
      [0, 0, 0],
    ]);
    const nowhere = { trusted: ["pbx.invalid"], action: "REJECT" };
    expect(await redirected(["<sip:1@PBX.invalid>"], { redirect: nowhere })).toEqual([502, [0, 0, 0]]);
    const network = { trusted: ["127.0.0.24/29"], action: "REJECT" };
    expect(await redirected([at("one")], { redirect: network })).toEqual([200, [1, 0, 0]]);
    expect(await redirected([at("two")], { redirect: network })).toEqual([403, [0, 0, 0]]);
  });

  it("answers what is no redirection to follow by 502, and a second one by 482 (V6)", async () => {
    expect(await redirected([])).toEqual([502, [0, 0, 0]]);
    expect(await redirected([at("one")], {}, 305)).toEqual([502, [0, 0, 0]]);
    says.one = { code: 302, contacts: [at("two")] };
    expect(await redirected([at("one")])).toEqual([482, [1, 0, 0]]);
    says.one = 200;
  });

  it("passes on what billing refuses, whatever the number is", async () => {
    answers.set("12065550000", { decision: "REFUSE", sipCode: 480 });
    expect(await caller.call({ cld: "12065550000" })).toBe(480);
    expect(await caller.call({ cld: "a$b%25c%22'" })).toBe(404);
    expect(billing.asked.at(-1)).toMatchObject({ cld: "a$b%25c%22'" });
  });

  it("answers what is no call of a neighbour by codes of SIP, without asking billing (V16)", async () => {
    const before = billing.asked.length;
    const joined = (lines: readonly string[]) => `${lines.join("\r\n")}\r\n\r\n`;
    expect(await stranger.call()).toBe(403);
    expect(await caller.call({ maxForwards: 0 })).toBe(483);
    expect(await caller.call({ method: "INFO" })).toBe(405);
    const mismatched = (lines: readonly string[]) => joined(lines).replace("CSeq: 1 INVITE", "CSeq: 1 BYE");
    expect(await caller.call({ raw: mismatched })).toBe(400);
    const long = (lines: readonly string[]) =>
      joined([...lines.slice(0, -1), `X: ${"x".repeat(20_000)}`, "Content-Length: 0"]);
    expect(await caller.call({ raw: long })).toBe(513);
    expect(billing.asked.length).toBe(before);
  });

  it("takes a call back before it was redirected, and after (V15)", async () => {
    says.redirect = null;
    answers.set(NUMBER, route());
    const asked = redirect.uris.length;
    const redirectRings = () => expect.poll(() => redirect.uris.length).toBe(asked + 1);
    expect(await caller.call({ cancelAfter: redirectRings })).toBe(487);
    says.redirect = { code: 302, contacts: [at("one"), at("two")] };
    says.one = null;
    const [before = 0, other = 0] = reached();
    const rings = () => expect.poll(() => reached()[0]).toBe(before + 1);
    expect(await caller.call({ cancelAfter: rings })).toBe(487);
    says.one = 200;
    expect(reached()[1]).toBe(other);
  });

  it("says nothing to what cannot be answered (V16)", async () => {
    const silent = (raw: (lines: readonly string[]) => string) => caller.call({ raw, patience: 700 });
    expect(await silent(() => "no SIP at all\r\n\r\n")).toBeNull();
    expect(
      await silent((lines) => `${lines.filter((line) => !line.startsWith("CSeq")).join("\r\n")}\r\n\r\n`),
    ).toBeNull();
    answers.set(NUMBER, route());
    says.redirect = 200;
    expect(await caller.call()).toBe(200);
  });

  it("keeps to as many calls at once as billing says, and ends them when it says (V13)", async () => {
    answers.set(
      NUMBER,
      route({ target: `sip:${NUMBER}@${pbx.one.host}`, maxCalls: 2, maxSeconds: 3, accountId: "a2" }),
    );
    const codes = await Promise.all([1, 2, 3, 4].map(() => caller.call()));
    expect(codes.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([200, 200, 486, 486]);
    await expect.poll(() => caller.requests, { timeout: 12_000 }).toEqual(["BYE", "BYE"]);
    await expect.poll(() => caller.call()).toBe(200);
  });

  it("answers 503 while billing is silent", async () => {
    await billing.close();
    expect(await caller.call()).toBe(503);
  });
});
