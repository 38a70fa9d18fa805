import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import { Refusal, type Source } from "./source.js";

/** Turns the value at a place into what it means. Throws a Refusal when it cannot be that. */
export type Reader<T> = (at: Place) => T;

/** A value in the file: what stands there, on which line, and what people call it. */
export class Place {
  private readonly node: Node | null;
  readonly line: number;

  constructor(
    readonly source: Source,
    private readonly document: Document,
    node: unknown,
    /** For reasons: a key in quotes, or the kind of item. */
    readonly label: string,
    /** Where it has no text of its own: the line of its key. */
    fallbackLine: number,
  ) {
    const written = node as Node | null;
    this.line = written?.range ? source.lineAt(written.range[0]) : fallbackLine;
    // An alias is reported where it is used, and read as what it stands for.
    this.node = isAlias(written) ? (written.resolve(document) ?? null) : written;
  }

  refuse(reason: string): never {
    throw new Refusal({ line: this.line, reason });
  }

  /** A scalar's value; undefined for a mapping or a list. An empty value is null. */
  get scalar(): unknown {
    if (this.node === null) return null;
    return isScalar(this.node) ? this.node.value : undefined;
  }

  /** What stands there, for a reason: `the number 15`, `a list`. */
  get description(): string {
    const { scalar } = this;
    if (isSeq(this.node)) return "a list";
    if (isCollection(this.node)) return "a mapping";
    if (scalar === null || scalar === undefined) return "nothing";
    if (typeof scalar === "number") return `the number ${(this.node as Scalar).source ?? String(scalar)}`;
    if (typeof scalar === "string") return JSON.stringify(scalar);
    return typeof scalar === "boolean" ? String(scalar) : "a value of another type";
  }

  /** The items of a list, each called by its kind. */
  items(kind: string): Place[] {
    const { node } = this;
    if (!isSeq(node)) return this.refuse(`${this.label} must be a list, not ${this.description}`);
    return node.items.map((item) => new Place(this.source, this.document, item, kind, this.line));
  }

  /** The entries of a mapping: key, the key's line, value. */
  entries(): { key: string; line: number; value: Place }[] {
    const { node } = this;
    if (!isMap<Scalar<string>>(node)) return this.refuse(`${this.label} must be a mapping, not ${this.description}`);
    return node.items.map(({ key, value }) => {
      const line = key.range ? this.source.lineAt(key.range[0]) : this.line;
      return { key: key.value, line, value: new Place(this.source, this.document, value, `"${key.value}"`, line) };
    });
  }
}

/** A mapping with known keys, read key by key. Unknown keys are noted at once. */
export class Mapping {
  private readonly values: ReadonlyMap<string, Place>;

  constructor(
    readonly at: Place,
    keys: readonly string[],
  ) {
    const values = new Map<string, Place>();
    for (const { key, line, value } of at.entries()) {
      if (keys.includes(key)) values.set(key, value);
      else at.source.note(line, `unknown key "${key}" in ${at.label}; known are ${keys.join(", ")}`);
    }
    this.values = values;
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The value of a key that is there. */
  place(key: string): Place {
    return this.values.get(key) ?? this.at.refuse(`${this.at.label} needs "${key}"`);
  }

  required<T>(key: string, read: Reader<T>): T {
    return read(this.place(key));
  }

  optional<T>(key: string, read: Reader<T>): T | undefined {
    const value = this.values.get(key);
    return value === undefined ? undefined : read(value);
  }

  /** A list, empty if absent, whose items are read one by one: a refused one is noted and left out. */
  list<T>(key: string, kind: string, read: Reader<T>): T[] {
    return this.optional(key, listOf(kind, read)) ?? [];
  }
}

export const listOf =
  <T>(kind: string, read: Reader<T>): Reader<T[]> =>
  (at) =>
    at.items(kind).flatMap((item) => {
      const value = at.source.attempt(() => ({ read: read(item) }));
      return value === undefined ? [] : [value.read];
    });
