import { randomBytes } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { parseRequest, responseTo, type SipRequest } from "../../apps/announcer/sip.js";

/* Callers and PBXs on UDP, written here: what they send is exactly what a test says. */

const bind = (socket: Socket, address: string) =>
  new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, address, resolve);
  });

/** How a PBX answers a call: a code, or a redirection to contacts as they stand in the header; null: it rings until it is cancelled. */
export type Answer = number | { readonly code: number; readonly contacts: readonly string[] } | null;

/** The same for a request and its repetitions. */
const transactionOf = ({ method, headers }: SipRequest): string => `${method} ${headers.get("via")?.[0] ?? ""}`;

/** A PBX or redirect server; `methods` are those that it was sent, without repetitions of INVITE. */
export class Pbx {
  readonly methods: string[] = [];
  /** What INVITEs asked for. */
  readonly uris: string[] = [];
  /** As they came. */
  readonly invites: SipRequest[] = [];
  readonly byes: SipRequest[] = [];
  readonly #socket = createSocket("udp4");
  readonly #seen = new Set<string>();
  #ringing: SipRequest | undefined;

  static async at(address: string, answer: () => Answer): Promise<Pbx> {
    const pbx = new Pbx(address, answer);
    await bind(pbx.#socket, address);
    pbx.#socket.on("message", (datagram, from) => {
      pbx.#take(datagram, from);
    });
    return pbx;
  }

  private constructor(
    readonly address: string,
    readonly answer: () => Answer,
  ) {}

  /** As it stands in a URI. */
  get host(): string {
    return `${this.address}:${this.#socket.address().port}`;
  }

  close(): void {
    this.#socket.close();
  }

  #take(datagram: Buffer, { port, address }: RemoteInfo): void {
    const request = parseRequest(datagram);
    if (!request) return;
    const reply = (code: number, headers: readonly string[] = []): void => {
      this.#socket.send(responseTo(request, { code, tag: "pbx", headers }), port, address);
    };
    const key = transactionOf(request);
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    if (isNew) this.methods.push(request.method);
    if (request.method === "BYE") {
      if (isNew) this.byes.push(request);
      reply(200);
    }
    if (request.method === "CANCEL") {
      reply(200);
      if (this.#ringing) this.#socket.send(responseTo(this.#ringing, { code: 487, tag: "pbx" }), port, address);
      this.#ringing = undefined;
    }
    if (request.method !== "INVITE" || !isNew) return;
    this.uris.push(request.uri);
    this.invites.push(request);
    const answer = this.answer();
    if (answer === null) {
      // It rings until it is cancelled.
      this.#ringing = request;
      reply(180);
      return;
    }
    if (typeof answer !== "number") {
      reply(
        answer.code,
        answer.contacts.map((contact) => `Contact: ${contact}`),
      );
    } else reply(answer, answer < 300 ? [`Contact: <sip:pbx@${this.host}>`] : []);
  }
}

interface Asked {
  readonly cld?: string;
  readonly method?: string;
  readonly maxForwards?: number;
  /** In the place of what is sent otherwise. */
  readonly raw?: (lines: readonly string[]) => string;
  /** Milliseconds until there is no answer. */
  readonly patience?: number;
  /** CANCEL is sent once this has come true. */
  readonly cancelAfter?: () => Promise<unknown>;
  /** A call that was answered is ended at once. */
  readonly hangUp?: boolean;
}

/** A caller at an address. */
export class Caller {
  readonly #socket = createSocket("udp4");
  readonly #waiting: ((message: string) => void)[] = [];
  /** Requests that came within calls, such as BYE, without repetitions. */
  readonly requests: string[] = [];
  readonly #seen = new Set<string>();
  /** Answers to calls, as they came. */
  readonly answers: string[] = [];

  static async at(address: string, edge: { readonly address: string; readonly port: number }): Promise<Caller> {
    const caller = new Caller(address, edge);
    await bind(caller.#socket, address);
    caller.#socket.on("message", (datagram, from) => {
      const request = parseRequest(datagram);
      if (request) {
        const key = transactionOf(request);
        if (!caller.#seen.has(key)) caller.requests.push(request.method);
        caller.#seen.add(key);
        caller.#socket.send(responseTo(request, { code: 200, tag: "caller" }), from.port, from.address);
      } else for (const wait of caller.#waiting) wait(datagram.toString());
    });
    return caller;
  }

  private constructor(
    readonly address: string,
    readonly edge: { readonly address: string; readonly port: number },
  ) {}

  close(): void {
    this.#socket.close();
  }

  /** Calls, acknowledges the answer, and answers its code; null: there is none in time. */
  async call({
    cld = "12065551200",
    method = "INVITE",
    maxForwards = 70,
    raw,
    patience = 20_000,
    cancelAfter,
    hangUp = false,
  }: Asked = {}): Promise<number | null> {
    const id = randomBytes(8).toString("hex");
    const uri = `sip:${cld}@${this.edge.address}:${this.edge.port}`;
    const own = `${this.address}:${this.#socket.address().port}`;
    const lines = (of: string, to: string) => [
      `${of} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${id}`,
      `From: <sip:12015550100@${own}>;tag=${id}`,
      `To: <${uri}>${to}`,
      `Call-ID: ${id}`,
      `CSeq: 1 ${of}`,
      `Contact: <sip:caller@${own}>`,
      `Max-Forwards: ${maxForwards}`,
      "Content-Length: 0",
    ];
    const text = raw ? raw(lines(method, "")) : `${lines(method, "").join("\r\n")}\r\n\r\n`;
    const final = new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => {
        resolve(null);
      }, patience);
      this.#waiting.push((message) => {
        if (!message.includes(id) || /^SIP\/2\.0 1/.test(message) || /^CSeq: 1 CANCEL/m.test(message)) return;
        clearTimeout(timer);
        resolve(message);
      });
    });
    this.#send(text);
    if (cancelAfter) {
      await cancelAfter();
      this.#send(`${lines("CANCEL", "").join("\r\n")}\r\n\r\n`);
    }
    const answered = await final;
    if (answered === null) return null;
    this.answers.push(answered);
    const code = Number(answered.slice(8, 11));
    const [, to = ""] = /^To: .*?(;tag=\S+)/m.exec(answered) ?? [];
    if (method === "INVITE" && code >= 300) this.#send(`${lines("ACK", to).join("\r\n")}\r\n\r\n`);
    if (method === "INVITE" && code < 300) {
      const [, contact = ""] = /^Contact: <([^>]+)>/m.exec(answered) ?? [];
      const routes = [...answered.matchAll(/^Record-Route: (.+)\r$/gm)].map(([, route]) => `Route: ${route ?? ""}`);
      const within = (of: string, sequence: number): void => {
        const [, ...rest] = lines(of, to);
        const request = [`${of} ${contact} SIP/2.0`, ...rest, ...routes.toReversed()].join("\r\n");
        const numbered = request.replace(`CSeq: 1 ${of}`, `CSeq: ${sequence} ${of}`);
        this.#send(`${numbered.replace(id, `${id}${of}`)}\r\n\r\n`);
      };
      within("ACK", 1);
      if (hangUp) within("BYE", 2);
    }
    return code;
  }

  #send(text: string): void {
    this.#socket.send(text, this.edge.port, this.edge.address);
  }
}
