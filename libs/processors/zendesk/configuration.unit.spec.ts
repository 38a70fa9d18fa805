import { describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "#configuration/environment.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { configuredIntegrations } from "../integrations.js";
import { shownConfiguration, type ZendeskConfiguration } from "./configuration.js";

const REQUIRED = {
  ZENDESK_ENABLE: "1",
  ZENDESK_API_URL: "example.zendesk.com",
  ZENDESK_API_EMAIL_ADDRESS: "agent@example.com",
  ZENDESK_API_TOKEN: "s3cret",
};
const WIDGET = "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f";

const read = (environment: Environment): ZendeskConfiguration | undefined =>
  configuredIntegrations(environment).zendesks.get(DEFAULT_PROVIDER_ID);

const problems = (environment: Environment): readonly string[] => {
  try {
    configuredIntegrations(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe("Zendesk", () => {
  it("is off unless it is enabled, whatever else is set", () => {
    expect(read({})).toBeUndefined();
    expect(read({ ...REQUIRED, ZENDESK_ENABLE: "0", ZENDESK_API_URL: "?" })).toBeUndefined();
    expect(read({ ...REQUIRED, ZENDESK_ENABLE: undefined })).toBeUndefined();
  });

  it("is configured by variables, and shown without its token", () => {
    const configuration = read({ ...REQUIRED, ZENDESK_WIDGET_SNIPPET_KEY: WIDGET, ZENDESK_TIME_FIELD_ID: "360012" });
    expect(configuration).toEqual({
      origin: "https://example.zendesk.com",
      email: "agent@example.com",
      token: "s3cret",
      widgetKey: WIDGET,
      timeFieldId: "360012",
    });
    expect(configuration && shownConfiguration(configuration)).toEqual([
      { key: "ZENDESK_API_URL", value: "https://example.zendesk.com" },
      { key: "ZENDESK_API_EMAIL_ADDRESS", value: "agent@example.com" },
      { key: "ZENDESK_API_TOKEN", value: "********" },
      { key: "ZENDESK_WIDGET_SNIPPET_KEY", value: WIDGET },
      { key: "ZENDESK_TIME_FIELD_ID", value: "360012" },
    ]);
  });

  it.each([
    ["https://example.zendesk.com/", "https://example.zendesk.com"],
    ["example.zendesk.com:8443", "https://example.zendesk.com:8443"],
    ["http://127.0.0.1:4020", "http://127.0.0.1:4020"],
  ])("has an address with or without a scheme: %s", (address, origin) => {
    expect(read({ ...REQUIRED, ZENDESK_API_URL: address })?.origin).toBe(origin);
  });

  it.each<[string, Environment, string[]]>([
    [
      "nothing but that it is on",
      { ZENDESK_ENABLE: "true" },
      [
        "ZENDESK_API_URL must be set where ZENDESK_ENABLE is 1.",
        "ZENDESK_API_EMAIL_ADDRESS must be set where ZENDESK_ENABLE is 1.",
        "ZENDESK_API_TOKEN must be set where ZENDESK_ENABLE is 1.",
      ],
    ],
    [
      "a switch that is neither",
      { ...REQUIRED, ZENDESK_ENABLE: "yes" },
      ["ZENDESK_ENABLE must be 1 or 0, true or false."],
    ],
    [
      "a path",
      { ...REQUIRED, ZENDESK_API_URL: "https://example.zendesk.com/api/v2" },
      ["ZENDESK_API_URL must name a host, such as example.zendesk.com, and nothing after it."],
    ],
    [
      "no encryption",
      { ...REQUIRED, ZENDESK_API_URL: "http://example.zendesk.com" },
      ["ZENDESK_API_URL must start with https://: a token is not sent in the clear, save to this machine."],
    ],
    [
      "no address of an agent",
      { ...REQUIRED, ZENDESK_API_EMAIL_ADDRESS: "agent@example.com/token" },
      ["ZENDESK_API_EMAIL_ADDRESS must be the e-mail address of an agent."],
    ],
    ["no UUID", { ...REQUIRED, ZENDESK_WIDGET_SNIPPET_KEY: "key" }, ["ZENDESK_WIDGET_SNIPPET_KEY must be a UUID."]],
    [
      "no number",
      { ...REQUIRED, ZENDESK_TIME_FIELD_ID: "time" },
      ["ZENDESK_TIME_FIELD_ID must be the number of a ticket field."],
    ],
    [
      "mistakes of several integrations, all at once",
      { ...REQUIRED, ZENDESK_TIME_FIELD_ID: "time", SMTP_URL: "smtp://mail.example.com" },
      ["SMTP_FROM must be set beside SMTP_URL.", "ZENDESK_TIME_FIELD_ID must be the number of a ticket field."],
    ],
  ])("is refused with %s", (_, environment, sentences) => {
    expect(problems(environment)).toEqual(sentences);
  });
});
