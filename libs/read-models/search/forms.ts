import { identifierForm } from "#domain/accounts/identifier-form.js";
import { foldCase } from "#domain/text.js";
import { fit } from "../runner/fit.js";

/** Letters that people write without their stroke or as two, and that Unicode does not take apart. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: "ae",
  œ: "oe",
  ß: "ss",
  þ: "th",
  ð: "d",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ø: "o",
  ŧ: "t",
};
const HAS_PLAIN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

/** A name or e-mail address as search compares it: without accents and case, one space for several. */
export const searchForm = (text: string): string =>
  foldCase(fit(text).normalize("NFKD"))
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(HAS_PLAIN, (letter) => PLAIN[letter] ?? letter)
    .replaceAll(/\s+/gu, " ")
    .trim();

/** A phone number as search compares it: its digits. */
export const digitsOf = (phone: string): string => phone.normalize("NFKC").replaceAll(/[^0-9]/g, "");

/** An account id or alias as search compares it. */
export const aliasForm = (alias: string): string => identifierForm(fit(alias));

/** Fewer digits would find nearly every number. */
const LEAST_DIGITS = 3;

/** The digits of a text that looks like a part of a phone number; "" for any other: its digits would find anybody. */
export const typedDigits = (text: string): string => {
  const digits = /^[+()\-./\s\d]+$/u.test(text) ? digitsOf(text) : "";
  return digits.length < LEAST_DIGITS ? "" : digits;
};
