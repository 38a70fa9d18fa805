import { InputType } from "@nestjs/graphql";
import { type customerCommands } from "#application/customers/commands.js";
import { BillingPeriodEnum } from "../graphql/enums.js";
import { ScheduledChangeKindEnum } from "./enums.js";
import { Expecting } from "../graphql/expected.js";
import {
  AmountField,
  CountField,
  DateField,
  FlagField,
  IdempotencyKey,
  IdField,
  InputField,
  NestedField,
  ReasonField,
  TextField,
} from "../graphql/fields.js";
import { PostalAddressInput } from "../graphql/postal-address.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CustomerPayload } from "./models.js";

const EMAIL =
  "One e-mail address, `name@domain`: letters of any script, no spaces, quotes or display name; 64 characters before the @, 254 in all.";

@InputType({ description: "Contact data of a new customer." })
export class ContactInput {
  @TextField("Its name.") name: string;
  @TextField("Domain of the company.", { nullable: true }) companyDomain?: string | null;
  @TextField(EMAIL, { nullable: true }) email?: string | null;
  @TextField("Phone number.", { nullable: true }) phone?: string | null;
  @NestedField(() => PostalAddressInput, "Postal address, printed on documents.", { nullable: true })
  address?: PostalAddressInput | null;
  @TextField("Tax id, printed on documents as written.", { nullable: true }, 100) taxId?: string | null;
}

@InputType({ description: "Creates a customer." })
export class CreateCustomerInput {
  @IdempotencyKey() idempotencyKey: string;
  @NestedField(() => ContactInput, "Contact data.") contact: ContactInput;
  @TextField("ISO 4217 code of its currency. It cannot change.") currency: string;
  @InputField(() => BillingPeriodEnum, "How its billing periods are cut; `MONTHLY` unless given.", { optional: true })
  billingPeriod?: keyof typeof BillingPeriodEnum;
  @CountField(
    "The day of the month, 1 to 31, on which its billing periods begin; the day of its creation unless given. With `MONTHLY_ANNIVERSARY` only.",
    { optional: true },
  )
  anniversaryDay?: number;
  @TextField("Its billing time zone (IANA), e.g. Europe/Berlin; UTC unless given.", { optional: true })
  timeZone?: string;
  @IdField("Its class; none unless given.", { nullable: true }) customerClassId?: string | null;
  @AmountField("Stored and shown; 0 unless given.", { optional: true }) creditLimit?: string;
}

@Expecting("customerId")
@InputType({ description: "Changes a customer's contact data. Fields left out keep their values; null removes one." })
export class ChangeCustomerContactInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @TextField("Domain of the company.", { nullable: true }) companyDomain?: string | null;
  @TextField(EMAIL, { nullable: true }) email?: string | null;
  @TextField("Phone number.", { nullable: true }) phone?: string | null;
  @NestedField(() => PostalAddressInput, "Postal address, printed on documents.", { nullable: true })
  address?: PostalAddressInput | null;
  @TextField("Tax id, printed on documents as written.", { nullable: true }, 100) taxId?: string | null;
}

@Expecting("customerId")
@InputType({
  description:
    "Changes how a customer is billed from the end of the running billing period on. Fields left out stay as they were ordered last.",
})
export class ChangeCustomerBillingInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @InputField(() => BillingPeriodEnum, "How its billing periods are cut.", { optional: true })
  billingPeriod?: keyof typeof BillingPeriodEnum;
  @CountField(
    "The day of the month, 1 to 31, on which its billing periods begin. With `MONTHLY_ANNIVERSARY` only; unless given, the day it had last, or else that of its creation.",
    { optional: true },
  )
  anniversaryDay?: number;
  @TextField("Its billing time zone (IANA), e.g. Europe/Berlin.", { optional: true }) timeZone?: string;
}

@InputType({ description: "Changes a customer's credit limit." })
export class ChangeCreditLimitInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @AmountField("Stored and shown; no rule reads it.") creditLimit: string;
}

@InputType({ description: "Sets a customer's class." })
export class SetCustomerClassInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @IdField("The class; null or left out: none.", { nullable: true }) customerClassId?: string | null;
  @DateField("The first day with the new class, a day that has passed too; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Sets or removes a customer's subscription discount rate." })
export class SetSubscriptionDiscountRateInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @AmountField("Percent of subscription fees, 0 to 100 with at most four decimals; null or left out: none.", {
    nullable: true,
  })
  rate?: string | null;
  @DateField("The first day with the new rate, one that has passed or is to come too; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Suspends a customer." })
export class SuspendCustomerInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @ReasonField("Why. Required.") reason?: string | null;
  @DateField("The first uncharged day, one that has passed or is to come too; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
}

@InputType({ description: "Lifts a customer's suspension." })
export class UnsuspendCustomerInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @DateField("The first day that is charged again, one that has passed or is to come too; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
  @ReasonField("Why. Required.") reason?: string | null;
}

@InputType({ description: "Cancels what is ordered for a coming day of a customer." })
export class CancelScheduledChangeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @InputField(() => ScheduledChangeKindEnum, "What is ordered.") what: keyof typeof ScheduledChangeKindEnum;
  @DateField("The day for which it is ordered.") effectiveOn: string;
}

@InputType({ description: "Closes a customer with its accounts, and terminates their commitments." })
export class CloseCustomerInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @DateField("The last charged day; today unless given.", { optional: true }) effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

const CLAIMED_AGENT = "The agent's name as the app inside Zendesk says it: recorded as a claim, never as who did it.";

@InputType({ description: "Links a customer to an organization of Zendesk." })
export class LinkZendeskOrganizationInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @TextField("The organization's number in Zendesk.") organizationId: string;
  @FlagField(
    "True: what the customer or the organization is linked to already is replaced. Administrators only; false unless given.",
    { optional: true },
  )
  replace?: boolean;
  @ReasonField("Why. Required where something is replaced.") reason?: string | null;
  @TextField(CLAIMED_AGENT, { nullable: true }) claimedAgent?: string | null;
}

@InputType({ description: "Ends the link of a customer to its organization of Zendesk." })
export class UnlinkZendeskOrganizationInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @ReasonField("Why. Required, except from the app inside Zendesk.") reason?: string | null;
  @TextField(CLAIMED_AGENT, { nullable: true }) claimedAgent?: string | null;
}

const CUSTOMER = { kind: "customer", payload: CustomerPayload } as const;

export const customerMutations = {
  createCustomer: {
    input: CreateCustomerInput,
    description: "Creates a customer.",
    answers: CUSTOMER,
  },
  changeCustomerContact: {
    input: ChangeCustomerContactInput,
    description: "Changes a customer's contact data.",
    answers: CUSTOMER,
  },
  changeCustomerBilling: {
    input: ChangeCustomerBillingInput,
    description:
      "Changes a customer's billing period type, anniversary day or time zone from the end of the running billing period on. A change that is ordered before an earlier one is in force replaces it.",
    answers: CUSTOMER,
  },
  changeCreditLimit: {
    input: ChangeCreditLimitInput,
    description: "Changes a customer's credit limit.",
    answers: CUSTOMER,
  },
  setCustomerClass: {
    input: SetCustomerClassInput,
    description: "Sets a customer's class.",
    answers: CUSTOMER,
  },
  setSubscriptionDiscountRate: {
    input: SetSubscriptionDiscountRateInput,
    description:
      "Sets or removes a customer's discount rate on subscription fees, which replaces its commitments' discounts. Of a coming day it is scheduled, and replaces only a rate for the same day.",
    answers: CUSTOMER,
  },
  suspendCustomer: {
    input: SuspendCustomerInput,
    description:
      "Suspends a customer: its service is blocked and no recurring fee is charged. Changes nothing for a suspended customer. Of a coming day it is scheduled, and replaces only a suspension for the same day. A reason is required.",
    answers: CUSTOMER,
  },
  unsuspendCustomer: {
    input: UnsuspendCustomerInput,
    description:
      "Lifts a customer's suspension. Of a coming day it is scheduled, and replaces only a lifting for the same day. A reason is required.",
    answers: CUSTOMER,
  },
  cancelScheduledChange: {
    input: CancelScheduledChangeInput,
    description: "Cancels a suspension, a lifting or a discount rate that is ordered for a coming day.",
    answers: CUSTOMER,
  },
  linkZendeskOrganization: {
    input: LinkZendeskOrganizationInput,
    description:
      "Links a customer to an organization of Zendesk, which is read there first: one organization, one customer. The organization is then marked as the customer's.",
    answers: CUSTOMER,
  },
  unlinkZendeskOrganization: {
    input: UnlinkZendeskOrganizationInput,
    description:
      "Ends the link of a customer to its organization of Zendesk: the organization loses the customer's marks, and changes of the customer are not told there any more.",
    answers: CUSTOMER,
  },
  closeCustomer: {
    input: CloseCustomerInput,
    description: "Closes a customer with its accounts, and terminates their commitments.",
    answers: CUSTOMER,
  },
} satisfies MutationFields<keyof typeof customerCommands>;
