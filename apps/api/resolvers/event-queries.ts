import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { ShownEvent } from "../events/models.js";
import { ScopeOf } from "../graphql/context.js";
import { ID_ARG } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { EventQuery } from "../queries/messages.js";

@Resolver()
export class EventQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => ShownEvent, {
    description: "An event by its id, as it was recorded; null when the provider has none with it.",
    nullable: true,
  })
  event(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<ShownEvent> | null> {
    return this.bus.execute(new EventQuery(id, scope));
  }
}
