import { type Answer } from "../deliveries/target.js";

/** Characters of an answer that are kept. */
const LONGEST = 500;

/** Answers that may go better later, beside 5xx. */
const LATER = [408, 409, 425, 429];

/** An answer of Odoo, or of what stands before it. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;
}

/**
 * What an answer means (docs/integrations.md#odoo). Odoo's older controllers answer errors as 200 with an `error` object:
 * a failure like a 5xx, or, where they do not accept the key, like a 401; so is what is too long to be read whole, in which
 * an error may stand. A redirect leads to a page that signs people in, or is about the address: both are about us.
 * @param now of the system, for a `Retry-After` that names a moment
 */
export const answerOf = (answered: Answered, now: Date): Answer => {
  const { status } = answered;
  const body = firstOf(answered.text);
  const said = saidIn(body);
  const error = short(`Odoo answered ${status}${said === "" ? "." : `: ${said}`}`);
  if (status >= 200 && status < 300) {
    if (!answered.isWhole) return { outcome: "FAILED", error: short(`${error} The answer is too long to be read.`) };
    if (!isError(body["error"])) return { outcome: "DELIVERED" };
    if (isAboutTheKey(body)) return { outcome: "DOWN", error: short(`Odoo refuses our key: ${error}`) };
    return { outcome: "FAILED", error };
  }
  if (status === 401 || status === 403) return { outcome: "DOWN", error: short(`Odoo refuses our key: ${error}`) };
  if (status < 400) return { outcome: "DOWN", error };
  if (status < 500 && !LATER.includes(status)) return { outcome: "REFUSED", error };
  const retryAfterMs = retryAfterOf(answered.retryAfter, now);
  return { outcome: "FAILED", error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
};

/** No answer came: the network, the name, the certificate, or time. */
export const noAnswer = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return short(`Odoo does not answer: ${cause instanceof Error ? cause.message : String(cause)}`);
};

const isError = (error: unknown): boolean => error !== undefined && error !== null && error !== false;

/** 100: the session that a key should have made does not exist. */
const isAboutTheKey = (body: Body): boolean => {
  const error = objectOf(body["error"]);
  return error["code"] === 100 || objectOf(error["data"])["name"] === "odoo.exceptions.AccessDenied";
};

/** The words of either shape: `{error: {message, data: {name, message}}}` in a 200, `{name, message}` in other answers. */
const saidIn = (body: Body): string => {
  const { error } = body;
  if (typeof error === "string") return error;
  const { message, data } = objectOf(error);
  const words = [message, objectOf(data)["name"], objectOf(data)["message"], body["name"], body["message"]];
  return [...new Set(words.filter((word) => typeof word === "string" && word !== ""))].join(", ");
};

type Body = Readonly<Record<string, unknown>>;

/** Of several answers in a list the first that is an error. */
const firstOf = (text: string): Body => {
  const answers = [jsonOf(text)].flat().map(objectOf);
  return answers.find(({ error }) => isError(error)) ?? answers[0] ?? {};
};

const objectOf = (value: unknown): Body =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** In seconds, or as a moment; undefined: not given, or not understood. */
const retryAfterOf = (text: string | null, now: Date): number | undefined => {
  const asked = text?.trim() ?? "";
  if (/^\d{1,9}$/.test(asked)) return Number(asked) * 1_000;
  const moment = Date.parse(asked);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime());
};

const short = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);
