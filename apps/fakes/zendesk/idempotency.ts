import { Refusal, type Reply } from "./answers.js";

/** Zendesk keeps keys for hours. */
const KEPT_MS = 2 * 3_600_000;

/** Answers of requests by `Idempotency-Key`: the same request again is answered as the first one was. */
export class IdempotencyKeys {
  readonly #known = new Map<string, { readonly request: string; readonly reply: Reply; readonly at: number }>();

  /**
   * @param request what must be the same under the same key: the body as it came
   * @param now milliseconds
   */
  answer(key: string | undefined, request: string, now: number, act: () => Reply): Reply {
    if (key === undefined) return act();
    const known = this.#known.get(key);
    if (known && now - known.at < KEPT_MS) {
      if (known.request !== request) {
        const description = "The key was used for a request with another body.";
        throw new Refusal({ status: 400, body: { error: "IdempotentRequestError", description } });
      }
      return labelled(known.reply, "hit");
    }
    const reply = act();
    this.#known.set(key, { request, reply, at: now });
    return labelled(reply, "miss");
  }

  /** As if hours had passed. */
  forget(): void {
    this.#known.clear();
  }
}

const labelled = (reply: Reply, lookup: "hit" | "miss"): Reply => ({
  ...reply,
  headers: { ...reply.headers, "x-idempotency-lookup": lookup },
});
