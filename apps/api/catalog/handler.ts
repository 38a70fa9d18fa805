import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { dateOf, type LocalDate } from "#domain/calendar.js";
import { customerClassEvolver, defineCustomerClass, reviseCustomerClass } from "#domain/catalog/customer-class.js";
import { type FeesByPeriod } from "#domain/catalog/events.js";
import {
  addOnProductEvolver,
  defineAddOnProduct,
  defineMainProduct,
  defineVolumeDiscountPlan,
  mainProductEvolver,
  reviseMainProduct,
  volumeDiscountPlanEvolver,
} from "#domain/catalog/products.js";
import { defineSubscription, reviseSubscription, subscriptionEvolver } from "#domain/catalog/subscription.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject } from "#domain/rejection.js";
import { type CatalogKind } from "#read-models/catalog/table.js";
import { Backend } from "../backend.js";
import { Commander } from "../commands/commander.js";
import { itemExists, unknownItems } from "../commands/facts.js";
import { CatalogCommand, type CatalogOrder } from "../commands/messages.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { type PeriodFeeInput } from "./inputs.js";

/** The catalog's day: it has no customer whose zone would count. */
export const catalogDay = (now: string): LocalDate => dateOf(now, "UTC");

/** Commands on catalog items, offers apart. */
@CommandHandler(CatalogCommand)
export class CatalogHandler implements ICommandHandler<CatalogCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
  ) {}

  async execute({ order, caller }: CatalogCommand): Promise<Outcome> {
    const { backend, commander } = this;
    const { providerId } = caller;
    switch (order.name) {
      case "defineSubscription": {
        const { idempotencyKey: _, recurringFees, penaltyAmount, ...terms } = order.input;
        const subscriptionId = commander.newId(caller, order, "subscription");
        return this.run(order, caller, "subscription", subscriptionId, subscriptionEvolver, (_state, on) =>
          defineSubscription({
            subscriptionId,
            minimumPeriods: null,
            penalty: "SUM_OF_DISCOUNTS",
            prorateFirst: true,
            prorateLast: true,
            ...terms,
            ...(penaltyAmount != null && { penaltyAmount }),
            recurringFees: feesOf(recurringFees),
            on,
          }),
        );
      }
      case "reviseSubscription": {
        const { idempotencyKey: _, subscriptionId, recurringFees, penaltyAmount, ...changes } = order.input;
        const fees = {
          ...(recurringFees && { recurringFees: feesOf(recurringFees) }),
          ...(penaltyAmount != null && { penaltyAmount }),
        };
        return this.run(order, caller, "subscription", subscriptionId, subscriptionEvolver, (state, on) =>
          reviseSubscription({ ...changes, ...fees, on }, state),
        );
      }
      case "defineAddOnProduct": {
        const { name, service, quota = null, volumeDiscountPlanId = null } = order.input;
        const addOnProductId = commander.newId(caller, order, "addonproduct");
        return this.run(order, caller, "addonproduct", addOnProductId, addOnProductEvolver, async (_state, on) => {
          const planExists = await itemExists(backend, providerId, "volumediscountplan", volumeDiscountPlanId);
          return defineAddOnProduct({ addOnProductId, name, service, quota, volumeDiscountPlanId, on }, { planExists });
        });
      }
      case "defineVolumeDiscountPlan": {
        const { name, service, quota, unit, thresholds = [] } = order.input;
        const volumeDiscountPlanId = commander.newId(caller, order, "volumediscountplan");
        const plan = { volumeDiscountPlanId, name, service, quota, unit, thresholds };
        return this.run(
          order,
          caller,
          "volumediscountplan",
          volumeDiscountPlanId,
          volumeDiscountPlanEvolver,
          (_s, on) => defineVolumeDiscountPlan({ ...plan, on }),
        );
      }
      case "defineMainProduct": {
        const { name, addOnProductIds = [] } = order.input;
        const mainProductId = commander.newId(caller, order, "mainproduct");
        return this.run(order, caller, "mainproduct", mainProductId, mainProductEvolver, async (_state, on) => {
          const unknownAddOns = await unknownItems(backend, providerId, "addonproduct", addOnProductIds);
          return defineMainProduct({ mainProductId, name, addOnProductIds, on }, { unknownAddOns });
        });
      }
      case "reviseMainProduct": {
        const { idempotencyKey: _, mainProductId, ...changes } = order.input;
        return this.run(order, caller, "mainproduct", mainProductId, mainProductEvolver, async (state, on) => {
          const unknownAddOns = await unknownItems(backend, providerId, "addonproduct", changes.addOnProductIds ?? []);
          return reviseMainProduct({ ...changes, on }, state, { unknownAddOns });
        });
      }
      case "defineCustomerClass": {
        const { name, graceDays = 14, rounding = "HALF_UP" } = order.input;
        const customerClassId = commander.newId(caller, order, "customerclass");
        return this.run(order, caller, "customerclass", customerClassId, customerClassEvolver, (_state, on) =>
          defineCustomerClass({ customerClassId, name, graceDays, rounding, on }),
        );
      }
      case "reviseCustomerClass": {
        const { idempotencyKey: _, customerClassId, ...changes } = order.input;
        return this.run(order, caller, "customerclass", customerClassId, customerClassEvolver, (state, on) =>
          reviseCustomerClass({ ...changes, on }, state),
        );
      }
    }
  }
  private async run<S, E extends DomainEvent>(
    order: CatalogOrder,
    caller: Caller,
    category: CatalogKind,
    id: string,
    decider: Evolver<S, E>,
    decide: (state: S, on: LocalDate) => readonly E[] | Promise<readonly E[]>,
  ): Promise<Outcome> {
    const { outcome } = await this.commander.run({
      ...{ caller, order, category, id, decider },
      decide: (state, now) => decide(state, catalogDay(now)),
    });
    return outcome;
  }
}

/** @throws Rejection VALIDATION_FAILED when a type of billing period is there twice */
const feesOf = (fees: readonly PeriodFeeInput[]): FeesByPeriod => {
  const byPeriod = new Map(fees.map(({ period, amount }) => [period, amount]));
  if (byPeriod.size === fees.length) return Object.fromEntries(byPeriod);
  throw reject("VALIDATION_FAILED", "recurringFees has a type of billing period twice.", { field: "recurringFees" });
};
