import { dateOf, type Instant, type LocalDate } from "../calendar.js";
import { type Currency } from "../money.js";
import { checkAll, type FieldPath, reject, type Rejection } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { type CallsEvent } from "./events.js";
import { endAfter } from "./record-call.js";
import { eventsOf, isRecorded, type RecordedCalls } from "./recorded-calls.js";
import { type ChargedAccount, type HeardCall, type RatedXdr, type UnratedReason, type Xdr, xdrOf } from "./xdr.js";

/** A call as it was recorded. */
export interface KnownCall extends HeardCall {
  readonly key: string;
  readonly edge: string;
  /** That its stream is of. */
  readonly hour: Instant;
  readonly state: Xdr["state"];
  readonly accountId: string | null;
  /** What it costs, and by what; null: it has no amount. */
  readonly rated: AmountOfCall | null;
}

/** What a call costs, and by what. */
export interface AmountOfCall {
  readonly customerId: string;
  readonly tariffId: string;
  readonly prefix: string;
  /** The customer's, of the answer. */
  readonly day: LocalDate;
  readonly amount: string;
  readonly currency: Currency;
  /** Place in the log of the event that it got its amount by. */
  readonly place: bigint;
}

export interface RateCallsFacts {
  /** In the order of the keys; null: there is none. */
  readonly calls: readonly (KnownCall | null)[];
  /** Who is charged for each, by key; for none of no account, or of one that does not exist. */
  readonly charged: ReadonlyMap<string, ChargedAccount>;
}

export interface RateCallsOrder {
  readonly keys: readonly string[];
  /** Decimal text: how long calls were whose end nobody saw; null: none is among them. */
  readonly seconds: string | null;
  /** Whose calls are that are of no account; null: none is among them. */
  readonly accountId: string | null;
  readonly now: Instant;
}

/** Calls of one order. */
export const MOST_KEYS = 500;

/** @throws Rejection VALIDATION_FAILED for calls that are not of one edge and hour: these are recorded together */
export const hourOfCalls = (calls: readonly (KnownCall | null)[]): Pick<KnownCall, "edge" | "hour"> => {
  const known = calls.filter((call) => call !== null);
  const [first] = known;
  if (!first) throw reject("VALIDATION_FAILED", "There are no such calls.", { field: "keys" });
  if (known.every(({ edge, hour }) => edge === first.edge && hour === first.hour)) return first;
  throw reject(
    "VALIDATION_FAILED",
    "The calls are not of one edge and one hour of answers: rate those of each by themselves.",
    { field: "keys", facts: { case: "CALLS_OF_SEVERAL_HOURS" } },
  );
};

/**
 * Gives amounts to calls that were recorded without one (docs/rules.md#calls), by the rates at their answers. All of them
 * get one, or none.
 * @throws Rejection VALIDATION_FAILED, ACCOUNT_NOT_FOUND, CONFLICT for a call that has an amount
 */
export const rateCalls = (
  { keys, seconds, accountId, now }: RateCallsOrder,
  state: RecordedCalls,
  { calls, charged }: RateCallsFacts,
): CallsEvent[] => {
  const { edge, hour } = hourOfCalls(calls);
  const rated: RatedXdr[] = [];
  checkAll(
    ...keys.map((key, place) => () => {
      const at = { field: ["keys", place] };
      const call = calls[place] ?? null;
      if (call === null || !isRecorded(state, key)) throw noSuchCall(key, at);
      if (keys.indexOf(key) !== place) throw reject("VALIDATION_FAILED", `keys has ${key} twice.`, at);
      if (call.state === "RATED" || state.settled.has(key)) {
        throw reject("CONFLICT", `The call ${key} has an amount already.`, {
          ...at,
          facts: { case: "CALL_WITH_AMOUNT", ...toldOf(call) },
        });
      }
      requireAccount(call, accountId);
      const account = charged.get(key);
      if (!account) throw reject("ACCOUNT_NOT_FOUND", "There is no such account.", { field: "accountId" });
      const xdr = xdrOf({ ...call, ended: endOf(call, seconds) }, key, account, now);
      if (xdr.state === "UNRATED") throw whyUnrated(xdr.reason, call, at);
      rated.push(xdr);
    }),
  );
  return eventsOf(rated, { edge, hour, settles: true, effectiveOn: dateOf(now, "UTC") });
};

/** What tells a call from others to people, who do not know its key. */
export const toldOf = ({ cld, answered }: Pick<HeardCall, "cld" | "answered">) => ({ cld, answered });

/** The refusal of a key that no call has. */
export const noSuchCall = (key: string, at: { readonly field: FieldPath }): Rejection =>
  reject("VALIDATION_FAILED", `There is no call ${key}.`, { ...at, facts: { case: "NO_SUCH_ITEM" } });

const requireAccount = (call: KnownCall, given: string | null): void => {
  const { key, accountId } = call;
  if (accountId === null && given === null) {
    const facts = { case: "CALL_WITHOUT_ACCOUNT", ...toldOf(call) } as const;
    throw reject("VALIDATION_FAILED", `The call ${key} is of no account: say of which it is.`, {
      ...{ field: "accountId", facts },
    });
  }
  if (accountId !== null && given !== null && accountId !== given) {
    const facts = { case: "CALL_OF_ANOTHER_ACCOUNT", ...toldOf(call) } as const;
    throw reject("VALIDATION_FAILED", `The call ${key} is of another account.`, { field: "accountId", facts });
  }
};

const endOf = (call: KnownCall, seconds: string | null): Instant => {
  const { key, answered, ended } = call;
  if (ended === null && seconds === null) {
    throw reject("VALIDATION_FAILED", `Nobody saw the end of the call ${key}: say how long it was.`, {
      field: "seconds",
      facts: { case: "CALL_WITHOUT_END", ...toldOf(call) },
    });
  }
  if (ended !== null && seconds !== null) {
    const facts = { case: "CALL_WITH_END", ...toldOf(call) } as const;
    throw reject("VALIDATION_FAILED", `How long the call ${key} was is known.`, { field: "seconds", facts });
  }
  return ended ?? endAfter(answered, seconds ?? "");
};

/** The cases that say no more than which call it is. */
type CaseOfCall = Exclude<Extract<Facts, ReturnType<typeof toldOf>>, { readonly amount: string }>["case"];

/** Why a call cannot be rated, in words, and as a case. */
const WHY_UNRATED: Readonly<
  Record<UnratedReason, { readonly case: CaseOfCall; readonly say: (key: string) => string }>
> = {
  UNKNOWN_ACCOUNT: { case: "CALL_WITHOUT_ACCOUNT", say: (key) => `The call ${key} is of no account.` },
  NO_RATE: { case: "CALL_WITHOUT_RATE", say: (key) => `There is no rate for the call ${key} at its answer.` },
  FORBIDDEN: { case: "CALL_FORBIDDEN", say: (key) => `The rate forbids calls such as ${key}.` },
  CURRENCY_MISMATCH: {
    case: "CALL_IN_OTHER_CURRENCY",
    say: (key) => `The tariff is in another currency than the customer of the call ${key} pays in.`,
  },
  INTERRUPTED: { case: "CALL_WITHOUT_END", say: (key) => `Nobody saw the end of the call ${key}.` },
  AHEAD: {
    case: "CALL_AHEAD",
    say: (key) => `The call ${key} was answered more than five minutes after the present.`,
  },
};

/** The refusal of a call that cannot be rated. */
export const whyUnrated = (
  reason: UnratedReason,
  call: Pick<KnownCall, "key" | "cld" | "answered">,
  at: { readonly field: FieldPath },
): Rejection => {
  const { say, case: is } = WHY_UNRATED[reason];
  return reject("VALIDATION_FAILED", say(call.key), { ...at, facts: { case: is, ...toldOf(call) } });
};
