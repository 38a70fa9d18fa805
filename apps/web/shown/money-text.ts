/**
 * An amount as a language writes it, to the last digit, with a minus sign that is as wide as digits are: it is decimal
 * text from the API to the page.
 * @param amount decimal text, e.g. `-12.30` @param currency ISO 4217 code
 */
export const moneyShown = (amount: string, currency: string, locale: string): string => {
  const usual = new Intl.NumberFormat(locale, { style: "currency", currency });
  const decimals = Math.min(amount.split(".")[1]?.length ?? 0, MOST_DECIMALS);
  const isFiner = decimals > (usual.resolvedOptions().maximumFractionDigits ?? 0);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // Prices of calls, and what one costs, are finer than the currency.
  const format = isFiner ? new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }) : usual;
  return format.format(amount as Intl.StringNumericLiteral).replace("-", "\u2212");
};

/** What every browser writes. */
const MOST_DECIMALS = 20;
