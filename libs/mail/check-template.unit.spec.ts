import { describe, expect, it } from "vitest";
import { languages } from "#domain/language.js";
import { type MailKind, mailKinds } from "#domain/messages/events.js";
import { Rejection } from "#domain/rejection.js";
import { checkTemplate } from "./check-template.js";
import { shippedText } from "./texts/shipped.js";

/** What is wrong with a template whose text is given. */
const problems = (text: string, kind: MailKind = "REMINDER", html = "<p>Hello</p>"): string[] => {
  try {
    checkTemplate(kind, { subject: "Hello", text, html });
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return [error, ...error.also].map(({ code, field, message }) => `${code} ${field}: ${message}`);
  }
};

const refused = (problem: string) => [`VALIDATION_FAILED text: text, ${problem}`];

describe("what a template may hold", () => {
  it.each([
    "no variable at all",
    "{{customer.name}} {{ invoice.dueOn }} {{! a comment }}",
    "{{#if amountOverdue}}a{{else}}b{{/if}} {{#unless amountOverdue}}c{{/unless}}",
    "{{#if amountOverdue}}a{{else if invoice.open}}b{{else}}c{{/if}}",
    "{{#each overdueInvoices}}{{number}} {{../customer.name}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}",
    "{{^if amountOverdue}}a{{/if}}",
  ])("%s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each(languages.flatMap((language) => mailKinds.map((kind) => [kind, language] as const)))(
    "what ships for %s in %s",
    (kind, language) => {
      expect(() => {
        checkTemplate(kind, shippedText(kind, language));
      }).not.toThrow();
    },
  );
});

describe("what a template may not hold", () => {
  it.each([
    ["{{customer.nmae}}", "line 1, column 3: there is no variable customer.nmae in mails of the kind REMINDER."],
    ["a\nb {{payment.amount}}", "line 2, column 5: there is no variable payment.amount in mails of the kind REMINDER."],
    ["{{invoice}}", "line 1, column 3: invoice is a group of variables: name one of them."],
    ["{{{customer.name}}}", "line 1, column 1: values are always escaped: write two braces, without &."],
    ["{{&customer.name}}", "line 1, column 1: values are always escaped: write two braces, without &."],
    ["{{overdueInvoices}}", "line 1, column 1: overdueInvoices is a list: use it in {{#each overdueInvoices}}."],
    ["{{#each invoice.number}}a{{/each}}", "line 1, column 9: invoice.number is no list."],
    [
      "{{#each overdueInvoices}}{{customer.name}}{{/each}}",
      "line 1, column 28: there is no variable customer.name in this list.",
    ],
    [
      "{{#each overdueInvoices}}{{#each ../overdueInvoices}}{{number}}{{/each}}{{/each}}",
      "line 1, column 34: an {{#each}} cannot stand in another.",
    ],
    [
      "{{#with customer}}{{name}}{{/with}}",
      "line 1, column 1: there is no block with: only {{#if}}, {{#unless}} and {{#each}}.",
    ],
    [
      "{{#customer}}{{name}}{{/customer}}",
      "line 1, column 1: there is no block customer: only {{#if}}, {{#unless}} and {{#each}}.",
    ],
    ["{{lookup customer 'name'}}", "line 1, column 1: a variable takes nothing behind its name."],
    ["{{#if (lookup customer 'name')}}a{{/if}}", "line 1, column 7: here must be the name of a variable."],
    [
      "{{#each overdueInvoices as |one|}}{{one.number}}{{/each}}",
      "line 1, column 1: {{#each}} takes the name of one variable.",
    ],
    ["{{> footer}}", "line 1, column 1: only variables and {{#if}}, {{#unless}}, {{#each}} can be used here."],
    [
      "{{@root.customer.name}}",
      "line 1, column 3: there is no variable @root.customer.name in mails of the kind REMINDER.",
    ],
    [
      "{{this.customer.name}}",
      "line 1, column 3: there is no variable this.customer.name in mails of the kind REMINDER.",
    ],
    ["{{constructor}}", "line 1, column 3: there is no variable constructor in mails of the kind REMINDER."],
    ["{{__proto__}}", "line 1, column 3: there is no variable __proto__ in mails of the kind REMINDER."],
    ["{{../customer.name}}", "line 1, column 3: there is no variable ../customer.name in mails of the kind REMINDER."],
    [
      "a\n{{#if invoice.open}}",
      "line 2, column 1: its braces do not make a template; a variable is written {{customer.name}}.",
    ],
    [
      "{{customer.name",
      "line 1, column 1: its braces do not make a template; a variable is written {{customer.name}}.",
    ],
    [
      "{{#if amountOverdue}}a{{/unless}}",
      "line 1, column 1: its braces do not make a template; a variable is written {{customer.name}}.",
    ],
  ])("%s", (text, problem) => {
    expect(problems(text)).toEqual(refused(problem));
  });

  it("is said of each part", () => {
    expect(problems("{{a}}", "SUSPENDED", "{{{on}}}")).toEqual([
      "VALIDATION_FAILED text: text, line 1, column 3: there is no variable a in mails of the kind SUSPENDED.",
      "VALIDATION_FAILED html: html, line 1, column 1: values are always escaped: write two braces, without &.",
    ]);
  });

  it("is a flag outside of a condition", () => {
    expect(problems("{{isForNonPayment}}", "SUSPENDED")).toEqual(
      refused("line 1, column 1: isForNonPayment is true or false: use it in {{#if isForNonPayment}}."),
    );
  });
});
