import { Field, Int, ObjectType } from "@nestjs/graphql";
import { SearchedFieldEnum, SearchKindEnum } from "./enums.js";
import { ID } from "../graphql/scalars.js";

@ObjectType({ description: "Something that a search found." })
export class SearchHit {
  @Field(() => SearchKindEnum, { description: "What it is." }) kind: keyof typeof SearchKindEnum;
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => SearchedFieldEnum, { description: "What of it matched." }) matched: keyof typeof SearchedFieldEnum;
  @Field(() => String, { description: "The whole text that matched." }) text: string;
  @Field(() => Int, { description: "Where in `text` the match begins, in UTF-16 code units from 0." }) from: number;
  @Field(() => Int, { description: "The place in `text` behind the match, likewise." }) until: number;
  @Field(() => String, {
    description:
      "What it is called: a customer's name, an account's identifier, the name of a commitment's offer, a document's number.",
  })
  title: string;
  @Field(() => ID, { description: "The id of the customer that it is, or belongs to." }) customerId: string;
}

@ObjectType({ description: "What a search found of one kind." })
export class SearchGroup {
  @Field(() => SearchKindEnum, { description: "The kind." }) kind: keyof typeof SearchKindEnum;
  @Field(() => [SearchHit], {
    description: "Those of whom a text begins with what is searched first, then those that hold it elsewhere.",
  })
  hits: SearchHit[];
  @Field(() => Boolean, { description: "Whether there are more of this kind." }) hasMore: boolean;
}

@ObjectType({ description: "What a search found." })
export class Search {
  @Field(() => [SearchGroup], { description: "By kind, those kinds of which something was found." })
  groups: SearchGroup[];
}
