import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { OfferCommand, type OfferOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import { OfferPayload } from "./models.js";
import { DefineOfferInput, DeleteOfferInput, ReviseOfferInput, WithdrawOfferInput } from "./offer-inputs.js";

@Resolver()
export class OfferMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => OfferPayload, { description: "Puts an offer on sale." })
  async defineOffer(
    @Args("input", { description: INPUT }) input: DefineOfferInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "defineOffer", input }, caller);
  }

  @Mutation(() => OfferPayload, { description: "Gives an offer new terms; commitments keep theirs." })
  async reviseOffer(
    @Args("input", { description: INPUT }) input: ReviseOfferInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "reviseOffer", input }, caller);
  }

  @Mutation(() => OfferPayload, { description: "Takes an offer off sale; commitments that hold it go on." })
  async withdrawOffer(
    @Args("input", { description: INPUT }) input: WithdrawOfferInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "withdrawOffer", input }, caller);
  }

  @Mutation(() => OfferPayload, { description: "Deletes an offer that was never assigned." })
  async deleteOffer(
    @Args("input", { description: INPUT }) input: DeleteOfferInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "deleteOffer", input }, caller);
  }

  private async run(order: OfferOrder, caller: Caller): Promise<Outcome> {
    return answer(this.queries, "offer", caller, await this.commands.execute(new OfferCommand(order, caller)));
  }
}
