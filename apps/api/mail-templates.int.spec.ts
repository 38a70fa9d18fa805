import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const SHOWN = "mailTemplate { customerClass { name } kind language subject text html dates { name date time } }";
const text = { subject: "Pay {{amountOverdue}}", text: "{{customer.name}}", html: "<p>{{customer.name}}</p>" };
const reminder = { kind: "REMINDER", language: "EN" };

describe("templates of mails", () => {
  it("of a class win over those of all, and a reset brings back what was before", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const { id: customerClassId } = await client.run("defineCustomerClass", { name: "Business" });
    const origins = async (classId: string | null) => {
      const given = classId === null ? "" : `(customerClassId: "${classId}")`;
      const { mailTexts } = (await client.query(`{ mailTexts${given} { kind language origin subject } }`)) as {
        mailTexts: { kind: string; language: string; origin: string; subject: string }[];
      };
      expect(mailTexts).toHaveLength(20);
      return mailTexts.filter(({ origin, kind }) => origin !== "SHIPPED" || kind === "REMINDER");
    };
    const italian = { kind: "REMINDER", language: "IT", origin: "SHIPPED" };
    const shipped = [
      { ...reminder, origin: "SHIPPED", subject: "Reminder: {{amountOverdue}} overdue" },
      { ...italian, subject: "Sollecito di pagamento: {{amountOverdue}}" },
    ];
    expect(await origins(customerClassId)).toEqual(shipped);

    const dates = { name: "OWN", date: "d. M. yyyy", time: "HH:mm" };
    const all = await client.run("defineMailTemplate", { ...reminder, ...text, dates }, SHOWN);
    expect(all).toMatchObject({ mailTemplate: { customerClass: null, ...reminder, ...text, dates } });
    const own = { ...text, subject: "Dear business" };
    const ofClass = await client.run("defineMailTemplate", { ...reminder, customerClassId, ...own }, SHOWN);
    const shownOwn = { customerClass: { name: "Business" }, ...reminder, ...own, dates: null };
    expect(ofClass).toMatchObject({ mailTemplate: shownOwn });

    const forAll = { ...reminder, origin: "PROVIDER", subject: text.subject };
    expect(await origins(null)).toEqual([forAll, shipped[1]]);
    expect(await origins(customerClassId)).toEqual([
      { ...reminder, origin: "CLASS", subject: "Dear business" },
      shipped[1],
    ]);
    const listed = await client.query(`{ mailTemplates(filter: { customerClassId: "${customerClassId}" }) {
      totalCount edges { node { id subject } } } node(id: "${ofClass.id}") { __typename } }`);
    expect(listed).toEqual({
      mailTemplates: { totalCount: 1, edges: [{ node: { id: ofClass.id, subject: "Dear business" } }] },
      node: { __typename: "MailTemplate" },
    });

    const reset = await client.run("resetMailTemplate", { ...reminder, customerClassId }, SHOWN);
    expect(reset).toMatchObject({ id: ofClass.id, mailTemplate: null });
    expect(await origins(customerClassId)).toEqual([forAll, shipped[1]]);
    expect(await client.query(`{ mailTemplates { totalCount } }`)).toEqual({ mailTemplates: { totalCount: 1 } });
    await client.run("resetMailTemplate", reminder);
    expect(await origins(customerClassId)).toEqual(shipped);
    await client.run("defineMailTemplate", { ...reminder, customerClassId, ...own });
    expect(await origins(customerClassId)).toEqual([
      { ...reminder, origin: "CLASS", subject: "Dear business" },
      shipped[1],
    ]);
  });

  it("are refused with all their mistakes", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const wrong = { ...reminder, subject: "{{a}}", text: "{{{customer.name}}}", html: "{{#each on}}{{/each}}" };
    expect(await client.refused("defineMailTemplate", wrong)).toBe("VALIDATION_FAILED subject");
    const own = { ...text, dates: { name: "US", date: "MM/dd/yyyy" } };
    expect(await client.refused("defineMailTemplate", { ...reminder, ...own })).toBe("VALIDATION_FAILED dates.date");
  });

  it("name what they may use", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const { mailVariables } = (await client.query(`{ mailVariables(kind: SUSPENDED) { name items } }`)) as {
      mailVariables: object[];
    };
    expect(mailVariables).toEqual([
      { name: "customer.name", items: [] },
      { name: "provider.name", items: [] },
      { name: "on", items: [] },
      { name: "recordedAt", items: [] },
      { name: "amountOverdue", items: [] },
      { name: "overdueInvoices", items: ["number", "issuedOn", "dueOn", "open"] },
      { name: "isForNonPayment", items: [] },
    ]);
  });
});

describe("the date format of a customer class", () => {
  it("is that of its language until one is given", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const shown = "customerClass { dateFormat { name date time } }";
    const { id: customerClassId, ...defined } = await client.run("defineCustomerClass", { name: "A" }, shown);
    expect(defined).toMatchObject({ customerClass: { dateFormat: { name: "LANGUAGE", date: null, time: null } } });
    const revised = await client.run(
      "reviseCustomerClass",
      { customerClassId, dateFormat: { name: "EUROPEAN" } },
      shown,
    );
    expect(revised.customerClass).toEqual({ dateFormat: { name: "EUROPEAN", date: "dd.MM.yyyy", time: "HH:mm" } });
    const renamed = await client.run("reviseCustomerClass", { customerClassId, name: "B" }, shown);
    expect(renamed.customerClass).toEqual(revised.customerClass);
  });
});
