import { type ArgumentMetadata, type PipeTransform, type Type } from "@nestjs/common";
import { plainToInstance } from "class-transformer";
import { validateSync, type ValidationError } from "class-validator";
import { Rejection, type RejectionCode } from "#domain/rejection.js";
import { type Facts } from "#domain/rejection-facts.js";
import { textFault } from "#domain/readable-text.js";
import { UNREADABLE, wrongPlaces } from "./fields.js";
import { type InputPath } from "./wording.js";

/** One mistake in an argument. */
export interface Mistake {
  readonly code: RejectionCode;
  readonly message: string;
  /** What the sentence says, for who says it in another language. */
  readonly facts?: Facts | undefined;
  /** As the domain names fields, without places in lists: `oneTimeFees.fee`. */
  readonly field?: string | undefined;
  /** From the argument on, with places in lists: `["input", "oneTimeFees", 1, "fee"]`. */
  readonly inputPath?: InputPath | undefined;
}

/** A value that its class does not allow. */
export interface InvalidValue extends Mistake {
  readonly code: "VALIDATION_FAILED";
  readonly field: string;
  readonly inputPath: InputPath;
}

/** At most so many mistakes of an argument are told. */
const MOST_TOLD = 100;

/** A rejection with the ways from a field's arguments to what is refused: as a plain one it is the first of them. */
export class PlacedRejection extends Rejection {
  constructor(
    { code, message, field }: Mistake,
    readonly mistakes: readonly Mistake[],
  ) {
    super(code, message, field);
    this.name = "PlacedRejection";
  }
}

/** What a command was rejected for, below its input; other errors stay as they are. */
export const rejectedAt = (error: unknown, at: InputPath): unknown =>
  error instanceof Rejection ? new PlacedRejection(error, mistakesOfRejection(error, at)) : error;

export const mistakesOfRejection = (rejection: Rejection, at: InputPath): Mistake[] =>
  [rejection, ...rejection.also].map(({ code, message, field, fieldPath, facts }) => ({
    ...{ code, message, field, facts },
    inputPath: fieldPath && [...at, ...fieldPath],
  }));

/** Checks inputs by their class-validator decorators; what passes goes on as the client sent it. */
export class InputValidation implements PipeTransform {
  /** @throws PlacedRejection VALIDATION_FAILED, with every field that is wrong */
  transform(value: unknown, { metatype, type, data }: ArgumentMetadata): unknown {
    if (type !== "body") return value;
    if (typeof value === "string") return readable(value, data ?? "text");
    if (metatype === undefined || BUILT_IN.has(metatype)) return value;
    // Without a name the class has a field for each argument.
    requireValid(metatype, value, data === undefined ? [] : [data]);
    return value;
  }
}

/**
 * @param at the way from the field's arguments to the value
 * @throws PlacedRejection VALIDATION_FAILED, with every field that is wrong
 */
export const requireValid = (metatype: Type<unknown>, value: unknown, at: InputPath): void => {
  const mistakes = mistakesIn(metatype, value, at);
  const [first] = mistakes;
  if (first) throw new PlacedRejection(first, mistakes);
};

/** What is wrong with a value by the decorators of its class; nothing with what is no object. */
export const mistakesIn = (metatype: Type<unknown>, value: unknown, at: InputPath): InvalidValue[] => {
  if (typeof value !== "object" || value === null) return [];
  const problems = validateSync(plainToInstance(metatype, value) as object, { forbidUnknownValues: false });
  return problems
    .flatMap((problem) => mistakesOf(problem))
    .slice(0, MOST_TOLD)
    .map((mistake) => ({ ...mistake, inputPath: [...at, ...mistake.inputPath] }));
};

const FAILED = "VALIDATION_FAILED";
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object]);

/** An argument that is text itself. */
const readable = (text: string, name: string): string => {
  const fault = textFault(text);
  if (fault === null) return text;
  const mistake = {
    code: FAILED,
    message: `${name} ${fault}.`,
    facts: UNREADABLE,
    field: name,
    inputPath: [name],
  } as const;
  throw new PlacedRejection(mistake, [mistake]);
};

/** @param contexts the facts of checks, by their names, where they have any */
const mistakesOf = ({
  property,
  value,
  children,
  constraints = {},
  contexts = {},
}: ValidationError): InvalidValue[] => {
  const isPlace = /^\d+$/.test(property);
  const told = Object.entries(constraints);
  const [ofItems = "", itemsSentence = ""] = told.find(([check]) => Object.hasOwn(wrongPlaces, check)) ?? [];
  const [check = "", sentence] = told.find(([name]) => name !== ofItems) ?? [];
  const facts = contexts[check] as Facts | undefined;
  const items = wrongPlaces[ofItems]?.(value) ?? [];
  const inner = [
    ...items.map(
      (place) => ({ code: FAILED, message: sentenceOf(itemsSentence), field: "", inputPath: [place] }) as const,
    ),
    ...(children ?? []).flatMap(mistakesOf),
  ];
  // A list's own mistake stands before those of its items.
  const all: InvalidValue[] =
    sentence === undefined
      ? inner
      : [{ code: FAILED, message: sentenceOf(sentence), facts, field: "", inputPath: [] }, ...inner];
  return all.map(({ code, message, facts: told, field, inputPath }) => ({
    ...{ code, message, ...(told && { facts: told }) },
    field: [isPlace ? "" : property, field].filter((part) => part !== "").join("."),
    inputPath: [isPlace ? Number(property) : property, ...inputPath],
  }));
};

const sentenceOf = (text: string): string => (text.endsWith(".") ? text : `${text}.`);
