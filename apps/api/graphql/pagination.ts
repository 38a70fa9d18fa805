import { type Type } from "@nestjs/common";
import { ArgsType, Field, Int, ObjectType, registerEnumType } from "@nestjs/graphql";
import { IsOptional, Max, MaxLength, Min } from "class-validator";
import { DEFAULT_PAGE, MAX_PAGE } from "#read-models/rows/window.js";
import { all } from "./fields.js";
import { ID } from "./scalars.js";

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

const SizeArg = (name: string, which: string): PropertyDecorator => {
  const description = `At most this many items, 0 to ${MAX_PAGE}: the ${which} ones of those between the cursors.`;
  const told = `${name} must be from 0 to ${MAX_PAGE}.`;
  return all(
    Field(() => Int, { description, nullable: true }),
    IsOptional(),
    Min(0, { message: told }),
    Max(MAX_PAGE, { message: told }),
  );
};

const CursorArg = (name: string, description: string): PropertyDecorator =>
  all(
    Field(() => String, { description, nullable: true }),
    IsOptional(),
    MaxLength(2000, { message: `${name} is not a cursor.` }),
  );

/** The arguments of connections, after Relay's Cursor Connections Specification (decision 90). */
@ArgsType()
export class ConnectionArgs {
  @SizeArg("first", `first (${DEFAULT_PAGE} unless given)`)
  first?: number | null;

  @SizeArg("last", `last (${DEFAULT_PAGE} when only \`before\` is given)`)
  last?: number | null;

  @CursorArg("after", "The cursor after which the list begins; left out: at the start.")
  after?: string | null;

  @CursorArg("before", "The cursor before which the list ends; left out: at the end.")
  before?: string | null;
}

@ObjectType({ description: "The ends of a connection's items." })
export class PageInfo {
  @Field(() => String, { description: "The cursor of the first item; null without items.", nullable: true })
  startCursor: string | null;

  @Field(() => String, { description: "The cursor of the last item; null without items.", nullable: true })
  endCursor: string | null;

  @Field(() => Boolean, { description: "Whether items precede: of those between the cursors for `last`, else at all." })
  hasPreviousPage: boolean;

  @Field(() => Boolean, { description: "Whether items follow: at all for `last`, else of those between the cursors." })
  hasNextPage: boolean;
}

/** A connection as query handlers return it. The promises are getters: what they tell is looked up when requested. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly [Key in keyof PageInfo]: PageInfo[Key] | (PageInfo[Key] extends boolean ? Promise<boolean> : never);
  };
  readonly totalCount: Promise<number>;
}

/** The connection of a type. `items` names them in descriptions, e.g. "customers". */
export const connectionOf = <Node>(node: Type<Node>, name: string, items: string): Type<Connection<Node>> => {
  @ObjectType(`${name}Edge`, { description: `An item of a list of ${items}.` })
  class NodeEdge {
    @Field(() => String, {
      description: "Given as `after`, the list continues behind this item; given as `before`, it ends ahead of it.",
    })
    cursor: string;

    @Field(() => node, { description: "The item itself." })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A list of ${items} with cursors.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: "The items in order." })
    edges: readonly NodeEdge[];

    @Field(() => PageInfo, { description: "The ends of the items." })
    pageInfo: Connection<Node>["pageInfo"];

    @Field(() => Int, { description: "The total number of items that match, whatever the cursors." })
    totalCount: Promise<number>;
  }
  return NodeConnection;
};
