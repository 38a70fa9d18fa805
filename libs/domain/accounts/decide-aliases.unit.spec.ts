import { describe, it } from "vitest";
import { REFUSE } from "../customers/closed-days.js";
import { accountClosed, accountOpened, at, customer } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { type Account, accountEvolver } from "./account.js";
import { type AliasRole } from "./alias-role.js";
import { addAlias, changeAlias, removeAlias } from "./decide-aliases.js";
import { type AccountEvent } from "./events.js";

const given = givenFor(accountEvolver);
const now = at("2020-07-20");
const owner = { customer: customer(), closedDays: REFUSE };

const aliasAdded: AccountEvent = {
  type: "AliasAdded",
  data: { identifierHash: "hash-2", effectiveOn: "2020-07-01", personal: { alias: "12015550000" } },
};
const aliasRemoved: AccountEvent = {
  type: "AliasRemoved",
  data: { identifierHash: "hash-2", effectiveOn: "2020-07-20", personal: { alias: "12015550000" } },
};
const aliasInRealm: AccountEvent = {
  type: "AliasAdded",
  data: {
    ...{ identifierHash: "hash-4", effectiveOn: "2020-07-01", realm: "sip.example.com" },
    ...{ role: "SIP_TRUNK", allowAuthentication: false, personal: { alias: "12015550000" } },
  },
};

describe("aliases", () => {
  it("are added", () => {
    given(accountOpened())
      .when((state) => addAlias({ alias: " 12015550000", identifierHash: "hash-2", now }, state, owner))
      .then([
        {
          type: "AliasAdded",
          data: { identifierHash: "hash-2", effectiveOn: "2020-07-20", personal: { alias: "12015550000" } },
        },
      ]);
  });

  it("cannot be what the account is called already", () => {
    const opened = accountOpened({ personal: { identifier: "Caf\u00e9-1" } });
    for (const alias of ["Caf\u00e9-1", " cafe\u0301-1", "CAF\u00c9-1", "12015550000 "]) {
      given(opened, aliasAdded)
        .when((state) => addAlias({ alias, identifierHash: "hash-3", now }, state, owner))
        .thenRejected("IDENTIFIER_TAKEN", "alias");
    }
  });

  it.each(["", "x".repeat(101)])("cannot be %j, though the account is closed", (alias) => {
    given(accountOpened(), accountClosed("2020-07-20"))
      .when((state) => addAlias({ alias, identifierHash: "hash-2", now }, state, owner))
      .thenRejected("VALIDATION_FAILED", "alias");
  });

  it("are removed, and can be added again", () => {
    given(accountOpened(), aliasAdded)
      .when((state) => removeAlias({ alias: " 12015550000", now }, state, owner))
      .then([aliasRemoved]);
    given(accountOpened(), aliasAdded, aliasRemoved)
      .when((state) =>
        addAlias({ alias: "12015550000", identifierHash: "hash-2", now: at("2020-07-01") }, state, owner),
      )
      .then([aliasAdded]);
  });

  it("of two spellings from before case stopped counting are removed by spelling, else the first", () => {
    const alias = (text: string, identifierHash: string) => ({
      identifierHash,
      effectiveOn: "2020-07-20",
      personal: { alias: text },
    });
    const both: AccountEvent[] = [
      { type: "AliasAdded", data: alias("Abc", "hash of Abc") },
      { type: "AliasAdded", data: alias("abc", "hash of abc") },
    ];
    for (const [asked, removed] of [
      ["abc", "abc"],
      ["Abc", "Abc"],
      ["ABC", "Abc"],
    ] as const) {
      given(accountOpened(), ...both)
        .when((state) => removeAlias({ alias: asked, now }, state, owner))
        .then([{ type: "AliasRemoved", data: alias(removed, `hash of ${removed}`) }]);
    }
  });

  it("that the account does not have cannot be removed, its own identifier neither", () => {
    given(accountOpened(), aliasAdded, aliasRemoved)
      .when((state) => removeAlias({ alias: "12015550000", now }, state, owner))
      .thenRejected("VALIDATION_FAILED", "alias");
    given(accountOpened())
      .when((state) => removeAlias({ alias: "12012555215", now }, state, owner))
      .thenRejected("VALIDATION_FAILED", "alias");
  });

  it("keep what is not so by default", () => {
    const asked = { alias: "100", identifierHash: "hash-2", now };
    const recorded = (more: object): AccountEvent[] => [
      {
        type: "AliasAdded",
        data: { identifierHash: "hash-2", effectiveOn: "2020-07-20", ...more, personal: { alias: "100" } },
      },
    ];
    const trunk = { realm: " SIP.Example.com", role: "SIP_TRUNK", allowAuthentication: false } as const;
    given(accountOpened())
      .when((state) => addAlias({ ...asked, ...trunk }, state, owner))
      .then(recorded({ ...trunk, realm: "sip.example.com" }));
    given(accountOpened())
      .when((state) => addAlias({ ...asked, realm: null, role: "UNIVERSAL", allowAuthentication: true }, state, owner))
      .then(recorded({}));
  });

  it("are the account's own once in each realm, and once in none", () => {
    const add = (realm: string | null, state: Account | null) =>
      addAlias({ alias: "12015550000", identifierHash: "hash-3", realm, now }, state, owner);
    given(accountOpened(), aliasInRealm)
      .when((state) => add("SIP.example.com", state))
      .thenRejected("IDENTIFIER_TAKEN", "alias");
    for (const realm of ["pbx.example.com", null]) {
      given(accountOpened(), aliasInRealm)
        .when((state) => add(realm, state).map(({ type }) => ({ type, data: {} })))
        .then([{ type: "AliasAdded", data: {} }]);
    }
    // The account's identifier is in no realm.
    given(accountOpened())
      .when((state) =>
        addAlias({ alias: "12012555215", identifierHash: "h", realm: "a.example", now }, state, owner).map(
          ({ type }) => ({ type, data: {} }),
        ),
      )
      .then([{ type: "AliasAdded", data: {} }]);
  });

  it.each(["", " ", "no domain", "a..b", "-a", "a\0b", "sip:a", "x".repeat(101)])(
    "cannot be in the realm %j",
    (realm) => {
      given(accountOpened())
        .when((state) => addAlias({ alias: "1", identifierHash: "hash-2", realm, now }, state, owner))
        .thenRejected("VALIDATION_FAILED", "realm");
    },
  );

  it("change role and authentication; what is left out stays", () => {
    const changed = (role: AliasRole, allowAuthentication: boolean, identifierHash = "hash-2"): AccountEvent => ({
      type: "AliasChanged",
      data: {
        ...{ identifierHash, effectiveOn: "2020-07-20", role, allowAuthentication },
        personal: { alias: "12015550000" },
      },
    });
    given(accountOpened(), aliasAdded)
      .when((state) => changeAlias({ alias: " 12015550000", role: "MOBILE", now }, state, owner))
      .then([changed("MOBILE", true)]);
    given(accountOpened(), aliasAdded, changed("MOBILE", true))
      .when((state) => changeAlias({ alias: "12015550000", allowAuthentication: false, now }, state, owner))
      .then([changed("MOBILE", false)]);
    given(accountOpened(), aliasAdded, aliasInRealm)
      .when((state) =>
        changeAlias({ alias: "12015550000", realm: "sip.example.com", role: "UNIVERSAL", now }, state, owner),
      )
      .then([changed("UNIVERSAL", false, "hash-4")]);
  });

  it("that are so already change nothing", () => {
    given(accountOpened(), aliasInRealm)
      .when((state) =>
        changeAlias({ alias: "12015550000", realm: "sip.example.com", role: "SIP_TRUNK", now }, state, owner),
      )
      .then([]);
  });

  it("of a realm are changed and removed by it alone", () => {
    for (const decide of [changeAlias, removeAlias]) {
      given(accountOpened(), aliasInRealm)
        .when((state) => decide({ alias: "12015550000", now }, state, owner))
        .thenRejected("VALIDATION_FAILED", "alias");
    }
    given(accountOpened(), aliasAdded, aliasInRealm)
      .when((state) => removeAlias({ alias: "12015550000", realm: "Sip.example.com", now }, state, owner))
      .then([
        {
          type: "AliasRemoved",
          data: { identifierHash: "hash-4", effectiveOn: "2020-07-20", personal: { alias: "12015550000" } },
        },
      ]);
  });
});
