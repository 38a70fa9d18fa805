import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { type OfferEvent, type OneTimeFee, type RecurringFee } from "#domain/catalog/events.js";
import {
  defineOffer,
  deleteOffer,
  type Offer,
  offerEvolver,
  type OfferFacts,
  reviseOffer,
  withdrawOffer,
} from "#domain/catalog/offer.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { wasEverAssigned } from "#read-models/billing/load.js";
import { Backend } from "../backend.js";
import { Commander } from "../commands/commander.js";
import { OfferCommand, type OfferOrder } from "../commands/messages.js";
import { type Outcome } from "../graphql/payload.js";
import { catalogDay } from "./handler.js";
import { type OneTimeFeeInput, type RecurringFeeInput } from "./offer-inputs.js";

@CommandHandler(OfferCommand)
export class OfferHandler implements ICommandHandler<OfferCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
  ) {}

  async execute({ order, caller }: OfferCommand): Promise<Outcome> {
    const { providerId } = caller;
    const id = order.name === "defineOffer" ? this.commander.newId(caller, order, "offer") : order.input.offerId;
    const { outcome } = await this.commander.run<Offer | null, OfferEvent>({
      ...{ caller, order, id, category: "offer", decider: offerEvolver },
      decide: async (state, now) => this.decide(providerId, id, order, state, catalogDay(now)),
    });
    return outcome;
  }

  private async decide(
    providerId: string,
    offerId: string,
    order: OfferOrder,
    state: Offer | null,
    on: string,
  ): Promise<readonly OfferEvent[]> {
    switch (order.name) {
      case "defineOffer": {
        const {
          idempotencyKey: _,
          description = null,
          discountPeriods = null,
          transferFee = "0",
          ...rest
        } = order.input;
        const { oneTimeFees, recurringFees } = rowsOf(rest);
        const terms = { ...rest, description, discountPeriods, transferFee, oneTimeFees, recurringFees };
        return defineOffer({ offerId, ...terms, on }, await this.facts(providerId, recurringFees));
      }
      case "reviseOffer": {
        const { idempotencyKey: _, offerId: _offerId, oneTimeFees, recurringFees, ...rest } = order.input;
        const rows = rowsOf({ ...(oneTimeFees && { oneTimeFees }), ...(recurringFees && { recurringFees }) });
        const changes = {
          ...rest,
          ...(oneTimeFees && { oneTimeFees: rows.oneTimeFees }),
          ...(recurringFees && { recurringFees: rows.recurringFees }),
        };
        const facts = await this.facts(providerId, changes.recurringFees ?? state?.recurringFees ?? []);
        return reviseOffer({ ...changes, on }, state, facts);
      }
      case "withdrawOffer":
        return withdrawOffer({ on }, state);
      case "deleteOffer": {
        const everAssigned = await wasEverAssigned(this.backend.dataSource, providerId, offerId);
        return deleteOffer({ on }, state, { everAssigned });
      }
    }
  }

  private async facts(providerId: string, rows: readonly RecurringFee[]): Promise<OfferFacts> {
    const ids = rows.flatMap(({ subscriptionId, addOnProductId }) =>
      addOnProductId === null ? [subscriptionId] : [subscriptionId, addOnProductId],
    );
    const found = await this.backend.rows<{ id: string; kind: string; state: Subscription }>(
      `SELECT id, kind, state FROM catalog_items
        WHERE provider_id = $1 AND kind IN ('subscription', 'addonproduct') AND id = ANY($2::uuid[])`,
      [providerId, ids],
    );
    const ofKind = (wanted: string) => found.filter(({ kind }) => kind === wanted);
    return {
      subscriptions: new Map(ofKind("subscription").map(({ id, state }) => [id, state])),
      addOnProducts: new Set(ofKind("addonproduct").map(({ id }) => id)),
    };
  }
}

const rowsOf = ({
  oneTimeFees = [],
  recurringFees = [],
}: {
  readonly oneTimeFees?: readonly OneTimeFeeInput[];
  readonly recurringFees?: readonly RecurringFeeInput[];
}): { oneTimeFees: OneTimeFee[]; recurringFees: RecurringFee[] } => ({
  oneTimeFees: oneTimeFees.map(({ description, service, fee, discount = "0" }) => ({
    ...{ description, service, fee, discount },
  })),
  recurringFees: recurringFees.map(({ subscriptionId, addOnProductId = null, discount = "0" }) => ({
    ...{ subscriptionId, addOnProductId, discount },
  })),
});
