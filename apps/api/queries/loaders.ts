import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { type BilledCall, type Call } from "../calls/models.js";
import { type Plain } from "../graphql/plain.js";
import { type AccountVoice } from "../accounts/voice-models.js";
import { type Account } from "../accounts/models.js";
import {
  type AddOnProduct,
  type CustomerClass,
  type MainProduct,
  type Offer,
  type Plan,
  type VolumeDiscountPlan,
} from "../catalog/models.js";
import { type SipEdge } from "../edges/models.js";
import { type ServicePolicy } from "../catalog/service-policy-models.js";
import { type Tariff } from "../catalog/tariff-models.js";
import { type StatementDays } from "#application/documents/load-statement.js";
import { type TakeOffer } from "#domain/billing/offer-costs.js";
import { type Collection } from "../collection/models.js";
import { type OfferCosts } from "../catalog/offer-costs.js";
import { type LeavingCost } from "../commitments/leaving-costs.js";
import { type DiscountLedger } from "../commitments/discount-ledger.js";
import { type PreviewedAfter } from "#application/preview.js";
import {
  type CommitmentDay,
  type CommitmentsTimeline,
  type CommitmentTimeline,
} from "../commitments/timeline-models.js";
import { type Commitment } from "../commitments/models.js";
import { type Customer } from "../customers/models.js";
import { type ShownEvent } from "../events/models.js";
import { type Explanation } from "../explain/models.js";
import { type Entitlements } from "../entitlements/models.js";
import { type CreditNote, type Invoice, type Line } from "../invoices/models.js";
import { type MailTemplate } from "../mails/models.js";
import { type Unbilled } from "../invoices/unbilled-models.js";
import { type Person } from "../people/models.js";
import { type Allocation, type Payment, type Refund } from "../receivables/models.js";
import { type Statement } from "../receivables/statement-models.js";
import { type Provider } from "../providers/models.js";
import { rootKeyOf } from "../graphql/as-of.js";
import { contextOf, infoOf } from "../graphql/context.js";
import { type FoundNode } from "../graphql/node.js";
import { type SliceArguments } from "#read-models/rows/window.js";
import { type Connection } from "../graphql/pagination.js";

type ById<Model> = (id: string) => Promise<Model | null>;
type ConnectionLoader<Model> = (parentId: string, slice: SliceArguments) => Promise<Connection<Model>>;

/** Loaders for nested fields, each in bulk for all parents of a request. */
export interface Loaders {
  readonly provider: ById<Plain<Provider>>;
  readonly plan: ById<Plain<Plan>>;
  readonly addOnProduct: ById<Plain<AddOnProduct>>;
  readonly volumeDiscountPlan: ById<Plain<VolumeDiscountPlan>>;
  readonly mainProduct: ById<Plain<MainProduct>>;
  readonly customerClass: ById<Plain<CustomerClass>>;
  readonly servicePolicy: ById<Plain<ServicePolicy>>;
  readonly edge: ById<Plain<SipEdge>>;
  readonly tariff: ById<Plain<Tariff>>;
  readonly mailTemplate: ById<Plain<MailTemplate>>;
  readonly offer: ById<Plain<Offer>>;
  readonly customer: ById<Plain<Customer>>;
  readonly account: ById<Plain<Account>>;
  readonly commitment: ById<Plain<Commitment>>;
  readonly invoice: ById<Plain<Invoice>>;
  readonly creditNote: ById<Plain<CreditNote>>;
  readonly payment: ById<Plain<Payment>>;
  readonly refund: ById<Plain<Refund>>;
  /** Whatever has the id, of whatever kind. */
  readonly node: ById<FoundNode>;
  readonly accountsOfCustomer: ConnectionLoader<Plain<Account>>;
  readonly peopleOfCustomer: ConnectionLoader<Plain<Person>>;
  readonly commitmentsOfAccount: ConnectionLoader<Plain<Commitment>>;
  readonly invoicesOfCustomer: ConnectionLoader<Plain<Invoice>>;
  readonly creditNotesOfCustomer: ConnectionLoader<Plain<CreditNote>>;
  readonly paymentsOfCustomer: ConnectionLoader<Plain<Payment>>;
  readonly refundsOfCustomer: ConnectionLoader<Plain<Refund>>;
  readonly creditNotesOfInvoice: ConnectionLoader<Plain<CreditNote>>;
  /** Of a credit note too. */
  readonly linesOfInvoice: ConnectionLoader<Plain<Line>>;
  readonly commitmentsOfCustomer: ConnectionLoader<Plain<Commitment>>;
  /** On issued invoices. */
  readonly linesOfCommitment: ConnectionLoader<Plain<Line>>;
  /** How a call was billed; null: no close has counted it. */
  readonly billedCall: (call: Plain<Call>) => Promise<Plain<BilledCall> | null>;
  /** Unused credit, in the customer's currency; below zero: owed beyond all invoices. */
  readonly balance: (customer: Plain<Customer>) => Promise<string>;
  /** What a payment or credit note was used for. */
  readonly usesOfCredit: (creditId: string) => Promise<readonly Plain<Allocation>[]>;
  /** Which credits an invoice or refund used. */
  readonly creditsUsedBy: (userId: string) => Promise<readonly Plain<Allocation>[]>;
  /** What nothing has used of a payment or credit note. */
  readonly unusedAmount: (credit: { readonly id: string; readonly currency: string }) => Promise<string>;
  /** Statement of account over some days. */
  readonly statement: (customer: Plain<Customer>, days: StatementDays) => Promise<Plain<Statement>>;
  /** Balance due, in the customer's currency. */
  readonly balanceDue: (customer: Plain<Customer>) => Promise<string>;
  /** What collection knows of the customer, and will do next. */
  readonly collection: (customer: Plain<Customer>) => Promise<Plain<Collection>>;
  /** Discounts on lines of issued invoices. */
  readonly discountsGiven: (commitment: Plain<Commitment>) => Promise<string>;
  /** Entitlements on a day; null: the customer's today. */
  readonly entitlements: (account: Plain<Account>, on: string | null) => Promise<Plain<Entitlements>>;
  /** How calls are served on a day; null: the customer's today. */
  readonly accountVoice: (account: Plain<Account>, on: string | null) => Promise<Plain<AccountVoice>>;
  /** The running billing period. */
  readonly unbilled: (customer: Plain<Customer>) => Promise<Plain<Unbilled>>;
  /** Discounts given through the customer's today. */
  readonly discountLedger: (commitment: Plain<Commitment>) => Promise<Plain<DiscountLedger>>;
  /** All that a drawing of it shows. */
  readonly timeline: (commitment: Held) => Promise<Plain<CommitmentTimeline>>;
  /** The same of a commitment after a command that is previewed. */
  readonly previewedTimeline: (after: PreviewedAfter) => Promise<Plain<CommitmentTimeline>>;
  /** What it holds on one axis. */
  readonly customerTimeline: (customer: Pick<Plain<Customer>, "id">) => Promise<Plain<CommitmentsTimeline>>;
  readonly accountTimeline: (account: Pick<Plain<Account>, "id" | "customerId">) => Promise<Plain<CommitmentsTimeline>>;
  readonly commitmentDay: (commitment: Held, day: string) => Promise<Plain<CommitmentDay>>;
  /** The early-termination quote for a day; null: it could not end on it. */
  readonly leavingCost: (commitment: Held, day: string) => Promise<Plain<LeavingCost> | null>;
  /** Early-termination quotes for at most this many months. */
  readonly leavingCosts: (commitment: Plain<Commitment>, months: number) => Promise<Plain<LeavingCost>[]>;
  /** Why a line of an issued invoice or credit note charges what it charges. */
  readonly explanationOfLine: (documentId: string, line: Plain<Line>) => Promise<Plain<Explanation>>;
  /** Why a discount end date is what it is; null: the commitment has none. */
  readonly explanationOfDiscountEnd: (commitment: Plain<Commitment>) => Promise<Plain<Explanation> | null>;
  readonly explanationOfCommitmentStatus: (commitment: Plain<Commitment>) => Promise<Plain<Explanation>>;
  readonly explanationOfCustomerStatus: (customer: Plain<Customer>) => Promise<Plain<Explanation>>;
  readonly explanationOfAccountStatus: (account: Plain<Account>) => Promise<Plain<Explanation>>;
  readonly explanationOfInvoiceState: (invoice: Plain<Invoice>) => Promise<Plain<Explanation>>;
  /** What a balance consists of: unused credit. */
  readonly explanationOfBalance: (customer: Plain<Customer>) => Promise<Plain<Explanation>>;
  /** What a balance due consists of. */
  readonly explanationOfBalanceDue: (customer: Plain<Customer>) => Promise<Plain<Explanation>>;
  /** Events by id, in the order of the log. */
  readonly eventsNamed: (ids: readonly string[]) => Promise<Plain<ShownEvent>[]>;
  /** Of an issued invoice or credit note; null: there is none with the id. */
  readonly documentNumber: ById<string>;
  /** What an offer costs; null where a plan has no fee for the billing period type. */
  readonly offerCosts: (offer: Plain<Offer>, taken: Taken) => Promise<Plain<OfferCosts> | null>;
}

/** A commitment, and the customer that holds it. */
type Held = Pick<Plain<Commitment>, "id" | "customerId">;

/** How somebody takes an offer; without a start on the first day of the provider's present month. */
type Taken = Omit<TakeOffer, "start"> & { readonly start: string | null };

export const LoadersOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  contextOf(context).loaders(rootKeyOf(infoOf(context))),
);
