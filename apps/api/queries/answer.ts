import { type QueryBus } from "@nestjs/cqrs";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { FindQuery, type Kind, type Listed } from "./messages.js";

/** A mutation's payload: its outcome, and the entity as queries show it now. */
export const answer = async <K extends Kind, O extends Outcome>(
  queries: QueryBus,
  kind: K,
  caller: Caller,
  outcome: O,
): Promise<O & { readonly entity: Listed[K]["model"] | null }> => {
  const entity = outcome.visible ? await queries.execute(new FindQuery(kind, outcome.id, caller)) : null;
  return { ...outcome, entity };
};
