import { type Instant } from "../calendar.js";
import { todayOf } from "../customers/customer.js";
import { big, formatRated, ZERO } from "../money.js";
import { checkAll, reject } from "../rejection.js";
import { type AccountCalls, accountCallsEvolver, billedAs, isBelowNothing } from "./billed-calls.js";
import { type KnownCall, noSuchCall, toldOf, whyUnrated } from "./rate-calls.js";
import { endAfter } from "./record-call.js";
import { type CallCorrected, type CorrectedRating } from "./usage-events.js";
import { type ChargedAccount, type RatedXdr, xdrOf } from "./xdr.js";

export interface CorrectCallsFacts {
  /** In the order of the keys; null: there is none. */
  readonly calls: readonly (KnownCall | null)[];
  /** Who is charged for each, by key, and by which tariff it is rated now. */
  readonly charged: ReadonlyMap<string, ChargedAccount>;
  /** Places in the log of the last events that closes counted, by their ids. */
  readonly countedTo: ReadonlyMap<string, bigint>;
}

export interface CorrectCallsOrder {
  readonly keys: readonly string[];
  /** They cost nothing from now on; false: they are rated again. */
  readonly isVoid: boolean;
  /** Decimal text: how long they were; null: as it was recorded. */
  readonly seconds: string | null;
  readonly reason: string;
  readonly now: Instant;
}

/** @throws Rejection VALIDATION_FAILED for calls that are not of one account: these are corrected together */
export const accountOfCalls = (calls: readonly (KnownCall | null)[]): string => {
  const accounts = new Set(calls.flatMap((call) => call?.accountId ?? []));
  const [accountId] = accounts;
  if (accountId !== undefined && accounts.size === 1) return accountId;
  const message =
    accountId === undefined
      ? "There are no such calls of an account."
      : "The calls are of several accounts: correct those of each by themselves.";
  const facts = { case: "CALLS_OF_SEVERAL_ACCOUNTS" } as const;
  throw reject("VALIDATION_FAILED", message, { field: "keys", ...(accountId !== undefined && { facts }) });
};

/**
 * Voids calls that have an amount, or rates them again by the rates at their answers (docs/rules.md#calls): all of them,
 * or none. What no close billed may cost anything; a call that was billed costs at most what it was billed with, and its
 * line is credited no more than it charged.
 * @throws Rejection VALIDATION_FAILED, CONFLICT (a call without an amount, or that costs this already), INVALID_AMOUNT
 */
export const correctCalls = (
  order: CorrectCallsOrder,
  state: AccountCalls,
  facts: CorrectCallsFacts,
): CallCorrected[] => {
  const accountId = accountOfCalls(facts.calls);
  const events: CallCorrected[] = [];
  let current = state;
  checkAll(
    ...order.keys.map((key, place) => () => {
      const at = { field: ["keys", place] };
      const call = facts.calls[place] ?? null;
      if (call === null) throw noSuchCall(key, at);
      if (order.keys.indexOf(key) !== place) throw reject("VALIDATION_FAILED", `keys has ${key} twice.`, at);
      const event = corrected(order, current, facts, { ...call, accountId }, at);
      current = accountCallsEvolver.evolve(current, event, "");
      events.push(event);
    }),
  );
  return events;
};

const corrected = (
  { isVoid, seconds, reason, now }: CorrectCallsOrder,
  state: AccountCalls,
  { charged, countedTo }: CorrectCallsFacts,
  call: KnownCall & { readonly accountId: string },
  at: { readonly field: (string | number)[] },
): CallCorrected => {
  const { key, leg, accountId, rated } = call;
  if (rated === null) {
    const facts = { case: "CALL_WITHOUT_AMOUNT", ...toldOf(call) } as const;
    throw reject("CONFLICT", `The call ${key} has no amount yet: give it one.`, { ...at, facts });
  }
  const account = charged.get(key);
  if (!account) throw reject("ACCOUNT_NOT_FOUND", "There is no such account.", at);
  const { customerId, tariffId, prefix, day, currency } = rated;
  const again = isVoid ? null : ratedAgain(call, account, seconds, now, at);
  const amount = again?.amount ?? formatRated(ZERO, currency);
  const was = state.corrected.get(key)?.amount ?? rated.amount;
  if (big(amount).eq(big(was))) {
    const facts = { case: "CALL_COSTS_THAT", ...toldOf(call), amount, currency } as const;
    throw reject("CONFLICT", `The call ${key} costs ${amount} ${currency} already.`, { ...at, facts });
  }
  const group = { leg, tariffId, prefix };
  const billed = billedAs(state, { key, group, day, amount: was, place: rated.place }, countedTo);
  const change = { ...(billed?.group ?? { ...group, late: false }), was, amount };
  if (billed && big(amount).gt(big(billed.amount))) {
    const message = `The call ${key} was billed with ${billed.amount} ${currency}: it cannot cost ${amount} ${currency}.`;
    const facts = { case: "CALL_BILLED_WITH_LESS", ...toldOf(call), amount: billed.amount, currency } as const;
    throw reject("INVALID_AMOUNT", message, { ...at, facts });
  }
  if (billed && isBelowNothing(state, billed.period, change)) {
    const message = `The line that the call ${key} was billed on charges less than is to be taken off it.`;
    throw reject("INVALID_AMOUNT", message, { ...at, facts: { case: "LINE_CHARGES_LESS", ...toldOf(call) } });
  }
  return {
    type: "CallCorrected",
    data: {
      ...{ accountId, customerId, key, period: billed?.period ?? null },
      ...change,
      currency,
      ...(again && { rating: ratingOf(again) }),
      effectiveOn: billed?.period.from ?? todayOf(account.customer, now),
      personal: { reason },
    },
  };
};

const ratedAgain = (
  call: KnownCall,
  account: ChargedAccount,
  seconds: string | null,
  now: Instant,
  at: { readonly field: (string | number)[] },
): RatedXdr => {
  const ended = seconds === null ? call.ended : endAfter(call.answered, seconds);
  const xdr = xdrOf({ ...call, ended }, call.key, account, now);
  if (xdr.state === "UNRATED") throw whyUnrated(xdr.reason, call, at);
  return xdr;
};

const ratingOf = ({ tariffId, tariffRevision, prefix, ended, seconds, chargedSeconds }: RatedXdr): CorrectedRating => ({
  tariffId,
  tariffRevision,
  prefix,
  ended,
  seconds,
  chargedSeconds,
});
