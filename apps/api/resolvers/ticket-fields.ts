import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { addMonths } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { supportByMonth, totalCost } from "#domain/tickets/support-cost.js";
import { customerSupport, customerTickets, type TicketPlace } from "#processors/zendesk/customer-tickets.js";
import { ticketStatuses } from "#processors/zendesk/ticket.js";
import { providerState } from "#read-models/providers/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { ConnectionArgs, FILTER, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { LocalDateScalar } from "../graphql/scalars.js";
import { SupportCost, TicketConnection, TicketFilter, TicketSort } from "../tickets/models.js";

/** Months of one answer at most. */
const MOST_MONTHS = 24;

const day = (description: string) => ({ type: () => LocalDateScalar, description });

@Resolver(() => Customer)
export class TicketFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => TicketConnection, {
    description:
      "Its tickets in Zendesk at this moment, newest first unless sorted; forward only. Null where it is not linked, or Zendesk is not enabled. Where Zendesk does not answer, the code is `UNAVAILABLE`.",
    nullable: true,
  })
  async tickets(
    @Parent() customer: Customer,
    @Args() { first, after, last, before }: ConnectionArgs,
    @Args("filter", { type: () => TicketFilter, ...FILTER }) filter: TicketFilter | null,
    @Args("sort", { type: () => TicketSort, ...SORT }) sort: TicketSort | null,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<TicketConnection> | null> {
    if (last != null || before != null) {
      const field = last == null ? "before" : "last";
      throw reject("VALIDATION_FAILED", "Tickets are listed forward only: give first and after.", { field });
    }
    const asked = { first, after, filter, sort, timeZone: customer.timeZone };
    const found = await customerTickets(this.placeOf(customer, scope), asked);
    if (found === null) return null;
    const edges = found.items.map(({ cursor, ticket }) => ({ cursor, node: ticket }));
    const { hasNextPage, hasPreviousPage, searched } = found;
    const [startCursor = null, endCursor = null] = [edges.at(0)?.cursor, edges.at(-1)?.cursor];
    return { edges, searched, pageInfo: { startCursor, endCursor, hasNextPage, hasPreviousPage } };
  }

  @ResolveField(() => SupportCost, {
    description:
      "Tickets that were opened on these days, what they took and cost, by month, and what that rests on. Null and refused as `tickets` is.",
    nullable: true,
  })
  async supportCost(
    @Parent() customer: Customer,
    @Args("from", day("The first day.")) from: string,
    @Args("until", {
      ...day(`The last day, at most ${MOST_MONTHS} months behind the first one; left out: today.`),
      nullable: true,
    })
    givenUntil: string | null,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<SupportCost> | null> {
    const until = givenUntil ?? customer.today;
    if (until < from || until > addMonths(from, MOST_MONTHS)) {
      const sentence = `until must be on the day from or at most ${MOST_MONTHS} months behind it.`;
      throw reject("VALIDATION_FAILED", sentence, { field: "until" });
    }
    const { timeZone } = customer;
    const found = await customerSupport(this.placeOf(customer, scope), { from, until }, timeZone);
    if (found === null) return null;
    const rate = (await providerState(this.backend.dataSource, scope.providerId))?.supportHourlyRate ?? null;
    const months = supportByMonth(found.tickets, timeZone, rate, ticketStatuses);
    return {
      ...{ timeSource: found.timeSource, isComplete: found.isComplete },
      ...{ hourlyRate: rate?.amount ?? null, currency: rate?.currency ?? null },
      total: rate && totalCost(months, rate.currency),
      months: months.map((month) => ({ ...month, byStatus: [...month.byStatus] })),
    };
  }

  private placeOf({ zendeskState }: Customer, { providerId }: Scope): TicketPlace {
    return { targets: this.backend.targets, providerId, organizationId: zendeskState?.link?.organizationId ?? null };
  }
}
