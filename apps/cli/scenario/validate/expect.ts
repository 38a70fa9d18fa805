import {
  type Expectations,
  type ExpectedCommitment,
  type ExpectedCustomer,
  type ExpectedInvoice,
  type ExpectedLine,
} from "../model.js";
import { type Names } from "./names.js";
import { listOf, Mapping, type Place, type Reader } from "./place.js";
import { date, money, nullable, requireCapability, text, whole, word } from "./values.js";

const KEYS = ["invoices", "creditNotes", "commitments", "customers", "outbound"];

export const readExpectations = (at: Place, names: Names): Expectations => {
  const expect = new Mapping(at, KEYS);
  for (const key of KEYS) {
    if (expect.has(key))
      at.source.attempt(() => {
        requireCapability(expect.place(key), "expect", key);
      });
  }
  return {
    invoices: expect.optional("invoices", listOf("an expected invoice", invoice(names))),
    creditNotes: expect.optional("creditNotes", none("creditNotes")),
    commitments: expect.optional(
      "commitments",
      unique("commitment", listOf("an expected commitment", commitment(names))),
    ),
    customers: expect.optional("customers", unique("customer", listOf("an expected customer", customer(names)))),
  };
};

/** A list that can only be empty so far. */
const none =
  (key: string): Reader<never[]> =>
  (at) => {
    const [first] = at.items("an expected item");
    if (first) requireCapability(first, "expectNotEmpty", key);
    return [];
  };

/** Each is expected to be one thing at the end, so it is named once. */
const unique =
  <K extends string, T extends Record<K, string> & { readonly line: number }>(key: K, read: Reader<T[]>): Reader<T[]> =>
  (at) => {
    const items = read(at);
    const lines = new Map<string, number>();
    for (const item of items) {
      const line = lines.get(item[key]);
      if (line !== undefined)
        at.source.note(item.line, `${key} "${item[key]}" is expected twice, first on line ${line}`);
      lines.set(item[key], item.line);
    }
    return items;
  };

const invoice =
  (names: Names): Reader<ExpectedInvoice> =>
  (at) => {
    const item = new Mapping(at, ["customer", "issued", "total", "state", "due", "lines"]);
    return {
      line: at.line,
      customer: item.required("customer", names.reference("customer")),
      issued: item.required("issued", date),
      total: item.optional("total", money),
      state: item.optional("state", word(["UNPAID", "PAID"], "invoiceState")),
      due: item.optional("due", date),
      lines: item.optional("lines", listOf("an expected line", line(names))),
    };
  };

const line =
  (names: Names): Reader<ExpectedLine> =>
  (at) => {
    const item = new Mapping(at, [
      "commitment",
      "kind",
      "description",
      "from",
      "until",
      "days",
      "periodDays",
      "fee",
      "discount",
      "discountOrigin",
      "net",
    ]);
    return {
      line: at.line,
      commitment: item.optional("commitment", names.reference("assigned")),
      kind: item.optional("kind", word(["RECURRING", "ONE_TIME", "PENALTY", "PENALTY_WAIVED"], "lineKind")),
      description: item.optional("description", text),
      from: item.optional("from", date),
      until: item.optional("until", date),
      days: item.optional("days", whole),
      periodDays: item.optional("periodDays", nullable(whole)),
      fee: item.optional("fee", money),
      discount: item.optional("discount", money),
      discountOrigin: item.optional("discountOrigin", nullable(word(["COMMITMENT", "CUSTOMER_RATE"]))),
      net: item.optional("net", money),
    };
  };

const commitment =
  (names: Names): Reader<ExpectedCommitment> =>
  (at) => {
    const item = new Mapping(at, ["commitment", "status", "discountEndDate", "discountsGiven"]);
    return {
      line: at.line,
      commitment: item.required("commitment", names.reference("assigned")),
      status: item.optional("status", word(["PENDING", "ACTIVE", "PAUSED", "TERMINATED"])),
      discountEndDate: item.optional("discountEndDate", nullable(date)),
      discountsGiven: item.optional("discountsGiven", money),
    };
  };

const customer =
  (names: Names): Reader<ExpectedCustomer> =>
  (at) => {
    const item = new Mapping(at, ["customer", "status", "balanceDue"]);
    return {
      line: at.line,
      customer: item.required("customer", names.reference("customer")),
      status: item.optional("status", word(["ACTIVE", "SUSPENDED", "CLOSED"])),
      balanceDue: item.optional("balanceDue", money),
    };
  };
