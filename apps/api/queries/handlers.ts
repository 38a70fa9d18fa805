import { type IQueryHandler, QueryHandler } from "@nestjs/cqrs";
import { listAccountAliases } from "#read-models/accounts/alias-queries.js";
import { findAccountByIdentifier } from "#read-models/accounts/queries.js";
import { listStalls, shownStall } from "#read-models/runner/stalls.js";
import { listClosedPeriods } from "#read-models/billing/closed-periods.js";
import { findEventPlace } from "#read-models/events/find-events.js";
import { UndecodableEvent } from "#event-store/errors.js";
import { Unavailable } from "#application/command/unavailable.js";
import { loadBilling } from "#read-models/billing/load.js";
import { withRunningUsage } from "#read-models/billing/running-usage.js";
import { dateOf } from "#domain/calendar.js";
import { requireOrganizationId } from "#domain/customers/link-zendesk.js";
import { reject } from "#domain/rejection.js";
import { zendeskLinksOf } from "#read-models/customers/zendesk-links.js";
import { agedReceivables } from "#read-models/invoices/aging.js";
import { sumInvoices } from "#read-models/invoices/queries.js";
import { type AccountAlias } from "../accounts/alias-models.js";
import { type Account } from "../accounts/models.js";
import { accountShown } from "../accounts/shown.js";
import { type Customer } from "../customers/models.js";
import { eventShown, type ShownEvent } from "../events/models.js";
import { Backend } from "../core/backend.js";
import { type Connection } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type ClosedPeriod, type InvoiceSum } from "../invoices/models.js";
import { closedPeriodShown } from "../invoices/shown.js";
import { type Unbilled } from "../invoices/unbilled-models.js";
import { unbilledOf } from "./foreseen-lines.js";
import { type AgedReceivables } from "../receivables/statement-models.js";
import { type Stall } from "../providers/models.js";
import { Clocks } from "../core/clocks.js";
import { kinds } from "./kinds.js";
import { connection } from "./connections.js";
import { requireId } from "./required.js";
import {
  AgedReceivablesQuery,
  AccountAliasesQuery,
  AccountByIdentifierQuery,
  ClosedPeriodsQuery,
  EventQuery,
  FindQuery,
  InvoiceSumsQuery,
  type Kind,
  type Listed,
  ListQuery,
  StallsQuery,
  UnbilledQuery,
  ZendeskCustomerQuery,
} from "./messages.js";

@QueryHandler(FindQuery)
export class FindHandler implements IQueryHandler<FindQuery> {
  constructor(
    readonly backend: Backend,
    readonly clocks: Clocks,
  ) {}

  async execute({ kind, id, scope, reader = this }: FindQuery): Promise<Listed[Kind]["model"] | null> {
    requireId(id, "id");
    const [found] = await kinds[kind].find(reader, scope, [id]);
    return found ?? null;
  }
}

@QueryHandler(ListQuery)
export class ListHandler implements IQueryHandler<ListQuery> {
  constructor(
    readonly backend: Backend,
    readonly clocks: Clocks,
  ) {}

  execute<K extends Kind>(query: ListQuery<K>): Promise<Connection<Listed[K]["model"]>> {
    const { kind, slice, filter, sort, scope, reader = this } = query;
    return kinds[kind].list(reader, scope, { ...slice, filter, sort });
  }
}

@QueryHandler(AccountByIdentifierQuery)
export class AccountByIdentifierHandler implements IQueryHandler<AccountByIdentifierQuery> {
  constructor(
    readonly backend: Backend,
    readonly clocks: Clocks,
  ) {}

  async execute({ identifier, scope, reader = this }: AccountByIdentifierQuery): Promise<Plain<Account> | null> {
    const row = await findAccountByIdentifier(reader.backend.dataSource, scope, identifier.trim());
    return row && accountShown(row);
  }
}

@QueryHandler(ZendeskCustomerQuery)
export class ZendeskCustomerHandler implements IQueryHandler<ZendeskCustomerQuery> {
  constructor(
    readonly backend: Backend,
    readonly clocks: Clocks,
  ) {}

  async execute({ organizationId, scope }: ZendeskCustomerQuery): Promise<Plain<Customer> | null> {
    requireOrganizationId(organizationId);
    const [first] = await zendeskLinksOf(this.backend.dataSource, scope.providerId, organizationId);
    if (!first) return null;
    const [found] = await kinds.customer.find(this, scope, [first.customerId]);
    return found ?? null;
  }
}

@QueryHandler(AccountAliasesQuery)
export class AccountAliasesHandler implements IQueryHandler<AccountAliasesQuery> {
  constructor(private readonly backend: Backend) {}

  async execute({ slice, filter, scope }: AccountAliasesQuery): Promise<Connection<Plain<AccountAlias>>> {
    const found = await listAccountAliases(this.backend.dataSource, scope, { ...slice, filter });
    return connection(found, ({ alias, kind, realm, role, allowAuthentication, accountId, customerId }) => ({
      ...{ alias, kind, realm, role, allowAuthentication, accountId, customerId },
    }));
  }
}

@QueryHandler(InvoiceSumsQuery)
export class InvoiceSumsHandler implements IQueryHandler<InvoiceSumsQuery> {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  async execute({ filter, scope }: InvoiceSumsQuery): Promise<Plain<InvoiceSum>[]> {
    const now = await this.clocks.now(scope.providerId);
    const { state: is, ...rest } = filter ?? {};
    const state = is ? { is, at: now } : null;
    return sumInvoices(this.backend.dataSource, scope, { ...rest, state }, now);
  }
}

@QueryHandler(ClosedPeriodsQuery)
export class ClosedPeriodsHandler implements IQueryHandler<ClosedPeriodsQuery> {
  constructor(private readonly backend: Backend) {}

  async execute({ slice, filter, scope }: ClosedPeriodsQuery): Promise<Connection<Plain<ClosedPeriod>>> {
    if (filter.customerId !== undefined) requireId(filter.customerId, "customerId");
    return connection(await listClosedPeriods(this.backend.dataSource, scope, filter, slice), closedPeriodShown);
  }
}

@QueryHandler(StallsQuery)
export class StallsHandler implements IQueryHandler<StallsQuery> {
  constructor(private readonly backend: Backend) {}

  async execute({ scope }: StallsQuery): Promise<Plain<Stall>[]> {
    return (await listStalls(this.backend.dataSource, scope.providerId)).map(shownStall);
  }
}

@QueryHandler(UnbilledQuery)
export class UnbilledHandler implements IQueryHandler<UnbilledQuery> {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  async execute({ customerId, scope }: UnbilledQuery): Promise<Plain<Unbilled> | null> {
    requireId(customerId, "customerId");
    const { dataSource } = this.backend;
    const loaded = await loadBilling(dataSource, scope, customerId);
    if (!loaded) return null;
    const billing = await withRunningUsage(dataSource, loaded);
    return unbilledOf({ dataSource, scope, billing, now: await this.clocks.now(scope.providerId) });
  }
}

@QueryHandler(AgedReceivablesQuery)
export class AgedReceivablesHandler implements IQueryHandler<AgedReceivablesQuery> {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  async execute({ asOf, customerId, scope }: AgedReceivablesQuery): Promise<Plain<AgedReceivables>> {
    if (customerId !== null) requireId(customerId, "customerId");
    const now = await this.clocks.now(scope.providerId);
    const day = asOf ?? dateOf(now, "UTC");
    if (day > dateOf(now, FURTHEST_AHEAD)) {
      throw reject("INVALID_DATE", `${day} is still to come.`, {
        ...{ field: "asOf", facts: { case: "DAY_AHEAD", day } },
      });
    }
    return { asOf: day, amounts: await agedReceivables(this.backend.dataSource, scope, day, customerId) };
  }
}

/** Where a day begins first: what is still to come there is to come everywhere. */
const FURTHEST_AHEAD = "Pacific/Kiritimati";

@QueryHandler(EventQuery)
export class EventHandler implements IQueryHandler<EventQuery> {
  constructor(private readonly backend: Backend) {}

  async execute({ id, scope }: EventQuery): Promise<Plain<ShownEvent> | null> {
    requireId(id, "id");
    const { dataSource, store } = this.backend;
    const place = await findEventPlace(dataSource, scope, id);
    if (!place) return null;
    const [event] = await store.readStream(place.stream, { from: BigInt(place.revision), limit: 1 }).catch(unreadable);
    // One that was quarantined since is passed over.
    return event?.id === id.toLowerCase() ? eventShown(event) : null;
  }
}

/** What a newer version of the program wrote, this one cannot show. */
const unreadable = (error: unknown): never => {
  if (!(error instanceof UndecodableEvent)) throw error;
  throw new Unavailable("A newer version of the program wrote the event; this one cannot read it.");
};
