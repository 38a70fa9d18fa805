import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { hasSipp } from "../../apps/cli/voice-demo/parties.js";
import { hasKamailio } from "./edge.js";

/* `npm run voice:demo` as it is built, with a real Kamailio and sipp: the main story, from the phone to the invoice (V1). */

const isThere = hasKamailio() && hasSipp();

/** What differs from run to run, or on a slow machine: ports, how long something took, seconds of calls. */
const settled = (text: string): string =>
  text
    .replaceAll(/(127\.0\.0\.\d+):\d+/g, "$1:PORT")
    .replaceAll(/within \d+\.\d s/g, "within N s")
    .replaceAll(/2020-11-10 (?:11:59|12:09):\d\d/g, (moment) => `${moment.slice(0, -2)}SS`)
    .replaceAll(/ [ \d]\d(?= +(?:30|60) +0)/g, "  N");

/** Runs the built program. */
const demo = (env: NodeJS.ProcessEnv): Promise<{ code: unknown; out: string; err: string }> =>
  new Promise((answered) => {
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), "voice-demo"], { env }, (error, out, err) => {
      answered({ code: error === null ? 0 : error.code, out, err });
    });
  });

describe.skipIf(!isThere)("the voice demo (with the packages kamailio and sip-tester)", () => {
  it("shows two calls, their records and the invoice, and leaves nothing behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "voice-demo-"));
    // Under root PostgreSQL runs as another user, who must be able to pass through.
    await chmod(folder, 0o711);
    const { code, out, err } = await demo({ ...process.env, TMPDIR: folder });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(settled(out)).toBe(SHOWN);
    expect(await readdir(folder)).toEqual([]);
  });
});

it("says which packages are missing", async () => {
  expect(await demo({ PATH: "" })).toEqual({
    ...{ code: 3, out: "" },
    err: "The voice demo needs Kamailio and sipp: apt-get install kamailio kamailio-extra-modules kamailio-utils-modules kamailio-tls-modules kamailio-python3-modules sip-tester; all else works without.\n",
  });
});

const SHOWN = `Starting Tenure, an edge, a redirect server and two PBXs ...
Calling 12065551200 ...
Calling 12065551200 ...

12065551200 is the toll-free number of a big company. Its calls come in at the edge (127.0.0.10:PORT), which asks Tenure
and sends them to the company's redirect server (127.0.0.30:PORT). That answers 302 with a PBX; the edge follows it
to trusted addresses only: 127.0.0.31, 127.0.0.32. It is November 2020 by the provider's test clock.

The company pays 0.06 US dollars a minute, the first 30 s at once and then each 6 s that begin, and 0.01 a call: a call
of 4 s is charged as 30 s, and costs 0.06 x 30 / 60 + 0.01 = 0.04.

Calls
  from         to           answered by  SIP code
  12015550100  12065551200  127.0.0.31        200
  12015550100  12065551200  127.0.0.32        200

Records of the calls (xDRs), each there within N s of the end of its call
  answered (UTC)       direction  redirected to  seconds  charged      USD
  2020-11-10 11:59:SS  received   127.0.0.31           N       30  0.04000
  2020-11-10 12:09:SS  received   127.0.0.32           N       30  0.04000

Invoice INV-000001 of 2020-12-01: 0.08 USD
  kind   description                   from        until       calls  seconds  charged   net
  USAGE  Calls received: Toll-free, 1  2020-11-10  2020-11-10      2        N       60  0.08

Where to look
  npm run voice:demo -- --stay   the same, and it goes on until Ctrl-C: calls and invoice on pages
  docs/voice.md                  what edges ask, and how to run one

Stopping; nothing is left behind.
`;
