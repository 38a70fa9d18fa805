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

type Template = Handlebars.TemplateDelegate<object>;

/** How many parts of texts are kept compiled: compiling takes longer than all else that a mail takes. */
const KEPT = 500;
const compiled = { escaped: new Map<string, Template>(), plain: new Map<string, Template>() };

const templateOf = (part: string, escaping: keyof typeof compiled): Template => {
  const kept = compiled[escaping];
  const known = kept.get(part);
  if (known) return known;
  const template = Handlebars.compile<object>(part, { ...OPTIONS, noEscape: escaping === "plain" });
  if (kept.size >= KEPT) kept.clear();
  kept.set(part, template);
  return template;
};

/** The mail of a checked template. Values are escaped in the HTML; the subject has one line. */
export const renderMail = (
  { subject, text, html }: Pick<MailText, "subject" | "text" | "html">,
  values: MailValues,
): RenderedMail => {
  const data = nested(values);
  return {
    subject: templateOf(subject, "plain")(data).replaceAll(/\s+/g, " ").trim(),
    text: templateOf(text, "plain")(data),
    html: templateOf(html, "escaped")(data),
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
