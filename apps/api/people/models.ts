import { Field, ObjectType } from "@nestjs/graphql";
import { CREATED_AT, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar } from "../graphql/scalars.js";

@ObjectType({ description: "A person who acts for a customer, with the rights of `self-care`, and comes in by links." })
export class Person {
  @Field(() => ID, { description: "Its id. Its commands have the actor `person:` and this id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => ID, { description: "The customer that it acts for." }) customerId: string;
  @Field(() => String, { description: "Its name, as in mails to it." }) name: string;
  @Field(() => String, { description: "Where links are sent." }) email: string;
  @Field(() => String, {
    description:
      "Subject of its account at the OpenID provider, by which it comes in as well; null: it comes in by links only.",
    nullable: true,
  })
  openIdSubject: string | null;
  @Field(() => String, { description: "Why it was removed; null: it was not.", nullable: true })
  removedBecause: string | null;
}

export const PersonConnection = connectionOf(Person, "Person", "people");
export const PersonPayload = payloadOf(Person, "Person", "person");
