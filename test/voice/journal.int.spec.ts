import { mkdir, mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Boots } from "../../apps/cli/edge/journal/boots.js";
import { type Report } from "../../apps/cli/edge/journal/post.js";
import { Shipper } from "../../apps/cli/edge/journal/shipper.js";
import { Teller } from "../../apps/cli/edge/journal/teller.js";
import { parseFailedRow } from "../../libs/application/calls/journal/failed-row.js";
import { type JournalRow, parseRow } from "../../libs/application/calls/journal/row.js";
import { hasKamailio, type RouteAnswer, startBilling, startEdge } from "./edge.js";
import { type Answer, Caller, Pbx } from "./sip-parties.js";

/* The journal that a real Kamailio writes, as it is shipped: to a stand-in of billing that takes reports. */

const isThere = hasKamailio();
const reports: Report[] = [];
const told: Readonly<Record<"started" | "ended" | "failed", readonly string[]>>[] = [];
const closing: (() => unknown)[] = [];
const answers = new Map<string, RouteAnswer>();
let caller: Caller;
let pbx: Pbx;
let redirect: Pbx;
let edge: Awaited<ReturnType<typeof startEdge>>;
let boots: Boots;
let name: string;
let shipper: Shipper;
let teller: Teller;
/** How PBX and redirect server answer; the latter with contacts, null: it rings. */
let says: { pbx: Answer; redirect: Answer };

beforeAll(async () => {
  if (!isThere) return;
  const billing = await startBilling(answers);
  const taking = createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      if (request.url === "/edge/v1/journal") reports.push(JSON.parse(text) as Report);
      else told.push(JSON.parse(text) as (typeof told)[number]);
      response.end(JSON.stringify({ recorded: 1, repeated: 0, differing: [], unreadable: 0 }));
    });
  });
  await new Promise<void>((resolve) => taking.listen(0, "127.0.0.1", resolve));
  const journal = join(await mkdtemp(join(tmpdir(), "edge-")), "journal");
  await mkdir(journal);
  boots = new Boots(journal);
  const boot = await boots.begin(new Date());
  ({ name } = boot);
  edge = await startEdge(await mkdtemp(join(tmpdir(), "edge-")), billing.url, { database: boot.database });
  const options = {
    journal,
    billing: { addresses: [`http://127.0.0.1:${(taking.address() as AddressInfo).port}`], edge: "e", secret: "s" },
    isRunning: boots.isRunning,
    report: () => undefined,
  };
  shipper = new Shipper(options);
  teller = new Teller(options);
  pbx = await Pbx.at("127.0.0.31", () => says.pbx);
  redirect = await Pbx.at("127.0.0.21", () => says.redirect);
  says = { pbx: 200, redirect: { code: 302, contacts: [`<sip:1@${pbx.host}>`] } };
  caller = await Caller.at("127.0.0.1", edge);
  closing.push(
    ...[caller, pbx, redirect].map((each) => () => {
      each.close();
    }),
    edge.close,
    billing.close,
    () => taking.close(),
  );
  for (;;) {
    if ((await caller.call({ method: "INFO", patience: 500 })) === 405) break;
    if (edge.hasEnded()) throw new Error(`Kamailio did not start: ${edge.told()}`);
  }
});
afterAll(async () => {
  for (const close of closing) await close();
});

const route = (more: Partial<RouteAnswer & { ref: string }> = {}): RouteAnswer => ({
  ...{ decision: "ROUTE", accountId: "account-1", target: `sip:1@${redirect.host}`, maxCalls: 0, maxSeconds: 0 },
  ...{ redirect: { trusted: ["127.0.0.31"], action: "REJECT" }, ref: "1.I.a|b;c" },
  ...more,
});
/** Of a caller that hides, whom a neighbour vouches for. */
const HIDES = ["Privacy: id", "P-Asserted-Identity: <sip:%2B12015550199@example.org>"];
const hiding = (lines: readonly string[]): string =>
  `${[...lines.slice(0, -1), ...HIDES, "Content-Length: 0"].join("\r\n")}\r\n\r\n`;
const rows = (lines: readonly string[]): (JournalRow | null)[] => lines.map(parseRow);
const text = expect.stringMatching(/^[0-9a-f]{16}$/) as unknown;
const instant = expect.stringMatching(/^20\d\d-.*Z$/) as unknown;

describe.skipIf(!isThere)("the journal of a Kamailio", () => {
  it("has the end of every call that reaches its longest time, many at once (V13)", async () => {
    answers.set("12065551300", route({ target: `sip:1@${pbx.host}`, ref: "1.I.c", maxSeconds: 1 }));
    const calls = Array.from({ length: 60 }, () => caller.call({ cld: "12065551300" }));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    await expect
      .poll(
        async () => {
          await shipper.ship();
          return rows(reports.flatMap((report) => report.ended)).length;
        },
        { interval: 300 },
      )
      .toBe(60);
    reports.splice(0);
  });

  it("has the calls that failed, with the code and why", async () => {
    const number = (at: number) => `120655514${at}`;
    const followed = { code: 302, contacts: [`<sip:1@${pbx.host}>`] };
    const untrusted = { code: 302, contacts: ["<sip:1@127.0.0.66>"] };
    const direct = { target: `sip:1@${pbx.host}` };
    const { redirect: _, ...notEnabled } = route();
    /** How billing, redirect server and PBX answer, and what comes of it. */
    const calls: readonly (readonly [RouteAnswer | null, Answer, Answer, code: number, why: string])[] = [
      [null, 302, 200, 404, "UNKNOWN_NUMBER"],
      [{ decision: "REFUSE", sipCode: 403, reason: "SUSPENDED", accountId: "a-2" }, 302, 200, 403, "SUSPENDED"],
      [route(direct), 302, 486, 486, "CALLED_SIDE"],
      [route({ target: "sip:1@pbx.invalid" }), 302, 200, 502, "NOT_REACHED"],
      [notEnabled, followed, 200, 480, "REDIRECTION"],
      [route(), { code: 302, contacts: [] }, 200, 502, "REDIRECTION"],
      [route(), { code: 305, contacts: [] }, 200, 502, "REDIRECTION"],
      [route(), untrusted, 200, 403, "REDIRECTION"],
      [route(), followed, followed, 482, "REDIRECTION"],
      [route(), followed, 603, 603, "CALLED_SIDE"],
      [
        route({ redirect: { trusted: ["pbx.invalid"], action: "REJECT" } }),
        { code: 302, contacts: ["<sip:1@pbx.invalid>"] },
        200,
        502,
        "NOT_REACHED",
      ],
    ];
    for (const [at, [answer, ofRedirect, ofPbx, code]] of calls.entries()) {
      answers.set(number(at), answer ?? { decision: "REFUSE", sipCode: 404, reason: "UNKNOWN_NUMBER" });
      says = { redirect: ofRedirect, pbx: ofPbx };
      expect(await caller.call({ cld: number(at) }), number(at)).toBe(code);
    }
    says = { redirect: followed, pbx: null };
    answers.set("taken-back", route());
    const [ringing] = [pbx.uris.length];
    const rings = () => expect.poll(() => pbx.uris.length).toBe(ringing + 1);
    expect(await caller.call({ cld: "taken-back", cancelAfter: rings })).toBe(487);
    says = { redirect: followed, pbx: 200 };
    expect(await caller.call({ cld: "nobodys", raw: hiding })).toBe(404);
    // Long enough for the second to come meanwhile.
    answers.set("1206555149", route({ ...direct, maxCalls: 1, maxSeconds: 5, accountId: "a-3" }));
    expect(await caller.call({ cld: "1206555149" })).toBe(200);
    expect(await caller.call({ cld: "1206555149" })).toBe(486);
    await teller.tell();
    const failed = told.splice(0).flatMap((report) => report.failed);
    const expected = [
      ...calls.map(([, , , code, why], at) => [number(at), code, why]),
      ...[
        ["taken-back", 487, "TAKEN_BACK"],
        ["nobodys", 404, "UNKNOWN_NUMBER"],
        ["1206555149", 486, "MAX_CALLS"],
      ],
    ];
    const found = failed.map(parseFailedRow).map((row) => [row?.cld, row?.sipCode, row?.reason]);
    expect(found.sort()).toEqual(expected.sort());
    expect(failed.find((line) => line.includes("SUSPENDED"))).toMatch(
      /\|1;F;\d+\.\d{6};\d+\.\d{6};[0-9a-f]{16};[0-9a-f]{16};a-2;403;SUSPENDED;12015550100;1206555141;;\.$/,
    );
    expect(failed.find((line) => line.includes("TAKEN_BACK"))).toMatch(
      /;account-1;487;TAKEN_BACK;.*;127\.0\.0\.31;\.$/,
    );
    expect(failed.filter((line) => line.includes("HIDDEN"))).toEqual([
      expect.stringMatching(/;404;UNKNOWN_NUMBER;%2b12015550199;nobodys;;HIDDEN;\.$/),
    ]);
    // The one that was answered ends.
    await expect
      .poll(
        async () => {
          await shipper.ship();
          return reports.splice(0).flatMap((report) => report.ended).length;
        },
        { interval: 300 },
      )
      .toBe(1);
    await teller.tell();
    expect(told.splice(0).map(({ started, ended }) => [started.length, ended.length])).toEqual([[0, 1]]);
  });

  it("has how calls ended, within seconds, and the three calls in which it was killed (V10)", async () => {
    const odd = "a$b%7Cc%22'";
    const heard = `a$b|c"'`;
    answers.set(heard, route({ maxSeconds: 1 }));
    answers.set("12065551200", route({ target: `sip:1@${pbx.host}`, ref: "1.I.b" }));
    expect(await caller.call({ hangUp: true, raw: hiding })).toBe(200);
    for (const at of [1, 2, 3]) answers.set(`1206555120${at}`, route());
    expect(await caller.call({ cld: odd })).toBe(200);
    await expect
      .poll(
        async () => {
          await shipper.ship();
          const ended = rows(reports.flatMap((report) => report.ended));
          return ended.sort((a, b) => ((a?.cld ?? "") < (b?.cld ?? "") ? -1 : 1));
        },
        { interval: 300 },
      )
      .toEqual([
        {
          ...{ kind: "END", callId: text, fromTag: text, answered: instant, ended: instant },
          ...{ legs: [{ leg: "IN", ref: "1.I.b", cld: null }], authorised: "LIVE", redirectedTo: null },
          ...{ cli: "+12015550199", callerHidden: true, cld: "12065551200" },
        },
        {
          ...{ kind: "END", callId: text, fromTag: text, answered: instant, ended: instant },
          ...{ legs: [{ leg: "IN", ref: "1.I.a|b;c", cld: null }], authorised: "LIVE", redirectedTo: "127.0.0.31" },
          ...{ cli: "12015550100", callerHidden: false, cld: heard },
        },
      ]);
    expect(await Promise.all([1, 2, 3].map((at) => caller.call({ cld: `1206555120${at}` })))).toEqual([200, 200, 200]);
    await shipper.ship();
    const before = reports.length;
    await teller.tell();
    const open = told.splice(0);
    const counts = (kind: "started" | "ended") => open.flatMap((report) => report[kind]).length;
    expect(counts("started") - counts("ended")).toBe(3);

    for (const pid of boots.processesOf(name)) process.kill(pid, "SIGKILL");
    boots.end(name);
    await expect.poll(() => boots.processesOf(name)).toEqual([]);
    await shipper.ship();
    await shipper.ship();
    await teller.tell();
    await teller.tell();
    expect(told.map(({ started, ended, failed }) => [started, rows(ended).map((row) => row?.kind), failed])).toEqual([
      [[], Array(3).fill("START"), []],
    ]);
    expect(reports).toHaveLength(before + 1);
    expect(reports.at(-1)?.ended).toEqual([]);
    const left = rows(reports.at(-1)?.interrupted ?? []);
    expect(left.map((row) => [row?.kind, row?.cld, row?.ended, row?.redirectedTo]).sort()).toEqual(
      [1, 2, 3].map((at) => ["START", `1206555120${at}`, null, "127.0.0.31"]),
    );
  });
});
