import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { listFailedCalls } from "#read-models/voice/failed-calls.js";
import { listOpenCalls } from "#read-models/voice/open-calls.js";
import { Account } from "../accounts/models.js";
import {
  FailedCall,
  FailedCallConnection,
  FailedCallFilter,
  failedCallShown,
  OpenCall,
  OpenCallConnection,
  OpenCallFilter,
  openCallShown,
} from "../calls/progress-models.js";
import { Backend } from "../core/backend.js";
import { systemNow } from "../core/clocks.js";
import { Customer } from "../customers/models.js";
import { SipEdge } from "../edges/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { connection } from "../queries/connections.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver()
export class CallProgressQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => OpenCallConnection, {
    description: "Calls that go on, as far as edges have told, the latest first. No money hangs on this list.",
  })
  async openCalls(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: OpenCallFilter,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<OpenCall>>> {
    const now = systemNow();
    const found = await listOpenCalls(this.backend.dataSource, scope, slice, filter, now);
    return connection(found, (row) => openCallShown(row, now));
  }

  @Query(() => FailedCallConnection, {
    description:
      "Calls of the last 30 days that were refused or ended without an answer, as edges have told, the latest first. Who calls from an address that an edge does not know is not among them.",
  })
  async failedCalls(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: FailedCallFilter,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<FailedCall>>> {
    return connection(await listFailedCalls(this.backend.dataSource, scope, slice, filter), failedCallShown);
  }
}

type Parties = Pick<OpenCall, "edgeId" | "accountId" | "customerId">;

const edgeOf = ({ edgeId }: Parties, load: Loaders) => load.edge(edgeId);
const accountOf = ({ accountId }: Parties, load: Loaders) => (accountId === null ? null : load.account(accountId));
const customerOf = ({ customerId }: Parties, load: Loaders) => (customerId === null ? null : load.customer(customerId));

@Resolver(() => OpenCall)
export class OpenCallFields {
  @ResolveField(() => SipEdge, { description: "The edge that sees it.", nullable: true })
  edge(@Parent() call: OpenCall, @LoadersOf() load: Loaders): Promise<Plain<SipEdge> | null> {
    return edgeOf(call, load);
  }

  @ResolveField(() => Account, { description: "The account that is called.", nullable: true })
  account(@Parent() call: OpenCall, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> | null {
    return accountOf(call, load);
  }

  @ResolveField(() => Customer, { description: "The account's customer.", nullable: true })
  customer(@Parent() call: OpenCall, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> | null {
    return customerOf(call, load);
  }
}

@Resolver(() => FailedCall)
export class FailedCallFields {
  @ResolveField(() => SipEdge, { description: "The edge that saw it.", nullable: true })
  edge(@Parent() call: FailedCall, @LoadersOf() load: Loaders): Promise<Plain<SipEdge> | null> {
    return edgeOf(call, load);
  }

  @ResolveField(() => Account, { description: "The account that was called.", nullable: true })
  account(@Parent() call: FailedCall, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> | null {
    return accountOf(call, load);
  }

  @ResolveField(() => Customer, { description: "The account's customer.", nullable: true })
  customer(@Parent() call: FailedCall, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> | null {
    return customerOf(call, load);
  }
}
