import { Query } from "@nestjs/cqrs";
import { type Account, type AccountFilter, type AccountSort } from "../accounts/models.js";
import {
  type AddOnProductFilter,
  type CatalogSort,
  type CustomerClassFilter,
  type MainProductFilter,
  type OfferFilter,
  type SubscriptionFilter,
  type VolumeDiscountPlanFilter,
} from "../catalog/filters.js";
import {
  type AddOnProduct,
  type CustomerClass,
  type MainProduct,
  type Offer,
  type Subscription,
  type VolumeDiscountPlan,
} from "../catalog/models.js";
import { type Commitment, type CommitmentFilter, type CommitmentSort } from "../commitments/models.js";
import { type Customer, type CustomerFilter, type CustomerSort } from "../customers/models.js";
import { type Caller } from "../graphql/context.js";
import { type Connection, type PageArgs } from "../graphql/pagination.js";
import { type ClosedPeriod, type Invoice, type InvoiceFilter, type InvoiceSort } from "../invoices/models.js";
import { type Unbilled } from "../invoices/unbilled-models.js";
import { type Provider, type ProviderFilter, type ProviderSort } from "../providers/models.js";

/** What can be found by id and listed: what it is shown as, how it is filtered and sorted. */
export interface Listed {
  readonly provider: { model: Provider; filter: ProviderFilter; sort: ProviderSort };
  readonly subscription: { model: Subscription; filter: SubscriptionFilter; sort: CatalogSort };
  readonly addOnProduct: { model: AddOnProduct; filter: AddOnProductFilter; sort: CatalogSort };
  readonly volumeDiscountPlan: { model: VolumeDiscountPlan; filter: VolumeDiscountPlanFilter; sort: CatalogSort };
  readonly mainProduct: { model: MainProduct; filter: MainProductFilter; sort: CatalogSort };
  readonly customerClass: { model: CustomerClass; filter: CustomerClassFilter; sort: CatalogSort };
  readonly offer: { model: Offer; filter: OfferFilter; sort: CatalogSort };
  readonly customer: { model: Customer; filter: CustomerFilter; sort: CustomerSort };
  readonly account: { model: Account; filter: AccountFilter; sort: AccountSort };
  readonly commitment: { model: Commitment; filter: CommitmentFilter; sort: CommitmentSort };
  readonly invoice: { model: Invoice; filter: InvoiceFilter; sort: InvoiceSort };
}
export type Kind = keyof Listed;

export class FindQuery<K extends Kind = Kind> extends Query<Listed[K]["model"] | null> {
  constructor(
    readonly kind: K,
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class ListQuery<K extends Kind = Kind> extends Query<Connection<Listed[K]["model"]>> {
  constructor(
    readonly kind: K,
    readonly page: PageArgs,
    readonly filter: Listed[K]["filter"] | null | undefined,
    readonly sort: Listed[K]["sort"] | null | undefined,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** An account by its identifier or one of its aliases. */
export class AccountByIdentifierQuery extends Query<Account | null> {
  constructor(
    readonly identifier: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class ClosedPeriodsQuery extends Query<Connection<ClosedPeriod>> {
  constructor(
    readonly page: PageArgs,
    readonly filter: { readonly customerId?: string; readonly moved?: boolean },
    readonly caller: Caller,
  ) {
    super();
  }
}

export class UnbilledQuery extends Query<Unbilled | null> {
  constructor(
    readonly customerId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
