import { type Type } from "@nestjs/common";
import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "@nestjs/graphql";
import { type Plain } from "./plain.js";
import { IsOptional, Max, MaxLength, Min } from "class-validator";

export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;

export const SortDirection = { ASC: "ASC", DESC: "DESC" } as const;
export type SortDirection = keyof typeof SortDirection;
registerEnumType(SortDirection, {
  name: "SortDirection",
  description: "The direction of a sorted list.",
  valuesMap: {
    ASC: { description: "Smallest, earliest or first in the alphabet first." },
    DESC: { description: "Largest, latest or last in the alphabet first." },
  },
});

/** The arguments that queries share, as GraphQL shows them. */
export const ID_ARG = { type: () => ID, description: "Its id." };
export const FILTER = { nullable: true, description: "Conditions on the listed items; all unless given." };
export const SORT = {
  nullable: true,
  description: "The sort order; by creation (invoices: by number) unless given.",
};

@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { description: `At most this many items, 1 to ${MAX_PAGE}.`, defaultValue: DEFAULT_PAGE })
  @Min(1, { message: "first must be at least 1." })
  @Max(MAX_PAGE, { message: `first must be at most ${MAX_PAGE}.` })
  first: number;

  @Field(() => String, {
    description: "The cursor after which the list begins; left out: at the start.",
    nullable: true,
  })
  @IsOptional()
  @MaxLength(2000, { message: "after is not a cursor." })
  after?: string | null;
}

@ObjectType({ description: "The end of a connection's items." })
export class PageInfo {
  @Field(() => String, { description: "The cursor of the last item; null without items.", nullable: true })
  endCursor: string | null;

  @Field(() => Boolean, { description: "Whether more items follow." })
  hasNextPage: boolean;
}

/** A connection as query handlers return it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: Plain<PageInfo>;
  /** A getter: counted only when requested. Missing where counting is too expensive. */
  readonly totalCount?: Promise<number>;
}

/** The Relay-style connection of a type. `items` names them in descriptions, e.g. "customers". */
export const connectionOf = <Node>(
  node: Type<Node>,
  name: string,
  items: string,
  { counted = true } = {},
): Type<Connection<Node>> => {
  @ObjectType(`${name}Edge`, { description: `An item of a list of ${items}.` })
  class NodeEdge {
    @Field(() => String, { description: "Given as `after`, it continues after this item." })
    cursor: string;

    @Field(() => node, { description: "The item itself." })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A list of ${items} with cursors.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: "The items in order." })
    edges: readonly NodeEdge[];

    @Field(() => PageInfo, { description: "The end of the items." })
    pageInfo: Plain<PageInfo>;

    totalCount?: Promise<number>;
  }
  if (counted) {
    const description = "The total number of items that match.";
    Field(() => Int, { description })(NodeConnection.prototype, "totalCount");
  }
  return NodeConnection;
};
