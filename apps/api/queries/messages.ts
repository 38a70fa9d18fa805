import { type LocalDate } from "#domain/calendar.js";
import { type Plain } from "../graphql/plain.js";
import { Query } from "@nestjs/cqrs";
import { type AccountAlias, type AccountAliasFilter } from "../accounts/alias-models.js";
import { type Account, type AccountFilter, type AccountSort } from "../accounts/models.js";
import { type Call, type CallFilter, type CallSort } from "../calls/models.js";
import {
  type AddOnProductFilter,
  type CatalogSort,
  type CustomerClassFilter,
  type MainProductFilter,
  type OfferFilter,
  type PlanFilter,
  type VolumeDiscountPlanFilter,
} from "../catalog/filters.js";
import {
  type AddOnProduct,
  type CustomerClass,
  type MainProduct,
  type Offer,
  type Plan,
  type VolumeDiscountPlan,
} from "../catalog/models.js";
import { type ServicePolicy, type ServicePolicyFilter } from "../catalog/service-policy-models.js";
import { type Tariff, type TariffFilter } from "../catalog/tariff-models.js";
import { type Commitment, type CommitmentFilter, type CommitmentSort } from "../commitments/models.js";
import { type SipEdge, type SipEdgeFilter } from "../edges/models.js";
import { type ShownEvent } from "../events/models.js";
import { type Customer, type CustomerFilter, type CustomerSort } from "../customers/models.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type SliceArguments } from "#read-models/rows/window.js";
import { type Connection } from "../graphql/pagination.js";
import {
  type ClosedPeriod,
  type CreditNote,
  type CreditNoteFilter,
  type CreditNoteSort,
  type Invoice,
  type InvoiceFilter,
  type InvoiceSort,
  type InvoiceSum,
} from "../invoices/models.js";
import { type ApiKey, type ApiKeySort } from "../keys/models.js";
import { type MailTemplate, type MailTemplateFilter } from "../mails/models.js";
import { type KeyFilter } from "#read-models/keys/queries.js";
import { type PersonFilter, type PersonSortField } from "#read-models/people/queries.js";
import { type Person } from "../people/models.js";
import { type Unbilled } from "../invoices/unbilled-models.js";
import {
  type Payment,
  type PaymentFilter,
  type PaymentSort,
  type Refund,
  type RefundFilter,
  type RefundSort,
} from "../receivables/models.js";
import { type AgedReceivables } from "../receivables/statement-models.js";
import { type Reader } from "./reader.js";
import { type Provider, type ProviderFilter, type ProviderSort, type Stall } from "../providers/models.js";

/** Kinds of entities that can be found by id and listed, with their GraphQL form, filter and sort order. */
export interface Listed {
  readonly provider: { model: Plain<Provider>; filter: Plain<ProviderFilter>; sort: Plain<ProviderSort> };
  readonly plan: { model: Plain<Plan>; filter: Plain<PlanFilter>; sort: Plain<CatalogSort> };
  readonly addOnProduct: { model: Plain<AddOnProduct>; filter: Plain<AddOnProductFilter>; sort: Plain<CatalogSort> };
  readonly volumeDiscountPlan: {
    model: Plain<VolumeDiscountPlan>;
    filter: Plain<VolumeDiscountPlanFilter>;
    sort: CatalogSort;
  };
  readonly mainProduct: { model: Plain<MainProduct>; filter: Plain<MainProductFilter>; sort: Plain<CatalogSort> };
  readonly customerClass: { model: Plain<CustomerClass>; filter: Plain<CustomerClassFilter>; sort: Plain<CatalogSort> };
  readonly offer: { model: Plain<Offer>; filter: Plain<OfferFilter>; sort: Plain<CatalogSort> };
  readonly servicePolicy: { model: Plain<ServicePolicy>; filter: Plain<ServicePolicyFilter>; sort: Plain<CatalogSort> };
  readonly tariff: { model: Plain<Tariff>; filter: Plain<TariffFilter>; sort: Plain<CatalogSort> };
  readonly mailTemplate: { model: Plain<MailTemplate>; filter: Plain<MailTemplateFilter>; sort: Plain<CatalogSort> };
  readonly edge: { model: Plain<SipEdge>; filter: Plain<SipEdgeFilter>; sort: Plain<CatalogSort> };
  readonly key: { model: Plain<ApiKey>; filter: KeyFilter; sort: Plain<ApiKeySort> };
  readonly person: {
    model: Plain<Person>;
    filter: PersonFilter;
    sort: { readonly by: PersonSortField; readonly direction: "ASC" | "DESC" };
  };
  readonly customer: { model: Plain<Customer>; filter: Plain<CustomerFilter>; sort: Plain<CustomerSort> };
  readonly account: { model: Plain<Account>; filter: Plain<AccountFilter>; sort: Plain<AccountSort> };
  readonly call: { model: Plain<Call>; filter: Plain<CallFilter>; sort: Plain<CallSort> };
  readonly commitment: { model: Plain<Commitment>; filter: Plain<CommitmentFilter>; sort: Plain<CommitmentSort> };
  readonly invoice: { model: Plain<Invoice>; filter: Plain<InvoiceFilter>; sort: Plain<InvoiceSort> };
  readonly creditNote: { model: Plain<CreditNote>; filter: Plain<CreditNoteFilter>; sort: Plain<CreditNoteSort> };
  readonly payment: { model: Plain<Payment>; filter: Plain<PaymentFilter>; sort: Plain<PaymentSort> };
  readonly refund: { model: Plain<Refund>; filter: Plain<RefundFilter>; sort: Plain<RefundSort> };
}
export type Kind = keyof Listed;

export class FindQuery<K extends Kind = Kind> extends Query<Listed[K]["model"] | null> {
  constructor(
    readonly kind: K,
    readonly id: string,
    readonly scope: Scope,
    /** Where it is read; left out: among what is so now. */
    readonly reader?: Reader,
  ) {
    super();
  }
}

export class ListQuery<K extends Kind = Kind> extends Query<Connection<Listed[K]["model"]>> {
  constructor(
    readonly kind: K,
    readonly slice: SliceArguments,
    readonly filter: Listed[K]["filter"] | null | undefined,
    readonly sort: Listed[K]["sort"] | null | undefined,
    readonly scope: Scope,
    /** Where they are read; left out: among what is so now. */
    readonly reader?: Reader,
  ) {
    super();
  }
}

/** An account by its identifier or one of its aliases. */
export class AccountByIdentifierQuery extends Query<Plain<Account> | null> {
  constructor(
    readonly identifier: string,
    readonly scope: Scope,
    /** Where it is read; left out: among what is so now. */
    readonly reader?: Reader,
  ) {
    super();
  }
}

/** The customer that an organization of Zendesk is linked to. */
export class ZendeskCustomerQuery extends Query<Plain<Customer> | null> {
  constructor(
    readonly organizationId: string,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class AccountAliasesQuery extends Query<Connection<Plain<AccountAlias>>> {
  constructor(
    readonly slice: SliceArguments,
    readonly filter: Plain<AccountAliasFilter> | null | undefined,
    readonly scope: Scope,
  ) {
    super();
  }
}

/** Issued invoices that match a filter, added up. */
export class InvoiceSumsQuery extends Query<Plain<InvoiceSum>[]> {
  constructor(
    readonly filter: Plain<InvoiceFilter> | null | undefined,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class ClosedPeriodsQuery extends Query<Connection<Plain<ClosedPeriod>>> {
  constructor(
    readonly slice: SliceArguments,
    readonly filter: { readonly customerId?: string; readonly moved?: boolean },
    readonly scope: Scope,
  ) {
    super();
  }
}

/** The read models of a provider that stand still. */
export class StallsQuery extends Query<Plain<Stall>[]> {
  constructor(readonly scope: Scope) {
    super();
  }
}

export class UnbilledQuery extends Query<Plain<Unbilled> | null> {
  constructor(
    readonly customerId: string,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class AgedReceivablesQuery extends Query<Plain<AgedReceivables>> {
  constructor(
    /** Null: the provider's present day in UTC. */
    readonly asOf: LocalDate | null,
    /** Null: all customers. */
    readonly customerId: string | null,
    readonly scope: Scope,
  ) {
    super();
  }
}

export class EventQuery extends Query<Plain<ShownEvent> | null> {
  constructor(
    readonly id: string,
    readonly scope: Scope,
  ) {
    super();
  }
}
