import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type TicketPriority, type TicketStatus, type TicketType } from "#processors/zendesk/ticket.js";
import { type TimeSource } from "#processors/zendesk/support-tickets.js";
import { type TicketSortField } from "#processors/zendesk/tickets.js";
import { enumOf } from "../graphql/enums.js";
import { DateField, InputField, TextField } from "../graphql/fields.js";
import { PageInfo, SortDirection } from "../graphql/pagination.js";
import { DecimalScalar, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

export const TicketPriorityEnum = enumOf<TicketPriority>("TicketPriority", "How urgent a ticket is.", {
  LOW: "It can wait.",
  NORMAL: "As most are.",
  HIGH: "Before others.",
  URGENT: "At once.",
});

export const TicketTypeEnum = enumOf<TicketType>("TicketType", "What a ticket is about.", {
  PROBLEM: "Something behind several incidents.",
  INCIDENT: "An occurrence of a problem.",
  QUESTION: "Something to be answered.",
  TASK: "Something to be done.",
});

export const TicketStatusEnum = enumOf<TicketStatus>("TicketStatus", "How a ticket stands.", {
  NEW: "Nobody has looked at it.",
  OPEN: "Somebody works on it.",
  PENDING: "It waits for who asked.",
  HOLD: "It waits for somebody else.",
  SOLVED: "It is answered.",
  CLOSED: "It is answered, and not opened again.",
});

export const TicketSortFieldEnum = enumOf<TicketSortField>("TicketSortField", "What tickets are sorted by.", {
  CREATED: "When they were opened.",
  UPDATED: "When they were last changed.",
  PRIORITY: "Their priority, from none to the highest.",
  STATUS: "Their status, as Zendesk orders them.",
});

export const TimeSourceEnum = enumOf<TimeSource>("TimeSource", "What the time of tickets is taken from.", {
  TIME_FIELD: "The ticket field in which agents' time is kept (`ZENDESK_TIME_FIELD_ID`).",
  RESOLUTION_TIME: "How long it took until a ticket was solved: nobody need have worked on it all the while.",
});

@ObjectType({ description: "A ticket of a customer, as Zendesk has it at this moment." })
export class Ticket {
  @Field(() => String, { description: "Its number in Zendesk." }) number: string;
  @Field(() => String, { description: "What it is about." }) subject: string;
  @Field(() => TicketPriorityEnum, { description: "Its priority; null: none is set.", nullable: true })
  priority: TicketPriority | null;
  @Field(() => TicketTypeEnum, { description: "Its type; null: none is set.", nullable: true }) type: TicketType | null;
  @Field(() => TicketStatusEnum, { description: "Its status; null: one that Tenure does not know.", nullable: true })
  status: TicketStatus | null;
  @Field(() => InstantScalar, { description: "When it was opened." }) createdAt: string;
  @Field(() => InstantScalar, { description: "When it was last changed." }) updatedAt: string;
  @Field(() => String, {
    description: "The address that the mail was sent to; null: it did not come by mail.",
    nullable: true,
  })
  recipient: string | null;
  @Field(() => String, { description: "Where an agent opens it in Zendesk." }) url: string;
}

@ObjectType({ description: "An item of a list of tickets." })
export class TicketEdge {
  @Field(() => String, { description: "Given as `after`, the list continues behind this item." }) cursor: string;
  @Field(() => Ticket, { description: "The item itself." }) node: Ticket;
}

@ObjectType({ description: "A list of tickets with cursors. Zendesk does not count them." })
export class TicketConnection {
  @Field(() => [TicketEdge], { description: "The items in order." }) edges: TicketEdge[];
  @Field(() => PageInfo, { description: "The ends of the items." }) pageInfo: PageInfo;
  @Field(() => Boolean, {
    description:
      "Whether Zendesk's search found them, as it does for filters and other orders than the newest first: it lags by minutes behind what was just opened or changed, and finds 1,000 at most.",
  })
  searched: boolean;
}

const optional = { nullable: true } as const;

@InputType({ description: "Which tickets to list: those that meet all conditions. Days are the customer's." })
export class TicketFilter {
  @TextField("Only the one with this number.", optional) number?: string | null;
  @TextField("Only those whose subject has these words, one behind the other.", optional) subject?: string | null;
  @InputField(() => [TicketPriorityEnum], "Only those with one of these priorities.", optional)
  priority?: TicketPriority[] | null;
  @InputField(() => [TicketStatusEnum], "Only those with one of these statuses.", optional)
  status?: TicketStatus[] | null;
  @DateField("Only those opened on this day or later.", optional) createdFrom?: string | null;
  @DateField("Only those opened on this day or before.", optional) createdUntil?: string | null;
  @DateField("Only those last changed on this day or later.", optional) updatedFrom?: string | null;
  @DateField("Only those last changed on this day or before.", optional) updatedUntil?: string | null;
}

@InputType({ description: "The sort order of tickets." })
export class TicketSort {
  @Field(() => TicketSortFieldEnum, { description: "The sort key." }) by: TicketSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}

@ObjectType({ description: "How many tickets have a status." })
export class TicketCount {
  @Field(() => TicketStatusEnum, { description: "The status that they have now." }) status: TicketStatus;
  @Field(() => Int, { description: "How many." }) tickets: number;
}

@ObjectType({
  description: "Support for a customer in a month: the tickets that were opened in it, and all they took.",
})
export class SupportMonth {
  @Field(() => LocalDateScalar, { description: "The first day of the month, in the customer's zone." }) month: string;
  @Field(() => Int, { description: "Tickets that were opened in it." }) tickets: number;
  @Field(() => [TicketCount], { description: "Those by their status now." }) byStatus: TicketCount[];
  @Field(() => Int, { description: "The time that they took, in seconds." }) seconds: number;
  @Field(() => Int, { description: "Tickets whose time is not known: the figures lack them." }) withoutTime: number;
  @Field(() => DecimalScalar, {
    description: "The time by the hourly rate, rounded half up; null: no rate is set.",
    nullable: true,
  })
  cost: string | null;
}

@ObjectType({ description: "What support for a customer took and cost, by month, and what the figures rest on." })
export class SupportCost {
  @Field(() => [SupportMonth], { description: "Months with tickets, oldest first." }) months: SupportMonth[];
  @Field(() => TimeSourceEnum, { description: "What the time is taken from." }) timeSource: TimeSource;
  @Field(() => Boolean, { description: "Whether all tickets were looked at: the latest 2,000 are." })
  isComplete: boolean;
  @Field(() => DecimalScalar, { description: "The hourly rate; null: none is set.", nullable: true })
  hourlyRate: string | null;
  @Field(() => String, { description: "The currency of rate and cost; null: no rate is set.", nullable: true })
  currency: string | null;
  @Field(() => DecimalScalar, { description: "What the months cost together; null: no rate is set.", nullable: true })
  total: string | null;
}
