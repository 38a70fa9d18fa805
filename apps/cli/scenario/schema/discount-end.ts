import { z } from "zod";
import { type ChosenDiscountEnd } from "../actions.js";
import { date, mapping, nameOf } from "./values.js";

const FORMS = "{date: …} or {syncWith: …}";

/** `{ date: D }` or `{ syncWith: NAME }`. */
export const chosenDiscountEnd = mapping({ date: date.optional(), syncWith: nameOf("assigned").optional() }, FORMS)
  .meta({ minProperties: 1, maxProperties: 1 })
  .transform(({ date: day, syncWith }, context): ChosenDiscountEnd => {
    if (day !== undefined && syncWith === undefined) return { kind: "MANUAL", date: day };
    if (day === undefined && syncWith !== undefined) return { kind: "SYNCHRONISED", commitment: syncWith };
    context.addIssue({
      code: "custom",
      message: day === undefined ? `{it} needs "date"` : `{it} has either "date" or "syncWith"`,
    });
    return z.NEVER;
  });

/** The same, or a keyword. */
export const discountEnd = <const Word extends string>(...words: readonly [Word, ...Word[]]) =>
  z.union([z.enum(words).transform((kind) => ({ kind })), chosenDiscountEnd], {
    error: `{it} must be ${words.join(", ")}, ${FORMS}, not {value}`,
  });
