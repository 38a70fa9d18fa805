import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";

/** A parsed file with the positions of its lines. */
export interface Text {
  readonly document: Document;
  /** The 1-based line of an offset in the text. */
  readonly lineAt: (offset: number) => number;
  /** Plain values by node: an alias has the same value as its anchor. */
  readonly values: Map<Node, unknown>;
}

/** A value in the file, with its line and its label for messages. */
export class Place {
  private readonly node: Node | null;
  readonly line: number;

  constructor(
    private readonly file: Text,
    node: unknown,
    /** Label in messages: a key in quotes, or the kind of item. */
    readonly label: string,
    /** The line of its key, used when the value has no text. */
    fallbackLine: number,
    /** The keys that lead here, without the places in lists. */
    private readonly keys: readonly string[] = [],
  ) {
    const written = node as Node | null;
    this.line = written?.range ? file.lineAt(written.range[0]) : fallbackLine;
    // An alias is reported at its own line, and read as its anchor's value.
    this.node = isAlias(written) ? (written.resolve(file.document) ?? null) : written;
  }

  /** The plain value. Mappings have no prototype, so that all keys come from the file. */
  get value(): unknown {
    return plain(this.node, this.file);
  }

  /** The value, if it is text. */
  get text(): string | undefined {
    return isScalar(this.node) && typeof this.node.value === "string" ? this.node.value : undefined;
  }

  /** Description of the value for messages: `the number 15`, `a list`. */
  get description(): string {
    if (isSeq(this.node)) return "a list";
    if (isCollection(this.node)) return "a mapping";
    const scalar = isScalar(this.node) ? this.node.value : null;
    if (scalar === null || scalar === undefined) return "nothing";
    if (typeof scalar === "number") return `the number ${(this.node as Scalar).source ?? String(scalar)}`;
    if (typeof scalar === "string") return JSON.stringify(scalar);
    return typeof scalar === "boolean" ? String(scalar) : "a value of another type";
  }

  /** The items of a list; empty for another value. */
  get items(): Place[] {
    if (!isSeq(this.node)) return [];
    const label = ITEMS[this.keys.join(".")] ?? `an item of ${this.label}`;
    return this.node.items.map((item) => new Place(this.file, item, label, this.line, this.keys));
  }

  /** The entries of a mapping: key, the key's line, value; empty for another value. */
  get entries(): { key: string; line: number; value: Place }[] {
    return this.pairs.map((pair) => this.entry(pair));
  }

  private get pairs(): readonly Pair<Scalar<string>>[] {
    return isMap<Scalar<string>>(this.node) ? this.node.items : [];
  }

  private entry({ key, value }: Pair<Scalar<string>>): { key: string; line: number; value: Place } {
    const line = key.range ? this.file.lineAt(key.range[0]) : this.line;
    const keys = [...this.keys, key.value];
    return { key: key.value, line, value: new Place(this.file, value, `"${key.value}"`, line, keys) };
  }

  /** The place at a path from here; undefined: there is none. */
  at(...path: PropertyKey[]): Place | undefined {
    const [first, ...rest] = path;
    if (first === undefined) return this;
    if (typeof first === "number") return this.items[first]?.at(...rest);
    const pair = this.pairs.find(({ key }) => key.value === first);
    return pair && this.entry(pair).value.at(...rest);
  }
}

/** Labels of list items. */
const ITEMS: Readonly<Record<string, string>> = {
  "catalog.servicePolicies": "a service policy",
  "catalog.servicePolicies.trustedNetworks": "a network",
  "catalog.tariffs": "a tariff",
  "catalog.tariffs.rates": "a rate",
  "catalog.volumeDiscountPlans": "a volume discount plan",
  "catalog.addOnProducts": "an add-on product",
  "catalog.subscriptions": "a subscription",
  "catalog.mainProducts": "a main product",
  "catalog.mainProducts.addOnProducts": "an add-on product",
  "catalog.customerClasses": "a customer class",
  "catalog.customerClasses.remindAfterDays": "a number of days",
  "catalog.commitments": "a commitment",
  "catalog.commitments.oneTimeFees": "a one-time fee",
  "catalog.commitments.recurringFees": "a recurring fee",
  customers: "a customer",
  "customers.accounts": "an account",
  steps: "a step",
  "steps.oneTimeFees": "a one-time fee",
  "steps.recurringFees": "a recurring fee",
  "steps.rates": "a rate",
  "expect.invoices": "an expected invoice",
  "expect.invoices.lines": "an expected line",
  "expect.creditNotes": "an expected credit note",
  "expect.creditNotes.lines": "an expected line",
  "expect.commitments": "an expected commitment",
  "expect.customers": "an expected customer",
  "expect.outbound": "an expected delivery",
  "expect.calls": "an expected call",
};

const plain = (node: Node | null, file: Text): unknown => {
  if (node === null) return null;
  if (isScalar(node)) return node.value;
  const known = file.values.get(node);
  if (known !== undefined) return known;
  const target = isAlias(node) ? node.resolve(file.document) : undefined;
  if (isAlias(node)) return plain(target ?? null, file);
  if (isSeq<Node | null>(node)) {
    const items: unknown[] = [];
    // Stored before its items are read: an alias inside may refer to the list itself.
    file.values.set(node, items);
    for (const item of node.items) items.push(plain(item, file));
    return items;
  }
  const fields = Object.create(null) as Record<string, unknown>;
  file.values.set(node, fields);
  if (isMap<Scalar<string>, Node | null>(node)) {
    for (const { key, value } of node.items) fields[key.value] = plain(value, file);
  }
  return fields;
};
