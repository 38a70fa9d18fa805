import { type DataSource } from "typeorm";
import { isOutage } from "#application/processes/outage.js";
import { nowOf } from "#domain/providers/provider.js";
import { type EventStore } from "#event-store/event-store.js";
import { providerState } from "#read-models/providers/queries.js";
import { messageOf } from "#read-models/runner/failures.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { FAILS_FOR_MS, nextProbe, nextTry, soon, type Timer } from "./pauses.js";
import { endOutage, noteOutage, withoutOutage } from "./outages.js";
import { keepContent, type Outcome, settleDelivery, type TakenDelivery } from "./queue.js";
import { type Answer, type Content, type Sending, type Target } from "./target.js";

export interface Attempting {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly timer: Timer;
  readonly log: (line: string) => void;
}

/** What became of a try, and whether there may be something to do at once because of it. */
export interface Attempted {
  readonly tried: Tried;
  readonly more: boolean;
}

/** `WAITS`: it was not sent, because of this program; `LOST`: another try has the delivery. */
export type Tried = "DELIVERED" | "FAILED" | "PARKED" | "DISCARDED" | "DOWN" | "WAITS" | "LOST";

/** Milliseconds for which a process has a delivery: nobody else sends it meanwhile. */
export const LEASE_MS = 180_000;
/** Milliseconds within which a target must have answered. */
const SEND_WITHIN_MS = 60_000;
/** Milliseconds after which preparing took too long for the rest of the lease. */
const PREPARE_WITHIN_MS = LEASE_MS - 2 * SEND_WITHIN_MS;

/**
 * Prepares a delivery, once for all tries, sends it, and notes what became of it.
 * @param target undefined: the built-in recorder answers
 * @param lost aborts when the lease is lost: sending is broken off, and nothing is noted
 * @param outage the outage that the try is to end: if the target answers, it is over
 */
export const attempt = async (
  context: Attempting,
  target: Target | undefined,
  taken: TakenDelivery,
  lost: AbortSignal,
  outage?: { readonly since: Date },
): Promise<Attempted> => {
  const { dataSource, timer } = context;
  const settle = async (outcome: Outcome, tried: Tried): Promise<Attempted> => {
    if (lost.aborted) return LOST;
    return { tried, more: await settleDelivery(dataSource, taken, outcome, timer.now()) };
  };
  if (taken.stub) return settle({ status: "DELIVERED" }, "DELIVERED");
  if (!target?.isOn(taken.delivery.provider)) {
    if (target) await wentDown(context, target, taken, "It is not configured for this provider any more.");
    return settle({ status: "GIVEN_BACK", notBefore: null }, "DOWN");
  }
  const prepared = taken.content === null ? await prepare(context, target, taken, lost) : { content: taken.content };
  if ("waits" in prepared) return settle({ status: "GIVEN_BACK", notBefore: soon(timer) }, "WAITS");
  if ("discard" in prepared) return settle({ status: "DISCARDED", reason: prepared.discard }, "DISCARDED");
  if ("error" in prepared) return failed(context, taken, prepared, settle);
  if (taken.content === null && !(await keepContent(dataSource, taken, prepared.content))) return LOST;
  await faultPoint("delivery.before");
  const answer = await send(context, target, prepared.content, taken, lost);
  await faultPoint("delivery.after");
  if (answer === WAITS) return settle({ status: "GIVEN_BACK", notBefore: soon(timer) }, "WAITS");
  const isBack = outage !== undefined && answer.outcome !== "DOWN" && !lost.aborted;
  if (isBack) await cameBack(context, target, taken);
  const failingSince = isBack ? withoutOutage(taken.failingSince, outage.since, timer.now()) : taken.failingSince;
  switch (answer.outcome) {
    case "DELIVERED":
      return settle({ status: "DELIVERED" }, "DELIVERED");
    case "DISCARDED":
      return settle({ status: "DISCARDED", reason: answer.reason }, "DISCARDED");
    case "FAILED":
      return failed(context, { ...taken, failingSince }, answer, settle);
    case "REFUSED":
      return settle({ status: "PARKED", error: answer.error, failingSince }, "PARKED");
    case "DOWN":
      if (!lost.aborted) await wentDown(context, target, taken, answer.error);
      return settle({ status: "GIVEN_BACK", notBefore: null }, "DOWN");
  }
};

type Settle = (outcome: Outcome, tried: Tried) => Promise<Attempted>;

const LOST: Attempted = { tried: "LOST", more: true };

const failed = (
  { timer }: Attempting,
  { failingSince, tries }: TakenDelivery,
  { error, retryAfterMs }: { readonly error: string; readonly retryAfterMs?: number },
  settle: Settle,
): Promise<Attempted> => {
  const now = timer.now();
  const since = failingSince ?? now;
  if (now.getTime() - since.getTime() >= FAILS_FOR_MS) {
    return settle({ status: "PARKED", error, failingSince: since }, "PARKED");
  }
  const notBefore = nextTry(timer, tries + 1, retryAfterMs);
  return settle({ status: "PENDING", error, failingSince: since, notBefore }, "FAILED");
};

type Prepared =
  { readonly content: Content } | { readonly discard: string } | { readonly waits: true } | { readonly error: string };

const prepare = async (
  { store, dataSource, projections, log }: Attempting,
  target: Target,
  { delivery, position }: TakenDelivery,
  lost: AbortSignal,
): Promise<Prepared> => {
  const began = performance.now();
  try {
    const shown = projections.reached(position, target.reads, delivery.provider);
    if ((await orAborted(shown, lost)) === ABORTED) return { waits: true };
  } catch (error) {
    log(`a delivery to ${target.name} waits for read models: ${messageOf(error)}`);
    return { waits: true };
  }
  try {
    const prepared = await target.prepare(delivery, { store, dataSource });
    return performance.now() - began > PREPARE_WITHIN_MS ? { waits: true } : prepared;
  } catch (error) {
    if (isOutage(error)) return { waits: true };
    return { error: `It could not be prepared: ${messageOf(error)}` };
  }
};

const ABORTED = Symbol("aborted");

const orAborted = async <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | typeof ABORTED> => {
  let stop = (): void => undefined;
  const aborted = new Promise<typeof ABORTED>((resolve) => {
    stop = () => {
      resolve(ABORTED);
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
};

/** It was not sent as a whole, because of this program's own servers. */
const WAITS = Symbol("waits");

const send = async (
  { store, dataSource, timer }: Attempting,
  target: Target,
  content: Content,
  { delivery }: TakenDelivery,
  lost: AbortSignal,
): Promise<Answer | typeof WAITS> => {
  const late = AbortSignal.timeout(SEND_WITHIN_MS);
  const sending: Sending = {
    ...{ store, dataSource },
    async now() {
      const systemNow = timer.now().toISOString();
      const provider = await providerState(dataSource, delivery.provider);
      return provider ? nowOf(provider, systemNow) : systemNow;
    },
  };
  try {
    const answer = await orAborted(target.send(content, delivery, AbortSignal.any([late, lost]), sending), late);
    if (answer !== ABORTED) return answer;
    return { outcome: "DOWN", error: `No answer within ${SEND_WITHIN_MS / 1_000} seconds.` };
  } catch (error) {
    if (isOutage(error)) return WAITS;
    return { outcome: "FAILED", error: messageOf(error) };
  }
};

/** Said once, by the first that notices. */
const wentDown = async (
  { dataSource, timer, log }: Attempting,
  { name }: Target,
  { delivery: { provider } }: TakenDelivery,
  error: string,
): Promise<void> => {
  const outage = { provider, target: name, since: timer.now(), error };
  if (await noteOutage(dataSource, outage, nextProbe(timer, 0))) {
    log(`${name} does not answer provider ${provider}; its deliveries wait: ${error}`);
  }
};

/** Said once, by the first that notices. */
const cameBack = async (
  { dataSource, timer, log }: Attempting,
  { name }: Target,
  { delivery: { provider } }: TakenDelivery,
): Promise<void> => {
  if (await endOutage(dataSource, provider, name, timer.now())) log(`${name} answers provider ${provider} again`);
};
