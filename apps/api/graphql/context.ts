import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { GqlExecutionContext } from "@nestjs/graphql";
import { type EventStore } from "#event-store/event-store.js";
import { type Loaders } from "./loaders.js";

/** On whose behalf a request runs. */
export interface Caller {
  readonly providerId: string;
  readonly actor: string;
  /** Of the request: in every event that it causes, and in the log. */
  readonly correlationId: string;
  /** Of a preview: takes what the command would append, so that nothing is. */
  readonly preview?: EventStore;
}

/** What resolvers get of a request. */
export interface ApiContext {
  readonly correlationId: string;
  /** Checked when first asked for. @throws Rejection VALIDATION_FAILED for an unknown provider */
  caller(): Promise<Caller>;
  /** One per request: what nested fields need is loaded in bulk. */
  loaders(): Promise<Loaders>;
}

const contextOf = (context: ExecutionContext): ApiContext =>
  GqlExecutionContext.create(context).getContext<ApiContext>();

export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).caller());
export const LoadersOf = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).loaders());
