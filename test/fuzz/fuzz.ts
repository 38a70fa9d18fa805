import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql/index.js";
import { type Bench } from "../../apps/api/spec-support/bench.js";
import { tellStory } from "#application/spec-support/story.js";
import { Chance } from "./chance.js";
import { type FuzzRequest, Requests } from "./requests.js";

/** Bytes of an answer at most. */
const LARGEST_ANSWER = 100_000;
/** A line of a stack trace. */
const STACK = /\bat \S+ \(|\bat (?:async )?(?:file|node):|node_modules|\.[jt]s:\d+/;

/** A request whose answer should not be, with what is wrong with it. */
export interface Finding {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly request: FuzzRequest;
  readonly answer: string;
}

export interface Fuzzed {
  readonly findings: readonly Finding[];
  /** How many requests were answered so: `ACCEPTED`, or the code of the first error. */
  readonly answers: Readonly<Record<string, number>>;
}

/** Requests that one provider takes: then most of what it had is closed. */
const PER_PROVIDER = 100;

/** A provider with a catalog, a customer and a commitment. */
const begin = async (bench: Bench) => {
  const client = await bench.provider("2020-07-15T12:00:00Z");
  const { customerId, accountId, offerId, planId, addOnProductId, mainProductId } = await tellStory(client);
  const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
  const ids = { customerId, accountId, offerId, planId, addOnProductId, mainProductId, commitmentId };
  const known = { ...ids, identifier: "12012555215", alias: "12012555215", offerIds: offerId };
  return { known, providerId: client.providerId ?? "" };
};

/** Sends one request for each seed, from the first on. */
export const fuzz = async (bench: Bench, first: number, count: number): Promise<Fuzzed> => {
  const schema = buildClientSchema((await bench.client.query(getIntrospectionQuery())) as IntrospectionQuery);
  const findings: Finding[] = [];
  const answers: Record<string, number> = {};
  let { known, providerId } = await begin(bench);
  for (let seed = first; seed < first + count; seed += 1) {
    if (seed > first && (seed - first) % PER_PROVIDER === 0) ({ known, providerId } = await begin(bench));
    const request = new Requests(schema, new Chance(seed), known).next();
    const before = await bench.store.tail();
    const response = await fetch(`${bench.url}${request.search}`, {
      method: request.method,
      headers: { "content-type": request.contentType, "tenure-provider": providerId },
      ...(request.body !== undefined && { body: request.body }),
    });
    const answer = await response.text();
    const wrong = complaints(response.status, answer);
    const [code = "ACCEPTED"] = codesOf(answer) ?? ["NONE"];
    answers[code] = (answers[code] ?? 0) + 1;
    if (code !== "ACCEPTED" && (await bench.store.tail()).commit !== before.commit) wrong.push("an event was written");
    if (wrong.length > 0) findings.push({ seed, wrong, request: shortened(request), answer: answer.slice(0, 1_000) });
  }
  return { findings, answers };
};

const complaints = (status: number, answer: string): string[] => {
  const wrong: string[] = [];
  if (status >= 500) wrong.push(`status ${status}`);
  if (answer.length > LARGEST_ANSWER) wrong.push(`${answer.length} characters`);
  if (STACK.test(answer)) wrong.push("a stack");
  const codes = codesOf(answer);
  if (!codes) wrong.push("not in the shape of GraphQL");
  // The servers are up.
  for (const code of codes ?? []) if (code === "INTERNAL" || code === "UNAVAILABLE") wrong.push(code);
  return wrong;
};

/** The codes of an answer's errors; undefined when it is no answer of GraphQL, or an error has none. */
const codesOf = (answer: string): string[] | undefined => {
  try {
    const { data, errors } = JSON.parse(answer) as {
      data?: unknown;
      errors?: { message?: unknown; extensions?: { code?: unknown } }[];
    };
    if (errors === undefined) return typeof data === "object" && data !== null ? [] : undefined;
    const codes = errors.map(({ message, extensions }) => (typeof message === "string" ? extensions?.code : undefined));
    return codes.every((code) => typeof code === "string") ? codes : undefined;
  } catch {
    return undefined;
  }
};

const shortened = (request: FuzzRequest): FuzzRequest => ({
  ...request,
  ...(request.body !== undefined && { body: request.body.slice(0, 2_000) }),
});
