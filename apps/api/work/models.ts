import { Field, Int, ObjectType } from "@nestjs/graphql";
import { ReadModelStatusEnum } from "../providers/enums.js";
import { connectionOf } from "../graphql/pagination.js";
import { ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "How many there are, counted no further than 99." })
export class WorkCount {
  @Field(() => Int, { description: "How many there are, 99 at most." }) count: number;
  @Field(() => Boolean, { description: "Whether there are more than `count`." }) isCapped: boolean;
}

@ObjectType({ description: "What waits for somebody of the provider; each count has a list of its own." })
export class WorkList {
  @Field(() => WorkCount, { description: "Closes that failed: `parkedCloses`." }) parkedCloses: WorkCount;
  @Field(() => WorkCount, { description: "Deliveries that were given up: `deliveries` of the status `PARKED`." })
  parkedDeliveries: WorkCount;
  @Field(() => WorkCount, { description: "Overdue invoices: `invoices` of the state `OVERDUE`." })
  overdueInvoices: WorkCount;
  @Field(() => WorkCount, {
    description:
      "Commitments whose discount or whose last charged day ends from `endingFrom` to `endingUntil`: `commitments` with `endFrom` and `endUntil`.",
  })
  endingSoon: WorkCount;
  @Field(() => LocalDateScalar, { description: "The provider's present day in UTC." }) endingFrom: string;
  @Field(() => LocalDateScalar, { description: "30 days later." }) endingUntil: string;
  @Field(() => WorkCount, { description: "Closed periods with late events: `closedPeriods(moved: true)`." })
  movedPeriods: WorkCount;
  @Field(() => WorkCount, { description: "Pauses that customers asked for: `pauseRequests`." })
  pauseRequests: WorkCount;
}

@ObjectType({ description: "A customer whose billing work failed: it is passed over until it is tried again." })
export class ParkedClose {
  @Field(() => ID, { description: "The customer's id." }) customerId: string;
  @Field(() => String, { description: "Why it failed." }) reason: string;
  @Field(() => InstantScalar, { description: "Since when, by the system's time." }) since: string;
  @Field(() => Int, { description: "How often it failed." }) attempts: number;
}

export const ParkedCloseConnection = connectionOf(ParkedClose, "ParkedClose", "parked closes");

@ObjectType({ description: "A pause that a customer asked for, which waits for an answer." })
export class OpenPauseRequest {
  @Field(() => ID, { description: "The commitment's id." }) commitmentId: string;
  @Field(() => ID, { description: "The id of the customer that holds it." }) customerId: string;
  @Field(() => LocalDateScalar, { description: "The first day to be paused; the request lapses when it begins." })
  from: string;
  @Field(() => LocalDateScalar, { description: "The last day to be paused." }) until: string;
  @Field(() => LocalDateScalar, { description: "The day of the request." }) requestedOn: string;
}

export const OpenPauseRequestConnection = connectionOf(
  OpenPauseRequest,
  "OpenPauseRequest",
  "pause requests that wait for an answer",
);

@ObjectType({ description: "A read model: rows that queries answer from, made from the events." })
export class ReadModel {
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => Int, { description: "The version of its rows." }) version: number;
  @Field(() => ReadModelStatusEnum, { description: "How it stands." }) status: keyof typeof ReadModelStatusEnum;
  @Field(() => String, {
    description: "Bytes of the log between its position and the log's end; null: the event store does not answer.",
    nullable: true,
  })
  lag: string | null;
  @Field(() => String, { description: "Why it stands still; null: it does not.", nullable: true }) error: string | null;
}
