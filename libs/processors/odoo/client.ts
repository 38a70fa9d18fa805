import { MASK } from "#configuration/integrations.js";
import { type Answer, type Verification } from "../deliveries/target.js";
import { type Answered, answerOf, noAnswer } from "./answers.js";
import { type OdooConfiguration } from "./configuration.js";
import { type Signal } from "./signal.js";

/** Milliseconds within which Odoo must have answered: less than the dispatcher gives a try. */
const ANSWERED_WITHIN_MS = 40_000;
/** Characters of an answer that are read: Odoo's errors come with all that was called. What is longer is no answer of it. */
const READ_AT_MOST = 2_000_000;

/** Tells a provider's Odoo. */
export interface OdooClient {
  send(signal: Signal, abort: AbortSignal): Promise<Answer>;
  /** Changes nothing there. */
  verify(abort: AbortSignal): Promise<Verification>;
}

/** A client by plain HTTP, in the mode of the configuration (docs/integrations.md#odoo). */
export const odooClient = (configuration: OdooConfiguration): OdooClient => {
  const { key, url } = configuration;

  const ask = async (address: string, method: "GET" | "POST", body: object | null, abort: AbortSignal) => {
    const response = await fetch(address, {
      method,
      headers: {
        accept: "application/json",
        ...(body && { "content-type": "application/json" }),
        ...(configuration.mode === "json2"
          ? { authorization: `bearer ${key}`, "x-odoo-database": configuration.database }
          : { authorization: `Bearer ${key}` }),
      },
      // A redirect would take the key elsewhere.
      redirect: "manual",
      signal: AbortSignal.any([abort, AbortSignal.timeout(ANSWERED_WITHIN_MS)]),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { text, isWhole } = await textOf(response);
    const retryAfter = response.headers.get("retry-after");
    return { status: response.status, text: text.replaceAll(key, MASK), isWhole, retryAfter };
  };
  const json2 = (model: string, method: string): string => `${url}/json/2/${model}/${method}`;

  return {
    async send(signal, abort) {
      const [address, body] =
        configuration.mode === "json2" ? [json2(configuration.model, configuration.method), { signal }] : [url, signal];
      let answered: Answered;
      try {
        answered = await ask(address, "POST", body, abort);
      } catch (error) {
        return { outcome: "DOWN", error: noAnswer(error) };
      }
      return answerOf(answered, new Date());
    },
    async verify(abort) {
      try {
        return configuration.mode === "json2"
          ? verified(await ask(json2("res.users", "context_get"), "POST", {}, abort))
          : reachable(await ask(url, "GET", null, abort));
      } catch (error) {
        return { ok: false, message: noAnswer(error) };
      }
    },
  };
};

/** Of the JSON-2 API, which knows whose key it is. */
const verified = (answered: Answered): Verification => {
  const answer = answerOf(answered, new Date());
  return "error" in answer
    ? { ok: false, message: answer.error }
    : { ok: true, message: "Odoo answers and took the key." };
};

/** Of an address for signals: our addon says whether the key is right, others only that they are there. */
const reachable = (answered: Answered): Verification => {
  const answer = answerOf(answered, new Date());
  if (answered.status === 200 && answer.outcome === "DELIVERED") {
    return { ok: true, message: "Odoo answers and took the key." };
  }
  if (answered.status === 401 || answered.status === 403) {
    return { ok: false, message: "error" in answer ? answer.error : "Odoo refuses our key." };
  }
  return { ok: true, message: `Odoo is reachable, key not checkable: it answered ${answered.status}.` };
};

/** The body, or its beginning where it is too long: the rest is not waited for. */
const textOf = async ({ body }: Response): Promise<Pick<Answered, "text" | "isWhole">> => {
  if (!body) return { text: "", isWhole: true };
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > READ_AT_MOST) return { text, isWhole: false };
  }
  return { text, isWhole: true };
};
