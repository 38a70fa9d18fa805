/** A few letters of a month stand for it, in whatever language of the pages: no two months begin alike. */
const LEAST_LETTERS = 3;

let known: readonly (readonly string[])[] | undefined;

/** The names of each month, January first. */
const months = (): readonly (readonly string[])[] =>
  (known ??= Array.from({ length: 12 }, (_, month) =>
    ["en", "it"].map((language) =>
      new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" })
        .format(Date.UTC(2020, month, 15))
        .toLowerCase(),
    ),
  ));

/** `august`, `Aug`, `Sept.`, `ago`: 1 to 12; null: no month. */
const monthOf = (word: string): number | null => {
  const letters = word.toLowerCase();
  if (letters.length < LEAST_LETTERS) return null;
  const at = months().findIndex((names) => names.some((name) => name.startsWith(letters)));
  return at < 0 ? null : at + 1;
};

/**
 * Reads a day with its month as a word: `1 Aug 2027`, `Aug 1, 2027`, `1º agosto 2027`.
 * @returns year, month and day as they are typed, in digits; null: it is not written so
 */
export const dayInWords = (typed: string): readonly [string, string, string] | null => {
  const [, before, middle, year] =
    /^(\p{L}+|\d{1,2})\.?(?:º|°|st|nd|rd|th)?,?\s+(\p{L}+|\d{1,2})\.?(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(
      typed.trim(),
    ) ?? [];
  if (before === undefined || middle === undefined || year === undefined) return null;
  const isDayFirst = /^\d/.test(before);
  const [day, word] = isDayFirst ? [before, middle] : [middle, before];
  const month = monthOf(word);
  return month === null || !/^\d/.test(day) ? null : [year, String(month), day];
};
