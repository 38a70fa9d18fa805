import { Query } from "@nestjs/cqrs";
import { type Caller } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { type Previewable } from "./commands.js";
import { type Preview } from "./models.js";

/** What a command would do. The input has been checked as the mutation's. */
export class PreviewQuery extends Query<Plain<Preview>> {
  constructor(
    readonly mutation: Previewable,
    readonly input: object,
    readonly caller: Caller,
  ) {
    super();
  }
}
