import { z } from "zod";
import { isLocalDate, isTimeZone } from "#domain/calendar.js";
import { instantOf } from "#domain/instant.js";
import { rejectionCodes } from "#domain/rejection.js";
import { missingCapability, type Place } from "../capabilities.js";

/** Kinds of named things, as written in messages. */
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
  payment: "payment",
  servicePolicy: "service policy",
  tariff: "tariff",
  call: "call",
} as const;

export type NameKind = keyof typeof NAME_KINDS;

/*
 * In messages `{it}` is the place that the schema is applied to, and `{value}` the value there: validate/problems.ts
 * fills them in.
 */

export const text = z.string({ error: "{it} must be text, not {value}" });

/** The schemas of references by name, with the kind that they refer to. */
export const references = z.registry<{ kind: NameKind }>();

/** A reference by name to another item of the file. validate/names.ts checks that the item exists. */
export const nameOf = (kind: NameKind) => {
  const name = z
    .string({ error: "{it} must be text, not {value}" })
    .describe(`${NAME_KINDS[kind]}, by its name in this file`);
  references.add(name, { kind });
  return name;
};

const MONEY = '{it} must be a decimal text such as "15.00", not {value}';

/**
 * Any decimal text, also negative or with too many decimals: the server decides whether it is an amount of the
 * currency.
 */
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

const INSTANT = '{it} must be an instant such as "2020-08-01T00:00:00Z", not {value}';

export const instant = z
  .string({ error: INSTANT })
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/, { error: INSTANT, abort: true })
  .refine((value) => instantOf(value) !== undefined, { error: INSTANT })
  .meta({ id: "instant", description: "With the offset from UTC, in quotes: 2020-08-01T00:00:00Z" });

const TIME = '{it} must be a time of day such as "23:59:50", not {value}';

/** As clocks show it. */
export const timeOfDay = z
  .string({ error: TIME })
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, { error: TIME })
  .meta({ id: "timeOfDay", description: "As clocks show it, in quotes: 23:59:50" });

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

/** One of the words. */
export const word = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, { error: () => `{it} must be one of ${words.join(", ")}, not {value}` });

/** A list; it may be empty. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, { error: "{it} must be a list, not {value}" });

/** A mapping with these keys and no others. */
export const mapping = <Shape extends z.ZodRawShape>(shape: Shape, what = "a mapping") =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? `known are ${Object.keys(shape).join(", ")}` : `{it} must be ${what}, not {value}`,
  });

/** Refuses any value at a place whose capability does not exist yet. */
export const notYet = (place: Place, value: string) => z.never({ error: reasonOf(place, value) }).optional();

const reasonOf = (place: Place, value: string): string => {
  const reason = missingCapability(place, value);
  if (reason === undefined) throw new Error(`There is a capability for ${value}: it needs a schema`);
  return reason;
};
