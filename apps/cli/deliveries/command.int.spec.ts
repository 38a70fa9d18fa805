import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Target } from "#processors/deliveries/target.js";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { tenure } from "../spec-support/tenure.js";
import { OPERATOR_TOKEN } from "../../api/spec-support/said-callers.js";

const [ANN, BOB] = ["a", "b"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`) as [string, string];

/** What the target's verification finds. */
let found: { readonly ok: boolean; readonly message: string };
/** Nothing is sent here: no worker runs. */
const target: Target = {
  name: "EMAIL",
  isOn: (provider) => provider === own,
  configuration: () => [],
  reads: [],
  prepare: () => Promise.resolve({ content: {} }),
  send: () => Promise.resolve({ outcome: "DELIVERED" }),
  verify: () => Promise.resolve(found),
};

let bench: Bench;
let url: string;
/** The provider, for which the target is on. */
let own: string;
beforeAll(async () => {
  bench = await startBench();
  ({ url } = await bench.api({}, [target]));
});
afterAll(() => bench.stop());
beforeEach(async () => {
  own = (await bench.provider()).providerId ?? "";
  found = { ok: true, message: "It answers." };
});

/** Runs `tenure deliveries`. */
const command = (...args: string[]) => tenure("deliveries", ...args);
const onServer = () => ["--url", url, "--token", OPERATOR_TOKEN];
const deliveries = (...args: string[]) => command(...args, ...onServer(), "--provider", own);

let places = 0;
/** Records a delivery as the worker does; returns its id. */
const deliver = async (status: string, customer = ANN, changes: Readonly<Record<string, unknown>> = {}) => {
  places += 1;
  const id = `00000000-0000-4000-8000-${String(places).padStart(12, "0")}`;
  await bench.dataSource.query(
    `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, stub, event_id, stream, revision,
                             recorded_at, commit, prepare, place, status, not_before, created_at)
     VALUES ($1, $2, $3, 'EMAIL', 'INVOICE_GENERATED', '2026-03-01', false, $1, 's', 0, '', $4, $4, 0, $5, '-infinity',
             '2026-03-01T12:00:00Z')`,
    [id, own, customer, places, status],
  );
  for (const [column, value] of Object.entries(changes)) {
    await bench.dataSource.query(`UPDATE deliveries SET ${column} = $2 WHERE id = $1`, [id, value]);
  }
  return id;
};
const stateOf = async (id: string): Promise<unknown> => {
  const [row] = await bench.dataSource.query<object[]>(
    "SELECT status, tries, passed_over, reason, settled_by FROM deliveries WHERE id = $1",
    [id],
  );
  return row;
};
const parked = { tries: 3, last_error: "550 no such mailbox" };

describe("tenure deliveries list", () => {
  it("shows them as a table, those of the latest events first, with what there is to say about each", async () => {
    const ids = [
      await deliver("DELIVERED", ANN, { tries: 1 }),
      await deliver("PARKED", ANN, parked),
      await deliver("PARKED", BOB, { ...parked, passed_over: true }),
      await deliver("DISCARDED", BOB, { reason: "They moved.", settled_by: "local", settled_at: "2026-03-02" }),
      await deliver("PENDING", BOB, { tries: 2, last_error: "450 busy", not_before: "2026-03-01T13:00:00Z" }),
      await deliver("PENDING", BOB),
    ];
    const mail = "EMAIL   INVOICE_GENERATED  2026-03-01";
    expect(await deliveries("list")).toEqual({
      code: 0,
      err: "",
      out: [
        "Id                                    Status     Tries  Target  Kind               On          Customer                              Remark",
        `${ids[5]}  PENDING        0  ${mail}  ${BOB}`,
        `${ids[4]}  PENDING        2  ${mail}  ${BOB}  not before 2026-03-01T13:00:00.000Z: 450 busy`,
        `${ids[3]}  DISCARDED      0  ${mail}  ${BOB}  discarded by local: They moved.`,
        `${ids[2]}  PARKED         3  ${mail}  ${BOB}  passed over: 550 no such mailbox`,
        `${ids[1]}  PARKED         3  ${mail}  ${ANN}  550 no such mailbox`,
        `${ids[0]}  DELIVERED      1  ${mail}  ${ANN}`,
        "",
        "6 deliveries.",
      ].join("\n"),
    });
  });

  it("shows those that are asked for, as JSON too", async () => {
    expect((await deliveries("list")).out).toBe("No deliveries.");
    const id = await deliver("PARKED", ANN, parked);
    await deliver("PARKED", BOB);
    await deliver("PENDING", ANN);
    const asked = ["--status", "parked", "--customer", ANN, "--target", "EMAIL", "--kind", "invoice_generated"];
    const { code, out } = await deliveries("list", ...asked, "--json");
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        ...{ id, target: "EMAIL", kind: "INVOICE_GENERATED", on: "2026-03-01", customerId: ANN, subjectId: null },
        ...{ eventId: id, status: "PARKED", passedOver: false, tries: 3, lastError: "550 no such mailbox" },
        ...{ notBefore: null, recordedAt: "2026-03-01T12:00:00.000Z", settledAt: null },
        ...{ discardReason: null, discardedBy: null },
      },
    ]);
    expect((await deliveries("list", "--limit", "2")).out).toMatch(/\n\n2 of 3 deliveries; --limit shows more\.$/);
  });

  it("reads page after page", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 205; index += 1) ids.push(await deliver("PENDING"));
    const { out } = await deliveries("list", "--limit", "204", "--json");
    expect(out.split("\n").map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids.reverse().slice(0, 204));
  });
});

describe("tenure deliveries", () => {
  it("retries parked ones, and says of each that cannot be why", async () => {
    const [first, done, last] = [
      await deliver("PARKED", ANN, parked),
      await deliver("DELIVERED", BOB),
      await deliver("PARKED", BOB, parked),
    ];
    expect(await deliveries("retry", first, done, last.toUpperCase())).toEqual({
      code: 1,
      out: `${first} is sent again at once.\n${last} is sent again at once.`,
      err: `${done}: The delivery is delivered already.`,
    });
    for (const id of [first, last]) expect(await stateOf(id)).toMatchObject({ status: "PENDING", tries: 0 });
  });

  it("retries parked ones with what is made anew", async () => {
    const [one, pending] = [await deliver("PARKED", ANN, parked), await deliver("PENDING", BOB)];
    expect(await deliveries("retry", one, pending, "--anew")).toEqual({
      code: 1,
      out: `${one} is sent again at once.`,
      err: `${pending}: Only a parked delivery can be made anew; this one is pending.`,
    });
    expect(await stateOf(one)).toMatchObject({ status: "PENDING", tries: 0 });
  });

  it("discards one for a reason", async () => {
    const id = await deliver("PARKED", ANN, parked);
    expect(await deliveries("discard", id, "--reason", "They moved.")).toEqual({
      ...{ code: 0, out: `${id} is discarded.`, err: "" },
    });
    expect(await stateOf(id)).toMatchObject({ status: "DISCARDED", reason: "They moved.", settled_by: "local" });
  });

  it("resumes behind a parked one", async () => {
    const [id, pending] = [await deliver("PARKED", ANN, parked), await deliver("PENDING", ANN)];
    const answer = await deliveries("resume", id, "--json");
    expect({ ...answer, out: JSON.parse(answer.out) as unknown }).toMatchObject({
      ...{ code: 0, err: "", out: { id, status: "PARKED", passedOver: true } },
    });
    const refused = await deliveries("resume", pending, "--json");
    expect({ ...refused, out: JSON.parse(refused.out) as unknown }).toEqual({
      code: 1,
      err: "",
      out: {
        id: pending,
        error: { code: "CONFLICT", message: "Only a parked delivery can be passed over; this one is pending." },
      },
    });
  });

  const OFF = "It is not configured for this provider.";
  /** The table with what was found of mail; the other targets are off. */
  const verified = (state: string, message: string): string => {
    const rows = [
      ["Target", "State", "Found"],
      ["EMAIL", state, message],
      ["ODOO", "off", OFF],
      ["ZENDESK", "off", OFF],
    ];
    const width = Math.max("State".length, state.length);
    return rows
      .map(([target = "", at = "", what = ""]) => `${target.padEnd(7)}  ${at.padEnd(width)}  ${what}`)
      .join("\n");
  };
  it("verifies the targets, and fails for one that is on and cannot be used", async () => {
    expect(await deliveries("verify")).toEqual({
      ...{ code: 0, err: "", out: verified("ok", "It answers.") },
    });
    found = { ok: false, message: "It wants another password." };
    expect(await deliveries("verify")).toEqual({
      ...{
        code: 1,
        err: "",
        out: verified("FAILED", "It wants another password."),
      },
    });
    expect(await command("verify", ...onServer(), "--json")).toEqual({
      ...{ code: 0, err: "" },
      out: ["EMAIL", "ODOO", "ZENDESK"]
        .map((name) => JSON.stringify({ target: name, ok: false, message: OFF, on: false }))
        .join("\n"),
    });
  });

  const ID = "00000000-0000-4000-8000-000000000000";
  it.each([
    [[], "Name an action: list, retry, discard, resume or verify."],
    [["send"], 'There is no action "send": name list, retry, discard, resume or verify.'],
    [["retry"], "retry needs the ids of deliveries; list shows them."],
    [["retry", "7"], '"7" is not the id of a delivery.'],
    [["discard", ID], "discard needs --reason: it is kept with the delivery."],
    [["retry", ID, "--reason", "x"], "--reason goes with discard."],
    [["resume", ID, "--anew"], "--anew goes with retry."],
    [["verify", "--status", "PARKED"], "--status goes with list."],
    [["list", ID], "list takes no ids."],
    [["list", "--limit", "0"], '--limit must be a whole number from 1 to 10000, not "0".'],
    [["list", "--customer", "x"], "--customer must be the id of a customer."],
    [["list", "--provider", "x"], "--provider must be the id of a provider."],
    [["list", "--url", "x"], "--url must be an http or https address."],
    [
      ["list", "--data", "/nowhere"],
      "No Tenure runs on /nowhere: start it, name its folder with --data, or name a server with --url.",
    ],
  ])("refuses %j", async (args, sentence) => {
    expect(await command(...args)).toEqual({ code: 2, out: "", err: `${sentence} --help shows the options.` });
  });

  it("says what the server refuses, and when none answers", async () => {
    const refused = await deliveries("list", "--status", "gone");
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("DeliveryStatus");
    const silent = await command("list", "--url", "http://127.0.0.1:1");
    expect(silent).toMatchObject({ code: 2, out: "" });
    expect(silent.err).toContain("http://127.0.0.1:1/graphql cannot be reached");
    expect((await command("--help")).out).toContain("Usage: tenure deliveries ACTION [options]");
  });
});
