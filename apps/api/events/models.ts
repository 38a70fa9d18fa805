import { Field, ObjectType } from "@nestjs/graphql";
import { type RecordedEvent } from "#event-store/event.js";
import { positionToText } from "#event-store/position.js";
import { RoleEnum, type RoleName, roleShown } from "../graphql/roles.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar, JsonScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType("Event", { description: "An event: something that was recorded and never changes." })
export class ShownEvent {
  @Field(() => ID, { description: "Its id; `causes` of lines name it." }) id: string;
  @Field(() => String, { description: "Its type." }) type: string;
  @Field(() => String, { description: "The event stream that it is in." }) stream: string;
  @Field(() => String, { description: "Its revision in that stream, from 0 on." }) revision: string;
  @Field(() => String, { description: "Its position in the event log, as in the header `tenure-after`." })
  position: string;
  @Field(() => InstantScalar, { description: "When it was recorded, by the provider's clock." }) recordedAt: string;
  @Field(() => String, { description: "Who gave the command that recorded it." }) actor: string;
  @Field(() => RoleEnum, {
    description: "The role by which it could be given; null where none was needed, as of work that fell due.",
    nullable: true,
  })
  role: RoleName | null;
  @Field(() => LocalDateScalar, { description: "The day from which it takes effect." }) effectiveOn: string;
  @Field(() => JsonScalar, {
    description: "Its data; personal data, in its part `personal`, only to roles that see it.",
  })
  data: unknown;
}

/** The GraphQL form of an event. */
export const eventShown = (event: RecordedEvent): Plain<ShownEvent> => {
  const { id, type, stream, revision, position, metadata, data } = event;
  const { recordedAt, actor, role = null } = metadata;
  const { effectiveOn } = data;
  const at = { revision: revision.toString(), position: positionToText(position) };
  return {
    id,
    type,
    stream,
    ...at,
    recordedAt,
    actor,
    role: role === null ? null : roleShown(role),
    effectiveOn,
    data,
  };
};

/** Personal data is in a part of its own of every event (docs/events.md). */
export const withoutPersonal = (event: Plain<ShownEvent>): Plain<ShownEvent> => {
  const { personal: _, ...rest } = event.data as { readonly personal?: unknown };
  return { ...event, data: rest };
};
