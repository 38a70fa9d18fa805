import { type Account } from "../accounts/models.js";
import {
  type AddOnProduct,
  type CustomerClass,
  type MainProduct,
  type Offer,
  type Subscription,
  type VolumeDiscountPlan,
} from "../catalog/models.js";
import { type Commitment } from "../commitments/models.js";
import { type Customer } from "../customers/models.js";
import { type Invoice, type Line } from "../invoices/models.js";
import { type Connection, type PageArgs } from "./pagination.js";

type ById<Model> = (id: string) => Promise<Model | null>;
type PageOf<Model> = (parentId: string, page: PageArgs) => Promise<Connection<Model>>;

/** What nested fields need, each loaded in bulk for all the parents of a request. */
export interface Loaders {
  readonly subscription: ById<Subscription>;
  readonly addOnProduct: ById<AddOnProduct>;
  readonly volumeDiscountPlan: ById<VolumeDiscountPlan>;
  readonly mainProduct: ById<MainProduct>;
  readonly customerClass: ById<CustomerClass>;
  readonly offer: ById<Offer>;
  readonly customer: ById<Customer>;
  readonly account: ById<Account>;
  readonly commitment: ById<Commitment>;
  readonly invoice: ById<Invoice>;
  readonly accountsOfCustomer: PageOf<Account>;
  readonly commitmentsOfAccount: PageOf<Commitment>;
  readonly invoicesOfCustomer: PageOf<Invoice>;
  readonly linesOfInvoice: PageOf<Line>;
  /** Invoiced and not paid, in the customer's currency. */
  readonly balanceDue: (customer: Customer) => Promise<string>;
  /** Discounts on lines of issued invoices. */
  readonly discountsGiven: (commitment: Commitment) => Promise<string>;
  /** On the provider's present day. */
  readonly commitmentStatus: (commitment: Commitment) => Promise<Commitment["status"]>;
}
