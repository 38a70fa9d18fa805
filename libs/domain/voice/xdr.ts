import { type Instant, type LocalDate } from "../calendar.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { type Currency } from "../money.js";
import { type RateTable } from "./rate-table.js";
import { type RateVersion, type TariffTerms } from "./rate-version.js";
import { rate } from "./rating.js";

/** Which side of a call is charged: it came in to the account, or went out from it. */
export const callLegs = ["IN", "OUT"] as const;
export type CallLeg = (typeof callLegs)[number];

/** Whether the call was let through by an answer of this program, or by an earlier one while it could not be asked. */
export const authorisations = ["LIVE", "STALE"] as const;
export type Authorisation = (typeof authorisations)[number];

/** Why a call has no amount (docs/rules.md#calls). Such calls are kept, listed, and rated later. */
export const unratedReasons = [
  "UNKNOWN_ACCOUNT",
  "NO_RATE",
  "FORBIDDEN",
  "CURRENCY_MISMATCH",
  "INTERRUPTED",
  "AHEAD",
] as const;
export type UnratedReason = (typeof unratedReasons)[number];

/** What names a leg of a call. Each text is as the SIP dialog had it. */
export interface CallName {
  /** Which edge saw it. Call-IDs of two edges have nothing to do with each other. */
  readonly edge: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly leg: CallLeg;
}

/**
 * The key of a leg of a call, 128 bits of its hash written like a UUID: the same whenever and by whomever it is reported.
 * @param hash SHA-256 of a JSON value, in hexadecimal digits
 */
export const callKey = ({ edge, callId, fromTag, leg }: CallName, hash: (value: unknown) => string): string => {
  const hex = hash([edge, callId, fromTag, leg]);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
};

/** As dialled and as shown. */
export interface Numbers {
  /** Null: the caller hides it, and nobody knows it. */
  readonly cli: string | null;
  readonly cld: string;
  /** The caller hides `cli`, and whoever passed the call on asserts it. Absent: the caller shows it, or it is null. */
  readonly callerHidden?: true;
}

/** Whether the caller hides: who it is, is told to nobody but the provider's people. */
export const isCallerHidden = ({ cli, callerHidden }: Numbers): boolean => callerHidden === true || cli === null;

/** What is known of a leg of a call whether or not it has an amount. */
interface XdrFacts {
  /** {@link callKey}. */
  readonly key: string;
  readonly leg: CallLeg;
  /** Null: no account has the number. */
  readonly accountId: string | null;
  readonly customerId: string | null;
  /** The customer's day of the answer, by which the call belongs to a billing period as a whole; null: no customer. */
  readonly day: LocalDate | null;
  readonly answered: Instant;
  /** Null: interrupted, and nobody knows. */
  readonly ended: Instant | null;
  readonly authorised: Authorisation;
  /** Where the called party sent the call, as host. Absent: nowhere else. */
  readonly redirectedTo?: string;
  readonly personal: Numbers;
}

export interface RatedXdr extends XdrFacts {
  readonly state: "RATED";
  readonly accountId: string;
  readonly customerId: string;
  readonly day: LocalDate;
  readonly ended: Instant;
  readonly tariffId: string;
  /** Revision of the event that made the version, in the tariff's stream of rates. */
  readonly tariffRevision: number;
  /** Of the version that it was rated by. */
  readonly prefix: string;
  readonly seconds: number;
  readonly chargedSeconds: number;
  /** Three decimals beyond the currency's; negative for a version with payback. */
  readonly amount: string;
  readonly currency: Currency;
}

export interface UnratedXdr extends XdrFacts {
  readonly state: "UNRATED";
  readonly reason: UnratedReason;
}

/** A leg of a call that was answered, as it is recorded: an extended detail record. */
export type Xdr = RatedXdr | UnratedXdr;

/** A leg of a call that was answered, without its name. */
export interface HeardCall {
  readonly leg: CallLeg;
  readonly cli: string | null;
  /** {@link isCallerHidden}. */
  readonly callerHidden: boolean;
  readonly cld: string;
  readonly answered: Instant;
  /** Null: interrupted. */
  readonly ended: Instant | null;
  readonly authorised: Authorisation;
  readonly redirectedTo: string | null;
}

/** A call that was answered, as whoever saw it reports it. */
export interface ReportedCall extends HeardCall, CallName {}

/** A version with the revision of the event that made it, in its tariff's stream of rates. */
export interface RecordedVersion extends RateVersion {
  readonly revision: number;
}

/** Who is charged, and by what. */
export interface ChargedAccount {
  readonly accountId: string;
  readonly customer: Pick<Customer, "customerId" | "cycles" | "currency">;
  /** The account's tariff for the leg; null: it has none. */
  readonly tariff: {
    readonly tariffId: string;
    readonly terms: TariffTerms;
    /** Those that the number may match, or more. */
    readonly table: RateTable<RecordedVersion>;
  } | null;
}

/** How far a clock of an edge may be ahead of ours. */
const MOST_AHEAD_MS = 5 * 60_000;

/**
 * The record of a call (docs/rules.md#calls): rated where it can be, otherwise with the reason; none is dropped.
 * @param account null: no account has the number
 * @param now the provider's time
 */
export const xdrOf = (call: HeardCall, key: string, account: ChargedAccount | null, now: Instant): Xdr => {
  const { leg, answered, ended, authorised, redirectedTo, cli, callerHidden, cld } = call;
  const customer = account?.customer ?? null;
  const facts = {
    ...{ key, leg, answered, authorised },
    ...(redirectedTo !== null && { redirectedTo }),
    personal: { cli, cld, ...(callerHidden && cli !== null && { callerHidden: true as const }) },
  };
  const unrated = (reason: UnratedReason): UnratedXdr => ({
    state: "UNRATED",
    reason,
    ...facts,
    ended,
    accountId: account?.accountId ?? null,
    customerId: customer?.customerId ?? null,
    day: customer && todayOf(customer, answered),
  });
  if (account === null) return unrated("UNKNOWN_ACCOUNT");
  if (Date.parse(answered) > Date.parse(now) + MOST_AHEAD_MS) return unrated("AHEAD");
  if (ended === null) return unrated("INTERRUPTED");
  const { accountId, tariff } = account;
  if (tariff === null) return unrated("NO_RATE");
  const { terms, table } = tariff;
  if (terms.currency !== account.customer.currency) return unrated("CURRENCY_MISMATCH");
  const rated = rate({ cli, cld, answered, durationMs: Date.parse(ended) - Date.parse(answered) }, table, terms);
  if (rated.state === "UNRATED") return unrated(rated.reason);
  const { version, seconds, chargedSeconds, amount } = rated;
  return {
    state: "RATED",
    ...facts,
    ended,
    accountId,
    customerId: account.customer.customerId,
    day: todayOf(account.customer, answered),
    tariffId: tariff.tariffId,
    tariffRevision: revisionOf(version, table),
    prefix: version.prefix,
    ...{ seconds, chargedSeconds, amount },
    currency: terms.currency,
  };
};

const revisionOf = ({ prefix, effectiveFrom }: RateVersion, table: RateTable<RecordedVersion>): number => {
  const version = table.get(prefix)?.find((one) => one.effectiveFrom === effectiveFrom);
  if (version) return version.revision;
  throw new Error(`a call was rated by a version of ${prefix} that its table does not have`);
};
