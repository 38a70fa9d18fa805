import { type ArgumentMetadata, type PipeTransform } from "@nestjs/common";
import { plainToInstance } from "class-transformer";
import { validate, type ValidationError } from "class-validator";
import { reject } from "#domain/rejection.js";

/** Checks inputs by their class-validator decorators; what passes goes on as the client sent it. */
export class InputValidation implements PipeTransform {
  /** @throws Rejection VALIDATION_FAILED naming the first field that is wrong */
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type !== "body" || metatype === undefined || BUILT_IN.has(metatype)) return value;
    if (typeof value !== "object" || value === null) return value;
    const [problem] = await validate(plainToInstance(metatype, value) as object, { forbidUnknownValues: false });
    if (!problem) return value;
    const { field, sentence } = firstOf(problem);
    throw reject("VALIDATION_FAILED", sentence, { field });
  }
}

const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object]);

/** Array positions are left out of the path: `oneTimeFees.fee`, as the domain names fields. */
const firstOf = ({ property, children, constraints }: ValidationError): { field: string; sentence: string } => {
  const [child] = children ?? [];
  const name = /^\d+$/.test(property) ? "" : property;
  if (child) {
    const inner = firstOf(child);
    return { field: [name, inner.field].filter((part) => part !== "").join("."), sentence: inner.sentence };
  }
  return { field: name, sentence: sentenceOf(Object.values(constraints ?? {})[0] ?? `${property} is not valid`) };
};

const sentenceOf = (text: string): string => (text.endsWith(".") ? text : `${text}.`);
