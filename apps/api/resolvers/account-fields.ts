import { type Plain } from "../graphql/plain.js";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { MainProduct } from "../catalog/models.js";
import { type Commitment, CommitmentConnection } from "../commitments/models.js";
import { Customer } from "../customers/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { AccountAlias } from "../accounts/alias-models.js";
import { Account } from "../accounts/models.js";

@Resolver(() => AccountAlias)
export class AccountAliasFields {
  @ResolveField(() => Account, { description: "The account with this identifier or alias.", nullable: true })
  account(@Parent() { accountId }: AccountAlias, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that the account belongs to.", nullable: true })
  customer(@Parent() { customerId }: AccountAlias, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => Account)
export class AccountFields {
  @ResolveField(() => Customer, { description: "The customer that it belongs to.", nullable: true })
  customer(@Parent() { customerId }: Account, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => MainProduct, { description: "Its main product.", nullable: true })
  mainProduct(@Parent() { mainProductId }: Account, @LoadersOf() load: Loaders): Promise<Plain<MainProduct> | null> {
    return load.mainProduct(mainProductId);
  }

  @ResolveField(() => CommitmentConnection, { description: "The commitments on it, by start." })
  commitments(
    @Parent() { id }: Account,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Commitment>>> {
    return load.commitmentsOfAccount(id, slice);
  }
}
