import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Caller } from "#application/access/caller.js";
import { bearer, headersOf } from "./said-callers.js";

export interface GraphqlError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly field?: string;
    readonly inputPath?: readonly (string | number)[];
    readonly correlationId?: string;
  };
}

/** Answer of an accepted command: its outcome and the selected fields. */
export interface Accepted {
  readonly id: string;
  readonly position: string;
  readonly visible: boolean;
  readonly repeated: boolean;
  readonly provider?: unknown;
  readonly plan?: unknown;
  readonly addOnProduct?: unknown;
  readonly volumeDiscountPlan?: unknown;
  readonly mainProduct?: unknown;
  readonly customerClass?: unknown;
  readonly offer?: unknown;
  readonly customer?: unknown;
  readonly account?: unknown;
  readonly commitment?: unknown;
  readonly penaltyPreview?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly GraphqlError[];
}

/** A GraphQL client for one provider. */
export class Client {
  constructor(
    readonly url: string,
    readonly providerId?: string,
    readonly position?: string,
    readonly caller?: Caller,
    /** Left out: that of operators. */
    readonly token?: string,
  ) {}

  as(providerId: string): Client {
    return new Client(this.url, providerId, undefined, this.caller, this.token);
  }

  /** A client whose requests are answered after a position. */
  after(position: string): Client {
    return new Client(this.url, this.providerId, position, this.caller, this.token);
  }

  /** A client of a caller, in the caller's own provider. The server has to believe it (said-callers.ts). */
  by(caller: Caller): Client {
    return new Client(this.url, undefined, undefined, caller);
  }

  /** The headers of its requests, apart from what is sent. */
  get headers(): Readonly<Record<string, string>> {
    return {
      ...(this.providerId !== undefined && { "tenure-provider": this.providerId }),
      ...(this.position !== undefined && { "tenure-after": this.position }),
      ...(this.caller ? headersOf(this.caller) : bearer(this.token)),
    };
  }

  async ask(query: string, variables: object = {}): Promise<Answer> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...this.headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as { data?: unknown; errors?: GraphqlError[] };
    return { status: response.status, data, errors };
  }

  /** Executes a query that must succeed. */
  async query(query: string, variables: object = {}): Promise<unknown> {
    const { data, errors } = await this.ask(query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Sends a command, with a new idempotency key unless the input has one. */
  send(name: string, input: object, selection = ""): Promise<Answer> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { id position visible repeated ${selection} } }`;
    return this.ask(query, { input: { idempotencyKey: randomUUID(), ...input } });
  }

  /**
   * Executes a command that must be accepted, and answers once queries show it: on a busy machine that may take longer than
   * a command itself waits.
   */
  async run(name: string, input: object, selection = ""): Promise<Accepted> {
    const given = { idempotencyKey: randomUUID(), ...input };
    const first = await this.runUnseen(name, given, selection);
    let shown = first;
    while (!shown.visible) {
      await this.shows(shown.position);
      shown = await this.runUnseen(name, given, selection);
    }
    // What is told only once, such as a secret, is in the first answer.
    const told = Object.entries(first).filter(([, value]) => value !== null);
    return { ...shown, ...Object.fromEntries(told), visible: true };
  }

  /** The same, whether queries show it or not: where read models stand still. */
  async runUnseen(name: string, input: object, selection = ""): Promise<Accepted> {
    const { data, errors } = await this.send(name, input, selection);
    if (errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return (data as Record<string, Accepted>)[name] as Accepted;
  }

  /** Resolves once queries show what is at a position. */
  private async shows(position: string): Promise<void> {
    for (;;) {
      const { errors } = await this.after(position).ask("{ __typename }");
      if (errors.length === 0) return;
      if (errors[0]?.extensions.code !== "NOT_VISIBLE_YET") throw new Error(JSON.stringify(errors));
      await delay(20);
    }
  }

  /** Executes a command that must be rejected; returns the code and the field. */
  async refused(name: string, input: object): Promise<string> {
    const { data, errors } = await this.send(name, input);
    const [error] = errors;
    if (!error) throw new Error(`${name} was accepted: ${JSON.stringify(data)}`);
    const { code, field } = error.extensions;
    return field === undefined ? code : `${code} ${field}`;
  }

  /** Previews a command. */
  preview(name: string, input: object, selection = "events { stream type data }"): Promise<Answer> {
    const query = `query ($command: PreviewCommand!) { preview(command: $command) { ${selection} } }`;
    return this.ask(query, { command: { [name]: input } });
  }

  /** Previews a command that must be accepted. */
  async previewed(name: string, input: object, selection?: string): Promise<unknown> {
    const { data, errors } = await this.preview(name, input, selection);
    if (errors.length > 0) throw new Error(`preview of ${name}: ${JSON.stringify(errors)}`);
    return (data as { preview: unknown }).preview;
  }
}
