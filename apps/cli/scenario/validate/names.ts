import { type Place } from "./place.js";
import { text } from "./values.js";

/** What a name can stand for, as people call it. */
export const NAME_KINDS = {
  volumeDiscountPlan: "volume discount plan",
  subscription: "subscription",
  addOnProduct: "add-on product",
  mainProduct: "main product",
  customerClass: "customer class",
  offer: "commitment",
  customer: "customer",
  account: "account",
  assigned: "assigned commitment",
} as const;

export type NameKind = keyof typeof NAME_KINDS;

/** The names that a file has given so far, by kind. */
export class Names {
  private readonly known = new Map<NameKind, Map<string, number>>();

  /** Gives a name. @throws Refusal when it was given before */
  define(kind: NameKind, at: Place): string {
    const name = text(at);
    const line = this.of(kind).get(name);
    if (line !== undefined) at.refuse(`the ${NAME_KINDS[kind]} "${name}" is there already, on line ${line}`);
    this.of(kind).set(name, at.line);
    return name;
  }

  /** Gives a name that may have been given before. */
  redefine(kind: NameKind, at: Place): string {
    const name = text(at);
    this.of(kind).set(name, at.line);
    return name;
  }

  /** The name, or the first of `name 2`, `name 3`, … that was not given yet, given now. */
  defineUnused(kind: NameKind, name: string, line: number): string {
    let free = name;
    for (let count = 2; this.of(kind).has(free); count += 1) free = `${name} ${count}`;
    this.of(kind).set(free, line);
    return free;
  }

  /** A reader of a name that must have been given by then. */
  reference(kind: NameKind): (at: Place) => string {
    return (at) => {
      const name = text(at);
      return this.of(kind).has(name) ? name : at.refuse(`there is no ${NAME_KINDS[kind]} "${name}"`);
    };
  }

  private of(kind: NameKind): Map<string, number> {
    let names = this.known.get(kind);
    if (!names) this.known.set(kind, (names = new Map<string, number>()));
    return names;
  }
}
