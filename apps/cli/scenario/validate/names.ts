import { z } from "zod";
import { NAME_KINDS, type NameKind, references } from "../schema/values.js";
import { type Place } from "./place.js";
import { type Problem } from "./source.js";

/** The names defined so far in a file, by kind. */
export class Names {
  private readonly known = new Map<NameKind, Map<string, number>>();

  constructor(private readonly note: (problem: Problem) => void) {}

  /** Defines the name at a place, if it is text. A name defined before is a problem. */
  define(kind: NameKind, at: Place | undefined): void {
    const name = at?.text;
    if (at === undefined || name === undefined) return;
    const line = this.of(kind).get(name);
    if (line !== undefined) {
      this.note({ line: at.line, reason: `the ${NAME_KINDS[kind]} "${name}" is there already, on line ${line}` });
      return;
    }
    this.of(kind).set(name, at.line);
  }

  /** Defines a name that may have been defined before. */
  redefine(kind: NameKind, at: Place | undefined): void {
    if (at?.text !== undefined) this.of(kind).set(at.text, at.line);
  }

  /** Defines and returns the name, or the first of `name 2`, `name 3`, … that is not defined yet. */
  defineUnused(kind: NameKind, name: string, line: number): string {
    let free = name;
    for (let count = 2; this.of(kind).has(free); count += 1) free = `${name} ${count}`;
    this.of(kind).set(free, line);
    return free;
  }

  /** @returns whether all names that a value refers to, by its schema, are defined; each other one is a problem */
  check(schema: z.core.$ZodType, at: Place | undefined): boolean {
    let all = true;
    for (const { kind, place } of referencesIn(schema, at)) {
      const name = place.text;
      if (name === undefined || this.of(kind).has(name)) continue;
      this.note({ line: place.line, reason: `there is no ${NAME_KINDS[kind]} "${name}"` });
      all = false;
    }
    return all;
  }

  private of(kind: NameKind): Map<string, number> {
    let names = this.known.get(kind);
    if (!names) this.known.set(kind, (names = new Map<string, number>()));
    return names;
  }
}

interface Reference {
  readonly kind: NameKind;
  readonly place: Place;
}

/** Walks through schema and value in parallel, also where the value does not fit. */
const referencesIn = (schema: z.core.$ZodType, at: Place | undefined): Reference[] => {
  if (at === undefined) return [];
  const kind = references.get(schema as z.ZodString)?.kind;
  if (kind !== undefined) return [{ kind, place: at }];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return referencesIn(schema.unwrap(), at);
  }
  if (schema instanceof z.ZodPipe) return referencesIn(schema.in, at);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator, options } = schema.def;
    const value = at.at(discriminator)?.text;
    const meant = options.find((option) => option._zod.propValues?.[discriminator]?.has(value));
    return meant === undefined ? [] : referencesIn(meant, at);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => referencesIn(option, at));
  if (schema instanceof z.ZodArray) return at.items.flatMap((item) => referencesIn(schema.element, item));
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, field]) => referencesIn(field, at.at(key)));
  }
  return [];
};
