import { describe, expect, it } from "vitest";
import { type Action } from "../actions.js";
import { type Step } from "../model.js";
import { commandOf } from "./command-of.js";
import { Ids, NotThere } from "./ids.js";

const ids = new Ids();
ids.set("offer", "Net", "offer-net");
ids.set("addOnProduct", "Midi", "add-on-midi");
ids.set("addOnProduct", "Turbo", "add-on-turbo");
ids.set("tariff", "Calls", "tariff-calls");
ids.set("customer", "John", "customer-john");
ids.set("account", "1", "account-1");
ids.set("payment", "first", "payment-first");
ids.set("call", "c1", "call-c1");
ids.set("call", "c2", "call-c2");
ids.set("assigned", "net", "commitment-net");
ids.set("assigned", "tv", "commitment-tv");

const commandFor = (action: Action, when: Pick<Step, "effective" | "reason"> = {}) => {
  const step: Step = { line: 1, name: "", on: "2020-08-03", at: "2020-08-03T12:00:00.000Z", ...when, action };
  const command = commandOf(step, ids);
  // As it is sent: keys that are undefined are left out.
  return command && { name: command.name, input: JSON.parse(JSON.stringify(command.input)) as unknown };
};

describe("the mutation of a step", () => {
  const commitment = "net";
  const commitmentId = "commitment-net";
  const synchronised = { kind: "SYNCHRONISED", commitment: "tv" } as const;

  it.each<[Action, string, object]>([
    [{ kind: "pause", commitment }, "pauseCommitment", { reason: "scenario", commitmentId }],
    [
      { kind: "pause", commitment, from: "2020-08-10", until: "2020-09-30" },
      "pauseCommitment",
      { reason: "scenario", commitmentId, from: "2020-08-10", until: "2020-09-30" },
    ],
    [
      { kind: "changePause", commitment, from: "2020-08-10", newUntil: "2020-09-29" },
      "changePause",
      { reason: "scenario", commitmentId, from: "2020-08-10", newUntil: "2020-09-29" },
    ],
    [{ kind: "cancelPause", commitment, from: "2020-08-10" }, "cancelPause", { commitmentId, from: "2020-08-10" }],
    [
      { kind: "requestPause", commitment, from: "2020-08-10", until: "2020-08-20" },
      "requestPause",
      { commitmentId, from: "2020-08-10", until: "2020-08-20" },
    ],
    [{ kind: "approvePause", commitment, from: "2020-08-10" }, "approvePause", { commitmentId, from: "2020-08-10" }],
    [
      { kind: "declinePause", commitment, from: "2020-08-10" },
      "declinePause",
      { reason: "scenario", commitmentId, from: "2020-08-10" },
    ],
    [{ kind: "withdrawPause", commitment, from: "2020-08-10" }, "withdrawPause", { commitmentId, from: "2020-08-10" }],
    [
      { kind: "pay", customer: "John", amount: "15.00", as: "second" },
      "recordPayment",
      { customerId: "customer-john", amount: "15.00" },
    ],
    [
      { kind: "pay", customer: "John", amount: "15.00", currency: "USD", reference: "RF18", issued: "2020-08-01" },
      "recordPayment",
      {
        ...{ customerId: "customer-john", amount: "15.00", currency: "USD", reference: "RF18" },
        invoiceId: "00000000-0000-4000-8000-000000000000",
      },
    ],
    [
      { kind: "reversePayment", payment: "first" },
      "reversePayment",
      { reason: "scenario", paymentId: "payment-first" },
    ],
    [
      { kind: "refund", customer: "John", amount: "5.00" },
      "recordRefund",
      { reason: "scenario", customerId: "customer-john", amount: "5.00" },
    ],
    [
      { kind: "goodwill", customer: "John", amount: "5.00" },
      "issueGoodwillCredit",
      { reason: "scenario", customerId: "customer-john", amount: "5.00" },
    ],
    [
      { kind: "createTicket", customer: "John", subject: "Invoice", body: "Please check it." },
      "createTicket",
      { customerId: "customer-john", subject: "Invoice", body: "Please check it." },
    ],
    [
      {
        ...{ kind: "call", account: "1", leg: "IN", from: null, to: "18005550100" },
        ...{ answered: "2020-08-03T07:00:00.000Z", seconds: "30.6", key: undefined },
      },
      "recordCall",
      {
        ...{ callId: "line 1", accountId: "account-1", leg: "IN", cli: null, cld: "18005550100" },
        ...{ answered: "2020-08-03T07:00:00.000Z", seconds: "30.6" },
      },
    ],
    [
      { kind: "changeRates", tariff: "Calls", rates: [{ prefix: "1", priceFirst: "0.06", priceNext: "0.05" }] },
      "changeRates",
      { tariffId: "tariff-calls", rates: [{ prefix: "1", priceFirst: "0.06", priceNext: "0.05" }] },
    ],
    [
      { kind: "rateCalls", calls: ["c1", "c2"], tariff: "Calls" },
      "rateCalls",
      { keys: ["call-c1", "call-c2"], tariffId: "tariff-calls" },
    ],
    [
      { kind: "correctCalls", calls: ["c1"], void: true },
      "correctCalls",
      { reason: "scenario", keys: ["call-c1"], void: true },
    ],
    [
      { kind: "correctCalls", calls: ["c1"], seconds: "30.6", tariff: "Calls" },
      "correctCalls",
      { reason: "scenario", keys: ["call-c1"], seconds: "30.6", tariffId: "tariff-calls" },
    ],
    [{ kind: "resume", commitment }, "resumeCommitment", { reason: "scenario", commitmentId }],
    [
      { kind: "timeLimitedUpgrade", commitment, addOnProduct: "Turbo", until: "2020-09-30" },
      "orderTimeLimitedUpgrade",
      { commitmentId, addOnProductId: "add-on-turbo", until: "2020-09-30" },
    ],
    [
      {
        kind: "timeLimitedUpgrade",
        commitment,
        addOnProduct: "Turbo",
        until: "2020-09-30",
        replacing: "Midi",
        thenUpgradeTo: "Net",
      },
      "orderTimeLimitedUpgrade",
      {
        commitmentId,
        addOnProductId: "add-on-turbo",
        until: "2020-09-30",
        replacingAddOnProductId: "add-on-midi",
        thenUpgradeToOfferId: "offer-net",
      },
    ],
    [
      { kind: "extendUpgrade", commitment, until: "2020-10-31" },
      "extendTimeLimitedUpgrade",
      { commitmentId, until: "2020-10-31" },
    ],
    [{ kind: "endUpgrade", commitment }, "endTimeLimitedUpgrade", { commitmentId }],
    [{ kind: "cancelThenUpgrade", commitment }, "cancelThenUpgrade", { commitmentId }],
    [
      { kind: "upgrade", commitment, offer: "Net", discountEnd: { kind: "KEEP" } },
      "upgradeCommitment",
      { reason: "scenario", commitmentId, offerId: "offer-net", discountEnd: { kind: "KEEP" } },
    ],
    [
      { kind: "upgrade", commitment, offer: "Net", discountEnd: synchronised },
      "upgradeCommitment",
      {
        reason: "scenario",
        commitmentId,
        offerId: "offer-net",
        discountEnd: { kind: "SYNCHRONISED", commitmentId: "commitment-tv" },
      },
    ],
    [
      { kind: "transfer", commitment, toAccount: "1" },
      "transferCommitment",
      { reason: "scenario", commitmentId, toAccountId: "account-1" },
    ],
    [
      { kind: "setDiscountEnd", commitment, discountEnd: { kind: "MANUAL", date: "2022-08-01" } },
      "setDiscountEnd",
      { reason: "scenario", commitmentId, discountEnd: { kind: "MANUAL", date: "2022-08-01" } },
    ],
    [
      { kind: "assign", offer: "Net", account: "1", as: "more", discountEnd: synchronised },
      "assignOffer",
      {
        reason: "scenario",
        offerId: "offer-net",
        accountId: "account-1",
        discountEnd: { kind: "SYNCHRONISED", commitmentId: "commitment-tv" },
      },
    ],
    [
      { kind: "terminate", commitment, waivePenalty: "Moved abroad" },
      "terminateCommitment",
      { reason: "scenario", commitmentId, waivePenalty: "Moved abroad" },
    ],
    [{ kind: "cancelTermination", commitment }, "cancelTermination", { commitmentId }],
    [
      { kind: "setSubscriptionDiscountRate", customer: "John", rate: "10" },
      "setSubscriptionDiscountRate",
      { reason: "scenario", customerId: "customer-john", rate: "10" },
    ],
    [
      { kind: "setSubscriptionDiscountRate", customer: "John", rate: null },
      "setSubscriptionDiscountRate",
      { reason: "scenario", customerId: "customer-john", rate: null },
    ],
    [{ kind: "suspend", customer: "John" }, "suspendCustomer", { reason: "scenario", customerId: "customer-john" }],
    [{ kind: "unsuspend", customer: "John" }, "unsuspendCustomer", { reason: "scenario", customerId: "customer-john" }],
  ])("%j", (action, name, input) => {
    expect(commandFor(action)).toEqual({ name, input });
  });

  it.each<[Action, string, object]>([
    [{ kind: "cancelScheduled", commitment, what: "UPGRADE" }, "cancelScheduledUpgrade", { commitmentId }],
    [{ kind: "cancelScheduled", commitment, what: "RENEWAL" }, "cancelRenewal", { commitmentId }],
    [
      { kind: "cancelScheduled", customer: "John", what: "RATE" },
      "cancelScheduledChange",
      { customerId: "customer-john", what: "RATE" },
    ],
  ])("%j, with its day", (action, name, input) => {
    expect(commandFor(action, { effective: "2020-09-01" })).toEqual({
      name,
      input: { ...input, effectiveOn: "2020-09-01" },
    });
  });

  it.each<Action>([
    { kind: "assign", offer: "Net", account: "1", as: "more", discountEnd: { kind: "DEFAULT" } },
    { kind: "pause", commitment },
    { kind: "resume", commitment },
    { kind: "upgrade", commitment, offer: "Net", discountEnd: { kind: "KEEP" } },
    { kind: "transfer", commitment, toAccount: "1" },
    { kind: "terminate", commitment },
    { kind: "setSubscriptionDiscountRate", customer: "John", rate: "0" },
    { kind: "suspend", customer: "John" },
    { kind: "unsuspend", customer: "John" },
    { kind: "closeAccount", account: "1" },
    { kind: "closeCustomer", customer: "John" },
  ])("carries day and reason of $kind", (action) => {
    expect(commandFor(action, { effective: "2020-08-01", reason: "told late" })?.input).toMatchObject({
      effectiveOn: "2020-08-01",
      reason: "told late",
    });
  });

  it("cannot be sent where something that it names was refused", () => {
    const upgrade: Action = { kind: "upgrade", commitment: "phone", offer: "Net", discountEnd: { kind: "KEEP" } };
    expect(() => commandFor(upgrade)).toThrow(new NotThere('the assigned commitment "phone" does not exist'));
  });
});
