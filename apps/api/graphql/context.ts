import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { GqlExecutionContext } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type Session } from "#application/command/session.js";

/** What resolvers get of a request. */
export interface ApiContext<Loaders = unknown> {
  readonly correlationId: string;
  /** The operation that the request names of its document. */
  readonly operationName?: string | undefined;
  readonly session: Session;
  /** Checked when first asked for. @throws Rejection VALIDATION_FAILED for an unknown provider */
  principal(): Promise<Principal>;
  /** One per request: what nested fields need is loaded in bulk (queries/loaders.ts). */
  loaders(): Promise<Loaders>;
  /** Waits for the position that the request is to be answered after. @throws Refused NOT_VISIBLE_YET, Rejection */
  reached(): Promise<void>;
}

export const contextOf = (context: ExecutionContext): ApiContext =>
  GqlExecutionContext.create(context).getContext<ApiContext>();

export const PrincipalOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  contextOf(context).principal(),
);
export const SessionOf = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).session);

/** Whose rows the request may see. */
export const ScopeOf = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<Scope> => {
  const { providerId, customerId } = await contextOf(context).principal();
  return { providerId, customerId };
});
