import { type Plain } from "../graphql/plain.js";
import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { type CommitmentStatus } from "#domain/commitment/commitment.js";
import { Account } from "../accounts/models.js";
import { Offer } from "../catalog/models.js";
import { Customer } from "../customers/models.js";
import { LoadersOf } from "../graphql/context.js";
import { CommitmentStatusEnum } from "../graphql/enums.js";
import { type Loaders } from "../graphql/loaders.js";
import { DecimalScalar } from "../graphql/scalars.js";
import { Commitment } from "./models.js";

@Resolver(() => Commitment)
export class CommitmentFields {
  @ResolveField(() => CommitmentStatusEnum, { description: "Its state today, by the provider's clock." })
  status(@Parent() commitment: Commitment, @LoadersOf() load: Loaders): Promise<CommitmentStatus> {
    return load.commitmentStatus(commitment);
  }

  @ResolveField(() => DecimalScalar, { description: "Discounts given on issued invoices." })
  discountsGiven(@Parent() commitment: Commitment, @LoadersOf() load: Loaders): Promise<string> {
    return load.discountsGiven(commitment);
  }

  @ResolveField(() => Offer, { description: "The offer that it was assigned from, as it is now.", nullable: true })
  offer(@Parent() { offerId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Offer> | null> {
    return load.offer(offerId);
  }

  @ResolveField(() => Account, { description: "The account that holds it.", nullable: true })
  account(@Parent() { accountId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that pays for it.", nullable: true })
  customer(@Parent() { customerId }: Commitment, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}
