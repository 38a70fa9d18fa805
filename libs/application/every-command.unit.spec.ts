import { beforeAll, describe, expect, it } from "vitest";
import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { type Command, commands, type Request } from "./commands.js";
import { execute } from "./execute.js";
import { preview, type Preview } from "./preview.js";
import { MemoryClient } from "./spec-support/memory-client.js";
import { LOCAL } from "./spec-support/memory-session.js";
import { INVOICE, sealInvoice } from "./spec-support/sealed-invoice.js";
import { type Story, tellStory } from "./spec-support/story.js";

let client: MemoryClient;
/** Has no customers yet, and no test clock. */
let fresh: MemoryClient;
/** Ids of the story and of what the steps made, by the names that they gave. */
let ids: Story & Record<string, string>;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  fresh = await MemoryClient.at("2020-07-15T12:00:00Z");
  ids = { ...(await tellStory(client)) };
  await sealInvoice(client, ids.customerId);
  const { id: ratingTariffId } = await client.run("defineTariff", { name: "Calls without a rate", currency: "USD" });
  const rate = { prefix: "1", effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06" };
  await client.run("changeRates", { tariffId: ratingTariffId, rates: [rate] });
  ids = { ...ids, ratingTariffId };
});

interface Step {
  readonly name: string;
  readonly input: () => object;
  /** Calls the id of what the command makes. */
  readonly makes?: string;
  readonly as?: () => MemoryClient;
  /** What is answered once, as it is answered to a repetition. */
  readonly once?: object;
}

const recurring = (changes: object = {}) => ({
  recurringFees: [{ planId: ids.planId, addOnProductId: ids.addOnProductId, discount: "5.00" }],
  ...changes,
});
const of =
  (aggregate: string, more: () => object = () => ({})) =>
  () => ({ [aggregate]: ids[aggregate], ...more() });
const customer = (more?: () => object) => of("customerId", more);
const account = (more?: () => object) => of("accountId", more);
const commitment = (more?: () => object) => of("commitmentId", more);

/** July is closed with an invoice of 500.00, which is to be corrected. */
const billedTwice = <Input extends object>(input: Input): Input => {
  const { facts } = client.session;
  const customerId = ids.customerId;
  const common = { commitmentId: ids["commitmentId"] ?? "", accountId: ids.accountId, rowId: "recurring-1" };
  const amounts = { fee: "500.00", discount: "0.00", discountOrigin: null, currency: "USD" };
  const days = { from: "2020-07-01", until: "2020-07-31", days: 31, periodDays: 31, belongsTo: "2020-07-01" };
  const line = { kind: "RECURRING", description: "Turbo", invoiceId: INVOICE, position: 1 } as const;
  facts.billed.set(customerId, {
    closedTo: "2020-08-01",
    movedFrom: "2020-07-01",
    billed: [{ ...line, ...common, ...amounts, ...days }],
  });
  facts.issued.set(INVOICE, { customerId, from: "2020-07-01" });
  return input;
};

/** The customer has an unused balance of 5.00, or an open invoice. */
const owing = <Input extends object>(input: Input, invoiceId?: string): Input => {
  const invoice = { issuedOn: "2020-08-01", dueOn: "2020-08-15", number: "INV-000001", open: "15.00" };
  client.session.facts.accounts.set(ids.customerId, {
    currency: "USD",
    ...(invoiceId === undefined
      ? { balance: "5.00", open: [] }
      : { balance: "0.00", open: [{ ...invoice, invoiceId }] }),
  });
  return input;
};

/** One life, in which every command has its turn. */
const steps: readonly Step[] = [
  { name: "createProvider", input: () => ({ name: "Acme" }) },
  { name: "changeProviderSettings", input: () => ({ invoiceNumberPrefix: "A-" }) },
  {
    name: "quarantineEvent",
    input: () => {
      const event = { stream: "tenure.x.customer-y", revision: "3", eventId: ids.customerId, eventType: "Unheard" };
      client.session.facts.stalled.push(event);
      return { stream: event.stream, revision: event.revision, reason: "Not ours" };
    },
  },
  {
    name: "changeDocumentDetails",
    input: () => ({ taxId: "IT01234567897", address: { street: "Via Torino 12", addition: null, country: "IT" } }),
  },
  { name: "setTestClock", input: () => ({ at: "2020-01-01T00:00:00Z" }), as: () => fresh },
  {
    name: "definePlan",
    input: () => ({ name: "Plus", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "30.00" }] }),
    makes: "plusId",
  },
  { name: "revisePlan", input: () => ({ planId: ids["plusId"], minimumPeriods: 12 }) },
  {
    name: "defineVolumeDiscountPlan",
    input: () => ({ name: "5 GB", service: "Internet", quota: "5", unit: "GB" }),
    makes: "volumeDiscountPlanId",
  },
  {
    name: "defineAddOnProduct",
    input: () => ({ name: "5 GB", service: "Internet", volumeDiscountPlanId: ids["volumeDiscountPlanId"] }),
    makes: "betterId",
  },
  {
    name: "reviseMainProduct",
    input: () => ({ mainProductId: ids.mainProductId, addOnProductIds: [ids.addOnProductId, ids["betterId"]] }),
  },
  {
    name: "defineMainProduct",
    input: () => ({ name: "Other", addOnProductIds: [ids.addOnProductId, ids["betterId"]] }),
    makes: "otherProductId",
  },
  { name: "defineCustomerClass", input: () => ({ name: "Business", rounding: "UP" }), makes: "customerClassId" },
  { name: "reviseCustomerClass", input: of("customerClassId", () => ({ graceDays: 30 })) },
  {
    name: "defineMailTemplate",
    input: of("customerClassId", () => ({
      ...{ kind: "REMINDER", language: "EN", subject: "Please pay", html: "<p>{{amountOverdue}}</p>" },
      ...{ text: "{{amountOverdue}}", dates: { name: "EUROPEAN" } },
    })),
  },
  { name: "resetMailTemplate", input: of("customerClassId", () => ({ kind: "REMINDER", language: "EN" })) },
  {
    name: "defineOffer",
    input: () => ({ name: "Never sold", currency: "USD", discountPeriods: 24, ...recurring() }),
    makes: "neverSoldId",
  },
  { name: "reviseOffer", input: () => ({ offerId: ids["neverSoldId"], transferFee: "10.00" }) },
  { name: "withdrawOffer", input: () => ({ offerId: ids["neverSoldId"] }) },
  { name: "putOfferBackOnSale", input: () => ({ offerId: ids["neverSoldId"] }) },
  {
    name: "defineServicePolicy",
    input: () => ({ name: "Redirections", redirectAction: "REJECT", trustedNetworks: ["127.0.0.31"] }),
    makes: "servicePolicyId",
  },
  { name: "reviseServicePolicy", input: of("servicePolicyId", () => ({ redirectAction: null })) },
  { name: "defineTariff", input: () => ({ name: "Calls", currency: "USD" }), makes: "tariffId" },
  { name: "reviseTariff", input: of("tariffId", () => ({ description: "Since 2020" })) },
  {
    name: "changeRates",
    input: of("tariffId", () => ({
      rates: [{ prefix: "1", effectiveFrom: "2030-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06" }],
    })),
  },
  { name: "importRates", input: of("tariffId", () => ({ csv: "prefix,priceFirst,priceNext\n44,0.1,0.1\n" })) },
  { name: "cloneTariff", input: of("tariffId", () => ({ name: "Calls, too" })) },
  {
    name: "removeRates",
    input: of("tariffId", () => ({ rates: [{ prefix: "1", effectiveFrom: "2030-01-01T00:00:00Z" }] })),
  },
  { name: "deleteOffer", input: () => ({ offerId: ids["neverSoldId"] }) },
  {
    name: "createCustomer",
    input: () => ({
      contact: { name: "Jane" },
      currency: "USD",
      billingPeriod: "MONTHLY_ANNIVERSARY",
      anniversaryDay: 5,
    }),
  },
  { name: "changeCustomerContact", input: customer(() => ({ email: "john@example.com" })) },
  { name: "changeCustomerBilling", input: customer(() => ({ billingPeriod: "MONTHLY", timeZone: "Europe/Berlin" })) },
  { name: "changeCreditLimit", input: customer(() => ({ creditLimit: "100.00" })) },
  { name: "setCustomerClass", input: customer(() => ({ customerClassId: ids["customerClassId"] })) },
  { name: "setSubscriptionDiscountRate", input: customer(() => ({ rate: "12.5" })) },
  { name: "suspendCustomer", input: customer(() => ({ reason: "Lost phone" })) },
  { name: "unsuspendCustomer", input: customer(() => ({ reason: "Found phone" })) },
  { name: "suspendCustomer", input: customer(() => ({ effectiveOn: "2020-08-20", reason: "Moving" })) },
  { name: "cancelScheduledChange", input: customer(() => ({ what: "SUSPENSION", effectiveOn: "2020-08-20" })) },
  {
    name: "openAccount",
    input: customer(() => ({ identifier: "1201", mainProductId: ids.mainProductId })),
    makes: "accountId",
  },
  { name: "changeMainProduct", input: account(() => ({ mainProductId: ids["otherProductId"] })) },
  { name: "addAlias", input: account(() => ({ alias: "1202" })) },
  { name: "configureAccountVoice", input: account(() => ({ maxCalls: 2, sipContact: { host: "127.0.0.21" } })) },
  { name: "changeAlias", input: account(() => ({ alias: "1202", role: "MOBILE" })) },
  {
    name: "recordCall",
    input: account(() => ({
      ...{ callId: "c1", leg: "OUT", tariffId: ids["tariffId"], cld: "12065551202" },
      ...{ answered: "2020-07-15T11:00:00Z", seconds: "30.6" },
    })),
    makes: "callKey",
  },
  { name: "rateCalls", input: () => ({ keys: [ids["callKey"]], tariffId: ids["ratingTariffId"] }) },
  { name: "correctCalls", input: () => ({ keys: [ids["callKey"]], seconds: "10", reason: "Cut off" }) },
  { name: "removeAlias", input: account(() => ({ alias: "1202" })) },
  { name: "assignOffer", input: account(() => ({ offerId: ids.offerId })), makes: "commitmentId" },
  {
    name: "setDiscountEnd",
    input: commitment(() => ({ discountEnd: { kind: "MANUAL", date: "2021-07-15" }, reason: "Promised" })),
  },
  { name: "pauseCommitment", input: commitment(() => ({ from: "2020-08-01", until: "2020-08-31" })) },
  { name: "changePause", input: commitment(() => ({ from: "2020-08-01", newFrom: "2020-08-10" })) },
  { name: "cancelPause", input: commitment(() => ({ from: "2020-08-10" })) },
  { name: "requestPause", input: commitment(() => ({ from: "2020-08-01", until: "2020-08-31" })) },
  { name: "withdrawPause", input: commitment(() => ({ from: "2020-08-01" })) },
  { name: "requestPause", input: commitment(() => ({ from: "2020-08-02", until: "2020-08-31" })) },
  { name: "declinePause", input: commitment(() => ({ from: "2020-08-02", reason: "Not in August" })) },
  { name: "requestPause", input: commitment(() => ({ from: "2020-08-03", until: "2020-08-31" })) },
  { name: "approvePause", input: commitment(() => ({ from: "2020-08-03" })) },
  { name: "cancelPause", input: commitment(() => ({ from: "2020-08-03" })) },
  { name: "pauseCommitment", input: commitment() },
  { name: "resumeCommitment", input: commitment() },
  {
    name: "orderTimeLimitedUpgrade",
    input: commitment(() => ({
      addOnProductId: ids["betterId"],
      until: "2020-08-31",
      thenUpgradeToOfferId: ids.offerId,
    })),
  },
  { name: "extendTimeLimitedUpgrade", input: commitment(() => ({ until: "2020-09-30" })) },
  { name: "cancelThenUpgrade", input: commitment() },
  { name: "endTimeLimitedUpgrade", input: commitment() },
  { name: "upgradeCommitment", input: commitment(() => ({ offerId: ids.offerId, discountEnd: { kind: "DEFAULT" } })) },
  { name: "renewFees", input: commitment() },
  { name: "cancelRenewal", input: commitment(() => ({ effectiveOn: "2020-08-01" })) },
  { name: "upgradeCommitment", input: commitment(() => ({ offerId: ids.offerId, effectiveOn: "2020-09-15" })) },
  { name: "cancelScheduledUpgrade", input: commitment() },
  {
    name: "openAccount",
    input: customer(() => ({ identifier: "1203", mainProductId: ids["otherProductId"] })),
    makes: "otherAccountId",
  },
  { name: "transferCommitment", input: commitment(() => ({ toAccountId: ids["otherAccountId"] })) },
  {
    name: "terminateCommitment",
    input: commitment(() => ({ effectiveOn: "2020-09-30", waivePenalty: "Goodwill" })),
  },
  { name: "cancelTermination", input: commitment() },
  { name: "terminateCommitment", input: commitment() },
  { name: "assignOffer", input: account(() => ({ offerId: ids.offerId })), makes: "commitmentId" },
  { name: "annulCommitment", input: commitment(() => ({ reason: "Withdrawn" })) },
  { name: "issueCreditNote", input: () => billedTwice({ customerId: ids.customerId, correcting: "2020-07-20" }) },
  { name: "voidInvoice", input: () => billedTwice({ invoiceId: INVOICE, reason: "Billed twice" }) },
  { name: "reissueInvoice", input: () => billedTwice({ invoiceId: INVOICE }) },
  { name: "promiseToPay", input: customer(() => ({ by: "2020-12-31", note: "By bank" })) },
  { name: "exemptFromCollection", input: customer(() => ({ exempt: true, reason: "Agreed" })) },
  { name: "recordPayment", input: customer(() => ({ amount: "20.00", currency: "USD", reference: "R-1" })) },
  {
    name: "reversePayment",
    input: () => {
      const recorded = client.session.store.log.findLast(({ type }) => type === "PaymentRecorded");
      return { paymentId: (recorded?.data as { paymentId: string }).paymentId, reason: "Bounced" };
    },
  },
  {
    name: "recordRefund",
    input: () => owing({ customerId: ids.customerId, amount: "5.00" }),
  },
  { name: "issueGoodwillCredit", input: customer(() => ({ amount: "5.00", reason: "Long outage" })) },
  {
    name: "writeOffInvoice",
    input: () => {
      const { facts, store } = client.session;
      const sealed = store.log.findLast(({ type }) => type === "InvoiceSealed")?.data as InvoiceSealed["data"];
      facts.issued.set(sealed.invoiceId, { customerId: ids.customerId, from: "2020-07-01" });
      return owing({ invoiceId: sealed.invoiceId, reason: "Insolvent" }, sealed.invoiceId);
    },
  },
  {
    name: "grantKey",
    input: () => ({ label: "Call centre", roles: ["csr"], reason: "The new desk" }),
    makes: "keyId",
    once: { secret: null },
  },
  { name: "revokeKey", input: of("keyId", () => ({ reason: "Leaked" })) },
  {
    name: "registerEdge",
    input: () => ({ name: "Milan", addresses: ["127.0.0.1"] }),
    makes: "edgeId",
    once: { secret: null },
  },
  { name: "reviseEdge", input: of("edgeId", () => ({ realm: "example.org" })) },
  {
    name: "rotateEdgeSecret",
    input: of("edgeId", () => ({ previousUntil: "2020-07-16T12:00:00Z" })),
    once: { secret: null },
  },
  { name: "retireEdge", input: of("edgeId") },
  { name: "invitePerson", input: customer(() => ({ name: "Jane", email: "jane@example.org" })), makes: "personId" },
  { name: "createTicket", input: customer(() => ({ subject: "Please check the invoice", body: "Line 2?" })) },
  { name: "removePerson", input: of("personId", () => ({ reason: "Left the firm" })) },
  {
    name: "linkZendeskOrganization",
    input: customer(() => {
      client.session.facts.organizations.set("1001", { id: "1001", name: "Doe", externalId: null });
      return { organizationId: "1001" };
    }),
  },
  { name: "unlinkZendeskOrganization", input: customer(() => ({ reason: "Another Doe" })) },
  { name: "closeAccount", input: account() },
  { name: "closeCustomer", input: customer() },
  { name: "advanceTestClock", input: () => ({ to: "2020-07-16T12:00:00Z" }) },
];

/** Hash of a secret, which is another one whenever a key is granted. */
const SECRET = /"secretHash":"[0-9a-f]{64}"/g;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The events with ids that the log does not have replaced by numbers: a preview makes up the ids of what is new. */
const numbered = (events: Preview["events"], log: string): unknown => {
  const text = JSON.stringify(events).replaceAll(SECRET, '"secretHash":"of a secret"');
  const made = [...new Set(text.match(UUID))].filter((id) => !log.includes(id));
  const numbers = made.flatMap((id, index) =>
    [id, id.replaceAll("-", "")].map((form) => [form, `new ${index}`] as const),
  );
  return JSON.parse(numbers.reduce((all, [form, number]) => all.replaceAll(form, number), text));
};

describe("each command", () => {
  it.each(steps.map((step, index) => [step.name, step, `key of ${index}`] as const))(
    "%s: a preview records nothing and shows the events that it then records; a repetition answers the same",
    async (name, { input, makes, as = () => client, once = {} }, idempotencyKey) => {
      const { session } = as();
      const { store } = session;
      const command = { name, input: input(), idempotencyKey } as Command;
      const before = store.log.length;
      const log = JSON.stringify(store.log, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
      const { events } = await preview(session, LOCAL, { name, input: input() } as Request);
      expect(store.log).toHaveLength(before);
      const accepted = await execute(session, LOCAL, command);
      if (makes !== undefined) ids[makes] = accepted.id;
      const recorded = store.log.slice(before);
      const shown = recorded.map(({ stream, type, data }) => ({ stream, type, data })) as Preview["events"];
      expect(numbered(events, log)).toEqual(numbered(shown, log));
      expect(events).not.toEqual([]);
      if (name === "advanceTestClock") return;
      expect(await execute(session, LOCAL, command)).toEqual({ ...accepted, ...once, repeated: true });
      expect(store.log).toHaveLength(before + recorded.length);
    },
  );

  it("has its turn above", () => {
    expect([...new Set(steps.map(({ name }) => name))].sort()).toEqual(Object.keys(commands).sort());
  });
});
