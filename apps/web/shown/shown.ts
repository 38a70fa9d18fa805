import { createContext, useContext, useMemo } from "react";
import { useSpeech } from "../texts/speech.js";
import { type DateFormat, dayShown, instantShown, momentShown, type Pattern, patternOf } from "./date-format.js";
import { moneyShown } from "./money-text.js";

/** How the reader of everything below wants dates. */
export const DateFormatContext = createContext<DateFormat>("language");

export interface Dates {
  /** A business day. @param day ISO date */
  readonly day: (day: string) => string;
  /** A point in time, with its zone. @param instant RFC 3339 @param zone IANA */
  readonly instant: (instant: string, zone?: string) => string;
  /** As days are typed. */
  readonly pattern: Pattern;
}

/** Dates as the user wants them. */
export const useDates = (): Dates => {
  const { locale } = useSpeech();
  const format = useContext(DateFormatContext);
  return useMemo(
    () => ({
      day: (day) => dayShown(day, format, locale),
      instant: (instant, zone = "UTC") => instantShown(instant, zone, format, locale),
      pattern: patternOf(format, locale),
    }),
    [format, locale],
  );
};

/** Points in time without their zone, where that is named once for many. @param instant RFC 3339 @param zone IANA */
export const useMoment = (): ((instant: string, zone: string) => string) => {
  const { locale } = useSpeech();
  const format = useContext(DateFormatContext);
  return useMemo(() => (instant, zone) => momentShown(instant, zone, format, locale), [format, locale]);
};

/** Business days alone, for pages that show no points in time and have none typed. */
export const useDay = (): Dates["day"] => {
  const { locale } = useSpeech();
  const format = useContext(DateFormatContext);
  return useMemo(() => (day) => dayShown(day, format, locale), [format, locale]);
};

export interface Money {
  /** @param amount decimal text @param currency ISO 4217 code */
  readonly money: (amount: string, currency: string) => string;
}

/** Amounts as the user's language writes them, to the last digit. */
export const useMoney = (): Money => {
  const { locale } = useSpeech();
  return useMemo(() => ({ money: (amount, currency) => moneyShown(amount, currency, locale) }), [locale]);
};
