import { type Plain } from "../graphql/plain.js";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account } from "../accounts/models.js";
import { AddOnProduct, Offer } from "../catalog/models.js";
import { Customer } from "../customers/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { DecimalScalar } from "../graphql/scalars.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { type Line, LineConnection } from "../invoices/models.js";
import { DiscountLedger } from "../commitments/discount-ledger.js";
import { Commitment, CommitmentHolder, RecurringTerm, TimeLimitedUpgrade } from "../commitments/models.js";

@Resolver(() => Commitment)
export class CommitmentFields {
  @ResolveField(() => DecimalScalar, { description: "Discounts given on issued invoices." })
  discountsGiven(@Parent() commitment: Commitment, @LoadersOf() load: Loaders): Promise<string> {
    return load.discountsGiven(commitment);
  }

  @ResolveField(() => DiscountLedger, {
    description:
      "Discounts actually given through today, by row: what an early termination claims back. Null with an error where read models are behind.",
    nullable: true,
  })
  discountLedger(@Parent() commitment: Commitment, @LoadersOf() load: Loaders): Promise<Plain<DiscountLedger>> {
    return load.discountLedger(commitment);
  }

  @ResolveField(() => LineConnection, { description: "Its lines on issued invoices, by their first day." })
  lines(
    @Parent() { id }: Commitment,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Line>>> {
    return load.linesOfCommitment(id, slice);
  }

  @ResolveField(() => Offer, { description: "The offer of its terms, as of now.", nullable: true })
  offer(@Parent() { offerId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Offer> | null> {
    return load.offer(offerId);
  }

  @ResolveField(() => Account, { description: "The account that holds it.", nullable: true })
  account(@Parent() { accountId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that is charged for it.", nullable: true })
  customer(@Parent() { customerId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => CommitmentHolder)
export class CommitmentHolderFields {
  @ResolveField(() => Account, { description: "The account.", nullable: true })
  account(@Parent() { accountId }: CommitmentHolder, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that is charged for its days.", nullable: true })
  customer(@Parent() { customerId }: CommitmentHolder, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => TimeLimitedUpgrade)
export class TimeLimitedUpgradeFields {
  @ResolveField(() => AddOnProduct, { description: "The better add-on product.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: TimeLimitedUpgrade,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> {
    return load.addOnProduct(addOnProductId);
  }
}

@Resolver(() => RecurringTerm)
export class RecurringTermFields {
  @ResolveField(() => AddOnProduct, { description: "The add-on product that comes with it.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: RecurringTerm,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> | null {
    return addOnProductId === null ? null : load.addOnProduct(addOnProductId);
  }
}
