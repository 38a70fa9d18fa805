import { type ResultOf } from "gql.tada";
import { useCallback } from "react";
import { graphql } from "../../../web/graphql.js";
import { useDates, useMoney } from "../../../web/shown/shown.js";

/** A piece of a sentence of the API's. */
export const SENTENCE_PART = graphql(`
  fragment SentencePart on SentencePart {
    text
    day
    until
    instant
    amount
    currency
  }
`);
export type SentencePart = ResultOf<typeof SENTENCE_PART>;

/** Says a sentence of the API's with days and amounts as the user has them everywhere else. */
export const useSentence = (): ((parts: readonly SentencePart[]) => string) => {
  const { day, instant } = useDates();
  const { money } = useMoney();
  return useCallback(
    (parts) =>
      parts
        .map(({ text, day: on, until, instant: at, amount, currency }) => {
          if (on !== null) return until === null || until === on ? day(on) : `${day(on)} – ${day(until)}`;
          if (at !== null) return instant(at);
          return amount === null || currency === null ? text : money(amount, currency);
        })
        .join(""),
    [day, instant, money],
  );
};
