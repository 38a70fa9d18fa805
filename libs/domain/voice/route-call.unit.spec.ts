import { describe, expect, it } from "vitest";
import { type RedirectAction } from "../catalog/service-policy.js";
import { NO_VOICE_SERVICE, type SipContact, type VoiceService } from "../catalog/voice-service.js";
import { type EffectiveVoice, type VoiceState } from "./in-service.js";
import { type RateVersion } from "./rate-version.js";
import { announcementUri, numberIn, routeIncoming, routeRedirected, type RouteFacts } from "./route-call.js";

const now = "2026-11-29T12:00:00.000Z";
const call = { cli: "12015550100", cld: "12065551200", now };
const contact: SipContact = { host: "10.0.0.31", port: 5060, transport: "UDP" };
const gateway: SipContact = { host: "fe80::41", port: 5061, transport: "TLS" };
const rate = (prefix: string, changes: Partial<RateVersion> = {}): RateVersion => ({
  ...{ prefix, description: null, country: null, effectiveFrom: "2026-01-01T00:00:00.000Z" },
  ...{ priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6 },
  ...{ discontinued: false, forbidden: false, hidden: false, payback: false },
  ...changes,
});
const policyOf = (redirectAction: RedirectAction | null, trustedNetworks: readonly string[] | null) => ({
  ...{ servicePolicyId: "policy-1", service: "VOICE" as const, name: "Own", description: null },
  ...{ redirectAction, trustedNetworks },
});
const origins = Object.fromEntries(Object.keys(NO_VOICE_SERVICE).map((name) => [name, "ACCOUNT"]));
const voice = (state: VoiceState, changes: Partial<VoiceService> = {}): EffectiveVoice => ({
  ...{ state, product: null, origins: origins as EffectiveVoice["origins"] },
  service: { ...NO_VOICE_SERVICE, sipContact: contact, maxSeconds: 14_400, ...changes },
});
const facts = (changes: Partial<RouteFacts> = {}): RouteFacts => ({
  account: { accountId: "account-1", customerId: "customer-1", identifier: "12065551200" },
  ...{ currency: "USD", voice: voice("IN_SERVICE", { maxCalls: 2 }), policy: null },
  tariff: { tariffId: "tariff-1", currency: "USD", matchBy: "CLD" },
  rates: [rate("1")],
  ...changes,
});
const routed = {
  ...{ decision: "ROUTE", accountId: "account-1", customerId: "customer-1", tariffId: "tariff-1" },
  ...{ maxCalls: 2, maxSeconds: 14_400, redirect: null },
};
const incoming = { ...routed, leg: "IN", target: "sip:12065551200@10.0.0.31:5060;transport=udp" };
const refused = (sipCode: number, prompt: string) => ({ decision: "REFUSE", sipCode, prompt });

describe("a call to an account", () => {
  it("goes to the account's contact, whose redirections are followed as its policy says", () => {
    expect(routeIncoming(call, facts())).toEqual(incoming);
    const redirect = (...given: Parameters<typeof policyOf>) => {
      const routing = routeIncoming(call, facts({ policy: policyOf(...given) }));
      return "redirect" in routing ? routing.redirect : routing;
    };
    expect(redirect(null, null)).toBeNull();
    expect(redirect("NEW_CALL_AUTHORIZATION", null)).toEqual({ action: "NEW_CALL_AUTHORIZATION", trusted: [] });
    expect(redirect(null, ["10.0.0.32"])).toEqual({ action: "REJECT", trusted: ["10.0.0.32"] });
  });

  it("is refused by what stands in its way", () => {
    const state = (is: VoiceState) => routeIncoming(call, facts({ voice: voice(is) }));
    expect(state("CLOSED")).toEqual(refused(404, "unknown-number"));
    expect(state("SUSPENDED")).toEqual(refused(403, "suspended"));
    expect(state("PAUSED")).toEqual(refused(480, "paused"));
    expect(state("NOT_GIVEN")).toEqual(refused(480, "paused"));
    const nowhere = facts({ voice: voice("IN_SERVICE", { sipContact: null }) });
    expect(routeIncoming(call, nowhere)).toEqual(refused(480, "paused"));
  });

  it("is refused where it could not be charged for", () => {
    const byRate = (...rates: readonly RateVersion[]) => routeIncoming(call, facts({ rates }));
    const forbidden = refused(403, "forbidden");
    expect(byRate()).toEqual(forbidden);
    expect(byRate(rate("1"), rate("1206", { forbidden: true }))).toEqual(forbidden);
    expect(byRate(rate("1"), rate("1206", { discontinued: true }))).toEqual(incoming);
    expect(byRate(rate("1", { effectiveFrom: "2026-11-29T12:00:00.001Z" }))).toEqual(forbidden);
    expect(routeIncoming(call, facts({ tariff: null }))).toEqual(forbidden);
    const inEuro = { tariffId: "tariff-1", currency: "EUR", matchBy: "CLD" } as const;
    expect(routeIncoming(call, facts({ tariff: inEuro }))).toEqual(forbidden);
  });

  it("has the rate of its caller where that pays by origin; a hidden one has the default", () => {
    const byOrigin = { tariffId: "tariff-1", currency: "USD", matchBy: "CLI" } as const;
    const from = (cli: string | null, rates: readonly RateVersion[]) =>
      routeIncoming({ ...call, cli }, facts({ tariff: byOrigin, rates })).decision;
    expect(from("12015550100", [rate("1201")])).toBe("ROUTE");
    expect(from(null, [rate("1201")])).toBe("REFUSE");
    expect(from(null, [rate("")])).toBe("ROUTE");
  });
});

describe("a redirection to an address that nobody trusts", () => {
  const authorised = facts({ policy: policyOf("NEW_CALL_AUTHORIZATION", null) });
  const redirected = { ...call, cld: "+12065551201" };

  it("is a new call of the account's, through the gateway", () => {
    expect(routeRedirected(redirected, authorised, gateway)).toEqual({
      ...{ ...routed, leg: "OUT", target: "sip:%2B12065551201@[fe80::41]:5061;transport=tls" },
    });
  });

  it("is refused where the policy says otherwise, without a number, a rate or a gateway, and out of service", () => {
    const code = (...given: Parameters<typeof routeRedirected>) => {
      const routing = routeRedirected(...given);
      return "sipCode" in routing ? routing.sipCode : routing;
    };
    expect(code(redirected, facts({ policy: policyOf("REJECT", null) }), gateway)).toBe(403);
    expect(code({ ...call, cld: "" }, authorised, gateway)).toBe(403);
    expect(code(redirected, { ...authorised, rates: [] }, gateway)).toBe(403);
    expect(code(redirected, authorised, null)).toBe(480);
    expect(code(redirected, { ...authorised, voice: voice("SUSPENDED") }, gateway)).toBe(403);
  });

  it("is known by the number in its address", () => {
    const found = ["sip:12065551201@10.0.0.66", "sips:%2B1206@x;user=phone", "sip:1206;npdi:pw@x", "tel:+1206;ext=1"];
    expect(found.map(numberIn)).toEqual(["12065551201", "+1206", "1206", "+1206"]);
    expect(["sip:10.0.0.66", "sip:anna@x", "sip:%@x", "http://1206@x", ""].map(numberIn)).toEqual(Array(5).fill(null));
  });
});

it("names recordings by language and code", () => {
  expect(announcementUri("paused", "IT", 480, { host: "127.0.0.1", port: 5070 })).toBe(
    "sip:paused.it@127.0.0.1:5070;code=480",
  );
});
