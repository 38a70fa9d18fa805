import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { Rejection } from "#domain/rejection.js";
import { type Command, type CommandName, type InputOf, type Request } from "../commands.js";
import { execute } from "../execute.js";
import { preview } from "../preview.js";
import { MemoryClient } from "../spec-support/memory-client.js";
import { LOCAL } from "../spec-support/memory-session.js";
import { INVOICE, sealInvoice } from "../spec-support/sealed-invoice.js";
import { type Story, tellStory } from "../spec-support/story.js";
import { reasonNeeds, type ReasonNeed, reasons } from "./reasons.js";

let client: MemoryClient;
let story: Story;
/** Commitments of the story's account from May 2020 on, and what else the commands below are about. */
let ids: Record<
  "commitment" | "paused" | "planned" | "asking" | "fresh" | "other" | "empty" | "payment" | "key" | "person" | "call",
  string
>;
const event = { stream: "tenure.x.customer-y", revision: "3", eventId: INVOICE, eventType: "Unheard" };

beforeAll(async () => {
  client = await MemoryClient.at("2020-05-10T12:00:00Z");
  story = await tellStory(client);
  const { customerId, accountId, offerId, mainProductId } = story;
  const run = async (name: string, input: object) => (await client.run(name, input)).id;
  const assigned = () => run("assignOffer", { accountId, offerId });
  const opened = (identifier: string) => run("openAccount", { customerId, identifier, mainProductId });
  ids = {
    commitment: await assigned(),
    paused: await assigned(),
    planned: await assigned(),
    asking: await assigned(),
    fresh: "",
    other: await opened("1201"),
    empty: await opened("1202"),
    payment: "",
    call: "",
    person: await run("invitePerson", { customerId: story.customerId, name: "Jane", email: "jane@example.org" }),
    key: await run("grantKey", { label: "Desk", roles: ["csr"], reason: "The new desk" }),
  };
  const tariffId = await run("defineTariff", { name: "Calls by the minute", currency: "USD" });
  const rate = { prefix: "1", priceFirst: "0.06", priceNext: "0.06", effectiveFrom: "2020-01-01T00:00:00Z" };
  await run("changeRates", { tariffId, rates: [rate] });
  const heard = { callId: "c1", leg: "IN", cld: "1200", answered: "2020-05-10T11:00:00Z", seconds: "30" };
  ids.call = await run("recordCall", { ...heard, accountId, tariffId });
  await client.run("pauseCommitment", { commitmentId: ids.paused, from: "2020-06-01" });
  client.moveTo("2020-07-15T12:00:00Z");
  ids.fresh = await assigned();
  await client.run("pauseCommitment", { commitmentId: ids.planned, from: "2020-08-01", until: "2020-08-31" });
  await client.run("requestPause", { commitmentId: ids.asking, from: "2020-08-01", until: "2020-08-31" });
  await sealInvoice(client, customerId);
  const { facts, store } = client.session;
  const invoice = { issuedOn: "2020-08-01", dueOn: "2020-08-15", number: "INV-000001", open: "15.00" };
  facts.accounts.set(customerId, { currency: "USD", balance: "0.00", open: [{ ...invoice, invoiceId: INVOICE }] });
  facts.issued.set(INVOICE, { customerId, from: "2020-07-01" });
  facts.stalled.push(event);
  await client.run("recordPayment", { customerId, amount: "20.00" });
  facts.organizations.set("1001", { id: "1001", name: "Doe", externalId: null });
  facts.organizations.set("1002", { id: "1002", name: "Doe Ltd", externalId: "crm-7" });
  await client.run("linkZendeskOrganization", { customerId, organizationId: "1001" });
  const recorded = store.log.findLast(({ type }) => type === "PaymentRecorded");
  ids.payment = (recorded?.data as { paymentId: string }).paymentId;
});

/** A day of June, which is closed, within the 90 days that a provider allows. */
const effectiveOn = "2020-06-10";
const byHand = { discountEnd: { kind: "MANUAL", date: "2021-01-01" } };

const UUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Inputs that lack nothing but the reason, by command and need. */
const inputs: Readonly<Record<string, () => object>> = {
  "quarantineEvent ALWAYS": () => ({ stream: event.stream, revision: event.revision }),
  "grantKey ALWAYS": () => ({ label: "Desk", roles: ["csr"] }),
  "revokeKey ALWAYS": () => ({ keyId: ids.key }),
  "removePerson ALWAYS": () => ({ personId: ids.person }),
  "setCustomerClass CLOSED_DAY": () => ({ customerId: story.customerId, effectiveOn }),
  "setSubscriptionDiscountRate CLOSED_DAY": () => ({ customerId: story.customerId, rate: "5", effectiveOn }),
  "suspendCustomer ALWAYS": () => ({ customerId: story.customerId, effectiveOn: "2020-08-20" }),
  "unsuspendCustomer ALWAYS": () => ({ customerId: story.customerId }),
  "linkZendeskOrganization REPLACEMENT": () => ({
    ...{ customerId: story.customerId, organizationId: "1002", replace: true },
  }),
  "unlinkZendeskOrganization UNLINKING": () => ({ customerId: story.customerId }),
  "closeCustomer CLOSED_DAY": () => ({ customerId: story.customerId, effectiveOn }),
  "closeAccount CLOSED_DAY": () => ({ accountId: ids.empty, effectiveOn }),
  "assignOffer CLOSED_DAY": () => ({ accountId: story.accountId, offerId: story.offerId, effectiveOn }),
  "assignOffer END_BY_HAND": () => ({ accountId: story.accountId, offerId: story.offerId, ...byHand }),
  "setDiscountEnd END_BY_HAND": () => ({ commitmentId: ids.commitment, ...byHand }),
  "pauseCommitment CLOSED_DAY": () => ({ commitmentId: ids.commitment, from: effectiveOn, until: "2020-06-20" }),
  "changePause CLOSED_DAY": () => ({ commitmentId: ids.planned, from: "2020-08-01", newFrom: effectiveOn }),
  "resumeCommitment CLOSED_DAY": () => ({ commitmentId: ids.paused, effectiveOn }),
  "declinePause ALWAYS": () => ({ commitmentId: ids.asking, from: "2020-08-01" }),
  "upgradeCommitment CLOSED_DAY": () => ({ commitmentId: ids.commitment, offerId: story.offerId, effectiveOn }),
  "upgradeCommitment END_BY_HAND": () => ({ commitmentId: ids.commitment, offerId: story.offerId, ...byHand }),
  "transferCommitment CLOSED_DAY": () => ({ commitmentId: ids.commitment, toAccountId: ids.other, effectiveOn }),
  "terminateCommitment CLOSED_DAY": () => ({ commitmentId: ids.commitment, effectiveOn }),
  "terminateCommitment WAIVER": () => ({ commitmentId: ids.commitment }),
  "annulCommitment ALWAYS": () => ({ commitmentId: ids.fresh }),
  "voidInvoice ALWAYS": () => ({ invoiceId: INVOICE }),
  "reversePayment ALWAYS": () => ({ paymentId: ids.payment }),
  "issueGoodwillCredit ALWAYS": () => ({ customerId: story.customerId, amount: "5.00" }),
  "writeOffInvoice ALWAYS": () => ({ invoiceId: INVOICE }),
  "correctCalls ALWAYS": () => ({ keys: [ids.call], void: true }),
};

/** Commands whose input has a reason: one that the table lacks does not compile. */
type ReasonedCommand = {
  [Name in CommandName]: "reason" extends keyof InputOf<Name> ? Name : never;
}[CommandName];
const table = reasons satisfies Readonly<Record<ReasonedCommand, readonly ReasonNeed[]>>;
const needs = (Object.entries(table) as [ReasonedCommand, readonly ReasonNeed[]][]).flatMap(([name, all]) =>
  all.map((need) => [name, need] as const),
);
/** Where the schema requires the reason, and where leaving out the waiver waives nothing, only a blank one is asked. */
const neverAbsent = new Set([
  "quarantineEvent ALWAYS",
  "grantKey ALWAYS",
  "revokeKey ALWAYS",
  "removePerson ALWAYS",
  "declinePause ALWAYS",
  "annulCommitment ALWAYS",
  "terminateCommitment WAIVER",
]);

const refusalOf = async (work: Promise<unknown>): Promise<object> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Rejection)) throw new Error(`It was not refused: ${String(error)}`);
  return { code: error.code, field: error.field };
};

describe("a reason is required", () => {
  it.each(needs)("by %s (%s): without one nothing is recorded, with one it is recorded along", async (name, need) => {
    const { session } = client;
    const { field } = reasonNeeds[need];
    const input = inputs[`${name} ${need}`]?.() ?? {};
    const before = session.store.log.length;
    const blank = { ...input, [field]: " " };
    const silent = neverAbsent.has(`${name} ${need}`) ? [blank] : [input, { ...input, [field]: null }, blank];
    for (const [index, given] of silent.entries()) {
      const idempotencyKey = `${name} ${need} ${index}`;
      const refused = { code: "VALIDATION_FAILED", field };
      expect(await refusalOf(execute(session, LOCAL, { name, input: given, idempotencyKey } as Command))).toEqual(
        refused,
      );
      expect(await refusalOf(preview(session, LOCAL, { name, input: given } as Request))).toEqual(refused);
    }
    const said: object = { ...input, [field]: "Said so" };
    const { events } = await preview(session, LOCAL, { name, input: said } as Request);
    expect(JSON.stringify(events)).toMatch(/"(?:reason|waiverReason)":"Said so"/);
    expect(session.store.log).toHaveLength(before);
  });

  const inAnyCase = needs.filter(([, need]) => need === "ALWAYS" || need === "WAIVER");
  it.each(inAnyCase)("by %s (%s) before anything that its ids name", async (name, need) => {
    const { field } = reasonNeeds[need];
    const input = JSON.parse(
      JSON.stringify({ ...inputs[`${name} ${need}`]?.(), [field]: " " }).replace(UUIDS, () => randomUUID()),
    ) as object;
    const asked = execute(client.session, LOCAL, { name, input, idempotencyKey: `nobody's ${name}` } as Command);
    expect(await refusalOf(asked)).toEqual({ code: "VALIDATION_FAILED", field });
  });

  it("by all of these", () => {
    expect(Object.keys(inputs).sort()).toEqual(needs.map((each) => each.join(" ")).sort());
  });

  it("by no date that is copied from another commitment", async () => {
    const { session } = client;
    const discountEnd = { kind: "SYNCHRONISED" as const, commitmentId: ids.planned };
    const own = { commitmentId: ids.commitment, discountEnd };
    const held = { ...own, offerId: story.offerId };
    const requests: Request[] = [
      { name: "setDiscountEnd", input: own },
      { name: "upgradeCommitment", input: held },
      { name: "assignOffer", input: { accountId: story.accountId, offerId: story.offerId, discountEnd } },
    ];
    for (const request of requests) expect((await preview(session, LOCAL, request)).events).toHaveLength(1);
  });
});
