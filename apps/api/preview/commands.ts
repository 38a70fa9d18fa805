import { type Type } from "@nestjs/common";
import { type Command } from "@nestjs/cqrs";
import {
  AddAliasInput,
  ChangeMainProductInput,
  CloseAccountInput,
  OpenAccountInput,
  RemoveAliasInput,
} from "../accounts/models.js";
import {
  DefineAddOnProductInput,
  DefineCustomerClassInput,
  DefineMainProductInput,
  DefineSubscriptionInput,
  DefineVolumeDiscountPlanInput,
  ReviseCustomerClassInput,
  ReviseMainProductInput,
  ReviseSubscriptionInput,
} from "../catalog/inputs.js";
import { DefineOfferInput, DeleteOfferInput, ReviseOfferInput, WithdrawOfferInput } from "../catalog/offer-inputs.js";
import {
  AccountCommand,
  type AccountOrder,
  CatalogCommand,
  type CatalogOrder,
  CommitmentCommand,
  type CommitmentOrder,
  CustomerCommand,
  type CustomerOrder,
  OfferCommand,
  type OfferOrder,
  ProviderCommand,
  type ProviderOrder,
} from "../commands/messages.js";
import {
  AssignOfferInput,
  CancelTerminationInput,
  SetDiscountEndInput,
  TerminateCommitmentInput,
} from "../commitments/inputs.js";
import {
  CancelPauseInput,
  ChangePauseInput,
  PauseCommitmentInput,
  ResumeCommitmentInput,
} from "../commitments/pause-inputs.js";
import {
  CancelThenUpgradeInput,
  EndTimeLimitedUpgradeInput,
  ExtendTimeLimitedUpgradeInput,
  OrderTimeLimitedUpgradeInput,
  UpgradeCommitmentInput,
} from "../commitments/upgrade-inputs.js";
import {
  ChangeCreditLimitInput,
  ChangeCustomerContactInput,
  ChangeCustomerTimeZoneInput,
  CloseCustomerInput,
  CreateCustomerInput,
  SetCustomerClassInput,
  SetSubscriptionDiscountRateInput,
  SuspendCustomerInput,
  UnsuspendCustomerInput,
} from "../customers/inputs.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import {
  AdvanceTestClockInput,
  ChangeProviderSettingsInput,
  CreateProviderInput,
  SetTestClockInput,
} from "../providers/models.js";

/** Categories of the streams that a customer's charges are computed from. */
export type BilledCategory = "customer" | "account" | "commitment";

/** A mutation as a preview takes it. */
export interface Previewable {
  /** The mutation's name. */
  readonly name: string;
  /** The mutation's own input class. */
  readonly input: Type<object>;
  /** The aggregate that it changes and a customer's bill is computed from; null: no bill feels it. */
  readonly billed: BilledCategory | null;
  /** The command that the mutation would send. */
  command(input: object, caller: Caller): Command<Outcome>;
}

interface AnyOrder {
  readonly name: string;
  readonly input: object;
}
/** The record makes the compiler ask for every mutation, with its own input. */
type Inputs<Order extends AnyOrder> = {
  readonly [Name in Order["name"]]: Type<Extract<Order, { readonly name: Name }>["input"]>;
};

const ordersOf = <Order extends AnyOrder>(
  Message: new (order: Order, caller: Caller) => Command<Outcome>,
  inputs: Inputs<Order>,
  billed: (name: string) => BilledCategory | null,
): Previewable[] =>
  Object.entries<Type<object>>(inputs).map(([name, input]) => ({
    ...{ name, input, billed: billed(name) },
    command: (given, caller) => new Message({ name, input: given } as Order, caller),
  }));

const unfelt = (): null => null;

/** Every mutation. */
export const previewable: readonly Previewable[] = [
  ...ordersOf<ProviderOrder>(
    ProviderCommand,
    {
      createProvider: CreateProviderInput,
      changeProviderSettings: ChangeProviderSettingsInput,
      setTestClock: SetTestClockInput,
      advanceTestClock: AdvanceTestClockInput,
    },
    unfelt,
  ),
  ...ordersOf<CatalogOrder>(
    CatalogCommand,
    {
      defineSubscription: DefineSubscriptionInput,
      reviseSubscription: ReviseSubscriptionInput,
      defineAddOnProduct: DefineAddOnProductInput,
      defineVolumeDiscountPlan: DefineVolumeDiscountPlanInput,
      defineMainProduct: DefineMainProductInput,
      reviseMainProduct: ReviseMainProductInput,
      defineCustomerClass: DefineCustomerClassInput,
      reviseCustomerClass: ReviseCustomerClassInput,
    },
    unfelt,
  ),
  ...ordersOf<OfferOrder>(
    OfferCommand,
    {
      defineOffer: DefineOfferInput,
      reviseOffer: ReviseOfferInput,
      withdrawOffer: WithdrawOfferInput,
      deleteOffer: DeleteOfferInput,
    },
    unfelt,
  ),
  ...ordersOf<CustomerOrder>(
    CustomerCommand,
    {
      createCustomer: CreateCustomerInput,
      changeCustomerContact: ChangeCustomerContactInput,
      changeCustomerTimeZone: ChangeCustomerTimeZoneInput,
      changeCreditLimit: ChangeCreditLimitInput,
      setCustomerClass: SetCustomerClassInput,
      setSubscriptionDiscountRate: SetSubscriptionDiscountRateInput,
      suspendCustomer: SuspendCustomerInput,
      unsuspendCustomer: UnsuspendCustomerInput,
      closeCustomer: CloseCustomerInput,
    },
    () => "customer",
  ),
  ...ordersOf<AccountOrder>(
    AccountCommand,
    {
      openAccount: OpenAccountInput,
      changeMainProduct: ChangeMainProductInput,
      addAlias: AddAliasInput,
      removeAlias: RemoveAliasInput,
      closeAccount: CloseAccountInput,
    },
    (name) => (name === "closeAccount" ? "account" : null),
  ),
  ...ordersOf<CommitmentOrder>(
    CommitmentCommand,
    {
      assignOffer: AssignOfferInput,
      setDiscountEnd: SetDiscountEndInput,
      pauseCommitment: PauseCommitmentInput,
      changePause: ChangePauseInput,
      cancelPause: CancelPauseInput,
      resumeCommitment: ResumeCommitmentInput,
      orderTimeLimitedUpgrade: OrderTimeLimitedUpgradeInput,
      extendTimeLimitedUpgrade: ExtendTimeLimitedUpgradeInput,
      endTimeLimitedUpgrade: EndTimeLimitedUpgradeInput,
      cancelThenUpgrade: CancelThenUpgradeInput,
      upgradeCommitment: UpgradeCommitmentInput,
      terminateCommitment: TerminateCommitmentInput,
      cancelTermination: CancelTerminationInput,
    },
    () => "commitment",
  ),
];
