import { setTimeout as delay } from "node:timers/promises";
import { AUTHORIZATION } from "./operator-token.js";

/** A GraphQL client for tests, with fetch: one provider, a new idempotency key for every mutation. */
export interface Client {
  request<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /**
   * Executes a mutation with one `input`, throws on any error, and returns the selected fields once queries show what it
   * did: on a busy machine that may take longer than a mutation itself waits.
   */
  mutate<Payload = { id: string }>(name: string, input: object, fields?: string): Promise<Payload>;
  /** The same, whether queries show it or not: where read models stand still. */
  mutateUnseen<Payload = { id: string }>(name: string, input: object, fields?: string): Promise<Payload>;
}

/** What is asked for besides: whether queries show what the mutation did, and from where on. */
interface Seen {
  readonly specVisible: boolean;
  readonly specPosition: string;
}

let keys = 0;
const keyed = (input: object): object => {
  keys += 1;
  return { idempotencyKey: `test-${keys}`, ...input };
};

export const client = (url: string, provider?: string): Client => {
  const post = async (query: string, variables: object, headers: Record<string, string> = {}) => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...AUTHORIZATION,
        ...(provider && { "tenure-provider": provider }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as { data?: unknown; errors?: unknown[] };
  };
  const request = async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const answer = await post(query, variables);
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data as Data;
  };
  const send = async <Payload>(name: string, input: object, fields: string): Promise<Payload> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields} } }`;
    const data = await request<Record<string, Payload>>(query, { input });
    return data[name] as Payload;
  };
  /** Resolves once queries show what is at a position. */
  const shows = async (position: string): Promise<void> => {
    for (;;) {
      const { errors } = await post("{ __typename }", {}, { "tenure-after": position });
      if (!errors) return;
      if (!JSON.stringify(errors).includes("NOT_VISIBLE_YET")) throw new Error(JSON.stringify(errors));
      await delay(20);
    }
  };
  return {
    request,
    async mutate<Payload>(name: string, input: object, fields = "id visible") {
      const given = keyed(input);
      const ask = async () => {
        const both = `${fields} specVisible: visible specPosition: position`;
        const { specVisible, specPosition, ...payload } = await send<Seen>(name, given, both);
        return { specVisible, specPosition, payload };
      };
      const first = await ask();
      let seen = first;
      while (!seen.specVisible) {
        await shows(seen.specPosition);
        seen = await ask();
      }
      // What is told only once, such as a secret, is in the first answer.
      const told = Object.entries(first.payload).filter(([field, value]) => value !== null && field !== "visible");
      return { ...seen.payload, ...Object.fromEntries(told) } as Payload;
    },
    mutateUnseen: (name, input, fields = "id visible") => send(name, keyed(input), fields),
  };
};
