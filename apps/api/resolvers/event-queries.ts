import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { seesPersonalData } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { ShownEvent, withoutPersonal } from "../events/models.js";
import { PrincipalOf } from "../graphql/context.js";
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
  async event(@Args("id", ID_ARG) id: string, @PrincipalOf() principal: Principal): Promise<Plain<ShownEvent> | null> {
    const event = await this.bus.execute(new EventQuery(id, principal));
    return event && !seesPersonalData(principal) ? withoutPersonal(event) : event;
  }
}
