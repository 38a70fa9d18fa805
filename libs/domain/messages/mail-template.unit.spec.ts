import { describe, expect, it } from "vitest";
import { givenFor, rejectionOf } from "../spec-support/given.js";
import { type MailTemplateEvent } from "./events.js";
import { defineMailTemplate, mailTemplateEvolver, requireMailText, resetMailTemplate } from "./mail-template.js";

const given = givenFor(mailTemplateEvolver);
const of = { mailTemplateId: "template-1", customerClassId: "class-1", kind: "REMINDER", language: "EN" } as const;
const text = { subject: "Please pay", text: "Dear {{customer.name}}", html: "<p>Dear {{customer.name}}</p>" };
const defined: MailTemplateEvent = {
  type: "MailTemplateDefined",
  data: { ...of, ...text, dates: null, effectiveOn: "2020-07-01" },
};
const reset: MailTemplateEvent = { type: "MailTemplateReset", data: { effectiveOn: "2020-07-01" } };
const on = "2020-07-01";

describe("a template of mails", () => {
  it("is defined, its subject trimmed", () => {
    given()
      .when(() => defineMailTemplate({ ...of, ...text, subject: " Please pay\n", on }, { classExists: true }))
      .then([defined]);
  });

  it("is for customers of every class without one of its own", () => {
    const everybody = { ...of, customerClassId: null };
    given()
      .when(() => defineMailTemplate({ ...everybody, ...text, on }, { classExists: false }))
      .then([{ type: "MailTemplateDefined", data: { ...everybody, ...text, dates: null, effectiveOn: on } }]);
  });

  it("has a format for dates", () => {
    const dates = { name: "OWN", date: "d. M. yyyy", time: "HH:mm" } as const;
    given(defined)
      .when(() =>
        defineMailTemplate({ ...of, ...text, dates: { ...dates, date: " d. M. yyyy" }, on }, { classExists: true }),
      )
      .then([{ type: "MailTemplateDefined", data: { ...of, ...text, dates, effectiveOn: on } }]);
  });

  it("is refused for a class that is not there", () => {
    given()
      .when(() => defineMailTemplate({ ...of, ...text, on }, { classExists: false }))
      .thenRejected("VALIDATION_FAILED", "customerClassId");
  });

  it("is reset once", () => {
    given(defined)
      .when((state) => resetMailTemplate({ on }, state))
      .then([reset]);
    given(defined, reset)
      .when((state) => resetMailTemplate({ on }, state))
      .then([]);
    given()
      .when((state) => resetMailTemplate({ on }, state))
      .then([]);
  });

  it("can be defined again", () => {
    given(defined, reset, defined)
      .when((state) => resetMailTemplate({ on }, state))
      .then([reset]);
  });
});

describe("a text of mails is refused", () => {
  it.each([
    ["subject", { subject: "  " }],
    ["subject", { subject: "One\nTwo" }],
    ["subject", { subject: "a".repeat(501) }],
    ["text", { text: "\n" }],
    ["text", { text: "a".repeat(100_001) }],
    ["html", { html: "" }],
    ["dates.date", { dates: { name: "ISO", date: "dd.MM.yyyy" } as const }],
    ["dates.date", { dates: { name: "OWN", time: "HH:mm" } as const }],
    ["dates.time", { dates: { name: "OWN", date: "dd.MM.yyyy", time: " " } as const }],
    ["dates.date", { dates: { name: "OWN", date: "DD.MM.YYYY", time: "HH:mm" } as const }],
    ["dates.time", { dates: { name: "OWN", date: "dd.MM.yyyy", time: "hh:mi:nn" } as const }],
    ["dates.date", { dates: { name: "OWN", date: "d".repeat(51), time: "HH:mm" } as const }],
  ])("for its %s: %j", (field, changes) => {
    expect(rejectionOf(() => requireMailText({ ...text, ...changes }))).toEqual({ code: "VALIDATION_FAILED", field });
  });
});
