import { type Instant } from "#domain/calendar.js";
import { accountCallsEvolver } from "#domain/voice/billed-calls.js";
import { accountOfCalls, correctCalls } from "#domain/voice/correct-calls.js";
import { endAfter, recordCall } from "#domain/voice/record-call.js";
import { todayOf } from "#domain/customers/customer.js";
import { doneWithReason, requireReason } from "#domain/reason.js";
import { noSuchItem, reject } from "#domain/rejection.js";
import { rateTable } from "#domain/voice/rate-table.js";
import { hourOfCalls, type KnownCall, MOST_KEYS, rateCalls } from "#domain/voice/rate-calls.js";
import { hourOf, recordedCallsEvolver } from "#domain/voice/recorded-calls.js";
import { callKey, type CallLeg, type CallName, type ChargedAccount } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { callsId } from "#event-store/ids.js";
import { commandsOn } from "../command/definition.js";
import { type FactSource } from "../command/facts.js";
import { tariffOfAccount } from "./tariff-of-account.js";

export interface RecordCall {
  /** Names the call to whoever records it: the same when it is recorded again. */
  readonly callId: string;
  readonly accountId: string;
  readonly leg: CallLeg;
  /** Left out: the account's for the leg, on the day of the answer. */
  readonly tariffId?: string | null;
  /** null: hidden. */
  readonly cli?: string | null;
  /** Whether the caller hides `cli`. Left out: only where that is null. */
  readonly callerHidden?: boolean | null;
  readonly cld: string;
  readonly answered: Instant;
  /** Decimal text, at most three decimals. */
  readonly seconds: string;
}

export interface RateCalls {
  /** Keys of unrated calls of one edge and one hour of answers. */
  readonly keys: readonly string[];
  /** Left out: each call's account's for the leg, on the day of the answer. */
  readonly tariffId?: string | null;
  /** Decimal text: how long calls were whose end nobody saw. */
  readonly seconds?: string | null;
  /** Whose calls are that are of no account. */
  readonly accountId?: string | null;
}

export interface CorrectCalls {
  /** Keys of calls of one account that have amounts. */
  readonly keys: readonly string[];
  /** They cost nothing from now on. */
  readonly void?: boolean | null;
  /** Decimal text: how long they were. Left out: as recorded. */
  readonly seconds?: string | null;
  /** What they are rated by. Left out: the tariff that each was rated by. */
  readonly tariffId?: string | null;
  /** Required. */
  readonly reason?: string | null;
}

/** The edge of calls that are recorded by command; part of stored ids: it never changes. */
const EDGE = "api";

/** With the hour of the answer, by which repetitions are looked for: the same text in another hour is another call. */
const nameOf = ({ callId, leg, answered }: RecordCall): CallName => {
  return { edge: EDGE, callId, fromTag: hourOf(answered), leg };
};
const keyOf = (input: RecordCall): string => callKey(nameOf(input), (value) => sha256(canonicalJson(value)));
const inUtc = (instant: Instant): Instant => new Date(instant).toISOString();

const command = commandsOn("calls", recordedCallsEvolver);

/** Commands on calls. */
export const callCommands = {
  recordCall: command({
    check: ({ answered, seconds }: RecordCall) => void endAfter(answered, seconds),
    target: ({ answered }) => callsId(EDGE, hourOf(answered)),
    facts: async ({ accountId, tariffId: named = null, answered, leg, cli = null, cld }, { facts, providerId }) => {
      const { account, customer } = await facts.named(providerId, { accountId });
      const own = () => (account ? tariffOfAccount(facts, providerId, account, leg, inUtc(answered)) : null);
      const tariffId = named ?? (await own());
      const tariff = tariffId === null ? null : await facts.tariff(providerId, tariffId);
      const number = tariff?.matchBy === "CLI" ? cli : cld;
      const rates = tariff === null ? [] : await facts.rates(providerId, tariff.tariffId, number);
      return { account, customer, tariff, rates };
    },
    decide: (input, { state, now, facts }) => {
      const { cli = null, cld, answered, seconds } = input;
      const callerHidden = (input.callerHidden ?? false) || cli === null;
      const instants = { answered: inUtc(answered), ended: endAfter(answered, seconds) };
      const call = {
        ...{ ...nameOf(input), cli, callerHidden, cld, ...instants },
        ...({ authorised: "LIVE", redirectedTo: null } as const),
      };
      const namesTariff = (input.tariffId ?? null) !== null;
      return recordCall({ call, key: keyOf(input), now, namesTariff }, state, facts);
    },
    // What the command is about is the call, not the stream that it is recorded in.
    answer: (_done, _loading, input) => Promise.resolve({ id: keyOf(input) }),
  }),

  rateCalls: command({
    check: ({ keys }: RateCalls) => {
      requireKeys(keys);
    },
    target: async ({ keys }, { providerId }, facts) => {
      const { edge, hour } = hourOfCalls(await facts.calls(providerId, keys));
      return callsId(edge, hour);
    },
    facts: async (input, { facts, providerId }) => {
      const found = new Map((await facts.calls(providerId, input.keys)).map((call) => [call.key, call]));
      const calls = input.keys.map((key) => found.get(key) ?? null);
      const tariffId = input.tariffId ?? null;
      const tariffExists = await isTariff(facts, providerId, tariffId);
      return {
        tariffExists,
        calls,
        charged: await chargedFor(facts, providerId, input.accountId ?? null, calls, () => tariffId),
      };
    },
    decide: ({ keys, seconds = null, accountId = null }, { state, now, facts: { tariffExists, ...facts } }) => {
      if (!tariffExists) throw noSuchItem("tariff", "tariffId");
      return rateCalls({ keys, seconds, accountId, now }, state, facts);
    },
    // The first of them.
    answer: (_done, _loading, { keys }) => Promise.resolve({ id: keys[0] ?? "" }),
  }),
};

const onAccount = commandsOn("usage", accountCallsEvolver);

/** Commands on what was billed, or will be, of an account's calls. */
export const usageCommands = {
  correctCalls: onAccount({
    check: ({ keys, void: isVoid = null, seconds = null, tariffId = null }: CorrectCalls) => {
      requireKeys(keys);
      if ((isVoid === true) !== (seconds !== null || tariffId !== null)) return;
      const message = "Say either that the calls are void, or how long they were, or by which tariff they are rated.";
      throw reject("VALIDATION_FAILED", message, { field: "void" });
    },
    target: async ({ keys }, { providerId }, facts) => accountOfCalls(await facts.calls(providerId, keys)),
    // What an earlier correction made of a call is read from there too.
    whenShown: true,
    facts: async ({ keys, tariffId = null }, { state, facts, providerId }) => {
      const found = new Map((await facts.calls(providerId, keys)).map((call) => [call.key, call]));
      const calls = keys.map((key) => found.get(key) ?? null);
      const days = calls.flatMap((call) => call?.rated?.day ?? []);
      const counted = state.closes.flatMap(({ period: { until }, countedTo }) =>
        days.some((day) => day <= until) ? [countedTo] : [],
      );
      return {
        tariffExists: await isTariff(facts, providerId, tariffId),
        calls,
        charged: await chargedFor(facts, providerId, null, calls, ({ rated }) => tariffId ?? rated?.tariffId ?? null),
        countedTo: await facts.placesCounted(providerId, accountOfCalls(calls), counted),
      };
    },
    decide: (
      { keys, void: isVoid = null, seconds = null, reason = null },
      { state, now, facts: { tariffExists, ...facts } },
    ) => {
      if (!tariffExists) throw noSuchItem("tariff", "tariffId");
      const why = requireReason(reason, doneWithReason.correctCalls);
      return correctCalls({ keys, isVoid: isVoid === true, seconds, reason: why, now }, state, facts);
    },
    // The first of them.
    answer: (_done, _loading, { keys }) => Promise.resolve({ id: keys[0] ?? "" }),
  }),
};

const requireKeys = (keys: readonly string[]): void => {
  if (keys.length >= 1 && keys.length <= MOST_KEYS) return;
  const facts = { case: "ITEMS_NOT_WITHIN", least: "1", most: String(MOST_KEYS) } as const;
  throw reject("VALIDATION_FAILED", `keys has 1 to ${MOST_KEYS} items.`, { field: "keys", facts });
};

const isTariff = async (facts: FactSource, providerId: string, tariffId: string | null): Promise<boolean> =>
  tariffId === null || (await facts.tariff(providerId, tariffId)) !== null;

/** Who is charged for calls, by key: by the tariff that is named for each, or the account's own. */
const chargedFor = async (
  facts: FactSource,
  providerId: string,
  given: string | null,
  calls: readonly (KnownCall | null)[],
  named: (call: KnownCall) => string | null,
): Promise<ReadonlyMap<string, ChargedAccount>> => {
  const known = calls.filter((call) => call !== null);
  const ids = new Set(known.flatMap(({ accountId }) => accountId ?? given ?? []));
  const accounts = await Promise.all([...ids].map((accountId) => facts.named(providerId, { accountId })));
  const byAccount = new Map(accounts.map(({ account, customer }) => [account?.accountId ?? "", { account, customer }]));
  const numbers = new Map<string, Set<string | null>>();
  const tariffOf = new Map<string, Promise<string | null>>();
  const charged: { readonly call: KnownCall; readonly tariffId: string | null }[] = [];
  for (const call of known) {
    const { account, customer } = byAccount.get(call.accountId ?? given ?? "") ?? {};
    if (!account || !customer) continue;
    const { leg, answered, cli, cld } = call;
    const which = [account.accountId, leg, todayOf(customer, answered)].join();
    const own = () => tariffOf.get(which) ?? tariffOfAccount(facts, providerId, account, leg, answered);
    const namedTariff = named(call);
    if (namedTariff === null) tariffOf.set(which, own());
    const tariffId = namedTariff ?? (await own());
    charged.push({ call, tariffId });
    if (tariffId !== null) numbers.set(tariffId, (numbers.get(tariffId) ?? new Set()).add(cli).add(cld));
  }
  const { tariffs } = await facts.charging(providerId, [], numbers);
  return new Map(
    charged.flatMap(({ call, tariffId }) => {
      const { account, customer } = byAccount.get(call.accountId ?? given ?? "") ?? {};
      if (!account || !customer) return [];
      const rated = tariffId === null ? undefined : tariffs.get(tariffId);
      const tariff = rated && tariffId ? { tariffId, terms: rated.tariff, table: rateTable(rated.rates) } : null;
      return [[call.key, { accountId: account.accountId, customer, tariff }] as const];
    }),
  );
};
