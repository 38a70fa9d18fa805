import { type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { refusable, type Reply } from "./answers.js";
import { Journal } from "../journal.js";
import { answerApi } from "./api.js";
import { Faults, replyOf } from "./faults.js";
import { IdempotencyKeys } from "./idempotency.js";
import { headerOf, jsonOf } from "./input.js";
import { RateLimit } from "./rate-limit.js";
import { type Ticket } from "./records.js";
import { State } from "./state.js";
import { createTicket } from "./tickets.js";
import { createUser } from "./users.js";

/** Of the agent whose token is accepted unless others are given. */
export const FAKE_ZENDESK_EMAIL = "agent@support.example";
export const FAKE_ZENDESK_TOKEN = "fake-zendesk-token";
/** Where mail to support goes. */
export const SUPPORT_ADDRESS = "support@support.example";
/** About as many as Zendesk answers in a minute. */
const LIMIT_PER_MINUTE = 400;
const KEPT_REQUESTS = 5_000;
/** When its agent began: the same at each start. */
const AGENT_SINCE = "2020-01-01T00:00:00Z";

/** A request that arrived at the API. */
export interface ArrivedRequest {
  /** By the clock of the fake. */
  readonly at: string;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  /** What was answered; 0: the connection was broken off. */
  readonly status: number;
  /** `hit` or `miss` of the idempotency key. */
  readonly lookup: string | null;
}

/** What an agent asked of the API. */
interface Asked {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** The body as it came. */
  readonly text: string;
  readonly idempotencyKey: string | null;
}

/** What changed the fake, and when by its clock. */
type Kept = { readonly at: string } & (
  { readonly asked: Asked } | { readonly mail: Written & { readonly to?: string } } | { readonly call: Called }
);

type Called = Omit<Written, "from"> & { readonly phone: string };

interface Written {
  readonly from: string;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
}

export interface Options {
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly email?: string;
  readonly token?: string;
  readonly limitPerMinute?: number;
  /** Keys of custom fields of organizations; those of the app inside Zendesk unless given. */
  readonly organizationFields?: readonly string[];
  /** Keeps what the fake is told, for its next start; without one it is kept in memory. */
  readonly file?: string | undefined;
}

/** A Zendesk that keeps what it is told, on 127.0.0.1. */
export class FakeZendesk {
  readonly faults = new Faults();
  readonly limit: RateLimit;
  /** Requests to the API in the order of their answers. */
  readonly requests: ArrivedRequest[] = [];
  readonly email: string;
  readonly token: string;
  state: State;
  #keys = new IdempotencyKeys();
  readonly #journal: Journal<Kept>;

  constructor(
    readonly url: string,
    private readonly options: Options,
  ) {
    this.email = options.email ?? FAKE_ZENDESK_EMAIL;
    this.token = options.token ?? FAKE_ZENDESK_TOKEN;
    this.limit = new RateLimit(options.limitPerMinute ?? LIMIT_PER_MINUTE);
    this.state = this.#empty();
    this.#journal = new Journal(options.file);
    for (const kept of this.#journal.read()) this.#again(kept);
    this.state.setNow(null);
  }

  /** Somebody writes to the support address: a ticket of the user of that address, who is made if unknown. */
  mail(mail: Written & { readonly to?: string }): Ticket {
    const ticket = this.state.atOnce(() => this.#mailed(mail));
    this.#journal.append({ at: ticket.created_at, mail });
    return ticket;
  }

  #mailed({ from, name, subject, body, to = SUPPORT_ADDRESS }: Written & { readonly to?: string }): Ticket {
    const ticket = { subject, comment: { body }, requester: { name, email: from }, recipient: to };
    return createTicket(this.state, ticket, "email");
  }

  /** Somebody calls: a ticket of a user whom nothing but a number tells of, made anew. */
  call(call: Called): Ticket {
    const ticket = this.state.atOnce(() => this.#called(call));
    this.#journal.append({ at: ticket.created_at, call });
    return ticket;
  }

  #called({ name, phone, subject, body }: Called): Ticket {
    const caller = createUser(this.state, { name: name === "" ? phone : name, phone });
    return createTicket(this.state, { subject, comment: { body }, requester_id: caller.id }, "voice");
  }

  forgetIdempotencyKeys(): void {
    this.#keys.forget();
  }

  /** As it was at the start. */
  reset(): void {
    this.#journal.clear();
    this.state = this.#empty();
    this.#keys = new IdempotencyKeys();
    this.faults.clear();
    this.requests.length = 0;
  }

  contents(): Record<string, unknown> {
    const { organizations, users, tickets, comments } = this.state;
    return {
      organizations: [...organizations.values()],
      users: [...users.values()],
      tickets: [...tickets.values()],
      comments,
    };
  }

  /** Answers a request to `/api/v2`: limits and faults first, then who asks, then what for. */
  async api(request: IncomingMessage, url: URL, text: string): Promise<Reply | undefined> {
    const method = request.method ?? "GET";
    const asked = {
      ...{ method, path: `${url.pathname}${url.search}`, text },
      idempotencyKey: headerOf(request, "idempotency-key") ?? null,
    };
    const fault = this.faults.hit(method, url.pathname);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs);
    const isLost = fault !== undefined && (fault.isDown === true || fault.status !== undefined);
    const lost = () => (fault?.isDown === true ? undefined : replyOf(fault ?? {}));
    return this.state.atOnce(() => {
      const answered = isLost && fault.when !== "AFTER" ? undefined : this.#answer(request, asked);
      const reply = isLost ? lost() : answered;
      this.#arrived(asked, reply);
      return reply;
    });
  }

  #arrived({ text, ...asked }: Asked, reply: Reply | undefined): void {
    this.requests.push({
      ...{ at: this.state.time(), ...asked, body: jsonOf(text) ?? null, status: reply?.status ?? 0 },
      lookup: reply?.headers?.["x-idempotency-lookup"] ?? null,
    });
    if (this.requests.length > KEPT_REQUESTS) this.requests.shift();
  }

  #answer(request: IncomingMessage, asked: Asked): Reply {
    const refused = this.limit.refuse();
    if (refused) return refused;
    const expected = Buffer.from(`${this.email}/token:${this.token}`).toString("base64");
    if (headerOf(request, "authorization") !== `Basic ${expected}`) {
      return { status: 401, body: { error: "Couldn't authenticate you" } };
    }
    const at = this.state.time();
    const reply = this.#done(asked);
    if (asked.method !== "GET" && reply.status < 400) this.#journal.append({ at, asked });
    return reply;
  }

  #done({ method, path, text, idempotencyKey }: Asked): Reply {
    return refusable(() => {
      const body = jsonOf(text);
      if (text !== "" && body === undefined) {
        return { status: 400, body: { errors: [{ code: "InvalidJson", title: "The body is no JSON." }] } };
      }
      const url = new URL(path, this.url);
      const key = idempotencyKey ?? undefined;
      return answerApi(this.state, this.#keys, { method, url, text, body, idempotencyKey: key, agent: this.email });
    });
  }

  /** Does what was done at an earlier start. */
  #again(kept: Kept): void {
    this.state.setNow(kept.at);
    if ("mail" in kept) this.#mailed(kept.mail);
    else if ("call" in kept) this.#called(kept.call);
    else this.#arrived(kept.asked, this.#done(kept.asked));
  }

  #empty(): State {
    const state = new State(this.url);
    for (const key of this.options.organizationFields ?? ["tenure_customer_url", "tenure_customer"]) {
      state.organizationFields.push({ id: state.nextId(), key, title: key, type: "text", active: true });
    }
    state.setNow(AGENT_SINCE);
    createUser(state, { name: "Agent of Tenure", email: this.email, role: "admin", verified: true });
    state.setNow(null);
    return state;
  }
}
