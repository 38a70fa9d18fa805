import { z } from "zod";
import { isLocalDate, isTimeZone } from "#domain/calendar.js";
import { rejectionCodes } from "#domain/rejection.js";
import { missingCapability, missingValues, type Place } from "../capabilities.js";

/** What a name can stand for, as people call it. */
export const NAME_KINDS = {
  volumeDiscountPlan: "volume discount plan",
  subscription: "subscription",
  addOnProduct: "add-on product",
  mainProduct: "main product",
  customerClass: "customer class",
  offer: "commitment",
  customer: "customer",
  account: "account",
  assigned: "assigned commitment",
} as const;

export type NameKind = keyof typeof NAME_KINDS;

/*
 * In messages `{it}` stands for what the schema is applied to, as people call it, and `{value}` for what is written
 * there: validate/problems.ts fills them in.
 */

export const text = z.string({ error: "{it} must be text, not {value}" });

/** The schemas of texts that are the name of something else in the file, with what they name. */
export const references = z.registry<{ kind: NameKind }>();

/** The name of something that stands elsewhere in the file. That it is there is checked by validate/names.ts. */
export const nameOf = (kind: NameKind) => {
  const name = z
    .string({ error: "{it} must be text, not {value}" })
    .describe(`${NAME_KINDS[kind]}, by its name in this file`);
  references.add(name, { kind });
  return name;
};

const MONEY = '{it} must be a decimal text such as "15.00", not {value}';

/** Any decimal text, negative or too fine too: whether it is an amount of the currency is the server's to say. */
export const money = z
  .string({ error: MONEY })
  .regex(/^-?\d+(?:\.\d+)?$/, { error: MONEY })
  .meta({ id: "money", description: 'Decimal text, in quotes: "15.00"' });

const DATE = "{it} must be a date such as 2020-08-01, not {value}";

export const date = z
  .string({ error: DATE })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE, abort: true })
  .refine(isLocalDate, { error: DATE })
  .meta({ id: "date", description: "A calendar date, YYYY-MM-DD" });

const WHOLE = "{it} must be a whole number, not {value}";

/** A whole number that fits the API's integers; its bounds are the server's. */
export const whole = z
  .int({ error: WHOLE })
  .gt(-(2 ** 31), { error: WHOLE })
  .lt(2 ** 31, { error: WHOLE });

export const flag = z.boolean({ error: "{it} must be true or false, not {value}" });

export const notATimeZone = (value: unknown): string =>
  `"${String(value)}" is not an IANA time zone such as Europe/Berlin`;

export const timeZone = text
  .refine(isTimeZone, { error: ({ input }) => notATimeZone(input) })
  .describe("An IANA time zone: Europe/Berlin");

export const rejectionCode = z
  .enum(rejectionCodes, {
    error: ({ input }) =>
      typeof input === "string" ? `"${input}" is not a rejection code` : "{it} must be text, not {value}",
  })
  .meta({ id: "rejectionCode", description: "The code that this must be refused with" });

/** One of the words that exist already; one that only the format knows is refused as a missing capability. */
export const word = <const Word extends string>(words: readonly Word[], place: Place | null = null) =>
  z.enum(words, {
    error: ({ input }) => {
      const missing = place === null || typeof input !== "string" ? undefined : missingCapability(place, input);
      const all = [...words, ...(place === null ? [] : missingValues(place))];
      return missing ?? `{it} must be one of ${all.join(", ")}, not {value}`;
    },
  });

/** A list; it may be empty. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, { error: "{it} must be a list, not {value}" });

/** A mapping with these keys and no others. */
export const mapping = <Shape extends z.ZodRawShape>(shape: Shape, what = "a mapping") =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? `known are ${Object.keys(shape).join(", ")}` : `{it} must be ${what}, not {value}`,
  });

/** Refuses whatever is written at a place whose capability does not exist yet. */
export const notYet = (place: Place, value: string) => z.never({ error: reasonOf(place, value) }).optional();

/** A field that can only hold its default so far: read as what it will be, refused when it differs. */
export const onlyDefault = <T>(schema: z.ZodType<T>, field: string, preset: T) =>
  schema
    .refine((value) => JSON.stringify(value) === JSON.stringify(preset), { error: reasonOf("field", field) })
    .meta({ const: preset })
    .optional();

const reasonOf = (place: Place, value: string): string => {
  const reason = missingCapability(place, value);
  if (reason === undefined) throw new Error(`There is a capability for ${value}: it needs a schema`);
  return reason;
};
