/** What the fake answers: a status, a JSON body or none, headers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A reply that ends the request as an error. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`Refused with ${reply.status}.`);
  }
}

/** One mistake of a field, as Zendesk words it. */
export interface Mistake {
  readonly error: "DuplicateValue" | "BlankValue" | "InvalidValue";
  readonly description: string;
}

/** 422 with `details` by field: the first of Zendesk's two shapes of errors. */
export const invalidRecord = (details: Readonly<Record<string, Mistake>>): Refusal =>
  new Refusal({
    status: 422,
    body: {
      error: "RecordInvalid",
      description: "Record validation errors",
      details: Object.fromEntries(Object.entries(details).map(([field, mistake]) => [field, [mistake]])),
    },
  });

export const notFound = (): Refusal =>
  new Refusal({ status: 404, body: { error: "RecordNotFound", description: "Not found" } });

/** The second shape, which newer parts of Zendesk answer. */
export const badParameter = (code: string, title: string): Refusal =>
  new Refusal({ status: 400, body: { errors: [{ code, title }] } });

/** An error in either shape. */
export const errorOf = (
  shape: "ERROR" | "ERRORS",
  status: number,
  name: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers,
  body: shape === "ERROR" ? { error: name, description } : { errors: [{ code: name, title: description }] },
});

/** What `answer` answers, or the reply of its refusal. */
export const refusable = (answer: () => Reply): Reply => {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
};
