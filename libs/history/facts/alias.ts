import { type Alias, aliasOf } from "#domain/accounts/alias.js";
import { type AliasAdded } from "#domain/accounts/events.js";
import { type Speaker } from "../speaker.js";

/** What is not so by default: realm, role, and that it identifies nobody. */
const termsOf = ({ realm, role, allowAuthentication }: Alias, { words }: Speaker): string[] => [
  ...(realm === null ? [] : [words.inRealm(realm)]),
  ...(role === "UNIVERSAL" ? [] : [words.aliasRoles[role]]),
  ...(allowAuthentication ? [] : [words.authentication(false)]),
];

/** An alias with what is not so by default. */
export const aliasText = (alias: Alias, say: Speaker): string => say.words.and([alias.alias, ...termsOf(alias, say)]);

/** What follows in a sentence on the alias that was added; nothing where all is so by default. */
export const aliasTerms = (added: AliasAdded["data"], say: Speaker): string => {
  const terms = termsOf(aliasOf(added), say);
  return terms.length === 0 ? "" : `: ${say.words.and(terms)}`;
};
