import { randomBytes } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { aLawFromMuLaw } from "./g711.js";
import { packetsOf, play } from "./playout.js";
import { answerTo, listenerOf } from "./sdp.js";
import { parseRequest, responseTo, type SipRequest, transactionOf } from "./sip.js";

export interface AnnouncerOptions {
  /** Where SIP is listened to; announcements are sent from another port of this address. */
  readonly address: string;
  /** 0: a free one. */
  readonly port: number;
  /** The edge's address: whatever comes from elsewhere is not answered. */
  readonly edge: string;
  /** Recordings as PCMU, by `<prompt>.<language>`. */
  readonly recordings: ReadonlyMap<string, Buffer>;
  /** How many are played at once; above it callers get the bare code. */
  readonly most?: number;
}

export interface Announcer {
  readonly port: number;
  /** Calls that are not over. */
  calls(): number;
  close(): Promise<void>;
}

/** RFC 3261 section 17.1.1.1: a refusal is repeated after T1, then twice that, at most T2 apart, until 64 x T1. */
const [T1, T2] = [500, 4_000];

/** A refusal that is not acknowledged is given up, and its call forgotten. */
const GIVEN_UP_MS = 64 * T1;

interface Call {
  readonly tag: string;
  readonly invite: SipRequest;
  readonly from: RemoteInfo;
  /** What a repeated INVITE is answered. */
  last: Buffer;
  isPlaying: boolean;
  isRefused: boolean;
  stop: () => void;
}

/** `sip:<prompt>.<language>@...;code=403`: what to play, and what to refuse with then. null: no such address */
const askedFor = (uri: string): { readonly recording: string; readonly code: number } | null => {
  const [, recording, parameters] = /^sip:([a-z-]+\.[a-z]{2})@[^;?]+((?:;[^?]*)?)$/.exec(uri) ?? [];
  const [, code] = /;code=([4-6]\d\d)(?:;|$)/.exec(parameters ?? "") ?? [];
  return recording === undefined || code === undefined ? null : { recording, code: Number(code) };
};

/**
 * Starts the endpoint that refuses calls in words: an INVITE gets 183 with a stream of one recording, once, then the code
 * that its address names. It never answers a call, so nothing is charged (docs/voice.md#announcements).
 */
export const startAnnouncer = async (options: AnnouncerOptions): Promise<Announcer> => {
  const { address, edge, recordings, most = 200 } = options;
  const [sip, rtp] = await Promise.all([bound(address, options.port), bound(address, 0)]);
  const calls = new Map<string, Call>();
  const send = (message: Buffer, { port, address: host }: RemoteInfo): void => {
    sip.send(message, port, host, () => undefined);
  };

  const refuse = (key: string, call: Call, code: number): void => {
    call.stop();
    Object.assign(call, { isPlaying: false, isRefused: true, last: responseTo(call.invite, { code, tag: call.tag }) });
    send(call.last, call.from);
    let timer: NodeJS.Timeout;
    const again = (wait: number): void => {
      timer = setTimeout(() => {
        send(call.last, call.from);
        again(Math.min(2 * wait, T2));
      }, wait);
    };
    again(T1);
    const end = setTimeout(() => {
      call.stop();
      calls.delete(key);
    }, GIVEN_UP_MS);
    call.stop = () => {
      clearTimeout(timer);
      clearTimeout(end);
    };
  };

  const invited = (key: string, invite: SipRequest, from: RemoteInfo): void => {
    const tag = randomBytes(8).toString("hex");
    const call: Call = {
      tag,
      invite,
      from,
      last: Buffer.alloc(0),
      isPlaying: false,
      isRefused: false,
      stop: () => undefined,
    };
    calls.set(key, call);
    const asked = askedFor(invite.uri);
    if (!asked) {
      refuse(key, call, 400);
      return;
    }
    const recording = recordings.get(asked.recording);
    const listener = listenerOf(invite.body);
    const playing = [...calls.values()].filter(({ isPlaying }) => isPlaying).length;
    if (!recording || !listener || playing >= most) {
      refuse(key, call, asked.code);
      return;
    }
    const sdp = answerTo(listener, { address, port: rtp.address().port });
    const contact = `Contact: <sip:${address}:${sip.address().port}>`;
    call.isPlaying = true;
    call.last = responseTo(invite, { code: 183, tag, headers: [contact], sdp });
    send(call.last, from);
    const packets = packetsOf(listener.payload === 0 ? recording : aLawFromMuLaw(recording), listener.payload);
    call.stop = play(rtp, packets, listener, () => {
      refuse(key, call, asked.code);
    });
  };

  sip.on("message", (datagram, from) => {
    if (from.address !== edge) return;
    const request = parseRequest(datagram);
    if (!request) return;
    const key = transactionOf(request);
    const call = calls.get(key);
    const answer = (code: number, headers: readonly string[] = []): void => {
      send(responseTo(request, { code, tag: call?.tag ?? "none", headers }), from);
    };
    switch (request.method) {
      case "INVITE":
        if (call) send(call.last, from);
        else invited(key, request, from);
        return;
      case "CANCEL":
        answer(call ? 200 : 481);
        if (call && !call.isRefused) refuse(key, call, 487);
        return;
      case "ACK":
        if (!call?.isRefused) return;
        call.stop();
        calls.delete(key);
        return;
      default:
        answer(405, ["Allow: INVITE, ACK, CANCEL"]);
    }
  });

  return {
    port: sip.address().port,
    calls: () => calls.size,
    close: async () => {
      for (const { stop } of calls.values()) stop();
      calls.clear();
      await Promise.all([sip, rtp].map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
    },
  };
};

const bound = async (address: string, port: number): Promise<Socket> => {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, address, () => {
      socket.off("error", reject);
      resolve();
    });
  });
  // A datagram that cannot be delivered is lost, as others are; the endpoint goes on.
  socket.on("error", () => undefined);
  return socket;
};
