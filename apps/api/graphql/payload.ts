import { type Type } from "@nestjs/common";
import { Field, ObjectType } from "@nestjs/graphql";
import { ID } from "./scalars.js";

export const INPUT = "What is asked for.";

/** What every mutation returns beside the entity. */
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
    @Field(() => ID, { description: "Id of the changed entity, also when queries do not show it yet." })
    id: string;

    @Field(() => String, { description: "Position in the event log that includes the mutation's events." })
    position: string;

    @Field(() => Boolean, {
      description:
        "Whether queries show the mutation's effects. False: it is accepted, but read models are still behind.",
    })
    visible: boolean;

    @Field(() => Boolean, {
      description: "True when the same request with the same key was accepted before: this is its first result.",
    })
    repeated: boolean;
  }
  Field(() => entity, {
    name: field,
    nullable: true,
    description: "The changed entity, as queries show it; null when it does not exist or is not projected yet.",
  })(Payload.prototype, "entity");
  return Payload;
};
