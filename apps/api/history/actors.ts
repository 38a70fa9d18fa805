import { type Naming, type Speaker } from "#history/speaker.js";

const isNameless = <Known extends object>(known: Known, actor: string): actor is keyof Known & string =>
  Object.hasOwn(known, actor);

const schemeOf = (actor: string): { readonly scheme: string | undefined; readonly id: string } => {
  const [, scheme, id = ""] = /^(key|person|oidc):(.+)$/s.exec(actor) ?? [];
  return { scheme, id };
};

/** What an actor is called: a person's name, a key's label; null: nothing that is known here. */
export const ownName = (actor: string, naming: Naming): string | null => {
  const { scheme, id } = schemeOf(actor);
  if (scheme === "key") return naming("KEY", id);
  return scheme === "person" ? naming("PERSON", id) : null;
};

/** Who an actor is, for people to read (docs/events.md#metadata): by name where it has one that is known. */
export const actorName = (actor: string, { words }: Speaker, naming: Naming): string => {
  if (isNameless(words.actors, actor)) return words.actors[actor];
  const { scheme, id } = schemeOf(actor);
  switch (scheme) {
    case "key": {
      const label = naming("KEY", id);
      return label === null ? actor : words.key(label);
    }
    case "person":
      return naming("PERSON", id) ?? actor;
    case "oidc":
      return words.openIdAccount(id);
    default:
      return actor;
  }
};
