import { Args, Query, Resolver } from "@nestjs/graphql";
import { mayAsk } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { checkAll, reject } from "#domain/rejection.js";
import { MAX_PAGE } from "#read-models/rows/window.js";
import { PrincipalOf } from "../graphql/context.js";
import { type FoundNode, Node } from "../graphql/node.js";
import { ID_ARG } from "../graphql/pagination.js";
import { ID } from "../graphql/scalars.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { nodeKinds } from "../queries/nodes.js";
import { requireId } from "../queries/required.js";

const IDS_ARG = { type: () => [ID], description: `Their ids, at most ${MAX_PAGE}.` };

@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    description: "What has this id, of whatever type; null when the provider has nothing with it.",
    nullable: true,
  })
  async node(
    @Args("id", ID_ARG) id: string,
    @PrincipalOf() principal: Principal,
    @LoadersOf() load: Loaders,
  ): Promise<FoundNode | null> {
    requireId(id, "id");
    return foundFor(principal, await load.node(id));
  }

  @Query(() => [Node], {
    description: "What has these ids, in their order; null for each that the provider has nothing with.",
    nullable: "items",
  })
  async nodes(
    @Args("ids", IDS_ARG) ids: string[],
    @PrincipalOf() principal: Principal,
    @LoadersOf() load: Loaders,
  ): Promise<(FoundNode | null)[]> {
    if (ids.length > MAX_PAGE) {
      throw reject("VALIDATION_FAILED", `ids has at most ${MAX_PAGE} items.`, { field: "ids" });
    }
    checkAll(
      ...ids.map((id, index) => () => {
        requireId(id, ["ids", index]);
      }),
    );
    const found = await Promise.all(ids.map(load.node));
    return found.map((node) => foundFor(principal, node));
  }
}

/** What the principal may find: what the query of its kind would answer. */
const foundFor = (principal: Principal, node: FoundNode | null): FoundNode | null => {
  const kind = Object.values(nodeKinds).find(({ type }) => type === node?.__typename)?.kind;
  return kind && mayAsk(principal, kind) ? node : null;
};
