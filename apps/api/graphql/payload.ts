import { type Type } from "@nestjs/common";
import { Field, ID, ObjectType } from "@nestjs/graphql";

export const INPUT = "What is asked for.";

/** What every mutation answers beside the entity. */
export interface Outcome {
  readonly id: string;
  readonly position: string;
  readonly visible: boolean;
  readonly repeated: boolean;
}

/** The payload of the mutations on one type: `{ id, <field>, position, visible, repeated }`. */
export const payloadOf = <Entity>(entity: Type<Entity>, name: string, field: string): Type<Outcome> => {
  @ObjectType(`${name}Payload`, { description: `The answer of a mutation on the type ${name}.` })
  class Payload implements Outcome {
    @Field(() => ID, { description: "Id of what was changed; known even while it cannot be read." })
    id: string;

    @Field(() => String, { description: "Place in the event log that holds the mutation's effects." })
    position: string;

    @Field(() => Boolean, {
      description: "Whether the effects can be read by queries. False: accepted, but the read models are still behind.",
    })
    visible: boolean;

    @Field(() => Boolean, {
      description: "True when the same request under the same key had been accepted before: this is its first result.",
    })
    repeated: boolean;
  }
  Field(() => entity, {
    name: field,
    nullable: true,
    description: "What was changed, as queries show it; null when it does not exist or cannot be read yet.",
  })(Payload.prototype, "entity");
  return Payload;
};
