/** Characters that text may hold beside what can be seen. */
export interface TextRules {
  /** Tabs and line breaks: in descriptions of several lines. */
  readonly lines?: boolean;
  /** No invisible character at all, also none that only shapes others: in what people compare by eye, such as ids. */
  readonly exact?: boolean;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /(?![\t\n\r])\p{Cc}/u;
/** Half of a character beyond U+FFFF: UTF-8 cannot write it. */
const HALF = /\p{Cs}/u;
/** Embeddings, overrides and isolates: they show what follows in another order than it is stored. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
/** Marks that people's names and emoji need: joiners, direction marks, variation selectors. */
const SHAPING = "\\u200c-\\u200f\\u061c\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";
/** U+2800 is the empty Braille pattern: a letter to Unicode, nothing to the eye. */
const HIDDEN = "\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Zl}\\p{Zp}\\u2800\\ufff9-\\ufffb";
const INVISIBLE = new RegExp(`(?![${SHAPING}])[${HIDDEN}]`, "u");
const INVISIBLE_EXACT = new RegExp(`[${HIDDEN}]`, "u");
const NOTHING_TO_SEE = new RegExp(`^[\\s${HIDDEN}]+$`, "u");
const NO_CHARACTER = /\p{Noncharacter_Code_Point}/u;
const UNREADABLE = new RegExp(`[\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}${HIDDEN}]`, "gu");

const code = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * What is wrong with the characters of a text, to be said behind the name of its field: `holds …`; null: nothing. An
 * empty text is as it should be here.
 */
export const textFault = (text: string, { lines = false, exact = false }: TextRules = {}): string | null => {
  const faults: [RegExp, string][] = [
    [lines ? CONTROL_BUT_LINES : CONTROL, "a control character"],
    [HALF, "half of a surrogate pair"],
    [DIRECTION, "a character that changes the direction of text"],
    [NO_CHARACTER, "a code that is no character"],
  ];
  for (const [pattern, what] of faults) {
    const found = pattern.exec(text);
    if (found) return `holds ${what} (${code(found[0])})`;
  }
  if (NOTHING_TO_SEE.test(text)) return "holds nothing but invisible characters";
  const invisible = (exact ? INVISIBLE_EXACT : INVISIBLE).exec(text);
  return invisible ? `holds an invisible character (${code(invisible[0])})` : null;
};

/**
 * The text with U+FFFD in the place of each character that {@link textFault} finds in an exact text of one line: for what
 * cannot be refused, such as the numbers of calls that were made.
 */
export const readable = (text: string): string => text.replaceAll(UNREADABLE, "\ufffd");

/** The value with every text in it composed (Unicode NFC): what looks the same is stored the same. */
export const composed = <T>(value: T): T => composedValue(value) as T;

const composedValue = (value: unknown): unknown => {
  if (typeof value === "string") return value.normalize("NFC");
  if (Array.isArray(value)) return value.map(composedValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, composedValue(inner)]));
};
