import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ReportedCall } from "#domain/voice/xdr.js";
import { legsReported, OpenCalls } from "./pairs.js";
import { type JournalRow, parseRow } from "./row.js";

/* Lines as Kamailio 5.6 wrote them, but for the ones that are said to be made up. */

const START =
  "INVITE|6c59a2e4635afd4e|pbx|6c59a2e4635afd4e|200||1795923992|1;S;1795923992.291287;;6c59a2e4635afd4e;6c59a2e4635afd4e;acc-1;IN=a.b;12015550100;12065551200;LIVE;127.0.0.31;.";
const END =
  "OPTIONS|123||123|200||1795923994|1;E;1795923992.291287;1795923994.871124;6c59a2e4635afd4e;6c59a2e4635afd4e;acc-1;IN=a.b;12015550100;12065551200;LIVE;127.0.0.31;.";
const ODD =
  'INVITE|t%7C1|pbx|we%7Cird"%<>@x \u00c3\u00a9|200||1795924041|1;S;1795924041.417354;;we%7cird%22%25%3c%3e%40x%20%c3%a9;t%7c1;acc-1;IN=a.b%7cc%3d%2cd;anonymous;a%24b%257Cc%2522%27;STALE;;.';

const row: JournalRow = {
  ...{ kind: "END", callId: "6c59a2e4635afd4e", fromTag: "6c59a2e4635afd4e" },
  ...{ answered: "2026-11-29T03:46:32.291Z", ended: "2026-11-29T03:46:34.871Z" },
  legs: [{ leg: "IN", ref: "a.b", cld: null }],
  ...{ cli: "12015550100", callerHidden: false, cld: "12065551200", authorised: "LIVE", redirectedTo: "127.0.0.31" },
};

describe("a row of the journal", () => {
  it("says that a call was answered, or that it ended", () => {
    expect(parseRow(END)).toEqual(row);
    expect(parseRow(START)).toEqual({ ...row, kind: "START", ended: null });
  });

  it("has whatever a caller sent, and may have neither caller nor redirection", () => {
    expect(parseRow(ODD)).toEqual({
      ...{ kind: "START", callId: 'we|ird"%<>@x é', fromTag: "t|1", answered: "2026-11-29T03:47:21.417Z", ended: null },
      legs: [{ leg: "IN", ref: "a.b|c=,d", cld: null }],
      ...{ cli: "anonymous", callerHidden: false, cld: "a$b%7Cc%22'", authorised: "STALE", redirectedTo: null },
    });
    // Made up: bytes that are no UTF-8, numbers that nobody has, no From tag.
    const long = END.replace("12015550100", "").replace(";12065551200;", `;${"9".repeat(3000)};`);
    expect(parseRow(long)).toMatchObject({ cli: null, callerHidden: true, cld: "9".repeat(100) });
    expect(parseRow(END.replaceAll("6c59a2e4635afd4e", "%ff+a"))).toMatchObject({ callId: "\u00ff a" });
    // What cannot be seen, or shows the rest in another order, is named in its place; the call counts.
    const unseen = END.replace("12015550100", "%e2%80%ae1201%0d%00").replace(";12065551200;", ";1%f0%9f%98%80%7f2;");
    expect(parseRow(unseen)).toMatchObject({ cli: "\ufffd1201\ufffd\ufffd", cld: "1\u{1f600}\ufffd2" });
    expect(parseRow(END.replace(";6c59a2e4635afd4e;acc", ";;acc"))).toMatchObject({ fromTag: "" });
  });

  it("says in a field more that the caller hides, whoever it is", () => {
    const hidden = (line: string) => line.replace(/;\.$/, ";HIDDEN;.");
    expect(parseRow(hidden(END))).toEqual({ ...row, callerHidden: true });
    expect(parseRow(hidden(END).replace("12015550100", ""))).toEqual({ ...row, cli: null, callerHidden: true });
    for (let length = 0; length < hidden(END).length; length += 1) {
      expect(parseRow(hidden(END).slice(0, length))).toBeNull();
    }
    for (const strange of ["", "hidden", "."]) {
      expect(parseRow(END.replace(/;\.$/, `;${strange};.`)), strange).toBeNull();
    }
    expect(legsReported("e", { ...row, callerHidden: true })).toMatchObject([{ call: { callerHidden: true } }]);
  });

  it("is not read where anything of it is missing or is no field of ours", () => {
    for (let length = 0; length < END.length; length += 1) expect(parseRow(END.slice(0, length))).toBeNull();
    const broken = [
      ["1;E", "2;E"],
      ["1;E", "1;X"],
      [".871124", ""],
      ["1795923992.291287", "never"],
      ["LIVE", "DEAD"],
      ["IN=", "UP="],
      ["IN=a.b", "IN=a.b,IN=c"],
      ["IN=a.b", "IN=a.b=1=2"],
      ["12065551200", "1206|5551200"],
      ["12065551200", "%zz"],
      ["127.0.0.31", "a b"],
      ["6c59a2e4635afd4e;6c59", ";6c59"],
    ] as const;
    for (const [from, to] of broken) expect(parseRow(END.replace(from, to)), to).toBeNull();
  });

  it("gives back any text that an edge encodes", () => {
    const encoded = (text: string) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const text = Buffer.from(bytes).toString();
        const found = parseRow(END.replaceAll("6c59a2e4635afd4e", encoded(text)));
        expect([found?.callId, found?.fromTag]).toEqual([text, text]);
      }),
    );
  });
});

describe("the legs of a call", () => {
  it("are two where it went out again, each with the number that it went to", () => {
    const legs = parseRow(END.replace("IN=a.b", "IN=a.b,OUT=c.d=12065551201"));
    if (!legs) throw new Error("it is a row");
    const call: ReportedCall = {
      ...{ edge: "e", callId: row.callId, fromTag: row.fromTag, leg: "IN" },
      ...{ cli: row.cli, callerHidden: false, cld: row.cld },
      ...{ answered: row.answered, ended: row.ended, authorised: "LIVE", redirectedTo: "127.0.0.31" },
    };
    expect(legsReported("e", legs)).toEqual([
      { ref: "a.b", call },
      { ref: "c.d", call: { ...call, leg: "OUT", cld: "12065551201" } },
    ]);
  });
});

describe("open calls", () => {
  it("are starts without an end, whatever else is there", () => {
    const open = new OpenCalls();
    for (const line of [START, START, ODD, "INVITE|torn", ""]) open.start(line);
    expect(open.size).toBe(2);
    for (const line of [END, END, "nothing"]) open.end(line);
    expect(open.lines()).toEqual([ODD]);
  });
});
