/** What a language writes between whole and part, and between thousands. */
const signsOf = (locale: string): { readonly point: string; readonly group: string } => {
  const parts = new Intl.NumberFormat(locale).formatToParts(123_456.7);
  const sign = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  return { point: sign("decimal") ?? ".", group: sign("group") ?? "," };
};

/** An amount as it is typed, without signs between thousands. @param amount decimal text */
export const amountTyped = (amount: string, locale: string): string => amount.replace(".", signsOf(locale).point);

/**
 * The decimal text that somebody typed as his language writes amounts; null: it is none. A point is taken for the
 * language's sign where it cannot be one between thousands: `115.00` is 115 in Italian too.
 */
export const amountOf = (typed: string, locale: string): string | null => {
  const { point, group } = signsOf(locale);
  const text = typed.replaceAll(/[\s\u00a0\u202f']/g, "").replace("\u2212", "-");
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d*)?$`);
  const plain = grouped.test(text) ? text.replaceAll(group, "") : text;
  const decimal = plain.replace(point, ".");
  return /^-?\d+(\.\d+)?$/.test(decimal) ? decimal : null;
};
