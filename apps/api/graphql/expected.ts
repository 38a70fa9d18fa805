import { type Type } from "@nestjs/common";
import { InputType, OmitType } from "@nestjs/graphql";
import { NestedField } from "./fields.js";

/**
 * Adds `expected` to the input of a command that changes some fields of something and leaves the others: what the caller
 * takes those fields to be (libs/application/command/expected.ts). Stands above `@InputType`.
 * @param thing the field that names what is changed
 */
export const Expecting =
  (thing: string) =>
  (input: Type<object>): void => {
    // Before its fields are copied, which are complete from then on.
    NestedField(
      () => Expected,
      "What fields were when they were read, those that are changed: where one is something else by now, the command is refused with `CONFLICT`, and nothing is done. What is not named here may have changed.",
      { nullable: true },
    )(input.prototype as object, "expected");
    const others = ["idempotencyKey", thing, "expected"];
    class Expected extends OmitType(input as Type<Record<string, unknown>>, others) {}
    const name = input.name.replace(/Input$/, "");
    InputType(`${name}Expected`, { description: `What the fields of \`${input.name}\` were when they were read.` })(
      Expected,
    );
  };
