import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { ProviderSortField } from "./enums.js";
import { TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar, ID, InstantScalar } from "../graphql/scalars.js";

@ObjectType({ description: "The time of a provider." })
export class Clock {
  @Field(() => InstantScalar, {
    description: "The provider's present time: that of its test clock, otherwise the system's.",
  })
  now: string;

  @Field(() => InstantScalar, { description: "The test clock's time; null: not set.", nullable: true })
  testClock: string | null;

  @Field(() => InstantScalar, {
    description:
      "The time that the test clock is being advanced to, while commands wait; null: it is not being advanced.",
    nullable: true,
  })
  advancingTo: string | null;
}

@ObjectType({ description: "What an hour of somebody's work costs." })
export class HourlyRate {
  @Field(() => DecimalScalar, { description: "The amount." }) amount: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
}

@ObjectType({
  ...NODE,
  description:
    "One communications service provider, or one environment of it, with its own catalog, customers, invoices, clock and settings.",
})
export class Provider {
  @Field(() => ID, { description: "Its id, for the header `tenure-provider`." })
  id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, { description: "The prefix of its invoice numbers." })
  invoiceNumberPrefix: string;

  @Field(() => Int, {
    description: "Days before today through which days of closed billing periods may be changed.",
  })
  backDatingDays: number;

  @Field(() => Int, { description: "A commitment can be annulled through its start plus so many days." })
  coolingOffDays: number;

  @Field(() => HourlyRate, { description: "What an hour of support costs; null: not known.", nullable: true })
  supportHourlyRate: HourlyRate | null;

  @Field(() => Boolean, { description: "Whether it is the provider of requests without the header `tenure-provider`." })
  isDefault: boolean;

  @Field(() => Clock, { description: "Its time." })
  clock: Clock;
}

@ObjectType({ description: "An event that read models cannot take." })
export class StalledEvent {
  @Field(() => String, { description: "Its stream." }) stream: string;
  @Field(() => String, { description: "Its revision in the stream." }) revision: string;
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its type." }) type: string;
}

@ObjectType({
  description:
    "A read model of the provider that stands still before an event: what was recorded since is not shown, and nothing is billed, until the event is quarantined or a newer program takes it.",
})
export class Stall {
  @Field(() => String, { description: "The read model's name, as in `/health`." }) readModel: string;
  @Field(() => String, { description: "The place in the event log up to which it shows the provider's events." })
  position: string;
  @Field(() => StalledEvent, { description: "The event before which it stands." }) event: StalledEvent;
  @Field(() => String, { description: "Why it cannot take the event." }) reason: string;
  @Field(() => InstantScalar, { description: "Since when, by the system's time." }) since: string;
}

export const ProviderConnection = connectionOf(Provider, "Provider", "providers");
export const ProviderPayload = payloadOf(Provider, "Provider", "provider");

@InputType({ description: "Which providers to list." })
export class ProviderFilter {
  @TextField("Only those whose name contains this text, whatever its case.", { nullable: true })
  name?: string | null;
}

@InputType({ description: "The sort order of providers." })
export class ProviderSort {
  @Field(() => ProviderSortField, { description: "The sort key." })
  by: keyof typeof ProviderSortField;

  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" })
  direction: SortDirection;
}
