import { createHmac, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type DomainEvent } from "#domain/event.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { MemoryClient } from "../spec-support/memory-client.js";
import { LOCAL } from "../spec-support/memory-session.js";
import { type Story, tellStory } from "../spec-support/story.js";

let client: MemoryClient;
let story: Story;
let openings = 0;
beforeEach(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00.000Z");
  story = await tellStory(client);
  openings = 0;
});

const provider = LOCAL.providerId;
const opening = (identifier: string) => {
  const { customerId, mainProductId } = story;
  return { customerId, mainProductId, identifier };
};
const open = async (identifier: string) => (await client.run("openAccount", opening(identifier))).id;
const openElse = async () => open(`account ${++openings}`);

const hashOf = async (text: string) =>
  createHmac("sha256", await client.session.facts.identifierKey(provider))
    .update(text)
    .digest("hex");

/** Puts an event into a stream with the metadata that the newest event has. */
const put = (category: string, streamId: string, event: DomainEvent): void => {
  const { store } = client.session;
  const metadata = { ...(store.log.at(-1)?.metadata as object), commandId: randomUUID() };
  store.write(streamName(provider, category, streamId), { ...event, id: randomUUID(), metadata });
};

/** Gives an account an alias as it was done when spellings were told apart; answers its hash. */
const aliasOfOld = async (accountId: string, alias: string): Promise<string> => {
  const identifierHash = await hashOf(alias);
  const effectiveOn = "2020-07-01";
  put("identifier", identifierHash, { type: "IdentifierReserved", data: { ownerId: accountId, effectiveOn } });
  put("account", accountId, { type: "AliasAdded", data: { identifierHash, effectiveOn, personal: { alias } } });
  return identifierHash;
};

/** What the identifiers' streams have come to, by hash. */
const reservations = () => {
  const found = client.session.store.log.flatMap(({ stream, type }) => {
    const { category, id } = parseStreamName(stream);
    return category === "identifier" ? [[id, type] as const] : [];
  });
  return Object.fromEntries(found);
};

describe("an identifier", () => {
  it("is taken in every spelling of its form, and free in all once it is given up", async () => {
    const accountId = await open(" Cafe\u0301-1 ");
    const other = await openElse();
    for (const alias of ["Caf\u00e9-1", "cafe\u0301-1", "CAFÉ-1"]) {
      expect(await client.refused("addAlias", { accountId: other, alias })).toBe("IDENTIFIER_TAKEN identifier");
      expect(await client.refused("openAccount", opening(alias))).toBe("IDENTIFIER_TAKEN identifier");
    }
    await client.run("closeAccount", { accountId });
    await client.run("addAlias", { accountId: other, alias: "CAFÉ-1" });
    await client.run("removeAlias", { accountId: other, alias: "café-1" });
    await open("cAFÉ-1");
    const shown = [...client.session.facts.all(provider, "account").values()].map((account) => account.identifier);
    expect(shown).toEqual(["12012555215", "Caf\u00e9-1", "account 1", "cAFÉ-1"]);
  });

  it("reserved before spellings counted as one is taken in every spelling", async () => {
    const owner = await openElse();
    const other = await openElse();
    await aliasOfOld(owner, "Abc");
    for (const alias of ["Abc", "abc", " ABC"]) {
      expect(await client.refused("addAlias", { accountId: other, alias })).toBe("IDENTIFIER_TAKEN identifier");
      expect(await client.refused("openAccount", opening(alias))).toBe("IDENTIFIER_TAKEN identifier");
      expect(await client.refused("addAlias", { accountId: owner, alias })).toBe("IDENTIFIER_TAKEN alias");
    }
  });

  it("reserved so, whose account's event has not come yet, is taken as it was typed", async () => {
    const owner = randomUUID();
    const data = { ownerId: owner, effectiveOn: "2020-07-01" };
    put("identifier", await hashOf("Abc"), { type: "IdentifierReserved", data });
    expect(await client.refused("openAccount", opening(" Abc"))).toBe("IDENTIFIER_TAKEN identifier");
  });

  it("reserved so is given up under the hash that it was reserved under, in whatever spelling", async () => {
    const owner = await openElse();
    const hash = await aliasOfOld(owner, "Abc");
    await client.run("removeAlias", { accountId: owner, alias: "aBC" });
    expect(reservations()).toMatchObject({ [hash]: "IdentifierReleased" });
    await client.run("addAlias", { accountId: await openElse(), alias: "Abc" });
    expect(reservations()).toMatchObject({ [hash]: "IdentifierReleased", [await hashOf("abc")]: "IdentifierReserved" });
  });

  it("is unique in its realm: another account may have it in another one, or in none", async () => {
    const [first, second, third] = [await openElse(), await openElse(), await openElse()];
    const inRealm = (realm: string | null) => ({ alias: "Abc", realm });
    await client.run("addAlias", { accountId: first, ...inRealm("a.example") });
    await client.run("addAlias", { accountId: second, ...inRealm("b.example") });
    await client.run("addAlias", { accountId: third, ...inRealm(null) });
    for (const realm of ["a.example", "B.example", null]) {
      const own = { accountId: await openElse(), alias: "aBC", realm };
      expect(await client.refused("addAlias", own)).toBe("IDENTIFIER_TAKEN identifier");
    }
    await client.run("removeAlias", { accountId: first, ...inRealm("A.EXAMPLE") });
    await client.run("addAlias", { accountId: second, ...inRealm("a.example") });
    const hash = await hashOf("a.example\0abc");
    expect(reservations()).toMatchObject({ [hash]: "IdentifierReserved", [await hashOf("abc")]: "IdentifierReserved" });
  });
});
