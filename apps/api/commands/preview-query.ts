import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Request } from "#application/commands.js";
import { type Principal } from "#application/command/principal.js";
import { type Session } from "#application/command/session.js";
import { PrincipalOf, SessionOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { rejectedAt, requireValid } from "../graphql/validation.js";
import { PreviewQuery } from "./bus.js";
import { Preview, PreviewCommand, previewInputs } from "./preview-models.js";
import { previewShown } from "./preview-shown.js";

@Resolver()
export class PreviewQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Preview, {
    description:
      "What a command would do, computed by the same code: the same checks, the same rejections. Nothing is recorded and no identifier is reserved.",
  })
  async preview(
    @Args("command", { description: "The command." }) command: PreviewCommand,
    @PrincipalOf() principal: Principal,
    @SessionOf() session: Session,
  ): Promise<Plain<Preview>> {
    // GraphQL has seen to it that there is exactly one.
    const [[name, input] = ["", {}]] = Object.entries(command as Record<string, object>);
    // The same validation as the mutation's, so that errors name the same fields.
    const metatype = previewInputs.get(name);
    if (metatype) requireValid(metatype, input, ["command", name]);
    const request = { name, input } as Request;
    const previewed = await this.bus.execute(new PreviewQuery(session, principal, request)).catch((error: unknown) => {
      throw rejectedAt(error, ["command", name]);
    });
    return previewShown(previewed);
  }
}
