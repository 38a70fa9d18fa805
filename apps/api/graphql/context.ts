import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { GqlExecutionContext } from "@nestjs/graphql";
import { type GraphQLResolveInfo } from "graphql/index.js";
import { type Principal } from "#application/command/principal.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type Session } from "#application/command/session.js";

/** What resolvers get of a request. */
export interface ApiContext<Loaders = unknown, Reader = unknown, Views = unknown> {
  readonly correlationId: string;
  /** The operation that the request names of its document. */
  readonly operationName?: string | undefined;
  readonly session: Session;
  /** Checked when first asked for. @throws Rejection VALIDATION_FAILED for an unknown provider */
  principal(): Promise<Principal>;
  /** What its top-level fields are answered from (queries/views.ts). */
  readonly views: Views;
  /**
   * What nested fields need is loaded in bulk (queries/loaders.ts): once for a request, and once more for each top-level
   * field with `asOf`.
   * @param root key of the top-level field in the answer
   */
  loaders(root: string): Promise<Loaders>;
  /** Where a top-level field, and all below it, is read. */
  reader(root: string): Promise<Reader>;
  /** Waits for the position that the request is to be answered after. @throws Refused NOT_VISIBLE_YET, Rejection */
  reached(): Promise<void>;
}

export const contextOf = (context: ExecutionContext): ApiContext =>
  GqlExecutionContext.create(context).getContext<ApiContext>();

/** Of a field that is resolved. */
export const infoOf = (context: ExecutionContext): GraphQLResolveInfo =>
  GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();

export const PrincipalOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  contextOf(context).principal(),
);
export const SessionOf = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).session);

/** Whose rows the request may see. */
export const ScopeOf = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<Scope> => {
  const { providerId, customerId } = await contextOf(context).principal();
  return { providerId, customerId };
});
