import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasKamailio, type RouteAnswer, startBilling, startEdge } from "./edge.js";
import { type SipRequest } from "../../apps/announcer/sip.js";
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
let journal: string;
let redirect: Pbx;
let pbx: Record<"one" | "two" | "untrusted", Pbx>;
let gateway: Pbx;
let announcer: Pbx;
const says: Record<"redirect" | "one" | "two" | "untrusted" | "gateway" | "announcer", Answer> = {
  ...{ redirect: 302, one: 200, two: 200, untrusted: 200, gateway: 200, announcer: 403 },
};

beforeAll(async () => {
  if (!isThere) return;
  billing = await startBilling(answers);
  const party = (address: string, name: keyof typeof says) => Pbx.at(address, () => says[name]);
  announcer = await party("127.0.0.51", "announcer");
  gateway = await party("127.0.0.41", "gateway");
  const edge = await startEdge(await mkdtemp(join(tmpdir(), "edge-")), billing.url, { announcer: announcer.host });
  ({ journal } = edge);
  redirect = await party("127.0.0.21", "redirect");
  pbx = {
    one: await party("127.0.0.31", "one"),
    two: await party("127.0.0.32", "two"),
    untrusted: await party("127.0.0.66", "untrusted"),
  };
  caller = await Caller.at("127.0.0.1", edge);
  stranger = await Caller.at("127.0.0.9", edge);
  ended.push(
    ...[caller, stranger, redirect, gateway, announcer, ...Object.values(pbx)].map((each) => () => {
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
/** The journal's lines. */
const journalled = async (): Promise<string> => {
  const files = await readdir(journal);
  return (await Promise.all(files.map((file) => readFile(join(journal, file), "utf8")))).join("");
};
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

  it("calls five addresses at most, by q and then as they are written, each once (V3)", async () => {
    const to = (user: number) => `<sip:${user}@${pbx.one.host}>`;
    const others = Array.from({ length: 15 }, (_, index) => to(index + 5));
    const contacts = [`${to(1)}, ${to(2)} , "a, <b" ${to(3)};q=0.50`, `${to(4)};q=1.0`, `${to(4)};q=0.9`, ...others];
    says.one = 503;
    expect(await redirected(contacts)).toEqual([503, [5, 0, 0]]);
    expect(pbx.one.uris.slice(-5)).toEqual([4, 3, 1, 2, 5].map((user) => to(user).slice(1, -1)));
    says.one = 200;
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

  it("trusts addresses of IPv6 however they are written", async () => {
    // What is trusted cannot be reached: this edge has no address of IPv6.
    for (const [host, entry, code] of [
      ...([["::1", "::1", 502] as const, ["0:0:0::1", "::1", 502]] as const),
      ...([["::1", "::1/128", 502] as const, ["::1", "::/64", 502]] as const),
      ...([["::1", "2001:db8::/64", 403] as const, ["::1", "::2", 403]] as const),
    ]) {
      const policy = { redirect: { trusted: [entry], action: "REJECT" } };
      expect(await redirected([`<sip:1@[${host}]:5060>`], policy), `${host} ${entry}`).toEqual([code, [0, 0, 0]]);
    }
  });

  it("reads an answer of billing that names as many trusted hosts as there may be, of any length", async () => {
    const names = Array.from({ length: 63 }, (_, index) => `${index}.${`${"x".repeat(60)}.`.repeat(4)}example`);
    const policy = { redirect: { trusted: [...names, "127.0.0.31"], action: "REJECT" } };
    expect(await redirected([at("one")], policy)).toEqual([200, [1, 0, 0]]);
  });

  it("answers what is no redirection to follow by 502, and a second one by 482 (V6)", async () => {
    expect(await redirected([])).toEqual([502, [0, 0, 0]]);
    expect(await redirected([at("one")], {}, 305)).toEqual([502, [0, 0, 0]]);
    says.one = { code: 302, contacts: [at("two")] };
    expect(await redirected([at("one")])).toEqual([482, [1, 0, 0]]);
    says.one = 200;
  });

  it("asks about a redirection that may be a new call, and calls its number over the gateway (V7)", async () => {
    const redirectTo = `sip:12065551201@${pbx.untrusted.host}`;
    const policy = { ref: "1.I.a", redirect: { trusted: ["127.0.0.31"], action: "NEW_CALL_AUTHORIZATION" } };
    const target = `sip:%2B12065551201@${gateway.host}`;
    answers.set(redirectTo, { decision: "ROUTE", ref: "1.O.b", target, diversion: "sip:12065551200@example.org" });
    expect(await redirected([`<${redirectTo}>`], policy)).toEqual([200, [0, 0, 0]]);
    expect(billing.asked.at(-1)).toMatchObject({ cld: NUMBER, reason: "REDIRECT", redirectTo, ref: "1.I.a" });
    expect(gateway.uris).toEqual([target]);
    expect(gateway.invites[0]?.headers.get("diversion")).toEqual([
      "<sip:12065551200@example.org>;reason=unconditional;counter=1",
    ]);
    await expect.poll(journalled).toContain(";IN=1.I.a,OUT=1.O.b=%2b12065551201;");
    // What is trusted is called, and billing not asked again.
    expect(await redirected([`<${redirectTo}>;q=0.9`, `${at("one")};q=0.1`], policy)).toEqual([200, [1, 0, 0]]);
    answers.set(redirectTo, { decision: "REFUSE", sipCode: 403 });
    expect(await redirected([`<${redirectTo}>`], policy)).toEqual([403, [0, 0, 0]]);
    answers.set(redirectTo, { decision: "ROUTE", ref: "1.O.b", target, diversion: "sip:12065551200@example.org" });
    says.gateway = { code: 302, contacts: [at("one")] };
    expect(await redirected([`<${redirectTo}>`], policy)).toEqual([482, [0, 0, 0]]);
    says.gateway = 200;
  });

  it("rates a hidden caller by the identity that is asserted, and passes on nothing that tells who it is", async () => {
    answers.set(NUMBER, route({ target: `sip:${NUMBER}@${pbx.one.host}` }));
    const asserted = "P-Asserted-Identity: <sip:%2B12015550199@example.org>";
    const others = [asserted, "Remote-Party-ID: <sip:1@x>", "P-Preferred-Identity: <sip:1@x>"];
    const calling = (more: readonly string[]) => (lines: readonly string[]) =>
      `${[...lines.slice(0, -1), ...more, "Content-Length: 0"].join("\r\n")}\r\n\r\n`;
    const told = ({ headers }: SipRequest) => [
      ...[...headers.keys()].filter((name) => /identity|remote-party/.test(name)),
      ...["from", "contact"]
        .flatMap((name) => headers.get(name) ?? [])
        .map((text) => text.replace(/(?::\d+>)?(?:;tag=.*)?$/, "")),
    ];
    const anonymous = ['"Anonymous" <sip:anonymous@anonymous.invalid>', "<sip:anonymous@127.0.0.1"];
    const hidden = ["Privacy: id", ...others];
    expect(await caller.call({ raw: calling(hidden), hangUp: true })).toBe(200);
    expect(billing.asked.at(-1)).toMatchObject({ cli: "+12015550199", cld: NUMBER });
    const invited = pbx.one.invites.at(-1);
    expect(invited && told(invited)).toEqual(anonymous);
    expect(invited?.headers.get("privacy")).toEqual(["id"]);
    // The caller's own words are given back to it, and not told within the call either.
    expect(caller.answers.at(-1)).toMatch(/^From: <sip:12015550100@127/m);
    await expect.poll(() => pbx.one.byes.map((bye) => told(bye)[0])).toEqual([anonymous[0]]);

    answers.set(NUMBER, route({ maxSeconds: 1 }));
    says.redirect = { code: 302, contacts: [at("two")] };
    expect(await caller.call({ raw: calling(hidden) })).toBe(200);
    const followed = pbx.two.invites.at(-1);
    expect(followed && told(followed)).toEqual(anonymous);
    expect(followed?.headers.get("record-route")).toHaveLength(1);
    await expect.poll(() => pbx.two.byes.map((bye) => told(bye)[0])).toEqual([anonymous[0]]);
    await expect.poll(() => caller.requests.splice(0)).toEqual(["BYE"]);

    answers.set(NUMBER, route({ target: `sip:${NUMBER}@${pbx.one.host}` }));
    const withoutName = (lines: readonly string[]) =>
      calling([])(lines.map((line) => line.replace(/^From: <[^>]*>/, "From: <sip:anonymous@anonymous.invalid>")));
    expect(await caller.call({ raw: withoutName })).toBe(200);
    expect(billing.asked.at(-1)).toMatchObject({ cli: "" });
    expect(await caller.call({ raw: calling([asserted]) })).toBe(200);
    expect(billing.asked.at(-1)).toMatchObject({ cli: "12015550100" });
    const shown = pbx.one.invites.at(-1);
    expect(shown && told(shown)).toEqual([
      "p-asserted-identity",
      ...["<sip:12015550100@127.0.0.1", "<sip:caller@127.0.0.1"],
    ]);
  });

  it("has a refusal announced, and ends it with its code whatever became of that", async () => {
    const target = `sip:suspended.it@${announcer.host};code=403`;
    answers.set("12065550001", { decision: "ANNOUNCE", sipCode: 403, target });
    expect(await caller.call({ cld: "12065550001" })).toBe(403);
    expect(announcer.uris).toEqual([target]);
    says.announcer = 503;
    expect(await caller.call({ cld: "12065550001" })).toBe(403);
    answers.set("12065550001", {
      decision: "ANNOUNCE",
      sipCode: 480,
      target: "sip:paused.en@announcer.invalid;code=480",
    });
    expect(await caller.call({ cld: "12065550001" })).toBe(480);
  });

  it("keeps why a call was refused where its caller does not hear the announcement out", async () => {
    const [cld, target] = ["12065550003", `sip:suspended.it@${announcer.host};code=403`];
    answers.set(cld, { decision: "ANNOUNCE", sipCode: 403, reason: "SUSPENDED", target });
    says.announcer = null;
    const before = announcer.uris.length;
    const plays = () => expect.poll(() => announcer.uris.length).toBe(before + 1);
    expect(await caller.call({ cld, cancelAfter: plays })).toBe(487);
    says.announcer = 403;
    const line = new RegExp(`;487;[A-Z_]+;12015550100;${cld};`);
    await expect.poll(async () => line.exec(await journalled())?.[0]).toBe(`;487;SUSPENDED;12015550100;${cld};`);
  });

  it("passes on what billing refuses, whatever the number is", async () => {
    answers.set("12065550000", { decision: "REFUSE", sipCode: 480 });
    expect(await caller.call({ cld: "12065550000" })).toBe(480);
    expect(await caller.call({ cld: "a$b%25c%22'" })).toBe(404);
    expect(billing.asked.at(-1)).toMatchObject({ cld: `a$b%c"'` });
    const withPlus = (lines: readonly string[]) => `${lines.join("\r\n").replace("<sip:1", "<sip:%2B1")}\r\n\r\n`;
    expect(await caller.call({ cld: "%2B1%ff%0d%0a", raw: withPlus })).toBe(404);
    expect(billing.asked.at(-1)).toMatchObject({ cli: "+12015550100", cld: "%2B1%ff%0d%0a" });
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
    const many = (lines: readonly string[]) =>
      joined([...lines.slice(0, -1), ...Array<string>(3_000).fill("X: x"), "Content-Length: 0"]);
    expect(await caller.call({ raw: many })).toBe(513);
    const short = (lines: readonly string[]) => joined(lines).replace("Content-Length: 0", "Content-Length: 900");
    expect(await caller.call({ raw: short })).toBe(400);
    expect(billing.asked.length).toBe(before);
  });

  it("takes a call back while billing is asked, before it was redirected, and after (V15)", async () => {
    answers.set(NUMBER, route());
    const questions = billing.asked.length;
    let answer = (): void => undefined;
    billing.state.until = new Promise((resolve) => (answer = resolve));
    const isAsked = async () => {
      await expect.poll(() => billing.asked.length).toBe(questions + 1);
      // It answers after the call was taken back.
      void delay(1_000).then(answer);
    };
    expect(await caller.call({ cancelAfter: isAsked })).toBe(487);
    says.redirect = null;
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
    expect(announcer.uris.slice(-2)).toEqual(Array(2).fill(`sip:busy.en@${announcer.host};code=486`));
    await expect.poll(() => caller.requests).toEqual(["BYE", "BYE"]);
    await expect.poll(() => caller.call()).toBe(200);
  });

  it("ends calls on both sides, however many are over at once", async () => {
    const calls = 100;
    answers.set(NUMBER, route({ target: `sip:${NUMBER}@${pbx.two.host}`, maxSeconds: 2 }));
    // One that has no other calls.
    const busy = await Caller.at("127.0.0.1", caller.edge);
    ended.push(() => {
      busy.close();
    });
    pbx.two.byes.splice(0);
    expect(await Promise.all(Array.from({ length: calls }, () => busy.call()))).toEqual(Array(calls).fill(200));
    const bothSides = () => [busy.requests.length, pbx.two.byes.length];
    await expect.poll(bothSides).toEqual([calls, calls]);
  });

  it("says that it cannot be said while billing is silent", async () => {
    await billing.close();
    answers.delete(NUMBER);
    expect(await caller.call({ cld: "12065550009" })).toBe(503);
    expect(announcer.uris.at(-1)).toBe(`sip:try-later.en@${announcer.host};code=503`);
  });
});
