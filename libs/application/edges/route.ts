import { type Instant } from "#domain/calendar.js";
import { type RedirectAction } from "#domain/catalog/service-policy.js";
import { todayOf } from "#domain/customers/customer.js";
import { type Language } from "#domain/language.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { type Edge } from "#domain/voice/edge.js";
import { type FailureReason, reasonOfPrompt } from "#domain/voice/failed-call.js";
import { effectiveVoice } from "#domain/voice/in-service.js";
import { prefixesOf } from "#domain/voice/rate-table.js";
import {
  announcementUri,
  type CallRouting,
  numberIn,
  routeIncoming,
  routeRedirected,
  type RouteFacts,
  sipUri,
  UNKNOWN_NUMBER,
} from "#domain/voice/route-call.js";
import { type Known } from "#read-models/rows/known.js";
import { type Called } from "#read-models/voice/called.js";
import { readRef, writeRef } from "./call-ref.js";

/** What an edge asks when a call comes, or when one is redirected to an address that is not trusted. */
export interface EdgeQuestion {
  /** Null: the caller hides it, and nobody asserts it. */
  readonly cli: string | null;
  readonly cld: string;
  /** Null: a call comes. */
  readonly redirect: { readonly to: string; readonly ref: string } | null;
}

/** What an edge is answered (docs/voice.md#edge). What an edge does not need is left out. */
export type EdgeAnswer =
  | {
      readonly decision: "ROUTE";
      readonly ref: string;
      readonly accountId: string;
      readonly target: string;
      /** 0: as many as there are. */
      readonly maxCalls: number;
      readonly maxSeconds: number;
      /** Left out: redirections are not followed. */
      readonly redirect?: { readonly trusted: readonly string[]; readonly action: RedirectAction };
      /** Address of the number that the call was made to before it was redirected (RFC 5806). */
      readonly diversion?: string;
      readonly language: Language;
    }
  | (Refused & { readonly decision: "REFUSE" })
  | (Refused & { readonly decision: "ANNOUNCE"; readonly target: string });

interface Refused {
  readonly sipCode: number;
  readonly reason: FailureReason;
  /** Whose number was called; left out: nobody's. */
  readonly accountId?: string;
}

export interface RouteSource {
  called(
    providerId: string,
    by: { readonly number: string; readonly realm: string | null } | { readonly accountId: string },
    prefixes: readonly string[],
  ): Promise<{ readonly provider: Provider | null; readonly called: Called | null }>;
  /** The provider's secret. */
  identifierKey(providerId: string): Promise<Uint8Array>;
  systemNow(): Instant;
}

/**
 * Decides on a call, as read models show its number's account at this moment. Nothing is recorded: calls are, once they
 * were answered.
 */
export const answerEdge = async (
  { providerId, state: edge }: Known<Edge>,
  { cli, cld, redirect }: EdgeQuestion,
  source: RouteSource,
): Promise<EdgeAnswer> => {
  const key = await source.identifierKey(providerId);
  const ref = redirect && readRef(redirect.ref, key);
  // A ref that nobody wrote is no call of ours; nor does the leg that a redirection made lead to another one.
  if (redirect && ref?.leg !== "IN") return { decision: "REFUSE", sipCode: 403, reason: "FORBIDDEN" };
  const by = ref ? { accountId: ref.accountId } : { number: cld, realm: edge.realm };
  const rated = redirect ? (numberIn(redirect.to) ?? "") : cld;
  // Which of the two counts is said by the tariff.
  const prefixes = [...new Set([cli, rated].flatMap(prefixesOf))];
  const { provider, called } = await source.called(providerId, by, prefixes);
  const now = provider ? nowOf(provider, source.systemNow()) : source.systemNow();
  const asked = { cli, cld: rated, now };
  const facts = called && factsOf(called, asked, redirect !== null);
  const routing = facts ? decide(asked, facts, edge, redirect !== null) : UNKNOWN_NUMBER;
  const language = facts?.voice.service.language ?? edge.language;
  if (routing.decision === "REFUSE") {
    const { sipCode, prompt } = routing;
    const refused = {
      ...{ sipCode, reason: reasonOfPrompt[prompt] },
      ...(called && { accountId: called.account.accountId }),
    };
    if (!edge.announcer) return { decision: "REFUSE", ...refused };
    return {
      decision: "ANNOUNCE",
      ...refused,
      target: announcementUri(prompt, language, sipCode, edge.announcer),
    };
  }
  const { target, maxCalls, maxSeconds, redirect: followed, accountId } = routing;
  return {
    ...{ decision: "ROUTE", ref: writeRef({ ...routing, issued: now }, key), accountId, target },
    ...{ maxCalls: maxCalls ?? 0, maxSeconds, language },
    ...(followed && { redirect: followed }),
    ...(redirect && edge.gateway && { diversion: diversionOf(cld, edge) }),
  };
};

const decide = (
  asked: Parameters<typeof routeIncoming>[0],
  facts: RouteFacts,
  edge: Edge,
  isRedirected: boolean,
): CallRouting => (isRedirected ? routeRedirected(asked, facts, edge.gateway) : routeIncoming(asked, facts));

/** As the gateway is told which number made the call another one. */
const diversionOf = (cld: string, { realm, gateway }: Edge): string =>
  sipUri(cld, { host: realm ?? gateway?.host ?? "", port: 5060, transport: "UDP" }).replace(/:5060;.*$/, "");

const factsOf = (called: Called, { now }: { readonly now: Instant }, isRedirected: boolean): RouteFacts => {
  const { account, history, mainProducts, addOnProducts } = called;
  const catalog = { mainProducts, addOnProducts, volumeDiscountPlans: new Map() };
  const voice = effectiveVoice(history, account.accountId, todayOf(history.customer, now), catalog);
  const { servicePolicyId, incomingTariffId, outgoingTariffId } = voice.service;
  const tariffId = isRedirected ? outgoingTariffId : incomingTariffId;
  return {
    ...{ account, currency: history.customer.currency, voice },
    policy: servicePolicyId === null ? null : (called.servicePolicies.get(servicePolicyId) ?? null),
    tariff: tariffId === null ? null : (called.tariffs.get(tariffId) ?? null),
    rates: tariffId === null ? [] : (called.rates.get(tariffId) ?? []),
  };
};
