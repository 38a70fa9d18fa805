/**
 * An amount as a language writes it, to the last digit, with a minus sign that is as wide as digits are: it is decimal
 * text from the API to the page.
 * @param amount decimal text, e.g. `-12.30` @param currency ISO 4217 code
 */
export const moneyShown = (amount: string, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency })
    .format(amount as Intl.StringNumericLiteral)
    .replace("-", "\u2212");
