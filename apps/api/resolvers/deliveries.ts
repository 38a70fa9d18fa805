import { Args, Mutation, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type MutationName } from "#application/access/access.js";
import { authorise, type Principal } from "#application/command/principal.js";
import { type Scope } from "#read-models/rows/scope.js";
import { reject } from "#domain/rejection.js";
import { type Act, actOnDelivery, findDelivery, listDeliveries } from "#processors/deliveries/operators.js";
import { shownTargets, verifyTargets } from "#processors/deliveries/shown-targets.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import {
  Delivery,
  DeliveryConnection,
  DeliveryFilter,
  DeliveryInput,
  deliveryShown,
  DiscardDeliveryInput,
  RetryDeliveryInput,
  Target,
  TargetVerification,
} from "../deliveries/models.js";
import { PrincipalOf, ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG } from "../graphql/pagination.js";
import { INPUT } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { rejectedAt } from "../graphql/validation.js";
import { connection } from "../queries/connections.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Reader, ReaderOf } from "../queries/reader.js";
import { requireId } from "../queries/required.js";

@Resolver()
export class DeliveryQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => DeliveryConnection, { description: "Deliveries to systems outside, those of the latest events first." })
  async deliveries(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: DeliveryFilter,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Delivery>>> {
    return connection(await listDeliveries(this.backend.dataSource, scope, filter, slice), deliveryShown);
  }

  @Query(() => Delivery, {
    description: "A delivery by its id; null when the provider has none with it.",
    nullable: true,
  })
  async delivery(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Delivery> | null> {
    requireId(id, "id");
    const found = await findDelivery(this.backend.dataSource, scope, id);
    return found ? deliveryShown(found) : null;
  }

  @Query(() => [Target], { description: "The systems outside that deliveries go to, and how they do." })
  async targets(@ScopeOf() { providerId }: Scope): Promise<Plain<Target>[]> {
    const { dataSource, targets } = this.backend;
    return (await shownTargets(dataSource, targets, providerId)).map(({ downSince, configuration, ...target }) => ({
      ...target,
      configuration: [...configuration],
      downSince: downSince?.toISOString() ?? null,
    }));
  }
}

/** What operators do with deliveries: neither commands nor events, since nothing of the business changes. */
@Resolver()
export class DeliveryMutations {
  constructor(private readonly backend: Backend) {}

  @Mutation(() => Delivery, {
    description: "Sends a parked delivery, or one that waits for its next try, again at once, with all its tries.",
    nullable: true,
  })
  retryDelivery(
    @Args("input", { description: INPUT }) { deliveryId, anew = false }: RetryDeliveryInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<Delivery>> {
    return this.act("retryDelivery", principal, deliveryId, { act: anew ? "RETRY_ANEW" : "RETRY" });
  }

  @Mutation(() => Delivery, {
    description:
      "Discards a delivery that is pending or parked: it is never sent, and its customer's later ones go on.",
    nullable: true,
  })
  discardDelivery(
    @Args("input", { description: INPUT }) { deliveryId, reason }: DiscardDeliveryInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<Delivery>> {
    return this.act("discardDelivery", principal, deliveryId, { act: "DISCARD", reason, by: principal.actor });
  }

  @Mutation(() => Delivery, {
    description: "Passes over a parked delivery: it stays parked, and its customer's later ones go on.",
    nullable: true,
  })
  passOverDelivery(
    @Args("input", { description: INPUT }) { deliveryId }: DeliveryInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<Delivery>> {
    return this.act("passOverDelivery", principal, deliveryId, { act: "PASS_OVER" });
  }

  @Mutation(() => [TargetVerification], {
    description:
      "Checks the configuration of each target that is on (reachable, credentials right), and changes nothing there. One that was down and is well again goes on at once.",
    nullable: true,
  })
  verifyTargets(@PrincipalOf() principal: Principal): Promise<Plain<TargetVerification>[]> {
    authorise(principal, "verifyTargets");
    return verifyTargets(this.backend.dataSource, this.backend.targets, principal.providerId);
  }

  private async act(name: MutationName, principal: Principal, id: string, act: Act): Promise<Plain<Delivery>> {
    const { dataSource } = this.backend;
    authorise(principal, name);
    try {
      if (act.act === "DISCARD" && act.reason.trim() === "") {
        throw reject("VALIDATION_FAILED", "A reason must be given.", { field: "reason" });
      }
      const done = await actOnDelivery(dataSource, principal.providerId, id, act);
      const found = await findDelivery(dataSource, principal, id);
      if (!found) throw reject("DELIVERY_NOT_FOUND", `There is no delivery ${id}.`, { field: "deliveryId" });
      if (!done) throw reject("CONFLICT", refusal[act.act](found.status), { field: "deliveryId" });
      return deliveryShown(found);
    } catch (error) {
      throw rejectedAt(error, ["input"]);
    }
  }
}

const settled = (status: string): string =>
  status === "PENDING"
    ? "The delivery is being sent at this moment; try again."
    : `The delivery is ${status.toLowerCase()} already.`;

const refusal: Readonly<Record<Act["act"], (status: string) => string>> = {
  RETRY: settled,
  RETRY_ANEW: (status) => `Only a parked delivery can be made anew; this one is ${status.toLowerCase()}.`,
  DISCARD: settled,
  PASS_OVER: (status) => `Only a parked delivery can be passed over; this one is ${status.toLowerCase()}.`,
};

@Resolver(() => Delivery)
export class DeliveryFields {
  @ResolveField(() => Customer, { description: "The customer that it is about.", nullable: true })
  customer(@Parent() { customerId }: Delivery, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => Customer)
export class CustomerDeliveriesField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => DeliveryConnection, {
    description: "What was and is delivered about it to systems outside, that of the latest events first.",
  })
  async deliveries(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: DeliveryFilter,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Promise<Connection<Plain<Delivery>>> {
    // What became of them is not recorded by events: it is as it is now, of those that there were.
    const { dataSource } = this.backend;
    return connection(await listDeliveries(dataSource, scope, filter, slice, id, moment), deliveryShown);
  }
}
