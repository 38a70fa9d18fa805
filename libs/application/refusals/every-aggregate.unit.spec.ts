import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../spec-support/memory-client.js";
import { type Story, tellStory } from "../spec-support/story.js";

let client: MemoryClient;
let story: Story;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  story = await tellStory(client);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
});

const nobody = () => randomUUID();

describe("the application refuses", () => {
  it("what the catalog does not have, or forbids", async () => {
    const { planId } = story;
    const plan = { name: "x", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "1" }] };
    const mailTemplate = { kind: "REMINDER", language: "EN", subject: "a", text: "b", html: "c" };
    const offer = {
      name: "x",
      currency: "USD",
      discountPeriods: 1,
      recurringFees: [{ planId, discount: "1" }],
    };
    const tv = { description: "TV", service: "TV", fee: "1", discount: "2" };
    await client.run("invitePerson", { customerId: story.customerId, name: "Jane", email: "jane@example.org" });
    const inDollars = (await client.run("defineTariff", { name: "Calls", currency: "USD" })).id;
    const inEuros = (await client.run("defineTariff", { name: "Calls", currency: "EUR" })).id;
    const call = {
      ...{ callId: "c1", accountId: story.accountId, leg: "OUT", tariffId: inDollars, cld: "12065551202" },
      ...{ answered: "2020-07-15T11:00:00Z", seconds: "30.6" },
    };
    const refusals: [string, object, string][] = [
      ["definePlan", { ...plan, currency: "XYZ" }, "VALIDATION_FAILED currency"],
      ["definePlan", { ...plan, recurringFees: [] }, "VALIDATION_FAILED recurringFees"],
      [
        "definePlan",
        { ...plan, recurringFees: [{ period: "MONTHLY", amount: "1.001" }] },
        "INVALID_AMOUNT recurringFees.amount",
      ],
      ["revisePlan", { planId: nobody(), name: "x" }, "VALIDATION_FAILED planId"],
      [
        "defineAddOnProduct",
        { name: "x", service: "x", volumeDiscountPlanId: nobody() },
        "VALIDATION_FAILED volumeDiscountPlanId",
      ],
      ["defineMainProduct", { name: "x", addOnProductIds: [nobody()] }, "VALIDATION_FAILED addOnProductIds"],
      ["reviseMainProduct", { mainProductId: nobody(), name: "x" }, "VALIDATION_FAILED mainProductId"],
      ["reviseCustomerClass", { customerClassId: nobody() }, "VALIDATION_FAILED customerClassId"],
      ["defineMailTemplate", { ...mailTemplate, customerClassId: nobody() }, "VALIDATION_FAILED customerClassId"],
      ["defineMailTemplate", { ...mailTemplate, html: "{{customer.nmae}}" }, "VALIDATION_FAILED html"],
      ["defineMailTemplate", { ...mailTemplate, subject: " " }, "VALIDATION_FAILED subject"],
      ["defineOffer", { ...offer, currency: "EUR" }, "CURRENCY_MISMATCH currency"],
      ["defineOffer", { ...offer, discountPeriods: null }, "DISCOUNT_WITHOUT_PERIOD discountPeriods"],
      ["defineOffer", { ...offer, oneTimeFees: [tv] }, "DISCOUNT_EXCEEDS_FEE oneTimeFees.discount"],
      [
        "defineOffer",
        { ...offer, recurringFees: [{ planId, discount: "21" }] },
        "DISCOUNT_EXCEEDS_FEE recurringFees.discount",
      ],
      ["defineOffer", { ...offer, recurringFees: [{ planId: nobody() }] }, "VALIDATION_FAILED recurringFees.planId"],
      ["withdrawOffer", { offerId: nobody() }, "VALIDATION_FAILED offerId"],
      ["putOfferBackOnSale", { offerId: nobody() }, "VALIDATION_FAILED offerId"],
      ["defineServicePolicy", { name: "x", trustedNetworks: [] }, "VALIDATION_FAILED trustedNetworks"],
      ["defineServicePolicy", { name: "x", trustedNetworks: ["10.0.0.0/8"] }, "VALIDATION_FAILED trustedNetworks"],
      ["reviseServicePolicy", { servicePolicyId: nobody() }, "VALIDATION_FAILED servicePolicyId"],
      ["defineTariff", { name: "x", currency: "XYZ" }, "VALIDATION_FAILED currency"],
      ["reviseTariff", { tariffId: nobody() }, "VALIDATION_FAILED tariffId"],
      ["cloneTariff", { tariffId: nobody(), name: "x" }, "VALIDATION_FAILED tariffId"],
      [
        "changeRates",
        { tariffId: nobody(), rates: [{ prefix: "1", priceFirst: "1", priceNext: "1" }] },
        "VALIDATION_FAILED tariffId",
      ],
      [
        "removeRates",
        { tariffId: nobody(), rates: [{ prefix: "1", effectiveFrom: "2021-01-01T00:00:00Z" }] },
        "VALIDATION_FAILED tariffId",
      ],
      ["registerEdge", { name: "x", addresses: [] }, "VALIDATION_FAILED addresses"],
      ["registerEdge", { name: "x", addresses: ["pbx.example"] }, "VALIDATION_FAILED addresses"],
      ["reviseEdge", { edgeId: nobody(), name: "x" }, "VALIDATION_FAILED edgeId"],
      ["rotateEdgeSecret", { edgeId: nobody() }, "VALIDATION_FAILED edgeId"],
      ["retireEdge", { edgeId: nobody() }, "VALIDATION_FAILED edgeId"],
      ["grantKey", { label: " ", roles: ["csr"], reason: "x" }, "VALIDATION_FAILED label"],
      ["grantKey", { label: "x", roles: [], reason: "x" }, "VALIDATION_FAILED roles"],
      [
        "grantKey",
        { label: "x", roles: ["csr"], reason: "x", expiresAt: "2020-07-15T12:00:00.000Z" },
        "INVALID_DATE expiresAt",
      ],
      ["revokeKey", { keyId: nobody(), reason: "x" }, "KEY_NOT_FOUND keyId"],
      [
        "invitePerson",
        { customerId: nobody(), name: "Jane", email: "jane@example.org" },
        "CUSTOMER_NOT_FOUND customerId",
      ],
      [
        "invitePerson",
        { customerId: story.customerId, name: " ", email: "jane@example.org" },
        "VALIDATION_FAILED name",
      ],
      ["invitePerson", { customerId: story.customerId, name: "Jane", email: "a@b@c" }, "VALIDATION_FAILED email"],
      ["invitePerson", { customerId: story.customerId, name: "Jane", email: " JANE@example.org" }, "EMAIL_TAKEN email"],
      ["removePerson", { personId: nobody(), reason: "x" }, "PERSON_NOT_FOUND personId"],
      ["removePerson", { personId: nobody(), reason: " " }, "VALIDATION_FAILED reason"],
      ["createTicket", { customerId: nobody(), subject: "x", body: "y" }, "CUSTOMER_NOT_FOUND customerId"],
      ["createTicket", { customerId: story.customerId, subject: " ", body: "y" }, "VALIDATION_FAILED subject"],
      ["createTicket", { customerId: story.customerId, subject: "x", body: " " }, "VALIDATION_FAILED body"],
      ["recordCall", { ...call, accountId: nobody() }, "ACCOUNT_NOT_FOUND accountId"],
      ["recordCall", { ...call, callId: "" }, "VALIDATION_FAILED callId"],
      ["recordCall", { ...call, cld: " " }, "VALIDATION_FAILED cld"],
      ["recordCall", { ...call, tariffId: nobody() }, "VALIDATION_FAILED tariffId"],
      ["recordCall", { ...call, seconds: "0.0001" }, "VALIDATION_FAILED seconds"],
      ["recordCall", { ...call, tariffId: inEuros }, "CURRENCY_MISMATCH tariffId"],
      ["rateCalls", { keys: [], tariffId: nobody() }, "VALIDATION_FAILED keys"],
      ["rateCalls", { keys: [nobody()], tariffId: nobody() }, "VALIDATION_FAILED keys"],
      ["correctCalls", { keys: [], void: true, reason: "x" }, "VALIDATION_FAILED keys"],
      ["correctCalls", { keys: [nobody()], reason: "x" }, "VALIDATION_FAILED void"],
      ["correctCalls", { keys: [nobody()], void: true, seconds: "1", reason: "x" }, "VALIDATION_FAILED void"],
      ["correctCalls", { keys: [nobody()], void: true, reason: "x" }, "VALIDATION_FAILED keys"],
      ["correctCalls", { keys: [nobody()], void: true }, "VALIDATION_FAILED reason"],
      ["deleteOffer", { offerId: story.offerId }, "CONFLICT offerId"],
    ];
    for (const [name, input, code] of refusals) expect(await client.refused(name, input), name).toBe(code);
  });

  it("an offer that is off sale, until it is put back", async () => {
    const { accountId, planId } = story;
    const terms = { name: "x", currency: "USD", recurringFees: [{ planId }] };
    const { id: offerId } = await client.run("defineOffer", terms);
    await client.run("withdrawOffer", { offerId });
    expect(await client.refused("assignOffer", { accountId, offerId })).toBe("COMMITMENT_WITHDRAWN offerId");
    await client.run("putOfferBackOnSale", { offerId });
    await client.run("assignOffer", { accountId, offerId });
  });

  it("what customers and accounts cannot do", async () => {
    const { customerId, accountId, mainProductId } = story;
    const customer = { contact: { name: "x" }, currency: "USD" };
    const { id: closed } = await client.run("createCustomer", customer);
    await client.run("closeCustomer", { customerId: closed });
    const { id: gone } = await client.run("openAccount", { customerId, identifier: nobody(), mainProductId });
    await client.run("closeAccount", { accountId: gone });
    const opening = { customerId, identifier: nobody(), mainProductId };
    const refusals: [string, object, string][] = [
      ["createCustomer", { ...customer, contact: { name: " " } }, "VALIDATION_FAILED contact.name"],
      ["createCustomer", { ...customer, timeZone: "Mars" }, "VALIDATION_FAILED timeZone"],
      [
        "createCustomer",
        { ...customer, billingPeriod: "WEEKLY", anniversaryDay: 1 },
        "VALIDATION_FAILED anniversaryDay",
      ],
      ["createCustomer", { ...customer, customerClassId: nobody() }, "VALIDATION_FAILED customerClassId"],
      ["createCustomer", { ...customer, creditLimit: "-1" }, "INVALID_AMOUNT creditLimit"],
      ["changeCreditLimit", { customerId: nobody(), creditLimit: "1" }, "CUSTOMER_NOT_FOUND customerId"],
      ["changeCreditLimit", { customerId: closed, creditLimit: "1" }, "CUSTOMER_CLOSED customerId"],
      ["closeCustomer", { customerId, effectiveOn: "2020-07-16" }, "INVALID_DATE effectiveOn"],
      ["openAccount", { ...opening, customerId: nobody() }, "CUSTOMER_NOT_FOUND customerId"],
      ["openAccount", { ...opening, customerId: closed }, "CUSTOMER_CLOSED customerId"],
      ["openAccount", { ...opening, mainProductId: nobody() }, "VALIDATION_FAILED mainProductId"],
      ["openAccount", { ...opening, identifier: " " }, "VALIDATION_FAILED identifier"],
      ["openAccount", { ...opening, identifier: "12012555215" }, "IDENTIFIER_TAKEN identifier"],
      ["addAlias", { accountId, alias: "12012555215" }, "IDENTIFIER_TAKEN alias"],
      ["configureAccountVoice", { accountId: nobody() }, "ACCOUNT_NOT_FOUND accountId"],
      ["configureAccountVoice", { accountId, incomingTariffId: nobody() }, "VALIDATION_FAILED incomingTariffId"],
      ["addAlias", { accountId, alias: "1", realm: "no domain" }, "VALIDATION_FAILED realm"],
      ["changeAlias", { accountId, alias: "nothing" }, "VALIDATION_FAILED alias"],
      ["removeAlias", { accountId, alias: "nothing" }, "VALIDATION_FAILED alias"],
      ["changeMainProduct", { accountId: nobody(), mainProductId }, "ACCOUNT_NOT_FOUND accountId"],
      ["closeAccount", { accountId: gone }, "ACCOUNT_CLOSED accountId"],
    ];
    for (const [name, input, code] of refusals) expect(await client.refused(name, input), name).toBe(code);
  });

  it("what commitments cannot be", async () => {
    const { customerId, accountId, mainProductId, offerId, planId, addOnProductId } = story;
    const offer = async (terms: object): Promise<string> => {
      const input = { name: "x", currency: "USD", discountPeriods: 1, ...terms };
      return (await client.run("defineOffer", input)).id;
    };
    const plan = async (terms: object): Promise<string> => {
      const input = { name: "x", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "1" }], ...terms };
      return (await client.run("definePlan", input)).id;
    };
    const unbound = await plan({});
    const weekly = await plan({ recurringFees: [{ period: "WEEKLY", amount: "1" }], minimumPeriods: 1 });
    const fees = [
      { period: "MONTHLY", amount: "1" },
      { period: "WEEKLY", amount: "2" },
    ];
    const cheap = await plan({ recurringFees: fees, minimumPeriods: 1 });
    const withdrawn = await offer({ recurringFees: [{ planId }] });
    await client.run("withdrawOffer", { offerId: withdrawn });
    const euro = await client.run("createCustomer", { contact: { name: "x" }, currency: "EUR" });
    const foreign = await client.run("openAccount", {
      customerId: euro.id,
      identifier: nobody(),
      mainProductId,
    });
    const { id: plain } = await client.run("defineMainProduct", { name: "Plain" });
    const bare = await client.run("openAccount", { customerId, identifier: nobody(), mainProductId: plain });
    const once = await offer({ discountPeriods: null, recurringFees: [{ planId, addOnProductId }] });
    const { id: ended } = await client.run("assignOffer", { accountId, offerId });
    const refusals: [string, object, string][] = [
      ["assignOffer", { accountId: nobody(), offerId }, "ACCOUNT_NOT_FOUND accountId"],
      ["assignOffer", { accountId, offerId: nobody() }, "VALIDATION_FAILED offerId"],
      ["assignOffer", { accountId, offerId: withdrawn }, "COMMITMENT_WITHDRAWN offerId"],
      ["assignOffer", { accountId: foreign.id, offerId }, "CURRENCY_MISMATCH offerId"],
      ["assignOffer", { accountId: bare.id, offerId }, "ADD_ON_NOT_ALLOWED offerId"],
      [
        "assignOffer",
        { accountId, offerId: await offer({ recurringFees: [{ planId: unbound, discount: "1" }] }) },
        "MINIMUM_PERIOD_MISSING offerId",
      ],
      [
        "assignOffer",
        { accountId, offerId: await offer({ recurringFees: [{ planId: weekly }] }) },
        "FEE_MISSING_FOR_PERIOD offerId",
      ],
      [
        "assignOffer",
        { accountId, offerId: await offer({ recurringFees: [{ planId: cheap, discount: "2" }] }) },
        "DISCOUNT_EXCEEDS_FEE offerId",
      ],
      [
        "assignOffer",
        { accountId, offerId, discountEnd: { kind: "MANUAL", date: "2020-07-15" }, reason: "Promised" },
        "DISCOUNT_END_INVALID discountEnd",
      ],
      ["assignOffer", { accountId, offerId, discountEnd: { kind: "MANUAL" } }, "VALIDATION_FAILED discountEnd"],
      [
        "assignOffer",
        { accountId, offerId: once, discountEnd: { kind: "MANUAL", date: "2021-01-01" }, reason: "Promised" },
        "DISCOUNT_END_INVALID discountEnd",
      ],
      ["terminateCommitment", { commitmentId: nobody() }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["terminateCommitment", { commitmentId: ended, effectiveOn: "2020-07-14" }, "TERMINATION_INVALID effectiveOn"],
    ];
    for (const [name, input, code] of refusals)
      expect(await client.refused(name, input), JSON.stringify(input)).toBe(code);
  });

  it("what comes too late", async () => {
    const own = await MemoryClient.at("2020-07-15T12:00:00Z");
    const { accountId, offerId, customerId } = await tellStory(own);
    const { id: ended } = await own.run("assignOffer", { accountId, offerId });
    const { id: running } = await own.run("assignOffer", { accountId, offerId });
    await own.run("terminateCommitment", { commitmentId: ended });
    own.moveTo("2020-08-02T12:00:00Z");
    expect(await own.refused("terminateCommitment", { commitmentId: ended })).toBe("ALREADY_TERMINATED commitmentId");
    const late = [
      ["terminateCommitment", { commitmentId: running, effectiveOn: "2020-07-30" }],
      ["assignOffer", { accountId, offerId, effectiveOn: "2020-07-31" }],
      ["closeAccount", { accountId, effectiveOn: "2020-07-30" }],
      ["closeCustomer", { customerId, effectiveOn: "2020-07-30" }],
    ] as const;
    for (const [name, input] of late) expect(await own.refused(name, input)).toBe("VALIDATION_FAILED reason");
    await own.run("changeProviderSettings", { backDatingDays: 1 });
    for (const [name, input] of late) {
      const tooLate = { ...input, reason: "told late", effectiveOn: "2020-07-29" };
      expect(await own.refused(name, tooLate)).toBe("DATE_ALREADY_INVOICED effectiveOn");
    }
  });
});
