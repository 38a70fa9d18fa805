import { Field, Int, type ReturnTypeFunc } from "@nestjs/graphql";
import { Type } from "class-transformer";
import {
  ArrayMaxSize,
  IsDefined,
  IsOptional,
  Length,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from "class-validator";
import { textFault, type TextRules } from "#domain/readable-text.js";
import { type Facts } from "#domain/rejection-facts.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "./scalars.js";

/** How an input field may be absent. */
interface Presence {
  /** May be left out, but not null: what is left out stays, or takes its default. */
  readonly optional?: boolean;
  /** May be left out or null. */
  readonly nullable?: boolean;
}

/** A thunk of whatever `@Field` takes: a class, a scalar, an enum, a list of one. */
type TypeThunk = () => unknown;

/** A field of an input: how GraphQL shows it, and what class-validator checks. */
export const InputField = (
  type: TypeThunk,
  description: string,
  { optional = false, nullable = false }: Presence = {},
  ...checks: PropertyDecorator[]
): PropertyDecorator =>
  all(
    Field(type as ReturnTypeFunc, { description, nullable: optional || nullable }),
    nullable ? IsOptional() : IsDefined({ message: "$property cannot be null; leave it out instead." }),
    ...(optional && !nullable ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...checks,
  );

/** Several decorators as one. */
export const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** Of a text with characters that cannot be seen. */
export const UNREADABLE: Facts = { case: "TEXT_UNREADABLE" };

/** Text without control characters and the like (libs/domain/readable-text.ts). */
const Readable = (rules: TextRules = {}): PropertyDecorator => {
  const fault = (value: unknown) => (typeof value === "string" ? textFault(value, rules) : null);
  return ValidateBy(
    {
      name: "readable",
      validator: {
        validate: (value) => fault(value) === null,
        defaultMessage: (at) => `$property ${fault(at?.value) ?? ""}.`,
      },
    },
    { context: UNREADABLE },
  );
};

export const IdempotencyKey = (): PropertyDecorator =>
  InputField(
    () => String,
    "Chosen by the caller, 1 to 200 characters. Sending the same request again with the same key answers the first result; another request under the same key is `IDEMPOTENCY_KEY_REUSED`.",
    {},
    Readable({ exact: true }),
    Length(1, 200, { message: "idempotencyKey has 1 to 200 characters." }),
  );

/** Of work that changes nothing that is billed: asked for again by mistake, it does no harm (decision 229). */
export const OptionalIdempotencyKey = (): PropertyDecorator =>
  InputField(
    () => String,
    "Chosen by the caller, 1 to 200 characters. Sending the same request again with the same key answers the job that it started; another request under the same key is `IDEMPOTENCY_KEY_REUSED`. Without a key each request starts a job.",
    { nullable: true },
    Readable({ exact: true }),
    Length(1, 200, { message: "idempotencyKey has 1 to 200 characters." }),
  );

/** In any case: the scalar `ID` writes them in lower case, since ids name streams. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The names of the checks of lists of ids and of texts, whose items are told one by one (validation.ts). */
const ID_ITEMS = "idItems";
const TEXT_ITEMS = "textItems";

const placesWhere = (value: unknown, isWrong: (item: string) => boolean): number[] =>
  Array.isArray(value)
    ? value.flatMap((item, place) => (typeof item === "string" && !isWrong(item) ? [] : [place]))
    : [];

/** By the name of a list's check: places of a list whose items do not pass it. */
export const wrongPlaces: Readonly<Record<string, (value: unknown) => number[]>> = {
  [ID_ITEMS]: (value) => placesWhere(value, (item) => !UUID.test(item)),
  [TEXT_ITEMS]: (value) => placesWhere(value, (item) => textFault(item) !== null),
};

const Items = (name: string, message: string): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: (value) => wrongPlaces[name]?.(value).length === 0 } }, { message });

export const IdField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => ID, description, presence, Matches(UUID, { message: "$property is not a UUID." }));

export const IdListField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(
    () => [ID],
    description,
    presence,
    ArrayMaxSize(1000, { message: "$property has at most 1000 items." }),
    Items(ID_ITEMS, "$property holds something that is not a UUID."),
  );

/** Longer texts may have several lines. */
const LINE = 200;

export const TextField = (
  description: string,
  presence?: Presence,
  longest = LINE,
  rules: TextRules = { lines: longest > LINE },
): PropertyDecorator =>
  InputField(
    () => String,
    description,
    presence,
    Readable(rules),
    MaxLength(longest, {
      message: `$property is longer than ${longest} characters.`,
      context: { case: "TEXT_TOO_LONG", most: String(longest) } satisfies Facts,
    }),
  );

/**
 * Why, for commands that need a reason, or may need one: it may be left out so that a missing one is refused like a blank
 * one. @param description says when it is needed: for a day in a closed billing period, unless given
 */
export const ReasonField = (description = "Why: needed for a day in a closed billing period."): PropertyDecorator =>
  TextField(description, { nullable: true }, 1000);

/** What people tell accounts apart by: no character in it is invisible. */
export const IdentifierField = (description: string, presence?: Presence): PropertyDecorator =>
  TextField(description, presence, 100, { exact: true });

/** Short texts to compare with. */
export const TextListField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(
    () => [String],
    description,
    presence,
    ArrayMaxSize(100, { message: "$property has at most 100 items." }),
    Items(TEXT_ITEMS, "$property holds a text that cannot be read."),
  );

export const CountField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => Int, description, presence);
export const CountListField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => [Int], description, presence, ArrayMaxSize(100, { message: "$property has at most 100 items." }));
export const FlagField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => Boolean, description, presence);
export const AmountField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => DecimalScalar, description, presence);
export const DateField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => LocalDateScalar, description, presence);
export const InstantField = (description: string, presence?: Presence): PropertyDecorator =>
  InputField(() => InstantScalar, description, presence);

/** `type` is a thunk: the class may be declared later. */
export const NestedField = (
  type: () => new () => object,
  description: string,
  presence?: Presence,
): PropertyDecorator => InputField(type, description, presence, ValidateNested(), Type(type));

export const NestedListField = (
  type: () => new () => object,
  description: string,
  presence?: Presence,
): PropertyDecorator =>
  InputField(
    () => [type()],
    description,
    presence,
    ArrayMaxSize(1000, { message: "$property has at most 1000 items." }),
    ValidateNested({ each: true }),
    Type(type),
  );
