import { QueryBus } from "@nestjs/cqrs";
import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { testRate } from "#domain/voice/rate-test.js";
import { sumCalls, sumCallsByDay } from "#read-models/calls/sums.js";
import { listUsageLines } from "#read-models/invoices/queries.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { ratesOfNumber } from "#read-models/tariffs/queries.js";
import { rateVersionOf } from "#read-models/tariffs/table.js";
import { Account } from "../accounts/models.js";
import { BilledCall, Call, CallConnection, CallDay, CallFilter, CallSort, CallSum } from "../calls/models.js";
import { RateTest, Tariff } from "../catalog/tariff-models.js";
import { rateTestShown } from "../catalog/tariffs-shown.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID } from "../graphql/scalars.js";
import { Line, LineConnection } from "../invoices/models.js";
import { lineShown } from "../invoices/shown.js";
import { connection } from "../queries/connections.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { requireId } from "../queries/required.js";

/** A filter that is null, as clients may send it, asks for nothing. */
const asked = (filter: Plain<CallFilter> | null): Partial<Plain<CallFilter>> => filter ?? {};

@Resolver()
export class CallQueries {
  constructor(
    private readonly bus: QueryBus,
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Query(() => Call, { description: "A call by its key; null when the provider has none with it.", nullable: true })
  call(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Call> | null> {
    return this.bus.execute(new FindQuery("call", id, scope));
  }

  @Query(() => CallConnection, {
    description: "Calls that were answered, the latest first unless another order is asked for.",
  })
  calls(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CallFilter,
    @Args("sort", SORT) sort: CallSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Call>>> {
    return this.bus.execute(new ListQuery("call", slice, filter, sort, scope));
  }

  @Query(() => [CallSum], { description: "Calls added up by currency: what `calls` lists by a filter." })
  async callSums(@Args("filter", FILTER) filter: CallFilter, @ScopeOf() scope: Scope): Promise<Plain<CallSum>[]> {
    return [...(await sumCalls(this.backend.dataSource, scope, filter))];
  }

  @Query(() => [CallDay], {
    description:
      "Calls added up by day and currency, in order: what `calls` lists by a filter. Without `from` and `invoice` those of the 31 days before `until`, or before now.",
  })
  async callDays(@Args("filter", FILTER) filter: CallFilter, @ScopeOf() scope: Scope): Promise<Plain<CallDay>[]> {
    const wanted = asked(filter);
    const until = wanted.until ?? (await this.clocks.now(scope.providerId));
    const from = wanted.from ?? (wanted.invoice ? null : new Date(Date.parse(until) - DAYS_SHOWN).toISOString());
    return [...(await sumCallsByDay(this.backend.dataSource, scope, { ...wanted, from }))];
  }

  @Query(() => LineConnection, {
    description: "The lines of calls on an issued invoice or credit note, in order; each has its calls by `calls`.",
  })
  async usageLines(
    @Args("invoiceId", { type: () => ID, description: "The invoice, or credit note." }) invoiceId: string,
    @Args() slice: ConnectionArgs,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Line>>> {
    requireId(invoiceId, "invoiceId");
    return connection(await listUsageLines(this.backend.dataSource, scope, invoiceId, slice), lineShown);
  }
}

/** 31 days, in milliseconds. */
const DAYS_SHOWN = 31 * 86_400_000;

@Resolver(() => Call)
export class CallFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => RateTest, {
    description:
      "How its amount comes about, by the rate at its answer: computed again, which no later rate changes; null of a call without an amount, and of a void one.",
    nullable: true,
  })
  async rating(@Parent() call: Call, @ScopeOf() scope: Scope): Promise<Plain<RateTest> | null> {
    const { tariffId, seconds, answered, cli, cld, voided } = call;
    if (tariffId === null || seconds === null || voided) return null;
    const { dataSource } = this.backend;
    const [tariff] = await findCatalogItems(dataSource, scope, "tariff", [tariffId]);
    if (!tariff) return null;
    const number = tariff.state.matchBy === "CLI" ? cli : cld;
    const rows = await ratesOfNumber(dataSource, scope, tariffId, number);
    const at = new Date(answered).toISOString();
    const tested = testRate({ number, at, seconds }, rows.map(rateVersionOf), tariff.state);
    return rateTestShown(tested, tariff.state.currency, rows);
  }

  @ResolveField(() => BilledCall, {
    description: "How it was billed; null: no close has counted it.",
    nullable: true,
  })
  billed(@Parent() call: Call, @LoadersOf() load: Loaders): Promise<Plain<BilledCall> | null> {
    return load.billedCall(call);
  }

  @ResolveField(() => Account, { description: "The account that is charged.", nullable: true })
  account(@Parent() { accountId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> | null {
    return accountId === null ? null : load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that is charged.", nullable: true })
  customer(@Parent() { customerId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> | null {
    return customerId === null ? null : load.customer(customerId);
  }

  @ResolveField(() => Tariff, { description: "The tariff that it was rated by.", nullable: true })
  tariff(@Parent() { tariffId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Tariff> | null> | null {
    return tariffId === null ? null : load.tariff(tariffId);
  }
}
