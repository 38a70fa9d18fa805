import fc from "fast-check";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeProvider } from "./rows/scope.js";
import { searchAll, type SearchGroup } from "./search/search-all.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "./spec-support/journal.js";
import { project } from "./spec-support/rows.js";
import {
  accountOpened,
  assigned,
  creditNoteSealed,
  customerCreated,
  line,
  numbers,
  page,
  sealed,
} from "./spec-support/story.js";

/** Few letters, so that parts of a text occur; each word is once. */
const WORDS = [
  ...new Set(
    fc.sample(fc.string({ unit: fc.constantFrom(...Array.from("abé5 ")), minLength: 2, maxLength: 7 }), {
      numRuns: 60,
      seed: 1728,
    }),
  ),
].filter((word) => word.trim() === word && word !== "");
const CUSTOMERS = WORDS.slice(0, 20).map((name, index) => ({
  key: `customer ${index}`,
  name,
  email: index % 3 === 0 ? null : `${WORDS[index + 20] ?? ""}@x.example`,
  phone: index % 4 === 0 ? null : `+${index} (${index * 55}) ${index % 7}`,
}));
const ACCOUNTS = WORDS.slice(0, 20).map((identifier, index) => ({
  key: `account ${index}`,
  customer: `customer ${Math.floor(index / 3)}`,
  identifier,
  alias: WORDS[index + 20] ?? "",
}));
const NUMBERS = Array.from({ length: 12 }, (_, index) => index + 1);

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  const journal = new Journal();
  for (const { key, ...personal } of CUSTOMERS) {
    const created = [customerCreated(key, { personal: { companyDomain: null, ...personal } })];
    journal.record("customer", id(key), created);
    journal.record("customer", id(key), created, { provider: OTHER_PROVIDER });
  }
  for (const { key, customer, identifier, alias } of ACCOUNTS) {
    const { type, data } = accountOpened(key, customer) as { type: string; data: object };
    const added = { identifierHash: `hash of alias ${key}`, effectiveOn: "2020-07-01", personal: { alias } };
    journal.record("account", id(key), [
      { type, data: { ...data, personal: { identifier } } },
      { type: "AliasAdded", data: added },
    ]);
    journal.record("commitment", id(`commitment ${key}`), [assigned(`commitment ${key}`, key, customer, "2022-07-01")]);
  }
  const invoices = NUMBERS.map((number) => `invoice ${number}`);
  for (const [index, invoice] of invoices.entries()) {
    const [{ id: eventId } = { id: "" }] = journal.record("receivables", id("customer 0"), [
      page(invoice, 1, [line("c")]),
    ]);
    const pages = [{ page: 1, eventId, contentHash: `${invoice} 1` }];
    journal.record("receivables", id("customer 0"), [sealed(invoice, "customer 0", pages, { period: monthOf(index) })]);
  }
  journal.record("register", "invoices", [
    numbers(1, ...invoices.map((invoice): [string, string] => [invoice, "customer 0"])),
  ]);
  const [{ id: eventId } = { id: "" }] = journal.record("receivables", id("customer 0"), [
    page("note", 1, [line("c")]),
  ]);
  journal.record("receivables", id("customer 0"), [
    creditNoteSealed("note", "customer 0", [{ page: 1, eventId, contentHash: "note 1" }]),
  ]);
  journal.record("register", "credit-notes", [creditNoteNumbers()]);
  await project(dataSource, journal.events);
});
afterAll(() => databases.stop());

const monthOf = (index: number) => {
  const month = `2020-${String(index + 1).padStart(2, "0")}`;
  return { from: `${month}-01`, until: `${month}-28` };
};

const creditNoteNumbers = () => {
  const one = numbers(11, ["note", "customer 0"]) as { type: string; data: object };
  return { ...one, data: { ...one.data, series: "credit-notes" } };
};

const find = (text: string, first = 50, customerId: string | null = null): Promise<SearchGroup[]> =>
  searchAll(
    dataSource,
    customerId === null ? wholeProvider(PROVIDER) : { providerId: PROVIDER, customerId },
    text,
    first,
  );

const bare = (value: string) =>
  value.normalize("NFD").replaceAll("\u0301", "").toLowerCase().replaceAll(/ +/g, " ").trim();
const digits = (value: string) => value.replaceAll(/[^0-9]/g, "");
const holds = (whole: string, part: string) =>
  part !== "" && (part.length < 3 ? whole.startsWith(part) : whole.includes(part));

/** By kind the ids that a filter in memory finds. */
const naively = (typed: string): Record<string, string[]> => {
  const value = typed.trim();
  const isPhone = /^[+() \d-]+$/.test(value) && digits(value).length >= 3;
  const customers = CUSTOMERS.filter(
    ({ name, email, phone }) =>
      holds(bare(name), bare(value)) ||
      holds(bare(email ?? ""), bare(value)) ||
      (isPhone && digits(phone ?? "").includes(digits(value))),
  );
  const accounts = ACCOUNTS.filter(({ identifier, alias }) =>
    [identifier, alias].some((own) => own.endsWith(value.toLowerCase()) || holds(own, value.toLowerCase())),
  );
  const found = {
    CUSTOMER: customers.map(({ key }) => id(key)),
    ACCOUNT: accounts.map(({ key }) => id(key)),
    INVOICE: NUMBERS.filter((number) => String(number) === value.replace(/^0+/, "")).map((number) =>
      id(`invoice ${number}`),
    ),
  };
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, ids]) => ids.length > 0)
      .map(([kind, ids]) => [kind, ids.sort()]),
  );
};

const idsOf = (groups: readonly SearchGroup[]) =>
  Object.fromEntries(groups.map(({ kind, hits }) => [kind, hits.map((hit) => hit.id).sort()]));

describe("the search of everything", () => {
  it("finds what a filter in memory finds, and marks it", async () => {
    const known = fc.constantFrom(...WORDS).chain((word) => {
      const at = fc.integer({ min: 0, max: word.length });
      return fc.tuple(at, at).map(([one, other]) => word.slice(Math.min(one, other), Math.max(one, other)));
    });
    const texts = fc.oneof(known, fc.string({ unit: fc.constantFrom(...Array.from("aB5 ")), maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const groups = await find(text);
        const { CREDIT_NOTE: _, ...found } = idsOf(groups);
        expect(found).toEqual(text.trim() === "" ? {} : naively(text));
        for (const { from, until, text: whole, matched } of groups.flatMap(({ hits }) => hits)) {
          const [form, searched] = matched === "PHONE" ? [digits, digits(text)] : [bare, bare(text)];
          if (matched !== "ID") expect(form(whole.slice(from, until))).toBe(searched);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has those that begin with it first, and says whether there are more", async () => {
    const [all] = (await find("a")).filter(({ kind }) => kind === "ACCOUNT");
    const count = all?.hits.length ?? 0;
    expect(count).toBeGreaterThan(3);
    const begins = (all?.hits ?? []).map(({ from }) => from === 0);
    expect(begins).toEqual([...begins].sort((one, other) => Number(other) - Number(one)));
    for (const first of [0, 1, count - 1, count]) {
      const [some] = (await find("a", first)).filter(({ kind }) => kind === "ACCOUNT");
      expect(some).toEqual(
        first === 0 ? undefined : { kind: "ACCOUNT", hits: all?.hits.slice(0, first), hasMore: first < count },
      );
    }
  });

  it("finds everything by the beginning of its id", async () => {
    const things = {
      CUSTOMER: id("customer 3"),
      ACCOUNT: id("account 3"),
      COMMITMENT: id("commitment account 3"),
      INVOICE: id("invoice 3"),
      CREDIT_NOTE: id("note"),
    };
    for (const [kind, one] of Object.entries(things)) {
      for (const text of [one, one.toUpperCase(), one.slice(0, 8), ` ${one.slice(0, 20)}`]) {
        const groups = await find(text);
        expect(idsOf(groups)).toEqual({ [kind]: [one] });
        expect(groups[0]?.hits[0]).toMatchObject({ matched: "ID", text: one, from: 0, until: text.trim().length });
      }
    }
  });

  it("finds documents by their number, with or without what precedes it and its zeros", async () => {
    const marks = async (text: string) =>
      (await find(text)).flatMap(({ kind, hits }) =>
        hits.flatMap(({ text: whole, from, until, matched }) =>
          matched === "NUMBER" ? [`${kind} ${whole.slice(0, from)}[${whole.slice(from, until)}]`] : [],
        ),
      );
    expect(await marks("inv-000011")).toEqual(["INVOICE [INV-000011]", "CREDIT_NOTE [INV-000011]"]);
    expect(await marks("INV-11")).toEqual(["INVOICE INV-0000[11]", "CREDIT_NOTE INV-0000[11]"]);
    expect(await marks("00012")).toEqual(["INVOICE INV-0[00012]"]);
    expect(await marks("XX-12")).toEqual([]);
    expect(await marks("0")).toEqual([]);
  });

  it("finds a customer what is its own alone", async () => {
    const own = id("customer 0");
    const seen = [...(await find("a", 50, own)), ...(await find("11", 50, own)), ...(await find("5", 50, own))];
    expect(seen.length).toBeGreaterThan(1);
    expect([...new Set(seen.flatMap(({ hits }) => hits.map(({ customerId }) => customerId)))]).toEqual([own]);
    expect(await find(id("customer 3"), 50, own)).toEqual([]);
    expect(await find(id("commitment account 5"), 50, own)).toEqual([]);
  });
});
