import { z } from "zod";
import { configurationsOf, MASK, type ProviderKeys } from "#configuration/integrations.js";

/** The names of the settings. */
export const ZENDESK_KEYS = [
  "ZENDESK_ENABLE",
  "ZENDESK_API_URL",
  "ZENDESK_API_EMAIL_ADDRESS",
  "ZENDESK_API_TOKEN",
  "ZENDESK_WIDGET_SNIPPET_KEY",
  "ZENDESK_TIME_FIELD_ID",
] as const;

/** A provider's Zendesk. */
export interface ZendeskConfiguration {
  /** Scheme and host, without a slash at the end. */
  readonly origin: string;
  readonly email: string;
  readonly token: string;
  /** Names the widget on self-care pages; null: there is none. */
  readonly widgetKey: string | null;
  /** The ticket field that holds the time spent, in seconds; null: none does. */
  readonly timeFieldId: string | null;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const address = z
  .string({ error: "ZENDESK_API_URL must be set where ZENDESK_ENABLE is 1." })
  .transform((text, context): string => {
    const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
    const found = URL.canParse(whole) ? new URL(whole) : null;
    const isPlain = found?.search === "" && found.hash === "" && found.username === "" && found.password === "";
    if (!found || !isPlain || !["", "/"].includes(found.pathname) || !["https:", "http:"].includes(found.protocol)) {
      context.addIssue("ZENDESK_API_URL must name a host, such as example.zendesk.com, and nothing after it.");
      return z.NEVER;
    }
    if (found.protocol === "https:" || LOOPBACK.test(found.hostname)) return found.origin;
    context.addIssue(
      "ZENDESK_API_URL must start with https://: a token is not sent in the clear, save to this machine.",
    );
    return z.NEVER;
  });

const settings = z
  .object({
    ZENDESK_API_URL: address,
    ZENDESK_API_EMAIL_ADDRESS: z
      .string({ error: "ZENDESK_API_EMAIL_ADDRESS must be set where ZENDESK_ENABLE is 1." })
      .refine((text) => /^[^\s/:]+@[^\s/:]+$/.test(text), {
        error: "ZENDESK_API_EMAIL_ADDRESS must be the e-mail address of an agent.",
      }),
    ZENDESK_API_TOKEN: z.string({ error: "ZENDESK_API_TOKEN must be set where ZENDESK_ENABLE is 1." }),
    ZENDESK_WIDGET_SNIPPET_KEY: z
      .string()
      .refine((text) => UUID.test(text), { error: "ZENDESK_WIDGET_SNIPPET_KEY must be a UUID." })
      .optional(),
    ZENDESK_TIME_FIELD_ID: z
      .string()
      .refine((text) => /^\d{1,20}$/.test(text), {
        error: "ZENDESK_TIME_FIELD_ID must be the number of a ticket field.",
      })
      .optional(),
  })
  .transform((told): ZendeskConfiguration => ({
    origin: told.ZENDESK_API_URL,
    email: told.ZENDESK_API_EMAIL_ADDRESS,
    token: told.ZENDESK_API_TOKEN,
    widgetKey: told.ZENDESK_WIDGET_SNIPPET_KEY?.toLowerCase() ?? null,
    timeFieldId: told.ZENDESK_TIME_FIELD_ID ?? null,
  }));

const enabled = (text: string | undefined): boolean | undefined => {
  if (text === undefined || text === "0" || text === "false") return false;
  return text === "1" || text === "true" ? true : undefined;
};

/**
 * The Zendesks of the providers for which it is enabled; settings of the others are not looked at.
 * @throws ConfigurationError with all mistakes
 */
export const zendeskConfigurations = (
  integrations: readonly ProviderKeys[],
): ReadonlyMap<string, ZendeskConfiguration> =>
  configurationsOf(
    integrations,
    settings,
    (keys) => enabled(keys["ZENDESK_ENABLE"]) ?? { problem: "ZENDESK_ENABLE must be 1 or 0, true or false." },
  );

/** As operators may see it: the token is masked. */
export const shownConfiguration = (
  configuration: ZendeskConfiguration,
): readonly { readonly key: string; readonly value: string }[] => [
  { key: "ZENDESK_API_URL", value: configuration.origin },
  { key: "ZENDESK_API_EMAIL_ADDRESS", value: configuration.email },
  { key: "ZENDESK_API_TOKEN", value: MASK },
  ...(configuration.widgetKey === null ? [] : [{ key: "ZENDESK_WIDGET_SNIPPET_KEY", value: configuration.widgetKey }]),
  ...(configuration.timeFieldId === null ? [] : [{ key: "ZENDESK_TIME_FIELD_ID", value: configuration.timeFieldId }]),
];
