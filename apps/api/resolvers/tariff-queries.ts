import { QueryBus } from "@nestjs/cqrs";
import { Args, Int, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { dryRunOf } from "#application/rate-files/dry-run.js";
import { reject } from "#domain/rejection.js";
import { testRate } from "#domain/voice/rate-test.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { listRates, ratesOfNumber } from "#read-models/tariffs/queries.js";
import { rateVersionOf } from "#read-models/tariffs/table.js";
import { CatalogSort } from "../catalog/filters.js";
import { ServicePolicy, ServicePolicyConnection, ServicePolicyFilter } from "../catalog/service-policy-models.js";
import {
  Rate,
  RateConnection,
  RateFilter,
  RateImport,
  RateTest,
  Tariff,
  TariffConnection,
  TariffFilter,
} from "../catalog/tariff-models.js";
import { RateFileInput } from "../catalog/tariff-commands.js";
import { rateShown, rateTestShown } from "../catalog/tariffs-shown.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar } from "../graphql/scalars.js";
import { connection } from "../queries/connections.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { requireId } from "../queries/required.js";

/** A filter that is null, as clients may send it, asks for nothing. */
const asked = (filter: Plain<RateFilter> | null): Partial<Plain<RateFilter>> => filter ?? {};

const TARIFF_ARG = { type: () => ID, description: "The tariff." } as const;

@Resolver()
export class TariffQueries {
  constructor(
    private readonly bus: QueryBus,
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Query(() => ServicePolicy, {
    description: "A service policy by its id; null when the provider has none with it.",
    nullable: true,
  })
  servicePolicy(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<ServicePolicy> | null> {
    return this.bus.execute(new FindQuery("servicePolicy", id, scope));
  }

  @Query(() => ServicePolicyConnection, { description: "The provider's service policies." })
  servicePolicies(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: ServicePolicyFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<ServicePolicy>>> {
    return this.bus.execute(new ListQuery("servicePolicy", slice, filter, sort, scope));
  }

  @Query(() => Tariff, {
    description: "A tariff by its id; null when the provider has none with it.",
    nullable: true,
  })
  tariff(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Tariff> | null> {
    return this.bus.execute(new FindQuery("tariff", id, scope));
  }

  @Query(() => TariffConnection, { description: "The provider's tariffs." })
  tariffs(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: TariffFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Tariff>>> {
    return this.bus.execute(new ListQuery("tariff", slice, filter, sort, scope));
  }

  @Query(() => RateConnection, {
    description:
      "Rates of a tariff, by prefix, then by the instant from which they hold; those of now unless asked otherwise.",
  })
  async rates(
    @Args("tariffId", TARIFF_ARG) tariffId: string,
    @Args() { first, last, after, before }: ConnectionArgs,
    @Args("filter", FILTER) filter: RateFilter,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Rate>>> {
    requireId(tariffId, "tariffId");
    const { effective, ...wanted } = asked(filter);
    const at = effective?.at ?? (await this.clocks.now(scope.providerId));
    const found = await listRates(this.backend.dataSource, scope, tariffId, {
      ...{ first, last, after, before },
      filter: { ...wanted, effective: { at, mode: effective?.mode ?? "AT" } },
    });
    return connection(found, rateShown);
  }

  @Query(() => RateTest, {
    description: "What a call would cost by a tariff, and why; null when the provider has no such tariff.",
    nullable: true,
  })
  async testRate(
    @Args("tariffId", TARIFF_ARG) tariffId: string,
    @Args("number", {
      type: () => String,
      nullable: true,
      description: "The number that the tariff matches: the called one, or the caller's; null: a hidden one.",
    })
    number: string | null,
    @Args("at", {
      type: () => InstantScalar,
      nullable: true,
      description: "When it is answered; now unless given.",
    })
    at: string | null,
    @Args("seconds", { type: () => Int, description: "Its length, 0 to 86400 s." }) seconds: number,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<RateTest> | null> {
    requireId(tariffId, "tariffId");
    if (seconds < 0 || seconds > 86_400) {
      throw reject("VALIDATION_FAILED", "seconds must be a whole number from 0 to 86400.", {
        ...{ field: "seconds", facts: { case: "NOT_WITHIN", least: "0", most: "86400" } },
      });
    }
    const { dataSource } = this.backend;
    const [tariff] = await findCatalogItems(dataSource, scope, "tariff", [tariffId]);
    if (!tariff) return null;
    const rows = await ratesOfNumber(dataSource, scope, tariffId, number ?? null);
    const instant = new Date(at ?? (await this.clocks.now(scope.providerId))).toISOString();
    const tested = testRate({ number: number ?? null, at: instant, seconds }, rows.map(rateVersionOf), tariff.state);
    return rateTestShown(tested, tariff.state.currency, rows);
  }
}

@Resolver()
export class RateImportQueries {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Query(() => RateImport, {
    description:
      "What `importRates` would do with a file of rates, compared with what holds then; null when the provider has no such tariff.",
    nullable: true,
  })
  async rateImport(
    @Args("file", { description: "The file." }) file: RateFileInput,
    @ScopeOf() { providerId }: Scope,
  ): Promise<Plain<RateImport> | null> {
    const now = await this.clocks.now(providerId);
    const found = await dryRunOf(this.backend.facts, providerId, file, now);
    if (!found) return null;
    return { mistakes: [...found.mistakes], changes: [...found.changes] };
  }
}

@Resolver(() => Tariff)
export class TariffFields {
  @ResolveField(() => Tariff, { description: "The tariff that it was copied from.", nullable: true })
  clonedFrom(@Parent() { clonedFromId }: Tariff, @LoadersOf() load: Loaders): Promise<Plain<Tariff> | null> | null {
    return clonedFromId === null ? null : load.tariff(clonedFromId);
  }
}
