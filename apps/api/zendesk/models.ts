import { Field, ObjectType } from "@nestjs/graphql";
import { type CustomerZendesk as State } from "#domain/customers/zendesk.js";
import { type ZendeskLinkMaker, type ZendeskUntouchedBecause } from "#domain/customers/zendesk-events.js";
import { type ZendeskStatus, ZendeskLinkMakerEnum, ZendeskStatusEnum, ZendeskUntouchedBecauseEnum } from "./enums.js";
import { type Plain } from "../graphql/plain.js";
import { LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({
  description: "A user of Zendesk that kept a customer's contact from being written: a person has to look.",
})
export class ZendeskUntouchedUser {
  @Field(() => String, { description: "The user's number in Zendesk." }) userId: string;
  @Field(() => String, { description: "Where an agent sees it; null: Zendesk is not enabled.", nullable: true })
  userUrl: string | null;
  @Field(() => ZendeskUntouchedBecauseEnum, { description: "Why it was left as it is." })
  because: ZendeskUntouchedBecause;
}

@ObjectType({ description: "What a customer is in Zendesk." })
export class CustomerZendesk {
  @Field(() => Boolean, { description: "Whether Zendesk is enabled for the provider." }) isEnabled: boolean;
  @Field(() => ZendeskStatusEnum, { description: "Whether it is an organization." }) status: ZendeskStatus;
  @Field(() => String, { description: "The organization's number; null: it is none.", nullable: true })
  organizationId: string | null;
  @Field(() => String, {
    description: "The organization's name as it was when it was linked; null: it is none.",
    nullable: true,
  })
  organizationName: string | null;
  @Field(() => String, {
    description: "Where an agent sees the organization; null: it is none, or Zendesk is not enabled.",
    nullable: true,
  })
  organizationUrl: string | null;
  @Field(() => LocalDateScalar, { description: "The day on which it was linked; null: it is none.", nullable: true })
  linkedOn: string | null;
  @Field(() => ZendeskLinkMakerEnum, { description: "Who linked it; null: it is none.", nullable: true })
  linkedBy: ZendeskLinkMaker | null;
  @Field(() => String, {
    description: "The agent's name as the app inside Zendesk said it: a claim; null: none was said.",
    nullable: true,
  })
  claimedAgent: string | null;
  @Field(() => String, {
    description: "The number of the organization that has its name and is nobody's; null: none has.",
    nullable: true,
  })
  nameTakenBy: string | null;
  @Field(() => String, { description: "Where an agent sees that organization; null likewise.", nullable: true })
  nameTakenByUrl: string | null;
  @Field(() => ZendeskUntouchedUser, {
    description: "The user that kept its contact from being written; null: none did.",
    nullable: true,
  })
  untouchedUser: ZendeskUntouchedUser | null;
}

@ObjectType({ description: "An organization of Zendesk, as it is there." })
export class ZendeskOrganization {
  @Field(() => String, { description: "Its number." }) organizationId: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "Where an agent sees it." }) url: string;
  @Field(() => String, {
    description: "The id that another system, or this one, knows it by; null: none does.",
    nullable: true,
  })
  externalId: string | null;
  customerId: string | null;
}

/** The GraphQL form of what is known of a customer. @param origin of the provider's Zendesk; null: it is not enabled */
export const zendeskShown = (state: State | null, origin: string | null): Plain<CustomerZendesk> => {
  const { link = null, nameTakenBy = null, untouched = null } = state ?? {};
  const organizationUrl = (id: string | null): string | null =>
    origin === null || id === null ? null : organizationUrlOf(origin, id);
  const organizationId = link?.organizationId ?? null;
  return {
    isEnabled: origin !== null,
    status: link ? "LINKED" : nameTakenBy === null ? "NOT_LINKED" : "NAME_TAKEN",
    ...{ organizationId, organizationName: link?.organizationName ?? null },
    organizationUrl: organizationUrl(organizationId),
    linkedOn: link?.linkedOn ?? null,
    linkedBy: link?.by ?? null,
    claimedAgent: link?.claimedAgent ?? null,
    ...{ nameTakenBy, nameTakenByUrl: organizationUrl(nameTakenBy) },
    untouchedUser: untouched && {
      ...untouched,
      userUrl: origin === null ? null : `${origin}/agent/users/${untouched.userId}`,
    },
  };
};

export const organizationUrlOf = (origin: string, id: string): string => `${origin}/agent/organizations/${id}`;
