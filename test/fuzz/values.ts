import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql/index.js";
import { type Chance } from "./chance.js";

/** Ids that exist, by the names of the fields that take them. */
export type Known = Readonly<Record<string, string>>;

/** Text that programs stumble over. */
export const NASTY_TEXT: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x\udfff",
  "\u202egnp.exe",
  "\u2066x",
  "\u200b",
  "\ufeff12",
  "\u3164",
  "Cafe\u0301",
  "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033dA\u0334\u0319L\u0323G\u035cO",
  "\ufdfa".repeat(18),
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "İıſßŉ",
  "\\",
  "%_%",
  "' OR 1=1 --",
  '"; DROP TABLE customers; --',
  "${7*7}",
  "{{7*7}}",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "-1",
  "1e400",
  "\r\nset-cookie: a=b",
  "x".repeat(201),
  "é".repeat(5_000),
];
const DATES: readonly string[] = [
  "2020-07-15",
  "2020-07-20",
  "2020-07-31",
  "2020-08-01",
  "2021-02-28",
  "1970-01-01",
  "2199-12-31",
];
const BAD_DATES: readonly string[] = [
  "2020-02-30",
  "0000-00-00",
  "2200-01-01",
  "99999-01-01",
  "-2020-01-01",
  "2020-7-1",
  "",
];
const AMOUNTS: readonly string[] = ["0", "1.00", "15", "0.001", "999999999999999", "0.000000000001"];
const BAD_AMOUNTS: readonly string[] = ["-1", "-0", "1e9", "1,50", "NaN", "1".repeat(400), "0x10", ".", ""];
const INSTANTS: readonly string[] = [
  "2020-07-15T12:00:00Z",
  "2020-07-15T12:00:00.123456789+14:00",
  "1970-01-01T00:00Z",
];
const BAD_INSTANTS: readonly string[] = [
  "2020-07-15",
  "2020-07-15T25:00:00Z",
  "2199-12-31T23:59:59-23:59",
  "9999-12-31T00:00:00Z",
];
const INTEGERS: readonly number[] = [0, 1, 2, 15, 24, 31, 1_200];
const BAD_INTEGERS: readonly number[] = [-1, 32, 1_201, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, 1e308];
/** Of another type than any field. */
const OTHERS: readonly unknown[] = [
  null,
  1,
  true,
  [],
  {},
  [[]],
  [null],
  "x",
  { a: { b: {} } },
  Number.MAX_SAFE_INTEGER,
];
const NAMES = ["Turbo", "Jo", "Internet", "GB", "jo@example.com", "12012550001"] as const;

const SCALARS: Readonly<Record<string, readonly [good: readonly unknown[], bad: readonly unknown[]]>> = {
  LocalDate: [DATES, BAD_DATES],
  Decimal: [AMOUNTS, BAD_AMOUNTS],
  Instant: [INSTANTS, BAD_INSTANTS],
  Int: [INTEGERS, BAD_INTEGERS],
  Float: [INTEGERS, BAD_INTEGERS],
  Boolean: [
    [true, false],
    ["true", 0],
  ],
};

/** Values for the schema's input types, most of them as they should be. */
export class Values {
  constructor(
    private readonly chance: Chance,
    private readonly known: Known,
    /** One value in so many is wrong. */
    private readonly wrongOneIn: number,
  ) {}

  of(type: GraphQLInputType, name: string): unknown {
    const { chance } = this;
    if (isNonNullType(type)) return chance.oneIn(this.wrongOneIn * 3) ? null : this.of(type.ofType, name);
    if (chance.oneIn(this.wrongOneIn * 2)) return chance.of(OTHERS);
    if (isListType(type)) {
      const length = chance.oneIn(30) ? 1_001 : chance.below(4);
      const singular = name.replace(/s$/, "");
      const item = this.of(type.ofType, singular);
      // A long list repeats one item: making each would take the time of the test.
      return length > 10
        ? Array.from({ length }, () => item)
        : Array.from({ length }, () => this.of(type.ofType, singular));
    }
    if (isInputObjectType(type)) return this.object(type);
    if (isEnumType(type)) {
      return chance.oneIn(this.wrongOneIn) ? chance.of(NASTY_TEXT) : chance.of(type.getValues()).name;
    }
    return this.scalar(type.name, name);
  }

  private object(type: GraphQLInputObjectType): unknown {
    const { chance } = this;
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? [chance.of(fields)] : fields;
    const entries = given.flatMap(({ name, type: inner }) =>
      !isNonNullType(inner) && given.length > 1 && chance.oneIn(2) ? [] : [[name, this.of(inner, name)] as const],
    );
    const extra = chance.oneIn(this.wrongOneIn * 2)
      ? [[chance.of(["__proto__", "nonsense", "x".repeat(500)]), 1] as const]
      : [];
    return Object.fromEntries([...entries, ...extra]);
  }

  private scalar(type: string, name: string): unknown {
    const { chance } = this;
    const wrong = chance.oneIn(this.wrongOneIn);
    const [good, bad] = SCALARS[type] ?? [];
    if (good && bad) return chance.of(wrong ? bad : good);
    if (wrong) return chance.of(NASTY_TEXT);
    if (name === "idempotencyKey") return chance.oneIn(10) ? "again" : chance.word();
    const known = this.known[name];
    if (known !== undefined && !chance.oneIn(5)) return known;
    if (type === "ID") return chance.of(Object.values(this.known));
    if (name === "currency") return chance.of(["USD", "EUR", "JPY"]);
    if (name === "timeZone") return chance.of(["UTC", "Europe/Berlin", "Nowhere/Nothing", "Pacific/Apia"]);
    if (name === "after") return Buffer.from(JSON.stringify(chance.of(CURSORS))).toString("base64url");
    return chance.oneIn(2) ? chance.of(NAMES) : chance.word();
  }
}

/** What cursors are made of, by hand. */
const CURSORS: readonly unknown[] = [
  ["CREATED ASC", "1", "3dc7be57-2d6c-543d-8054-44ecfd00bcd9"],
  ["CREATED ASC", "\u0000", "\u0000"],
  ["NAME ASC", "x", "y"],
  ["PERIOD DESC", "9999-99-99", "3dc7be57-2d6c-543d-8054-44ecfd00bcd9"],
  ["PERIOD DESC", "x", "x"],
  ["CREATED ASC", "99999999999999999999999", "x"],
  [],
  {},
  null,
  1,
];
