import { Field, InterfaceType } from "@nestjs/graphql";
import { ID } from "./scalars.js";

/** Relay's Global Object Identification: whatever has an id of its own can be read by it alone. */
@InterfaceType("Node", {
  description: "What has an id of its own, and can be read by it alone: see the query `node`.",
  resolveType: ({ __typename }: FoundNode) => __typename,
})
export abstract class Node {
  @Field(() => ID, { description: "Its id, a UUID: no two nodes of any types have the same." }) id: string;
}

/** A node as the queries find it. */
export interface FoundNode {
  readonly __typename: string;
  readonly id: string;
}

/** Descriptions of the two moments of what has events of its own. */
export const CREATED_AT = { description: "When it was created, by the provider's clock." };
export const UPDATED_AT = {
  description: "When its last event was recorded, by the provider's clock; that of its creation until it changes.",
};

/** In the declaration of a type that has an id of its own. */
export const NODE = { implements: () => [Node] };
