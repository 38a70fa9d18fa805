import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { type Moment } from "#read-models/as-of/moment.js";
import { type Backend } from "../core/backend.js";
import { type Clocks } from "../core/clocks.js";
import { contextOf, infoOf } from "../graphql/context.js";
import { rootKeyOf } from "../graphql/as-of.js";

/** What answers are read from: rows, and the present time. */
export interface Reader {
  readonly backend: Backend;
  readonly clocks: Pick<Clocks, "now">;
  /** As of when the rows are; absent: as of now. */
  readonly moment?: Moment;
}

/** What a field reads from: of one below `asOf` the rows of that moment. */
export const ReaderOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  contextOf(context).reader(rootKeyOf(infoOf(context))),
);
