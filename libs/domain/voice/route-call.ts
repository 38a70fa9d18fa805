import { type Account } from "../accounts/account.js";
import { type Instant } from "../calendar.js";
import { type RedirectAction, type ServicePolicy } from "../catalog/service-policy.js";
import { type SipContact } from "../catalog/voice-service.js";
import { type Language } from "../language.js";
import { type Currency } from "../money.js";
import { type EffectiveVoice } from "./in-service.js";
import { matchingVersion, ratedDigits, rateTable } from "./rate-table.js";
import { type RateVersion } from "./rate-version.js";
import { type Tariff } from "./tariff.js";
import { type CallLeg } from "./xdr.js";

/** Recordings that tell why a call is not put through. */
export type RefusalPrompt = "unknown-number" | "suspended" | "paused" | "forbidden";

export interface RefusedCall {
  readonly decision: "REFUSE";
  readonly sipCode: 403 | 404 | 480;
  readonly prompt: RefusalPrompt;
}

export interface RoutedCall {
  readonly decision: "ROUTE";
  readonly accountId: string;
  readonly customerId: string;
  /** What the leg is rated by. */
  readonly tariffId: string;
  readonly leg: CallLeg;
  readonly target: string;
  /** Null: as many as there are. */
  readonly maxCalls: number | null;
  readonly maxSeconds: number;
  /** Null: redirections are not followed. */
  readonly redirect: { readonly trusted: readonly string[]; readonly action: RedirectAction } | null;
}

export type CallRouting = RoutedCall | RefusedCall;

/** Of the account whose number is called, or whose redirection makes another call. */
export interface RouteFacts {
  readonly account: Pick<Account, "accountId" | "customerId" | "identifier">;
  readonly currency: Currency;
  readonly voice: EffectiveVoice;
  readonly policy: ServicePolicy | null;
  /** What the leg is rated by, with the versions that its number may match, or more. */
  readonly tariff: Pick<Tariff, "tariffId" | "currency" | "matchBy"> | null;
  readonly rates: readonly RateVersion[];
}

export interface AskedCall {
  /** Null: hidden. */
  readonly cli: string | null;
  readonly cld: string;
  /** The provider's time. */
  readonly now: Instant;
}

const refused = (sipCode: RefusedCall["sipCode"], prompt: RefusalPrompt): RefusedCall => ({
  decision: "REFUSE",
  sipCode,
  prompt,
});

/** A number that nobody has, or that no account has any more. */
export const UNKNOWN_NUMBER = refused(404, "unknown-number");
const SUSPENDED = refused(403, "suspended");
const NOT_IN_SERVICE = refused(480, "paused");
const FORBIDDEN = refused(403, "forbidden");

/** What is done with a call to an account's number (docs/voice.md#edge). */
export const routeIncoming = (call: AskedCall, facts: RouteFacts): CallRouting => {
  const { account, policy } = facts;
  const { sipContact } = facts.voice.service;
  const served = requireServed(facts.voice) ?? (sipContact === null ? NOT_IN_SERVICE : requireRate(call, facts));
  if ("decision" in served) return served;
  // What is not served without a contact is refused above.
  const target = sipContact === null ? "" : sipUri(account.identifier, sipContact);
  const { redirectAction = null, trustedNetworks = null } = policy ?? {};
  const isFollowed = redirectAction !== null || trustedNetworks !== null;
  return {
    ...routed(facts, served.tariffId, "IN", target),
    redirect: isFollowed ? { trusted: trustedNetworks ?? [], action: redirectAction ?? "REJECT" } : null,
  };
};

/**
 * What is done with a redirection to an address that nobody trusts, where it is a new call of the account that was called:
 * never the address itself is called, but the number, through the provider's gateway.
 * @param call.cld the number that the call is redirected to
 */
export const routeRedirected = (call: AskedCall, facts: RouteFacts, gateway: SipContact | null): CallRouting => {
  const state = requireServed(facts.voice);
  if (state) return state;
  if (facts.policy?.redirectAction !== "NEW_CALL_AUTHORIZATION" || ratedDigits(call.cld) === "") return FORBIDDEN;
  if (gateway === null) return NOT_IN_SERVICE;
  const served = requireRate(call, facts);
  if ("decision" in served) return served;
  return { ...routed(facts, served.tariffId, "OUT", sipUri(call.cld, gateway)), redirect: null };
};

const requireServed = ({ state }: EffectiveVoice): RefusedCall | null => {
  switch (state) {
    case "IN_SERVICE":
      return null;
    case "CLOSED":
      return UNKNOWN_NUMBER;
    case "SUSPENDED":
      return SUSPENDED;
    case "PAUSED":
    case "NOT_GIVEN":
      return NOT_IN_SERVICE;
  }
};

/** What cannot be charged for is not put through. */
const requireRate = (
  { cli, cld, now }: AskedCall,
  { tariff, rates, currency }: RouteFacts,
): { readonly tariffId: string } | RefusedCall => {
  if (tariff?.currency !== currency) return FORBIDDEN;
  const version = matchingVersion(rateTable(rates), tariff.matchBy === "CLD" ? cld : cli, now);
  return version && !version.forbidden ? tariff : FORBIDDEN;
};

const routed = ({ account, voice }: RouteFacts, tariffId: string, leg: CallLeg, target: string) => {
  const { maxCalls, maxSeconds } = voice.service;
  const { accountId, customerId } = account;
  // Which is never null: it has a usual value.
  return {
    decision: "ROUTE",
    accountId,
    customerId,
    tariffId,
    leg,
    target,
    maxCalls,
    maxSeconds: maxSeconds ?? 0,
  } as const;
};

/** An address of IPv6 stands in brackets; characters that a user part cannot have are escaped. */
export const sipUri = (user: string, { host, port, transport }: SipContact): string =>
  `sip:${encodeURIComponent(user)}@${host.includes(":") ? `[${host}]` : host}:${port};transport=${transport.toLowerCase()}`;

/** The address of a recording that ends with a code (docs/voice.md#announcements). */
export const announcementUri = (
  prompt: string,
  language: Language,
  sipCode: number,
  { host, port }: Pick<SipContact, "host" | "port">,
): string =>
  `sip:${prompt}.${language.toLowerCase()}@${host.includes(":") ? `[${host}]` : host}:${port};code=${sipCode}`;

/** The number in an address of a redirection; null: it has none. */
export const numberIn = (uri: string): string | null => {
  const [, user = ""] = /^sips?:([^@;?:]+)[^@]*@/i.exec(uri) ?? /^tel:([^;?]+)/i.exec(uri) ?? [];
  try {
    const number = decodeURIComponent(user);
    return ratedDigits(number) === "" ? null : number;
  } catch {
    return null;
  }
};
