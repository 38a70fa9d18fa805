import { type Answer } from "../deliveries/target.js";

/** Characters of an answer that are kept. */
const LONGEST = 500;

type Meaning = Extract<Answer, { readonly error: string }>;

/** Zendesk did not do what it was asked. The message is a sentence for an operator, without secrets. */
export class ZendeskFailure extends Error {
  override readonly name = "ZendeskFailure";
  constructor(
    /** What it means for a delivery. */
    readonly meaning: Meaning,
    /** HTTP status; null: no answer came. */
    readonly status: number | null,
    /** What Zendesk says of single fields of what it was sent, by their names; empty: nothing. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(meaning.error);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** No answer came: the network, the name, the certificate, or time. */
export const noAnswer = (error: unknown): ZendeskFailure => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ZendeskFailure({ outcome: "DOWN", error: short(`Zendesk does not answer: ${reason}`) }, null);
};

/**
 * What an answer other than success means. 401 and 403 are about us, and a redirect about the address: then all
 * deliveries wait. 5xx, 408, 409, 425 and 429 may go better later; other answers are about what was sent, and will not.
 * @param body as JSON; undefined: it was none
 * @param retryAfterMs as the answer asks for it; undefined: it does not
 */
export const failureOf = (status: number, body: unknown, retryAfterMs: number | undefined): ZendeskFailure => {
  const error = short(`Zendesk answered ${status}${said(body)}`);
  const details = isObject(body) && isObject(body["details"]) ? body["details"] : {};
  if (status === 401 || status === 403) {
    return new ZendeskFailure({ outcome: "DOWN", error: short(`Zendesk refuses our credentials: ${error}`) }, status);
  }
  if (status < 400) return new ZendeskFailure({ outcome: "DOWN", error }, status);
  if (status >= 500 || [408, 409, 425, 429].includes(status)) {
    const meaning = { outcome: "FAILED", error, ...(retryAfterMs !== undefined && { retryAfterMs }) } as const;
    return new ZendeskFailure(meaning, status, details);
  }
  return new ZendeskFailure({ outcome: "REFUSED", error }, status, details);
};

const short = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);

/** The words of either shape of errors: `{error, description, details}` and `{errors: [{code, title}]}`. */
const said = (body: unknown): string => {
  if (!isObject(body)) return ".";
  const { error, description, details, errors } = body;
  if (Array.isArray(errors)) {
    const words = errors.filter(isObject).map(({ code, title, detail }) => worded([code, title, detail]));
    return words.length > 0 ? `: ${words.join("; ")}` : ".";
  }
  // `error` is an object with a title and a message on some pages of Zendesk.
  const word = isObject(error) ? worded([error["title"], error["message"]]) : worded([error, description]);
  const fields = isObject(details)
    ? Object.entries(details).map(([field, problems]) => `${field}: ${detailsOf(problems).join(", ")}`)
    : [];
  const all = [word, ...fields].filter((text) => text !== "");
  return all.length > 0 ? `: ${all.join("; ")}` : ".";
};

const worded = (parts: readonly unknown[]): string => parts.filter((part) => typeof part === "string").join(", ");

const detailsOf = (problems: unknown): readonly string[] =>
  (Array.isArray(problems) ? problems : [problems]).map((problem) =>
    isObject(problem) ? worded([problem["error"], problem["description"]]) : worded([problem]),
  );
