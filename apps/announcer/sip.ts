/** As much of SIP (RFC 3261) as an endpoint needs that announces and never answers. */

export interface SipRequest {
  readonly method: string;
  readonly uri: string;
  /** By full name in lower case; a header that occurs more than once in the order of the message. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** RFC 3261 section 7.3.3: only those that are read or sent back. */
const COMPACT: Readonly<Record<string, string>> = { v: "via", f: "from", t: "to", i: "call-id", l: "content-length" };

const COPIED = ["via", "from", "to", "call-id", "cseq"] as const;

/** null: no request that could be answered. */
export const parseRequest = (datagram: Buffer): SipRequest | null => {
  const text = datagram.toString("utf8");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [first = "", ...lines] = text
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first) ?? [];
  if (method === undefined || uri === undefined) return null;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) return null;
    const typed = line.slice(0, colon).trim().toLowerCase();
    const name = COMPACT[typed] ?? typed;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  if (COPIED.some((name) => !headers.has(name))) return null;
  return { method, uri, headers, body: text.slice(end + 4) };
};

const firstOf = (request: SipRequest, name: string): string => request.headers.get(name)?.[0] ?? "";

/** What INVITE, its repetitions, its CANCEL and its ACK after a refusal have in common (RFC 3261 section 17.2.3). */
export const transactionOf = (request: SipRequest): string => {
  const [, branch = ""] = /;\s*branch=([^;,\s]+)/i.exec(firstOf(request, "via")) ?? [];
  return `${firstOf(request, "call-id")} ${branch} ${firstOf(request, "cseq").split(/\s/)[0] ?? ""}`;
};

/** Reason phrases are for people who read traces. */
const REASONS: Readonly<Record<number, string>> = {
  183: "Session Progress",
  200: "OK",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  486: "Busy Here",
  487: "Request Terminated",
  503: "Service Unavailable",
};

interface ResponseParts {
  readonly code: number;
  /** Of the endpoint's side of the call. */
  readonly tag: string;
  readonly headers?: readonly string[];
  readonly sdp?: string;
}

export const responseTo = (request: SipRequest, { code, tag, headers = [], sdp }: ResponseParts): Buffer => {
  const copied = [...COPIED, "record-route"].flatMap((name) =>
    (request.headers.get(name) ?? []).map((value) => {
      const isTagged = name !== "to" || /;\s*tag=/i.test(value);
      return `${NAMES[name] ?? name}: ${value}${isTagged ? "" : `;tag=${tag}`}`;
    }),
  );
  const body = sdp ?? "";
  const lines = [
    `SIP/2.0 ${code} ${REASONS[code] ?? "Refused"}`,
    ...copied,
    ...headers,
    ...(sdp === undefined ? [] : ["Content-Type: application/sdp"]),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
};

const NAMES: Readonly<Record<string, string>> = {
  via: "Via",
  from: "From",
  to: "To",
  "call-id": "Call-ID",
  cseq: "CSeq",
  "record-route": "Record-Route",
};
