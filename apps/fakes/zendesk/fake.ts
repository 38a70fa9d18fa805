import { type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { refusable, type Reply } from "./answers.js";
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
}

/** A Zendesk that keeps what it is told in memory, on 127.0.0.1. */
export class FakeZendesk {
  readonly faults = new Faults();
  readonly limit: RateLimit;
  /** Requests to the API in the order of their answers. */
  readonly requests: ArrivedRequest[] = [];
  readonly email: string;
  readonly token: string;
  state: State;
  #keys = new IdempotencyKeys();

  constructor(
    readonly url: string,
    private readonly options: Options,
  ) {
    this.email = options.email ?? FAKE_ZENDESK_EMAIL;
    this.token = options.token ?? FAKE_ZENDESK_TOKEN;
    this.limit = new RateLimit(options.limitPerMinute ?? LIMIT_PER_MINUTE);
    this.state = this.#empty();
  }

  /** Somebody writes to the support address: a ticket of the user of that address, who is made if unknown. */
  mail({ from, name, subject, body, to = SUPPORT_ADDRESS }: Written & { readonly to?: string }): Ticket {
    const ticket = { subject, comment: { body }, requester: { name, email: from }, recipient: to };
    return createTicket(this.state, ticket, "email");
  }

  /** Somebody calls: a ticket of a user whom nothing but a number tells of, made anew. */
  call({ name, phone, subject, body }: Omit<Written, "from"> & { readonly phone: string }): Ticket {
    const caller = createUser(this.state, { name: name === "" ? phone : name, phone });
    return createTicket(this.state, { subject, comment: { body }, requester_id: caller.id }, "voice");
  }

  forgetIdempotencyKeys(): void {
    this.#keys.forget();
  }

  /** As it was at the start. */
  reset(): void {
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
    const idempotencyKey = headerOf(request, "idempotency-key");
    const fault = this.faults.hit(method, url.pathname);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs);
    const isLost = fault !== undefined && (fault.isDown === true || fault.status !== undefined);
    const lost = () => (fault?.isDown === true ? undefined : replyOf(fault ?? {}));
    const act = () => this.#answer(request, { method, url, text, idempotencyKey });
    const answered = isLost && fault.when !== "AFTER" ? undefined : act();
    const reply = isLost ? lost() : answered;
    this.requests.push({
      at: this.state.time(),
      method,
      path: `${url.pathname}${url.search}`,
      body: jsonOf(text) ?? null,
      idempotencyKey: idempotencyKey ?? null,
      status: reply?.status ?? 0,
      lookup: reply?.headers?.["x-idempotency-lookup"] ?? null,
    });
    if (this.requests.length > KEPT_REQUESTS) this.requests.shift();
    return reply;
  }

  #answer(
    request: IncomingMessage,
    asked: { method: string; url: URL; text: string; idempotencyKey: string | undefined },
  ): Reply {
    const refused = this.limit.refuse();
    if (refused) return refused;
    const expected = Buffer.from(`${this.email}/token:${this.token}`).toString("base64");
    if (headerOf(request, "authorization") !== `Basic ${expected}`) {
      return { status: 401, body: { error: "Couldn't authenticate you" } };
    }
    return refusable(() => {
      const body = jsonOf(asked.text);
      if (asked.text !== "" && body === undefined) {
        return { status: 400, body: { errors: [{ code: "InvalidJson", title: "The body is no JSON." }] } };
      }
      return answerApi(this.state, this.#keys, { ...asked, body, agent: this.email });
    });
  }

  #empty(): State {
    const state = new State(this.url);
    for (const key of this.options.organizationFields ?? ["tenure_customer_url", "tenure_customer"]) {
      state.organizationFields.push({ id: state.nextId(), key, title: key, type: "text", active: true });
    }
    createUser(state, { name: "Agent of Tenure", email: this.email, role: "admin", verified: true });
    return state;
  }
}
