import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { addDays, dateOf } from "#domain/calendar.js";
import { countParkedDeliveries } from "#processors/deliveries/operators.js";
import { countMovedPeriods } from "#read-models/billing/closed-periods.js";
import { countParkedOf, pageParked } from "#read-models/billing/parked.js";
import { countPauseRequests, listPauseRequests } from "#read-models/commitments/pause-requests.js";
import { countCommitments } from "#read-models/commitments/queries.js";
import { countInvoices } from "#read-models/invoices/queries.js";
import { loadCheckpoints } from "#read-models/runner/checkpoints.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Commitment } from "../commitments/models.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { readModelStates } from "../core/read-model-states.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { connection } from "../queries/connections.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import {
  OpenPauseRequest,
  OpenPauseRequestConnection,
  ParkedClose,
  ParkedCloseConnection,
  ReadModel,
  WorkCount,
  WorkList,
} from "../work/models.js";

/** What a count goes up to, and how many days ahead something ends soon. */
const MOST = 99;
const SOON = 30;

const shown = (counted: number): Plain<WorkCount> => ({ count: Math.min(counted, MOST), isCapped: counted > MOST });

@Resolver()
export class WorkQueries {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Query(() => WorkList, { description: "What waits for somebody of the provider, counted." })
  async workList(@ScopeOf() scope: Scope): Promise<Plain<WorkList>> {
    const { dataSource } = this.backend;
    const now = await this.clocks.now(scope.providerId);
    const endingFrom = dateOf(now, "UTC");
    const endingUntil = addDays(endingFrom, SOON);
    const most = MOST + 1;
    const [parkedCloses, parkedDeliveries, overdueInvoices, endingSoon, movedPeriods, pauseRequests] =
      await Promise.all([
        countParkedOf(dataSource, scope, most),
        countParkedDeliveries(dataSource, scope, most),
        countInvoices(dataSource, scope, { state: { is: "OVERDUE", at: now } }, most),
        countCommitments(dataSource, scope, { endFrom: endingFrom, endUntil: endingUntil }, most),
        countMovedPeriods(dataSource, scope, most),
        countPauseRequests(dataSource, scope, now, most),
      ]);
    return {
      ...{ parkedCloses: shown(parkedCloses), parkedDeliveries: shown(parkedDeliveries) },
      ...{ overdueInvoices: shown(overdueInvoices), endingSoon: shown(endingSoon), endingFrom, endingUntil },
      ...{ movedPeriods: shown(movedPeriods), pauseRequests: shown(pauseRequests) },
    };
  }

  @Query(() => ParkedCloseConnection, {
    description: "Customers whose billing work failed, those that have waited longest first.",
  })
  async parkedCloses(@Args() slice: ConnectionArgs, @ScopeOf() scope: Scope): Promise<Connection<Plain<ParkedClose>>> {
    const found = await pageParked(this.backend.dataSource, scope, slice);
    return connection(found, ({ customer_id: customerId, reason, since, attempts }) => ({
      ...{ customerId, reason, since, attempts },
    }));
  }

  @Query(() => OpenPauseRequestConnection, {
    description: "Pauses that customers asked for and nobody has answered, those for the earliest days first.",
  })
  async pauseRequests(
    @Args() slice: ConnectionArgs,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<OpenPauseRequest>>> {
    const now = await this.clocks.now(scope.providerId);
    return connection(await listPauseRequests(this.backend.dataSource, scope, now, slice), (row) => row);
  }

  @Query(() => [ReadModel], { description: "How the installation's read models stand, those of all providers." })
  async readModels(): Promise<Plain<ReadModel>[]> {
    const { dataSource, store } = this.backend;
    const [checkpoints, tail] = await Promise.all([loadCheckpoints(dataSource), store.tail().catch(() => undefined)]);
    return readModelStates(checkpoints, tail?.commit).sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}

@Resolver(() => ParkedClose)
export class ParkedCloseFields {
  @ResolveField(() => Customer, { description: "The customer.", nullable: true })
  customer(@Parent() { customerId }: ParkedClose, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => OpenPauseRequest)
export class OpenPauseRequestFields {
  @ResolveField(() => Commitment, { description: "The commitment that is to be paused.", nullable: true })
  commitment(
    @Parent() { commitmentId }: OpenPauseRequest,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Commitment> | null> {
    return load.commitment(commitmentId);
  }

  @ResolveField(() => Customer, { description: "The customer that holds it.", nullable: true })
  customer(@Parent() { customerId }: OpenPauseRequest, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}
