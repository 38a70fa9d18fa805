import { type MailText } from "#domain/messages/events.js";

/** What stands for each item of a list. */
interface Items {
  readonly list: string;
  readonly item: string;
  /** The variable without which the list is left out. */
  readonly when?: string;
}

/** A text that ships: written once, for text and HTML alike. */
export interface Paragraphs {
  readonly subject: string;
  readonly body: readonly (string | Items)[];
}

/** The same paragraphs as a template of plain text and one of HTML. */
export const templateOf = ({ subject, body }: Paragraphs, language: string): MailText => ({
  subject,
  dates: null,
  text: body.map((part) => (typeof part === "string" ? `${part}\n` : items(part, "- ", ""))).join("\n"),
  html: [
    "<!doctype html>",
    `<html lang="${language}">`,
    '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">',
    ...body.map((part) =>
      typeof part === "string"
        ? `<p>${part.replaceAll("\n", "<br>\n")}</p>`
        : `<ul>\n${items(part, "<li>", "</li>")}</ul>`,
    ),
    "</body>",
    "</html>",
    "",
  ].join("\n"),
});

/** Blocks on lines of their own leave no empty lines behind. */
const items = ({ list, item, when }: Items, open: string, close: string): string => {
  const each = `{{#each ${list}}}\n${open}${item}${close}\n{{/each}}\n`;
  return when === undefined ? each : `{{#if ${when}}}\n${each}{{/if}}\n`;
};
