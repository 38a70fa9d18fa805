import { type Instant } from "#domain/calendar.js";
import { endAfter, recordCall } from "#domain/voice/record-call.js";
import { hourOf, recordedCallsEvolver } from "#domain/voice/recorded-calls.js";
import { callKey, type CallLeg, type CallName } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { callsId } from "#event-store/ids.js";
import { commandsOn } from "../command/definition.js";
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
  readonly cld: string;
  readonly answered: Instant;
  /** Decimal text, at most three decimals. */
  readonly seconds: string;
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
      const instants = { answered: inUtc(answered), ended: endAfter(answered, seconds) };
      const call = { ...nameOf(input), cli, cld, ...instants, authorised: "LIVE", redirectedTo: null } as const;
      const namesTariff = (input.tariffId ?? null) !== null;
      return recordCall({ call, key: keyOf(input), now, namesTariff }, state, facts);
    },
    // What the command is about is the call, not the stream that it is recorded in.
    answer: (_done, _loading, input) => Promise.resolve({ id: keyOf(input) }),
  }),
};
