import { describe, it } from "vitest";
import { NO_VOICE_SERVICE } from "../catalog/voice-service.js";
import { accountClosed, accountOpened, customer } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { accountEvolver } from "./account.js";
import { configureAccountVoice } from "./configure-voice.js";
import { type AccountEvent } from "./events.js";

const now = "2020-08-01T12:00:00.000Z";
const facts = {
  customer: customer(),
  items: {
    servicePolicies: new Set(["policy-1"]),
    tariffs: new Map([
      ["tariff-1", "USD"],
      ["tariff-2", "EUR"],
    ]),
  },
};
const given = givenFor(accountEvolver);
const configured = (changes: object): AccountEvent => ({
  type: "AccountVoiceConfigured",
  data: { voice: { ...NO_VOICE_SERVICE, ...changes }, effectiveOn: "2020-08-01" },
});

describe("configuring the calls of an account", () => {
  it("changes what is given, and leaves the rest", () => {
    given(accountOpened(), configured({ maxCalls: 2, incomingTariffId: "tariff-1" }))
      .when((state) => configureAccountVoice({ maxCalls: null, servicePolicyId: "policy-1", now }, state, facts))
      .then([configured({ incomingTariffId: "tariff-1", servicePolicyId: "policy-1" })]);
  });

  it("records nothing where nothing changes", () => {
    given(accountOpened(), configured({ maxCalls: 2 }))
      .when((state) => configureAccountVoice({ maxCalls: 2, now }, state, facts))
      .then([]);
  });

  it("is refused for tariffs in another currency, and for what is unknown or closed", () => {
    given(accountOpened())
      .when((state) => configureAccountVoice({ outgoingTariffId: "tariff-2", now }, state, facts))
      .thenRejected("CURRENCY_MISMATCH", "outgoingTariffId");
    given(accountOpened())
      .when((state) => configureAccountVoice({ outgoingTariffId: "tariff-3", now }, state, facts))
      .thenRejected("VALIDATION_FAILED", "outgoingTariffId");
    given()
      .when((state) => configureAccountVoice({ now }, state, facts))
      .thenRejected("ACCOUNT_NOT_FOUND", "accountId");
    given(accountOpened(), accountClosed("2020-07-31"))
      .when((state) => configureAccountVoice({ maxCalls: 1, now }, state, facts))
      .thenRejected("ACCOUNT_CLOSED", "accountId");
  });
});
