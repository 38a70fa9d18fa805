/** The server refused a request: a rejection with a stable code, or another error. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}

/** The server gave no usable answer. */
export class NoAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NoAnswer";
  }
}

export interface Endpoint {
  /** URL of the GraphQL API. */
  readonly url: string;
  readonly token?: string | undefined;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

/** Each attempt waits two seconds at the server: half a minute in total until queries show the effects. */
const VISIBILITY_TRIES = 15;

/** A client of the GraphQL API for one provider. */
export class Client {
  constructor(
    private readonly endpoint: Endpoint,
    private readonly signal: AbortSignal,
    private readonly providerId?: string,
  ) {}

  onBehalfOf(providerId: string): Client {
    return new Client(this.endpoint, this.signal, providerId);
  }

  /**
   * Sends a command and waits until queries show its effects: repeating it with the same key changes nothing.
   * @param field the field of the answer that is wanted; left out: the id of the command's aggregate
   * @returns its value
   * @throws Refused, NoAnswer
   */
  async mutate(name: string, input: object, idempotencyKey: string, field = "id"): Promise<string> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { id: ${field} visible } }`;
    for (let tries = 1; ; tries += 1) {
      const data = await this.query<Record<string, { id: string; visible: boolean }>>(document, {
        input: { ...input, idempotencyKey },
      });
      const payload = data[name];
      if (payload === undefined) throw new NoAnswer(`The server did not answer ${name}.`);
      if (payload.visible) return payload.id;
      if (tries === VISIBILITY_TRIES) throw new NoAnswer(`The effects of ${name} cannot be read: is a worker running?`);
    }
  }

  /** @throws Refused, NoAnswer */
  async query<Data>(document: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.send({ query: document, variables });
    const [error] = errors ?? [];
    if (error) {
      const code = error.extensions?.code;
      throw new Refused(typeof code === "string" ? code : "UNKNOWN", error.message);
    }
    if (!data) throw new NoAnswer("The server answered neither data nor errors.");
    return data as Data;
  }

  private async send(body: object): Promise<Answer> {
    const { url, token } = this.endpoint;
    // A signal of its own: fetch leaves its listener on the one that it is given until garbage is collected.
    const request = new AbortController();
    const stop = (): void => {
      request.abort();
    };
    this.signal.addEventListener("abort", stop);
    if (this.signal.aborted) stop();
    try {
      const response = await fetch(url, {
        method: "POST",
        signal: request.signal,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(this.providerId === undefined ? {} : { "tenure-provider": this.providerId }),
        },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const answer = parsed(text);
      if (answer) return answer;
      throw new NoAnswer(`${url} answered status ${response.status} and no GraphQL.`);
    } catch (error) {
      if (error instanceof NoAnswer || this.signal.aborted) throw error;
      throw new NoAnswer(`${url} cannot be reached: ${reasonOf(error)}.`);
    } finally {
      this.signal.removeEventListener("abort", stop);
    }
  }
}

const parsed = (text: string): Answer | undefined => {
  try {
    const answer = JSON.parse(text) as Answer | null;
    return answer?.data === undefined && answer?.errors === undefined ? undefined : answer;
  } catch {
    return undefined;
  }
};

/** The message of fetch is only "fetch failed"; the reason is in the cause. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return cause === "" ? error.message : cause;
};
