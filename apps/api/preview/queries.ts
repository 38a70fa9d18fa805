import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { reject } from "#domain/rejection.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { InputValidation } from "../graphql/validation.js";
import { previewable } from "./commands.js";
import { PreviewQuery } from "./message.js";
import { Preview, PreviewCommand } from "./models.js";

const validation = new InputValidation();

@Resolver()
export class PreviewQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Preview, {
    description:
      "What a command would do, by the code that would do it: the same checks, the same refusals. Nothing is recorded, no identifier is reserved, and the idempotency key neither used up nor looked at: it only decides which ids a new entity gets.",
  })
  async preview(
    @Args("command", { description: "The command." }) command: PreviewCommand,
    @CallerOf() caller: Caller,
  ): Promise<Plain<Preview>> {
    const given = Object.entries(command as Record<string, object | null>).filter(([, input]) => input !== null);
    const [first, second] = given;
    const found = previewable.find(({ name }) => name === first?.[0]);
    if (!first?.[1] || second || !found) {
      throw reject("VALIDATION_FAILED", "Give exactly one command to preview.", { field: "command" });
    }
    // As the mutation would, so that the same fields are blamed by the same names.
    await validation.transform(first[1], { type: "body", metatype: found.input });
    return this.bus.execute(new PreviewQuery(found, first[1], caller));
  }
}
