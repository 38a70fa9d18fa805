import { describe, expect, it } from "vitest";
import { aLawFromMuLaw } from "./g711.js";
import { answerTo, listenerOf } from "./sdp.js";
import { parseRequest, responseTo, transactionOf } from "./sip.js";

const message = (lines: readonly string[], body = "") => Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
const INVITE = [
  "INVITE sip:busy.en@127.0.0.1:5070;code=486 SIP/2.0",
  "v: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1",
  "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0",
  "Record-Route: <sip:127.0.0.1;lr>",
  "f: <sip:1@x>;tag=a",
  "To: <sip:2@x>",
  "i: call",
  "CSeq: 7",
  "  INVITE",
];

describe("a request", () => {
  it("is answered with what tells its transaction, in order", () => {
    const invite = parseRequest(message(INVITE));
    if (!invite) throw new Error("it was not read");
    expect(transactionOf(invite)).toBe("call z9hG4bK1 7");
    expect(responseTo(invite, { code: 486, tag: "own" }).toString()).toBe(
      [
        "SIP/2.0 486 Busy Here",
        "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1",
        "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0",
        "From: <sip:1@x>;tag=a",
        "To: <sip:2@x>;tag=own",
        "Call-ID: call",
        "CSeq: 7 INVITE",
        "Record-Route: <sip:127.0.0.1;lr>",
        "Content-Length: 0",
        "",
        "",
      ].join("\r\n"),
    );
  });

  it("that cannot be answered is none", () => {
    const without = (header: string) => message(INVITE.filter((line) => !line.startsWith(header)));
    for (const header of ["f:", "To:", "i:"]) expect(parseRequest(without(header))).toBeNull();
    expect(parseRequest(Buffer.from("garbage"))).toBeNull();
    expect(parseRequest(message(["SIP/2.0 200 OK", ...INVITE.slice(1)]))).toBeNull();
    expect(parseRequest(message([...INVITE, "no header"]))).toBeNull();
  });
});

describe("an offer", () => {
  const offer = (media: string, connection = "c=IN IP4 10.0.0.1") =>
    ["v=0", "o=- 1 1 IN IP4 10.0.0.9", "s=-", connection, "t=0 0", media].join("\r\n");

  it("is played to by the codec that it prefers of the two", () => {
    const to = { address: "10.0.0.1", port: 4_000 };
    expect(listenerOf(offer("m=audio 4000 RTP/AVP 18 8 0"))).toEqual({ ...to, payload: 8 });
    expect(listenerOf(offer("m=audio 4000 RTP/AVP 0 8\r\nc=IN IP4 10.0.0.2\r\nm=video 5 RTP/AVP 99"))).toEqual({
      ...{ ...to, address: "10.0.0.2" },
      payload: 0,
    });
    expect(answerTo({ ...to, payload: 8 }, { address: "127.0.0.1", port: 6_000 })).toBe(
      [
        ...["v=0", "o=tenure 0 0 IN IP4 127.0.0.1", "s=announcement", "c=IN IP4 127.0.0.1", "t=0 0"],
        ...["m=audio 6000 RTP/AVP 8", "a=rtpmap:8 PCMA/8000", "a=ptime:20", "a=sendonly", ""],
      ].join("\r\n"),
    );
  });

  it.each([
    "",
    offer("m=audio 0 RTP/AVP 0"),
    offer("m=audio 4000 RTP/AVP 18"),
    offer("m=audio 4000 RTP/SAVP 0"),
    offer("m=audio 4000 RTP/AVP 0", "c=IN IP4 0.0.0.0"),
    offer("m=audio 4000 RTP/AVP 0", "c=IN IP6 ::1"),
    offer("m=video 4000 RTP/AVP 0"),
  ])("is left alone: %j", (sdp) => {
    expect(listenerOf(sdp)).toBeNull();
  });
});

describe("a recording as PCMA", () => {
  it("has the samples that it has as PCMU, as near as PCMA can", () => {
    const linear = (law: number): number => {
      const bits = law ^ 0x55;
      const [segment, step] = [(bits >> 4) & 7, bits & 15];
      const magnitude = segment === 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
      return (bits & 0x80) === 0 ? -magnitude : magnitude;
    };
    const mu = (law: number): number => {
      const bits = ~law & 0xff;
      const magnitude = (((bits & 15) << 3) + 0x84) * 2 ** ((bits >> 4) & 7) - 0x84;
      return (bits & 0x80) === 0 ? magnitude : -magnitude;
    };
    const all = Uint8Array.from({ length: 256 }, (_, law) => law);
    const [every] = [Array.from(all, linear)];
    aLawFromMuLaw(all).forEach((law, at) => {
      const wanted = mu(at);
      const nearest = Math.min(...every.map((value) => Math.abs(value - wanted)));
      // Half a step apart where two are equally near, never a step.
      expect(Math.abs(linear(law) - wanted), `${at}`).toBeLessThanOrEqual(Math.max(nearest, Math.abs(wanted) / 32 + 8));
    });
  });
});
