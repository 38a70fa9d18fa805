import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { languages } from "#domain/language.js";
import { type AnyEvent, type AnyEventType, eventTypes } from "#event-store/catalogue.js";
import { type AnyRecordedEvent } from "#event-store/event.js";
import { metadata } from "#event-store/spec-support/counter.js";
import { changesOf, isChanging, stepsOf } from "./changes.js";
import { kindOfType } from "./kinds.js";
import { fromWorkers } from "./previewed.js";
import { inParts, partsOf, textOf } from "./parts.js";
import { previewSentenceOf } from "./previews.js";
import { reasonOf } from "./reason.js";
import { sentenceOf } from "./sentences.js";
import { type Naming, speakerOf } from "./speaker.js";

const folder = fileURLToPath(new URL("../event-store/examples/", import.meta.url));
/** Every frozen example: every event that was ever written, and so every one that a history has to tell. */
const examples = readdirSync(folder)
  .filter((file) => file !== "frozen.json")
  .map((file) => {
    const type = file.split(".")[0] as AnyEventType;
    const event = { type, data: JSON.parse(readFileSync(folder + file, "utf8")) as object } as AnyEvent;
    return { file: file.replace(".json", ""), event };
  });

const naming: Naming = (kind, id) => `${kind.toLowerCase().replaceAll("_", " ")} ${id.slice(-2)}`;

describe("the words of a history", () => {
  it("has a kind and a frozen example for every type of the catalogue", () => {
    const types = Object.keys(eventTypes).sort();
    expect(Object.keys(kindOfType).sort()).toEqual(types);
    expect([...new Set(examples.map(({ event }) => event.type))].sort()).toEqual(types);
  });

  it.each(languages)("tells every event in %s", async (language) => {
    const say = speakerOf(language, naming, "USD");
    const told = examples.map(({ file, event }) => {
      const reason = reasonOf(event);
      return `${file}: ${sentenceOf(event, say)}${reason === null ? "" : ` (${reason})`}`;
    });
    for (const line of told) expect(line).not.toMatch(/\b(undefined|null|NaN)\b|\[object|[A-Z]{2,}_[A-Z]{2,}/);
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(`./spec-support/told.${language.toLowerCase()}.txt`);
  });

  it.each(languages)("says before what every command will do, in %s", async (language) => {
    const say = speakerOf(language, naming, "USD");
    const unforeseen: readonly AnyEventType[] = [...fromWorkers, "CommandAccepted"];
    const said = examples
      .filter(({ event: { type } }) => kindOfType[type] !== "SIGNAL" && !unforeseen.includes(type))
      .map(({ file, event }) => `${file}: ${previewSentenceOf(event, say)}`);
    for (const line of said) expect(line).not.toMatch(/\b(undefined|null|NaN)\b|\[object/);
    await expect(`${said.join("\n")}\n`).toMatchFileSnapshot(`./spec-support/previewed.${language.toLowerCase()}.txt`);
  });

  it.each(languages)("is the same in parts, in %s", (language) => {
    const plain = speakerOf(language, naming, "USD");
    const say = inParts(plain, "USD");
    for (const { event } of examples) {
      const parts = partsOf(sentenceOf(event, say));
      expect(textOf(parts)).toBe(sentenceOf(event, plain));
      expect(parts.filter(({ text }) => /[\u0001-\u0003]/.test(text))).toEqual([]);
    }
  });

  it("has days, moments and amounts as values in its parts", () => {
    const none = { day: null, until: null, instant: null, amount: null, currency: null };
    const told = (type: AnyEventType, data: object, currency: string | null = "USD") => {
      const say = speakerOf("EN", naming, currency);
      return partsOf(sentenceOf({ type, data } as AnyEvent, inParts(say, currency)));
    };
    const limit = { creditLimit: "1500.00", effectiveOn: "2020-08-01" };
    expect(told("CustomerCreditLimitChanged", limit)).toEqual([
      { ...none, text: "The credit limit was set to " },
      { ...none, text: "$1,500.00", amount: "1500.00", currency: "USD" },
      { ...none, text: "." },
    ]);
    expect(told("CustomerCreditLimitChanged", limit, null)).toEqual([
      { ...none, text: "The credit limit was set to 1,500.00." },
    ]);
    const say = inParts(speakerOf("EN", naming, null), null);
    expect(partsOf(`${say.days("2020-10-01", "2020-10-31")}, ${say.days("2020-10-01", null)}`)).toEqual([
      { ...none, text: "1–31 Oct 2020", day: "2020-10-01", until: "2020-10-31" },
      { ...none, text: ", from " },
      { ...none, text: "1 Oct 2020", day: "2020-10-01" },
      { ...none, text: " on" },
    ]);
    expect(partsOf(say.at("2020-10-31T14:05:00.000Z"))).toEqual([
      { ...none, text: "31 Oct 2020, 14:05 UTC", instant: "2020-10-31T14:05:00.000Z" },
    ]);
  });

  it("tells what only workers record as histories do, in previews too", () => {
    const say = speakerOf("EN", naming, "USD");
    const lapsed = examples.find(({ file }) => file === "PauseRequestLapsed.v1");
    if (!lapsed) throw new Error("there is no such example");
    expect(previewSentenceOf(lapsed.event, say)).toBe(sentenceOf(lapsed.event, say));
  });

  it("says ids where no name is known, and amounts without a currency where none is", () => {
    const say = speakerOf("EN", () => null, null);
    const about = { type: "MainProductChanged", data: { mainProductId: "7", effectiveOn: "2020-08-01" } } as const;
    expect(sentenceOf(about, say)).toBe("The main product was changed to “7”.");
    const limit = { type: "CustomerCreditLimitChanged", data: { creditLimit: "1500.00", effectiveOn: "2020-08-01" } };
    expect(sentenceOf(limit as AnyEvent, say)).toBe("The credit limit was set to 1,500.00.");
  });
});

describe("what an event changed", () => {
  const recorded = (type: AnyEventType, revision: number, file = `${type}.v1`): AnyRecordedEvent => {
    const found = examples.find((example) => example.file === file);
    if (!found) throw new Error(`there is no example ${file}`);
    const place = { stream: "stream", revision: BigInt(revision), position: { commit: 1n, prepare: 1n }, id: file };
    return { ...found.event, ...place, metadata: metadata({}) };
  };

  /** The changes of the last event of a stream, one line each. */
  const changes = (category: string, events: readonly AnyRecordedEvent[], language: "EN" | "IT" = "EN"): string[] => {
    if (!isChanging(category)) throw new Error(`${category} is not folded`);
    const last = events.at(-1);
    const step = stepsOf(category, events, (event) => event === last).get(last?.id ?? "");
    if (!step || !last) throw new Error("nothing was folded");
    const say = speakerOf(language, naming, null);
    return changesOf(step, last.data.effectiveOn, say).map(
      ({ field, label, from, to }) => `${field} ${label}: ${from ?? "-"} > ${to ?? "-"}`,
    );
  };

  it("of a commitment", () => {
    const assigned = recorded("CommitmentAssigned", 0);
    expect(changes("commitment", [assigned])).toMatchInlineSnapshot(`
      [
        "offer Offer: - > Turbo 1GB, revision 1",
        "account Account: - > account 11",
        "customer Customer: - > customer 10",
        "start First charged day: - > 1 Aug 2020",
        "discountEndDate Discount end date: - > 1 Aug 2022",
        "discountEndKind Discount end date set: - > by the discount period",
        "recurringFee Recurring fee: - > Turbo 1 GB: twice a month $10.00, monthly $20.00; discount $5.00 a period",
      ]
    `);
    expect(changes("commitment", [assigned, recorded("PauseScheduled", 1)])).toMatchInlineSnapshot(`
      [
        "discountEndDate Discount end date: 1 Aug 2022 > 1 Oct 2022",
        "pause Pause: - > 1 Sep – 31 Oct 2020",
      ]
    `);
    expect(changes("commitment", [assigned, recorded("CommitmentUpgraded", 1)], "IT")).toMatchInlineSnapshot(`
      [
        "offer Offerta: Turbo 1GB, revisione 1 > Turbo 10GB, revisione 2",
        "discountEndDate Fine dello sconto: 1 ago 2022 > 1 nov 2021",
        "recurringFee Canone: - > Turbo 10 GB: mensile 30,00 USD; sconto 6,00 USD a periodo",
        "recurringFee Canone: Turbo 1 GB: due volte al mese 10,00 USD, mensile 20,00 USD; sconto 5,00 USD a periodo > -",
      ]
    `);
    expect(changes("commitment", [assigned, recorded("CommitmentTransferred", 1)])).toMatchInlineSnapshot(`
      [
        "customer Customer: customer 10 > customer 5a",
      ]
    `);
    expect(changes("commitment", [assigned, recorded("TimeLimitedUpgradeOrdered", 1)])).toMatchInlineSnapshot(`
      [
        "timeLimitedUpgrade Time-limited upgrade: - > add on product 0b, 2 Aug – 31 Oct 2020, then Turbo 10GB from 1 Nov 2020 on",
      ]
    `);
    const terminated = recorded("CommitmentTerminated", 1, "CommitmentTerminated.v1.waived");
    expect(changes("commitment", [assigned, terminated])).toMatchInlineSnapshot(`
      [
        "terminatedOn Last charged day: - > 31 Oct 2020",
        "penaltyWaived Penalty waived: - > yes",
      ]
    `);
    expect(changes("commitment", [assigned, terminated, recorded("TerminationCancelled", 2)])).toMatchInlineSnapshot(`
      [
        "terminatedOn Last charged day: 31 Oct 2020 > -",
        "penaltyWaived Penalty waived: yes > -",
      ]
    `);
    expect(changes("commitment", [assigned, recorded("UpgradeScheduled", 1)])).toMatchInlineSnapshot(`
      [
        "offer Offer: Turbo 1GB, revision 1 > Turbo 10GB, revision 2",
        "recurringFee Recurring fee: - > Turbo 10 GB: monthly $30.00; discount $6.00 a period",
        "recurringFee Recurring fee: Turbo 1 GB: twice a month $10.00, monthly $20.00; discount $5.00 a period > -",
      ]
    `);
  });

  it("of a customer", () => {
    const created = recorded("CustomerCreated", 0);
    expect(changes("customer", [created])).toMatchInlineSnapshot(`
      [
        "name Name: - > John Doe",
        "companyDomain Company domain: - > example.com",
        "email Email: - > john@example.com",
        "phone Phone: - > +12012555215",
        "currency Currency: - > USD",
        "billingPeriod Billing period type: - > monthly",
        "timeZone Time zone: - > America/Vancouver",
        "customerClass Customer class: - > customer class 06",
        "creditLimit Credit limit: - > $0.00",
        "status Status: - > active",
        "createdOn Created on: - > 1 Aug 2020",
      ]
    `);
    expect(changes("customer", [created, recorded("CustomerContactChanged", 1)])).toMatchInlineSnapshot(`
      [
        "phone Phone: +12012555215 > -",
      ]
    `);
    expect(changes("customer", [created, recorded("CustomerSuspended", 1)], "IT")).toMatchInlineSnapshot(`
      [
        "status Stato: attivo > sospeso, manuale",
      ]
    `);
    expect(changes("customer", [created, recorded("SubscriptionDiscountRateSet", 1)])).toMatchInlineSnapshot(`
      [
        "subscriptionDiscountRate Discount rate: - > 12.5 %",
      ]
    `);
    expect(changes("customer", [created, recorded("CustomerBillingChanged", 1)])).toMatchInlineSnapshot(`
      [
        "billingPeriod Billing period type: monthly > weekly",
        "timeZone Time zone: America/Vancouver > Europe/Berlin",
      ]
    `);
    expect(changes("customer", [created, recorded("CommandAccepted", 1)])).toEqual([]);
  });

  it("of accounts, the catalog and the provider", () => {
    expect(changes("account", [recorded("AccountOpened", 0), recorded("AliasAdded", 1)])).toMatchInlineSnapshot(`
      [
        "alias Alias: - > 12015550000",
      ]
    `);
    expect(changes("offer", [recorded("OfferDefined", 0), recorded("OfferRevised", 1)])).toMatchInlineSnapshot(`
      [
        "recurringFee Recurring fee: plan 01, add on product 02; discount $5.00 a period > plan 01, add on product 02; discount $4.00 a period",
      ]
    `);
    expect(changes("offer", [recorded("OfferDefined", 0), recorded("OfferWithdrawn", 1)])).toMatchInlineSnapshot(`
      [
        "status Status: on sale > withdrawn",
      ]
    `);
    const classes = [recorded("CustomerClassDefined", 0), recorded("CustomerClassRevised", 1)];
    expect(changes("customerclass", classes)).toMatchInlineSnapshot(`
      [
        "graceDays Days to pay: 14 days > 21 days",
        "rounding Rounding: half up > half to even",
      ]
    `);
    const provider = [recorded("ProviderCreated", 0), recorded("ProviderSettingsChanged", 1)];
    expect(changes("provider", provider, "IT")).toMatchInlineSnapshot(`
      [
        "invoiceNumberPrefix Prefisso dei numeri di fattura: INV- > NT-",
      ]
    `);
    expect(changes("key", [recorded("KeyGranted", 0), recorded("KeyRevoked", 1)])).toMatchInlineSnapshot(`
      [
        "status Status: in force > revoked",
      ]
    `);
    expect(changes("person", [recorded("PersonInvited", 0), recorded("PersonRemoved", 1)], "IT"))
      .toMatchInlineSnapshot(`
      [
        "status Stato: invitata > rimossa",
      ]
    `);
    expect(changes("mailtemplate", [recorded("MailTemplateDefined", 0)])).toMatchInlineSnapshot(`
      [
        "subject Subject: - > Please pay {{amountOverdue}}",
        "text Text: - > Dear {{customer.name}},

      please pay {{amountOverdue}}.
      ",
        "html HTML: - > <p>Dear {{customer.name}},</p>
      <p>please pay {{amountOverdue}}.</p>
      ",
        "dateFormat Dates: - > 31.10.2020",
      ]
    `);
  });
});
