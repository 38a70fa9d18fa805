import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { BilledByEnum } from "../exports/enums.js";
import { Billed, PenaltiesOutstanding } from "../exports/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { ID, LocalDateScalar } from "../graphql/scalars.js";
import { BilledQuery, PenaltiesOutstandingQuery } from "../queries/export-queries.js";

const ONLY_CUSTOMER = { type: () => ID, nullable: true, description: "Only this customer's." };

@Resolver()
export class ExportQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Billed, {
    description:
      "What was billed, added up by currency and whatever is asked for. A void invoice counts in its month, and its credit note in that of the credit note.",
  })
  billed(
    @Args("by", { type: () => [BilledByEnum], description: "What sums are told apart by; empty: by currency alone." })
    by: readonly (keyof typeof BilledByEnum)[],
    @Args("from", { type: () => LocalDateScalar, description: "The first day of issue." }) from: string,
    @Args("until", { type: () => LocalDateScalar, description: "The last day of issue." }) until: string,
    @Args("customerId", ONLY_CUSTOMER) customerId: string | null | undefined,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<Billed>> {
    return this.bus.execute(new BilledQuery(new Set(by), { from, until }, customerId ?? null, scope));
  }

  @Query(() => PenaltiesOutstanding, {
    description: "What all running commitments would cost if they ended today, added up by currency.",
  })
  penaltiesOutstanding(
    @Args("customerId", ONLY_CUSTOMER) customerId: string | null | undefined,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<PenaltiesOutstanding>> {
    return this.bus.execute(new PenaltiesOutstandingQuery(customerId ?? null, scope));
  }
}
