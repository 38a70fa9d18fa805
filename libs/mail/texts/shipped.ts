import { type Language } from "#domain/language.js";
import { type MailKind, type MailText } from "#domain/messages/events.js";
import { english } from "./en.js";
import { italian } from "./it.js";
import { templateOf } from "./paragraphs.js";

const TEXTS = { EN: english, IT: italian } as const;

/** The text that mails of a kind have unless the provider has one of its own. */
export const shippedText = (kind: MailKind, language: Language): MailText =>
  templateOf(TEXTS[language][kind], language.toLowerCase());
