/** What the actors of people's commands begin with; part of commands' identities: it never changes. */
const ACTOR = "person:";

/** The actor of a person's commands. */
export const personActor = (personId: string): string => `${ACTOR}${personId}`;

/** The id of the person that an actor is; null: it is none. */
export const personOfActor = (actor: string): string | null =>
  actor.startsWith(ACTOR) ? actor.slice(ACTOR.length) : null;
