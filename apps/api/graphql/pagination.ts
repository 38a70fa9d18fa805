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
export const FILTER = { nullable: true, description: "Which ones; all unless given." };
export const SORT = {
  nullable: true,
  description: "In which order; that of creation (invoices: of their numbers) unless given.",
};

@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: `At most this many items, 1 to ${MAX_PAGE}.`, defaultValue: DEFAULT_PAGE })
  @Min(1, { message: "first must be at least 1." })
  @Max(MAX_PAGE, { message: `first must be at most ${MAX_PAGE}.` })
  first: number;

  @Field(() => String, { description: "The cursor after which the page begins; none: at the start.", nullable: true })
  @IsOptional()
  @MaxLength(2000, { message: "after is not a cursor." })
  after?: string | null;
}

@ObjectType({ description: "Where a page ends." })
export class PageInfo {
  @Field(() => String, { description: "The cursor of the page's last item; null for an empty page.", nullable: true })
  endCursor: string | null;

  @Field(() => Boolean, { description: "Whether more items follow." })
  hasNextPage: boolean;
}

/** What a query handler answers for a page. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: Plain<PageInfo>;
  /** A getter: counted only when asked for. Missing where counting would cost more than it tells. */
  readonly totalCount?: Promise<number>;
}

/** The Relay-style connection of a type. `items` names them in descriptions, e.g. "customers". */
export const connectionOf = <Node>(
  node: Type<Node>,
  name: string,
  items: string,
  { counted = true } = {},
): Type<Connection<Node>> => {
  @ObjectType(`${name}Edge`, { description: `One of a page of ${items}.` })
  class NodeEdge {
    @Field(() => String, { description: "Pass it as `after` to continue behind this item." })
    cursor: string;

    @Field(() => node, { description: "The item itself." })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${items}.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: "The items in order." })
    edges: readonly NodeEdge[];

    @Field(() => PageInfo, { description: "Where the page ends." })
    pageInfo: Plain<PageInfo>;

    totalCount?: Promise<number>;
  }
  if (counted) {
    const description = "How many items there are in all, on every page together.";
    Field(() => Int, { description })(NodeConnection.prototype, "totalCount");
  }
  return NodeConnection;
};
