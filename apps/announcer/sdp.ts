/** Where and how a caller wants to hear (RFC 4566): as much as playing one file needs. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** RTP payload types (RFC 3551): 0 is PCMU, 8 is PCMA. */
  readonly payload: 0 | 8;
}

const IPV4 = /^c=IN IP4 (\d{1,3}(?:\.\d{1,3}){3})(?:\s|$)/;

/** The first audio stream of an offer that can be played to; null: there is none, so nothing is played. */
export const listenerOf = (offer: string): Listener | null => {
  let sessionAddress: string | undefined;
  let audio: { port: number; payloads: string[]; address: string | undefined } | undefined;
  for (const line of offer.split(/\r?\n/)) {
    if (line.startsWith("m=")) {
      if (audio) break;
      const [, port, payloads] = /^m=audio (\d+) RTP\/AVP ([\d ]+)$/.exec(line.trim()) ?? [];
      if (port !== undefined && payloads !== undefined) {
        audio = { port: Number(port), payloads: payloads.split(" "), address: undefined };
      }
      continue;
    }
    const [, address] = IPV4.exec(line) ?? [];
    if (address === undefined) continue;
    if (audio) audio.address = address;
    else sessionAddress ??= address;
  }
  const address = audio?.address ?? sessionAddress;
  const payload = audio?.payloads.find((each) => each === "0" || each === "8");
  if (!audio || address === undefined || payload === undefined) return null;
  // Port 0 and the address 0.0.0.0 say that nothing is wanted.
  if (audio.port < 1 || audio.port > 65_535 || address === "0.0.0.0") return null;
  return { address, port: audio.port, payload: payload === "0" ? 0 : 8 };
};

export const answerTo = ({ payload }: Listener, own: { readonly address: string; readonly port: number }): string => {
  const codec = payload === 0 ? "PCMU" : "PCMA";
  const lines = [
    "v=0",
    `o=tenure 0 0 IN IP4 ${own.address}`,
    "s=announcement",
    `c=IN IP4 ${own.address}`,
    "t=0 0",
    `m=audio ${own.port} RTP/AVP ${payload}`,
    `a=rtpmap:${payload} ${codec}/8000`,
    "a=ptime:20",
    "a=sendonly",
  ];
  return `${lines.join("\r\n")}\r\n`;
};
