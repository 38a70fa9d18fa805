import { type AnyEvent } from "#event-store/catalogue.js";

/**
 * Why, as a person said it: the reason of a command, or that of a waiver, or a note; null: nobody said it. Texts of other
 * use, such as a ticket's message, are none.
 */
export const reasonOf = ({ data }: AnyEvent): string | null => {
  const personal: Readonly<Record<string, unknown>> = "personal" in data ? { ...data.personal } : {};
  const said = ["reason", "waiverReason", "note"].map((name) => personal[name]);
  const texts = said.filter((text): text is string => typeof text === "string" && text !== "");
  return texts.length === 0 ? null : [...new Set(texts)].join(" · ");
};
