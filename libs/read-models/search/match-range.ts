import { foldCase } from "#domain/text.js";
import { fit } from "../runner/fit.js";
import { digitsOf, searchForm } from "./forms.js";

/** Where a text matches: from one UTF-16 code unit up to another one, which is behind the match. */
export interface MatchRange {
  readonly from: number;
  readonly until: number;
}

/** How a character of a text counts when it is compared; several blanks count as one. */
type CharacterForm = (character: string) => string;

/** By what is compared (forms.ts). */
const CHARACTERS = {
  text: searchForm,
  phone: digitsOf,
  alias: (character: string) => foldCase(fit(character)),
} as const satisfies Record<string, CharacterForm>;

export type Compared = keyof typeof CHARACTERS;

/**
 * Where a text, as it is shown, holds a value.
 * @param form the value in the form of what is compared
 * @param place which of several places counts
 * @returns null where its characters do not tell, since some count only together
 */
export const matchRange = (
  text: string,
  form: string,
  compared: Compared,
  place: "FIRST" | "LAST" = "FIRST",
): MatchRange | null => {
  // Of each character of the form: which character of the text it comes from.
  const sources: { readonly from: number; readonly until: number }[] = [];
  let joined = "";
  let at = 0;
  for (const character of text) {
    const until = at + character.length;
    const isBlank = compared === "text" && /\s/u.test(character);
    const counted = isBlank ? (joined === "" || joined.endsWith(" ") ? "" : " ") : CHARACTERS[compared](character);
    joined += counted;
    for (let unit = 0; unit < counted.length; unit += 1) sources.push({ from: at, until });
    // Marks belong to the letter before them.
    const last = sources.at(-1);
    if (counted === "" && last?.until === at && /\p{M}/u.test(character))
      sources[sources.length - 1] = { ...last, until };
    at = until;
  }
  const found = place === "FIRST" ? joined.indexOf(form) : joined.lastIndexOf(form);
  const first = sources[found];
  const last = sources[found + form.length - 1];
  return form === "" || !first || !last ? null : { from: first.from, until: last.until };
};
