/** English of one kind: the British write "Sept", the Americans "Sep", as do the sentences of the API. */
const ENGLISH = "en-US";

const known = new Map<string, readonly string[]>();

/**
 * The months as a language has them in a date, January first: `Sep` in English, `set` in Italian.
 * They are read off made-up days in UTC: no business day becomes a point in time.
 * @param locale BCP 47
 */
export const shortMonths = (locale: string): readonly string[] => {
  const names = known.get(locale) ?? namesIn(/^en\b/.test(locale) ? ENGLISH : locale);
  known.set(locale, names);
  return names;
};

const namesIn = (locale: string): readonly string[] => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(Date.UTC(2020, month, 15));
    return parts.find(({ type }) => type === "month")?.value ?? "";
  });
};
