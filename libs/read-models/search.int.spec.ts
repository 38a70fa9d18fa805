import fc from "fast-check";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccountAliases } from "./accounts/alias-queries.js";
import { listCustomers } from "./customers/queries.js";
import { wholeProvider } from "./rows/scope.js";
import { textMatches } from "./search/text-match.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "./spec-support/journal.js";
import { project } from "./spec-support/rows.js";
import { accountOpened, customerCreated } from "./spec-support/story.js";

/** Few letters, so that parts of a text occur; those that patterns, accents and case would treat differently. */
const text = (least: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from("aAbBeé\u0301ÉzŽ%_\\5 ")), minLength: least, maxLength: 6 });

const WORDS = fc.sample(
  text(1).filter((word) => word.trim() !== ""),
  { numRuns: 80, seed: 20201 },
);
const CUSTOMERS = WORDS.slice(0, 40).map((name, index) => ({
  name,
  email: index % 3 === 0 ? null : `${WORDS[79 - index] ?? ""}@x.example`,
  phone: index % 4 === 0 ? null : `+${index} (${index * 37}) ${index % 7}`,
}));
const hashOf = (index: number) => `hash ${index}`;
const isIdentifier = (index: number) => index % 2 === 0;
/** Two texts each: an account's identifier and its alias. */
const accountOf = (index: number) => `account ${Math.floor(index / 2)}`;
/** Every realm, role and permission occurs, and each absent. */
const termsOf = (index: number) => ({
  ...(index % 3 === 0 ? {} : { realm: index % 3 === 1 ? "a.example" : "b.example" }),
  ...(index % 5 < 3 ? { role: (["PHONE_LINE", "MOBILE", "SIP_TRUNK"] as const)[index % 5] } : {}),
  ...(index % 7 === 0 ? { allowAuthentication: false } : {}),
});
const customerOf = (index: number) => `customer ${Math.floor(index / 8)}`;

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  const journal = new Journal();
  CUSTOMERS.forEach((personal, index) => {
    const contact = { personal: { companyDomain: null, ...personal } };
    journal.record("customer", id(`customer ${index}`), [customerCreated(`customer ${index}`, contact)]);
  });
  WORDS.forEach((word, index) => {
    const stream = id(accountOf(index));
    const identifierHash = hashOf(index);
    if (isIdentifier(index)) {
      const { type, data } = accountOpened(accountOf(index), customerOf(index)) as { type: string; data: object };
      const opened = { type, data: { ...data, identifierHash, personal: { identifier: word } } };
      journal.record("account", stream, [opened]);
      journal.record("account", stream, [opened], { provider: OTHER_PROVIDER });
    } else {
      const added = { identifierHash, effectiveOn: "2020-07-01", ...termsOf(index), personal: { alias: word } };
      journal.record("account", stream, [{ type: "AliasAdded", data: added }]);
    }
  });
  await project(dataSource, journal.events);
});
afterAll(() => databases.stop());

/** Everything on all pages of 20. */
const hashes = async (filter: Parameters<typeof listAccountAliases>[2] & object): Promise<string[]> => {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page = await listAccountAliases(dataSource, wholeProvider(PROVIDER), { ...filter, first: 20, after });
    found.push(...page.rows.map(({ identifierHash }) => identifierHash));
    after = (await page.hasNextPage()) ? page.endCursor : null;
    if (after === null) expect(await page.totalCount()).toBe(found.length);
  } while (after !== null);
  return found.sort();
};

const composedLower = (value: string) => value.normalize("NFC").toLowerCase().trim().normalize("NFC");
const compare = {
  EXACT: (own: string, value: string) => own === value,
  STARTS_WITH: (own: string, value: string) => own.startsWith(value),
  CONTAINS: (own: string, value: string) => own.includes(value),
  ENDS_WITH: (own: string, value: string) => own.endsWith(value),
};

describe("account ids and aliases", () => {
  it("are found as a filter in memory finds them", async () => {
    const known = fc.constantFrom(...WORDS).chain((word) => {
      const at = fc.integer({ min: 0, max: word.length });
      return fc.tuple(at, at).map(([one, other]) => word.slice(Math.min(one, other), Math.max(one, other)));
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...textMatches),
        fc.oneof(known, text(0)),
        fc.option(fc.integer({ min: 0, max: 41 }), { nil: null }),
        fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
        async (match, value, account, customer) => {
          const accountId = account === null ? null : id(`account ${account}`);
          const customerId = customer === null ? null : id(`customer ${customer}`);
          const expected = WORDS.flatMap((word, index) =>
            compare[match](composedLower(word), composedLower(value)) &&
            (accountId === null || id(accountOf(index)) === accountId) &&
            (customerId === null || id(customerOf(index)) === customerId)
              ? [hashOf(index)]
              : [],
          );
          expect(await hashes({ filter: { alias: { match, value }, accountId, customerId } })).toEqual(expected.sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are listed by kind and by the account's status, each in its order", async () => {
    const of = (kind: boolean) => WORDS.flatMap((_, index) => (isIdentifier(index) === kind ? [hashOf(index)] : []));
    expect(await hashes({ filter: { kind: "IDENTIFIER" } })).toEqual(of(true).sort());
    expect(await hashes({ filter: { kind: "ALIAS", accountStatus: "OPEN" } })).toEqual(of(false).sort());
    expect(await hashes({ filter: { accountStatus: "CLOSED" } })).toEqual([]);
    expect(await hashes({ filter: { accountId: "no id" } })).toEqual([]);
    const { rows } = await listAccountAliases(dataSource, wholeProvider(PROVIDER), { first: 200 });
    const forms = rows.map(({ aliasForm }) => aliasForm);
    expect(forms).toEqual(WORDS.map(composedLower).sort((a, b) => Buffer.from(a).compare(Buffer.from(b))));
  });
});

describe("account ids and aliases, by what they are used for", () => {
  it("are found by realm, role and authentication", async () => {
    const of = (matches: (terms: ReturnType<typeof termsOf>) => boolean) =>
      WORDS.flatMap((_, index) => (matches(isIdentifier(index) ? {} : termsOf(index)) ? [hashOf(index)] : [])).sort();
    expect(await hashes({ filter: { realm: "A.example " } })).toEqual(of(({ realm }) => realm === "a.example"));
    expect(await hashes({ filter: { realm: "" } })).toEqual(of(({ realm }) => realm === undefined));
    expect(await hashes({ filter: { role: "MOBILE" } })).toEqual(of(({ role }) => role === "MOBILE"));
    expect(await hashes({ filter: { role: "UNIVERSAL" } })).toEqual(of(({ role }) => role === undefined));
    for (const allowAuthentication of [true, false]) {
      const expected = of((terms) => (terms.allowAuthentication ?? true) === allowAuthentication);
      expect(await hashes({ filter: { allowAuthentication } })).toEqual(expected);
    }
    expect(await hashes({ filter: { realm: "b.example", role: "SIP_TRUNK", allowAuthentication: false } })).toEqual(
      of(({ realm, role, allowAuthentication }) =>
        [realm === "b.example", role === "SIP_TRUNK", allowAuthentication === false].every(Boolean),
      ),
    );
  });
});

describe("customers", () => {
  const bare = (value: string) =>
    Array.from(value.normalize("NFD"))
      .filter((character) => character !== "\u0301" && character !== "\u030c")
      .join("")
      .toLowerCase()
      .replaceAll(/ +/g, " ")
      .trim();
  const digits = (value: string) => Array.from(value).filter((character) => character >= "0" && character <= "9");

  it("are found as a filter in memory finds them", async () => {
    const optional = fc.option(text(0), { nil: null });
    const phone = fc.option(fc.string({ unit: fc.constantFrom(...Array.from("0137 +-a")), maxLength: 4 }), {
      nil: null,
    });
    await fc.assert(
      fc.asyncProperty(optional, optional, phone, async (name, email, number) => {
        const expected = CUSTOMERS.filter(
          (customer) =>
            (name === null || bare(customer.name).includes(bare(name))) &&
            (email === null || bare(customer.email ?? "").includes(bare(email))) &&
            (number === null ||
              (digits(number).length > 0 &&
                digits(customer.phone ?? "")
                  .join("")
                  .includes(digits(number).join("")))),
        );
        const page = await listCustomers(dataSource, wholeProvider(PROVIDER), {
          filter: { name, email, phone: number },
          first: 200,
        });
        expect(page.rows.map((row) => ({ name: row.name, email: row.email, phone: row.phone }))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("are found by a text that any of these holds", async () => {
    const texts = fc.oneof(text(0), fc.string({ unit: fc.constantFrom(...Array.from("0137 +-a")), maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(texts, async (value) => {
        const number = /^[+() \d-]+$/.test(value.trim()) ? digits(value).join("") : "";
        const expected = CUSTOMERS.filter(
          ({ name, email, phone }) =>
            bare(name).includes(bare(value)) ||
            bare(email ?? "").includes(bare(value)) ||
            (number.length >= 3 &&
              digits(phone ?? "")
                .join("")
                .includes(number)),
        );
        const page = await listCustomers(dataSource, wholeProvider(PROVIDER), { filter: { text: value }, first: 200 });
        expect(page.rows.map((row) => ({ name: row.name, email: row.email, phone: row.phone }))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
    const named = id("customer 7");
    for (const value of [named, named.slice(0, 8), ` ${named.toUpperCase()}`]) {
      const { rows } = await listCustomers(dataSource, wholeProvider(PROVIDER), { filter: { text: value } });
      expect(rows.map((row) => row.id)).toEqual([named]);
    }
  });
});
