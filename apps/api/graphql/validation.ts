import { type ArgumentMetadata, type PipeTransform } from "@nestjs/common";
import { plainToInstance } from "class-transformer";
import { validate, type ValidationError } from "class-validator";
import { reject, Rejection } from "#domain/rejection.js";
import { textFault } from "#domain/readable-text.js";

/** One mistake in an argument. */
export interface Mistake {
  readonly message: string;
  /** As the domain names fields, without places in lists: `oneTimeFees.fee`. */
  readonly field: string;
  /** From the argument on, with places in lists: `["oneTimeFees", 1, "fee"]`. */
  readonly inputPath: readonly (string | number)[];
}

/** At most so many mistakes of an argument are told. */
const MOST_TOLD = 20;

/** An argument with mistakes: as a rejection it is the first one. */
export class InvalidInput extends Rejection {
  constructor(
    first: Mistake,
    readonly mistakes: readonly Mistake[],
  ) {
    super("VALIDATION_FAILED", first.message, first.field);
    this.name = "InvalidInput";
  }
}

/** Checks inputs by their class-validator decorators; what passes goes on as the client sent it. */
export class InputValidation implements PipeTransform {
  /** @throws InvalidInput VALIDATION_FAILED, with every field that is wrong */
  async transform(value: unknown, { metatype, type, data }: ArgumentMetadata): Promise<unknown> {
    if (type !== "body") return value;
    if (typeof value === "string") return readable(value, data ?? "text");
    if (metatype === undefined || BUILT_IN.has(metatype)) return value;
    if (typeof value !== "object" || value === null) return value;
    const problems = await validate(plainToInstance(metatype, value) as object, { forbidUnknownValues: false });
    const mistakes = problems.flatMap((problem) => mistakesOf(problem)).slice(0, MOST_TOLD);
    const [first] = mistakes;
    if (first) throw new InvalidInput(first, mistakes);
    return value;
  }
}

const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object]);

/** An argument that is text itself. */
const readable = (text: string, name: string): string => {
  const fault = textFault(text);
  if (fault === null) return text;
  throw reject("VALIDATION_FAILED", `${name} ${fault}.`, { field: name });
};

const mistakesOf = ({ property, children, constraints }: ValidationError): Mistake[] => {
  const isPlace = /^\d+$/.test(property);
  const [sentence] = Object.values(constraints ?? {});
  const inner = (children ?? []).flatMap(mistakesOf);
  // A list's own mistake stands before those of its items.
  const all = sentence === undefined ? inner : [{ message: sentenceOf(sentence), field: "", inputPath: [] }, ...inner];
  return all.map(({ message, field, inputPath }) => ({
    message,
    field: [isPlace ? "" : property, field].filter((part) => part !== "").join("."),
    inputPath: [isPlace ? Number(property) : property, ...inputPath],
  }));
};

const sentenceOf = (text: string): string => (text.endsWith(".") ? text : `${text}.`);
