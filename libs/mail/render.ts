import Handlebars from "handlebars";
import { type MailText } from "#domain/messages/events.js";
import { type MailValues } from "./variables.js";

/** A mail ready to read. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Helpers beyond these do not exist: templates have been checked, and this holds should one have slipped through. */
const OPTIONS = {
  knownHelpersOnly: true,
  knownHelpers: { if: true, unless: true, each: true, with: false, log: false, lookup: false },
} as const;

/** The mail of a checked template. Values are escaped in the HTML; the subject has one line. */
export const renderMail = (
  { subject, text, html }: Pick<MailText, "subject" | "text" | "html">,
  values: MailValues,
): RenderedMail => {
  const data = nested(values);
  const render = (part: string, noEscape: boolean): string =>
    Handlebars.compile<object>(part, { ...OPTIONS, noEscape })(data);
  return {
    subject: render(subject, true).replaceAll(/\s+/g, " ").trim(),
    text: render(text, true),
    html: render(html, false),
  };
};

/** `customer.name` becomes `name` of `customer`, as Handlebars looks it up. */
const nested = (values: MailValues): object => {
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries<unknown>(values)) {
    const [group = name, ...rest] = name.split(".");
    if (rest.length === 0) data[group] = value;
    else data[group] = { ...(data[group] as object | undefined), [rest.join(".")]: value };
  }
  return data;
};
