import { useMemo } from "react";
import { useSpeech } from "../../../../web/texts/speech.js";

/** Decimal text that is no amount of money, as the reader's language writes it. */
export const useDecimal = (): ((text: string) => string) => {
  const { locale } = useSpeech();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
    return (text) => format.format(text as Intl.StringNumericLiteral);
  }, [locale]);
};
