import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { reject } from "#domain/rejection.js";
import { AS_OF, type AsOfInput } from "../graphql/as-of.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { ClosedPeriodsQuery, FindQuery, InvoiceSumsQuery, ListQuery, UnbilledQuery } from "../queries/messages.js";
import {
  ClosedPeriod,
  ClosedPeriodConnection,
  CreditNote,
  CreditNoteConnection,
  CreditNoteFilter,
  CreditNoteSort,
  Invoice,
  InvoiceConnection,
  InvoiceFilter,
  InvoiceSort,
  InvoiceSum,
} from "../invoices/models.js";
import { type OpenView, OpenViewOf } from "../queries/views.js";
import { Unbilled } from "../invoices/unbilled-models.js";
import { ID } from "../graphql/scalars.js";

const NUMBER_ARG = { type: () => String, nullable: true, description: "Its number." };
const CUSTOMER_ARG = { type: () => ID, description: "The customer." };

@Resolver()
export class InvoiceQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Invoice, {
    description: "An invoice by either its id or its number; null when the provider has none with it.",
    nullable: true,
  })
  async invoice(
    @Args("id", { ...ID_ARG, nullable: true }) id: string | null | undefined,
    @Args("number", NUMBER_ARG) number: string | null | undefined,
    @Args("asOf", AS_OF) asOf: AsOfInput | null,
    @ScopeOf() scope: Scope,
    @OpenViewOf() open: OpenView,
  ): Promise<Plain<Invoice> | null> {
    if (id != null && number == null) {
      const reader = await open(asOf, { invoiceId: id });
      return reader === null ? null : this.bus.execute(new FindQuery("invoice", id, scope, reader));
    }
    if (id != null || number == null) {
      throw reject("VALIDATION_FAILED", "Give either id or number.", { field: "number" });
    }
    const reader = await open(asOf, { invoiceNumber: number });
    if (reader === null) return null;
    const found = await this.bus.execute(new ListQuery("invoice", { first: 1 }, { number }, null, scope, reader));
    return found.edges[0]?.node ?? null;
  }

  @Query(() => InvoiceConnection, { description: "The provider's issued invoices." })
  invoices(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: InvoiceFilter,
    @Args("sort", SORT) sort: InvoiceSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Invoice>>> {
    return this.bus.execute(new ListQuery("invoice", slice, filter, sort, scope));
  }

  @Query(() => [InvoiceSum], {
    description: "The provider's issued invoices, added up by currency and state: what `invoices` lists by a filter.",
  })
  invoiceSums(@Args("filter", FILTER) filter: InvoiceFilter, @ScopeOf() scope: Scope): Promise<Plain<InvoiceSum>[]> {
    return this.bus.execute(new InvoiceSumsQuery(filter, scope));
  }

  @Query(() => CreditNote, {
    description: "A credit note by its id; null when the provider has none with it.",
    nullable: true,
  })
  async creditNote(
    @Args("id", ID_ARG) id: string,
    @Args("asOf", AS_OF) asOf: AsOfInput | null,
    @ScopeOf() scope: Scope,
    @OpenViewOf() open: OpenView,
  ): Promise<Plain<CreditNote> | null> {
    const reader = await open(asOf, { creditNoteId: id });
    return reader === null ? null : this.bus.execute(new FindQuery("creditNote", id, scope, reader));
  }

  @Query(() => CreditNoteConnection, { description: "The provider's issued credit notes." })
  creditNotes(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CreditNoteFilter,
    @Args("sort", SORT) sort: CreditNoteSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<CreditNote>>> {
    return this.bus.execute(new ListQuery("creditNote", slice, filter, sort, scope));
  }

  @Query(() => Unbilled, {
    description: "A customer's running billing period as known now; null when the provider has no such customer.",
    nullable: true,
  })
  unbilled(
    @Args("customerId", CUSTOMER_ARG) customerId: string,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<Unbilled> | null> {
    return this.bus.execute(new UnbilledQuery(customerId, scope));
  }

  @Query(() => ClosedPeriodConnection, { description: "Closed billing periods, the latest first." })
  closedPeriods(
    @Args() slice: ConnectionArgs,
    @Args("customerId", { ...CUSTOMER_ARG, nullable: true, description: "Only those of this customer." })
    customerId: string | null,
    @Args("moved", {
      type: () => Boolean,
      nullable: true,
      description: "True: only those with late events; false: only those without; left out: all.",
    })
    moved: boolean | null,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<ClosedPeriod>>> {
    const filter = { ...(customerId != null && { customerId }), ...(moved != null && { moved }) };
    return this.bus.execute(new ClosedPeriodsQuery(slice, filter, scope));
  }
}
