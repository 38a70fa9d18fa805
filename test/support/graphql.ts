import { AUTHORIZATION } from "./operator-token.js";

/** A GraphQL client for tests, with fetch: one provider, a new idempotency key for every mutation. */
export interface Client {
  request<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Executes a mutation with one `input`, throws on any error, and returns the selected fields. */
  mutate<Payload = { id: string }>(name: string, input: object, fields?: string): Promise<Payload>;
}

let keys = 0;

export const client = (url: string, provider?: string): Client => {
  const request = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...AUTHORIZATION,
        ...(provider && { "tenure-provider": provider }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: Data; errors?: unknown[] };
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data;
  };
  return {
    request,
    async mutate<Payload>(name: string, input: object, fields = "id visible") {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields} } }`;
      keys += 1;
      const data = await request<Record<string, Payload>>(query, {
        input: { idempotencyKey: `test-${keys}`, ...input },
      });
      return data[name] as Payload;
    },
  };
};
