import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type CustomerZendesk as CustomerZendeskState } from "#domain/customers/zendesk.js";
import { BillingPeriodEnum } from "../graphql/enums.js";
import { CustomerSortField, CustomerStatusEnum, ScheduledChangeKindEnum } from "./enums.js";
import { AmountField, IdField, InputField, TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { PostalAddress } from "../graphql/postal-address.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "Contact data of a customer." })
export class Contact {
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "Domain of the company.", nullable: true }) companyDomain: string | null;
  @Field(() => String, { description: "E-mail address.", nullable: true }) email: string | null;
  @Field(() => String, { description: "Phone number.", nullable: true }) phone: string | null;
  @Field(() => PostalAddress, { description: "Postal address, printed on documents.", nullable: true })
  address?: PostalAddress | null;
  @Field(() => String, { description: "Tax id, printed on documents.", nullable: true }) taxId?: string | null;
}

@ObjectType({ description: "How a customer will be billed from a day on." })
export class NextBilling {
  @Field(() => LocalDateScalar, { description: "The first day billed like this." }) inForceFrom: string;
  @Field(() => BillingPeriodEnum, { description: "The billing period type." })
  billingPeriod: keyof typeof BillingPeriodEnum;
  @Field(() => Int, {
    description: "The day of the month on which billing periods begin; null unless `MONTHLY_ANNIVERSARY`.",
    nullable: true,
  })
  anniversaryDay: number | null;
  @Field(() => String, { description: "The billing time zone (IANA)." }) timeZone: string;
}

@ObjectType({ description: "A suspension, its lifting, or a discount rate that is ordered for a coming day." })
export class ScheduledChange {
  @Field(() => ScheduledChangeKindEnum, { description: "What is ordered." }) what: keyof typeof ScheduledChangeKindEnum;
  @Field(() => LocalDateScalar, { description: "The day on which it comes into force." }) effectiveOn: string;
  @Field(() => LocalDateScalar, { description: "The day on which it was ordered." }) orderedOn: string;
  @Field(() => DecimalScalar, {
    description: "The discount rate in percent; null where none is to apply, and of suspensions.",
    nullable: true,
  })
  rate: string | null;
}

@ObjectType({ ...NODE, description: "The party that is invoiced." })
export class Customer {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => Contact, { description: "Contact data." }) contact: Contact;
  @Field(() => LocalDateScalar, { description: "The present day in its billing time zone." }) today: string;
  @Field(() => CustomerStatusEnum, { description: "Its status today." }) status: keyof typeof CustomerStatusEnum;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => BillingPeriodEnum, { description: "Its billing period type today." })
  billingPeriod: keyof typeof BillingPeriodEnum;
  @Field(() => Int, {
    description: "The day of the month on which its billing periods begin; null unless `MONTHLY_ANNIVERSARY`.",
    nullable: true,
  })
  anniversaryDay: number | null;
  @Field(() => String, { description: "Its billing time zone (IANA), which defines its days, as it is today." })
  timeZone: string;
  @Field(() => NextBilling, {
    description: "How it will be billed once the running billing period has ended; null: nothing changes.",
    nullable: true,
  })
  nextBilling: NextBilling | null;
  @Field(() => DecimalScalar, {
    description:
      "Today's discount rate in percent of subscription fees, which replaces its commitments' discounts, also if it is 0; null: none.",
    nullable: true,
  })
  subscriptionDiscountRate: string | null;
  @Field(() => LocalDateScalar, {
    description: "The first day of the suspension that blocks its service today; null: it is not suspended.",
    nullable: true,
  })
  suspendedSince: string | null;
  @Field(() => [ScheduledChange], {
    description: "What is ordered for coming days, by day: it can be cancelled until then.",
  })
  scheduledChanges: ScheduledChange[];
  @Field(() => DecimalScalar, { description: "Stored and shown; no rule uses it." }) creditLimit: string;
  @Field(() => LocalDateScalar, { description: "The day it was created." }) createdOn: string;
  @Field(() => LocalDateScalar, { description: "Its last charged day; null: it is open.", nullable: true })
  closedOn: string | null;
  customerClassId: string | null;
  /** What `zendesk` is made of; null: nothing is known. */
  zendeskState: CustomerZendeskState | null;
}

export const CustomerConnection = connectionOf(Customer, "Customer", "customers");
export const CustomerPayload = payloadOf(Customer, "Customer", "customer");

const optional = { nullable: true };

@InputType({ description: "Which customers to list." })
export class CustomerFilter {
  @TextField(
    "Only those whose name or e-mail address contains this text, whatever its case and accents, whose id begins with it (eight digits at least), or, where it is three digits or more, whose phone number contains them.",
    optional,
  )
  text?: string | null;
  @TextField("Only those whose name contains this text, whatever its case and accents.", optional)
  name?: string | null;
  @TextField("Only those whose e-mail address contains this text, whatever its case and accents.", optional)
  email?: string | null;
  @TextField("Only those whose phone number contains the digits of this text, one after the other.", optional)
  phone?: string | null;
  @InputField(() => CustomerStatusEnum, "Only those in this state.", optional)
  status?: keyof typeof CustomerStatusEnum | null;
  @TextField("Only those with this currency.", optional) currency?: string | null;
  @IdField("Only those of this class.", optional) customerClassId?: string | null;
  @AmountField("Only those whose `balanceDue` is this or more, whatever the currency.", optional)
  balanceFrom?: string | null;
  @AmountField("Only those whose `balanceDue` is this or less, whatever the currency.", optional)
  balanceUntil?: string | null;
}

@InputType({ description: "The sort order of customers." })
export class CustomerSort {
  @Field(() => CustomerSortField, { description: "The sort key." }) by: keyof typeof CustomerSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}
