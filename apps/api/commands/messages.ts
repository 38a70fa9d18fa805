import { Command } from "@nestjs/cqrs";
import {
  type AddAliasInput,
  type ChangeMainProductInput,
  type CloseAccountInput,
  type OpenAccountInput,
  type RemoveAliasInput,
} from "../accounts/models.js";
import {
  type DefineAddOnProductInput,
  type DefineCustomerClassInput,
  type DefineMainProductInput,
  type DefineSubscriptionInput,
  type DefineVolumeDiscountPlanInput,
  type ReviseCustomerClassInput,
  type ReviseMainProductInput,
  type ReviseSubscriptionInput,
} from "../catalog/inputs.js";
import {
  type DefineOfferInput,
  type DeleteOfferInput,
  type ReviseOfferInput,
  type WithdrawOfferInput,
} from "../catalog/offer-inputs.js";
import {
  type AssignOfferInput,
  type CancelTerminationInput,
  type SetDiscountEndInput,
  type TerminateCommitmentInput,
} from "../commitments/inputs.js";
import { type PenaltyPreview } from "../commitments/models.js";
import {
  type CancelPauseInput,
  type ChangePauseInput,
  type PauseCommitmentInput,
  type ResumeCommitmentInput,
} from "../commitments/pause-inputs.js";
import {
  type CancelThenUpgradeInput,
  type EndTimeLimitedUpgradeInput,
  type ExtendTimeLimitedUpgradeInput,
  type OrderTimeLimitedUpgradeInput,
  type UpgradeCommitmentInput,
} from "../commitments/upgrade-inputs.js";
import {
  type ChangeCreditLimitInput,
  type ChangeCustomerContactInput,
  type ChangeCustomerTimeZoneInput,
  type CloseCustomerInput,
  type CreateCustomerInput,
  type SetCustomerClassInput,
  type SetSubscriptionDiscountRateInput,
  type SuspendCustomerInput,
  type UnsuspendCustomerInput,
} from "../customers/inputs.js";
import { type Plain } from "../graphql/plain.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import {
  type AdvanceTestClockInput,
  type ChangeProviderSettingsInput,
  type CreateProviderInput,
  type SetTestClockInput,
} from "../providers/models.js";

/** The client's wish: the name is the mutation's, and part of the command's hash. */
type Orders<Inputs> = {
  readonly [Name in keyof Inputs]: { readonly name: Name; readonly input: Inputs[Name] };
}[keyof Inputs];

export type ProviderOrder = Orders<{
  createProvider: CreateProviderInput;
  changeProviderSettings: ChangeProviderSettingsInput;
  setTestClock: SetTestClockInput;
  advanceTestClock: AdvanceTestClockInput;
}>;
export type CatalogOrder = Orders<{
  defineSubscription: DefineSubscriptionInput;
  reviseSubscription: ReviseSubscriptionInput;
  defineAddOnProduct: DefineAddOnProductInput;
  defineVolumeDiscountPlan: DefineVolumeDiscountPlanInput;
  defineMainProduct: DefineMainProductInput;
  reviseMainProduct: ReviseMainProductInput;
  defineCustomerClass: DefineCustomerClassInput;
  reviseCustomerClass: ReviseCustomerClassInput;
}>;
export type OfferOrder = Orders<{
  defineOffer: DefineOfferInput;
  reviseOffer: ReviseOfferInput;
  withdrawOffer: WithdrawOfferInput;
  deleteOffer: DeleteOfferInput;
}>;
export type CustomerOrder = Orders<{
  createCustomer: CreateCustomerInput;
  changeCustomerContact: ChangeCustomerContactInput;
  changeCustomerTimeZone: ChangeCustomerTimeZoneInput;
  changeCreditLimit: ChangeCreditLimitInput;
  setCustomerClass: SetCustomerClassInput;
  setSubscriptionDiscountRate: SetSubscriptionDiscountRateInput;
  suspendCustomer: SuspendCustomerInput;
  unsuspendCustomer: UnsuspendCustomerInput;
  closeCustomer: CloseCustomerInput;
}>;
export type AccountOrder = Orders<{
  openAccount: OpenAccountInput;
  changeMainProduct: ChangeMainProductInput;
  addAlias: AddAliasInput;
  removeAlias: RemoveAliasInput;
  closeAccount: CloseAccountInput;
}>;
export type CommitmentOrder = Orders<{
  assignOffer: AssignOfferInput;
  setDiscountEnd: SetDiscountEndInput;
  pauseCommitment: PauseCommitmentInput;
  changePause: ChangePauseInput;
  cancelPause: CancelPauseInput;
  resumeCommitment: ResumeCommitmentInput;
  orderTimeLimitedUpgrade: OrderTimeLimitedUpgradeInput;
  extendTimeLimitedUpgrade: ExtendTimeLimitedUpgradeInput;
  endTimeLimitedUpgrade: EndTimeLimitedUpgradeInput;
  cancelThenUpgrade: CancelThenUpgradeInput;
  upgradeCommitment: UpgradeCommitmentInput;
  terminateCommitment: TerminateCommitmentInput;
  cancelTermination: CancelTerminationInput;
}>;
/** The orders on commitments with these names. */
export type OrderOf<Name extends CommitmentOrder["name"]> = Extract<CommitmentOrder, { readonly name: Name }>;

export class ProviderCommand extends Command<Outcome> {
  constructor(
    readonly order: ProviderOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class CatalogCommand extends Command<Outcome> {
  constructor(
    readonly order: CatalogOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class OfferCommand extends Command<Outcome> {
  constructor(
    readonly order: OfferOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class CustomerCommand extends Command<Outcome> {
  constructor(
    readonly order: CustomerOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class AccountCommand extends Command<Outcome> {
  constructor(
    readonly order: AccountOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class CommitmentCommand extends Command<Outcome & { readonly penaltyPreview?: Plain<PenaltyPreview> | null }> {
  constructor(
    readonly order: CommitmentOrder,
    readonly caller: Caller,
  ) {
    super();
  }
}
