import { describe, expect, it } from "vitest";
import { type Instant } from "#domain/calendar.js";
import { commandHash } from "#event-store/content-hash.js";
import { aggregateId, commandId } from "#event-store/ids.js";
import { START } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Command, type Request } from "./commands.js";
import { execute } from "./execute.js";
import { preview } from "./preview.js";
import { LOCAL, type MemorySession, memorySession, run } from "./spec-support/memory-session.js";

const NOW = "2020-07-15T12:00:00.000Z";
const clock = { now: NOW as Instant };
const begun = (): Promise<MemorySession> => memorySession({ systemNow: () => clock.now });

const customer = { contact: { name: "Jo" }, currency: "USD" };
const withCustomer = async () => {
  const session = await begun();
  const { id: customerId } = await run(session, "createCustomer", "customer", customer);
  return { session, customerId };
};

/** Category and types of what was recorded since. */
const recordedSince = ({ store }: MemorySession, from: number): string[] =>
  store.log.slice(from).map(({ stream, type }) => `${parseStreamName(stream).category} ${type}`);

const send = (session: MemorySession, command: Command, principal = LOCAL) => execute(session, principal, command);

describe("executing a command", () => {
  it("records what it decides, with who asked and which command it is, and answers where", async () => {
    const session = await begun();
    const accepted = await run(session, "createCustomer", "k", customer);
    const last = session.store.log.at(-1);
    expect(accepted).toEqual({
      id: aggregateId(LOCAL.providerId, "local", "k", "customer"),
      position: last?.position,
      visible: true,
      repeated: false,
    });
    const command = commandId(LOCAL.providerId, "local", "k");
    expect(last?.metadata).toMatchObject({
      provider: LOCAL.providerId,
      actor: "local",
      origin: "api",
      correlationId: "request",
      causationId: command,
      commandId: command,
      commandHash: commandHash("createCustomer", customer),
      recordedAt: NOW,
    });
    expect(session.counted).toEqual(["createCustomer accepted"]);
  });

  it("composes text, and knows a repetition by the request as it came", async () => {
    const session = await begun();
    const apart = { contact: { name: "Cafe\u0301" }, currency: "USD" };
    await run(session, "createCustomer", "k", apart);
    const last = session.store.log.at(-1);
    expect(JSON.stringify(last?.data)).toContain("Caf\u00e9");
    expect(last?.metadata).toMatchObject({ commandHash: commandHash("createCustomer", apart) });
    expect((await run(session, "createCustomer", "k", apart)).repeated).toBe(true);
    const command = {
      name: "createCustomer",
      input: { ...apart, contact: { name: "Caf\u00e9" } },
      idempotencyKey: "k",
    };
    await expect(send(session, command as Command)).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  it("answers a repetition its first result, and refuses the key for anything else", async () => {
    const { session, customerId } = await withCustomer();
    const first = await run(session, "changeCreditLimit", "k", { customerId, creditLimit: "5" });
    await run(session, "changeCreditLimit", "other", { customerId, creditLimit: "7" });
    const again = await run(session, "changeCreditLimit", "k", { customerId, creditLimit: "5" });
    expect(again).toEqual({ ...first, repeated: true });
    const { id: another } = await run(session, "createCustomer", "another", customer);
    const reused: [string, object][] = [
      ["changeCreditLimit", { customerId, creditLimit: "6" }],
      ["changeCreditLimit", { customerId: another, creditLimit: "5" }],
      ["suspendCustomer", { customerId, reason: "Unpaid" }],
    ];
    for (const [name, input] of reused) {
      await expect(send(session, { name, input, idempotencyKey: "k" } as Command)).rejects.toMatchObject({
        code: "IDEMPOTENCY_KEY_REUSED",
        field: "idempotencyKey",
      });
    }
    expect(session.counted.slice(1)).toEqual([
      "changeCreditLimit accepted",
      "changeCreditLimit accepted",
      "changeCreditLimit repeated",
      "createCustomer accepted",
      "changeCreditLimit IDEMPOTENCY_KEY_REUSED",
      "changeCreditLimit IDEMPOTENCY_KEY_REUSED",
      "suspendCustomer IDEMPOTENCY_KEY_REUSED",
    ]);
  });

  it("lets two requests with one key run one after the other, though they are about different streams", async () => {
    const { session, customerId } = await withCustomer();
    const { id: another } = await run(session, "createCustomer", "another", customer);
    const limit = (id: string) => run(session, "changeCreditLimit", "k", { customerId: id, creditLimit: "5" });
    const [first, second] = await Promise.allSettled([limit(customerId), limit(another)]);
    expect(first).toMatchObject({ status: "fulfilled", value: { id: customerId, repeated: false } });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "IDEMPOTENCY_KEY_REUSED" } });
    const [one, two] = await Promise.all([limit(customerId), limit(customerId)]);
    expect([one.repeated, two.repeated]).toEqual([true, true]);
  });

  it("remembers what it refuses not at all", async () => {
    const { session, customerId } = await withCustomer();
    const tooFine = { customerId, creditLimit: "0.001" };
    await expect(run(session, "changeCreditLimit", "k", tooFine)).rejects.toMatchObject({ code: "INVALID_AMOUNT" });
    const accepted = await run(session, "changeCreditLimit", "k", { customerId, creditLimit: "1" });
    expect(accepted).toMatchObject({ repeated: false });
  });

  it("creates a provider in a stream of its own, by the system's clock", async () => {
    const session = await begun();
    const before = session.store.log.length;
    const first = await run(session, "createProvider", "k", { name: "Another" });
    expect(await run(session, "createProvider", "k", { name: "Another" })).toEqual({ ...first, repeated: true });
    await expect(run(session, "createProvider", "k", { name: "A third" })).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
    const [created, ...more] = session.store.log.slice(before);
    expect(more).toEqual([]);
    expect(created).toMatchObject({
      data: { providerId: first.id, name: "Another", invoiceNumberPrefix: "INV-", effectiveOn: "2020-07-15" },
      metadata: { provider: first.id, commandId: commandId(first.id, "local", "k") },
    });
  });

  it("asks for a role, and for a clock that may be moved, before anything else", async () => {
    const { session, customerId } = await withCustomer();
    const nobody = { ...LOCAL, roles: [] };
    const suspend: Command = { name: "suspendCustomer", input: { customerId }, idempotencyKey: "k" };
    await expect(send(session, suspend, nobody)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const noClock = { ...session, testClock: false };
    await expect(run(noClock, "setTestClock", "k", { at: NOW })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(run(noClock, "advanceTestClock", "k", { to: NOW })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(session.counted).toEqual(["createCustomer accepted"]);
  });

  it("refuses what is malformed before it looks anything up", async () => {
    const session = await begun();
    const commitmentId = aggregateId(LOCAL.providerId, "local", "none", "commitment");
    const dateless = { commitmentId, discountEnd: { kind: "MANUAL" as const } };
    await expect(run(session, "setDiscountEnd", "k", dateless)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      field: "discountEnd",
    });
    const dated = { commitmentId, discountEnd: { kind: "MANUAL" as const, date: "2021-01-01" } };
    await expect(run(session, "setDiscountEnd", "k", dated)).rejects.toMatchObject({
      code: "COMMITMENT_NOT_FOUND",
    });
  });

  it("waits until the provider's clock stands still", async () => {
    const session = await begun();
    let looks = 0;
    const facts = Object.create(session.facts) as typeof session.facts;
    facts.standing = async (provider, command) => {
      const found = await session.facts.standing(provider, command);
      looks += 1;
      const advance = { advanceId: "a", to: "2020-08-01T00:00:00.000Z" };
      return looks > 2 || !found.provider ? found : { ...found, provider: { ...found.provider, advance } };
    };
    await run({ ...session, facts }, "createCustomer", "k", customer);
    expect(looks).toBe(3);
  });
});

describe("previewing a command", () => {
  it("records nothing, and shows what the command would do now, however often", async () => {
    const { session, customerId } = await withCustomer();
    const before = session.store.log.length;
    const limit = (creditLimit: string): Request<"changeCreditLimit"> => ({
      name: "changeCreditLimit",
      input: { customerId, creditLimit },
    });
    const changed = { type: "CustomerCreditLimitChanged", data: { creditLimit: "5.00", effectiveOn: "2020-07-15" } };
    expect((await preview(session, LOCAL, limit("5"))).events).toMatchObject([changed]);
    expect(session.store.log).toHaveLength(before);
    expect((await preview(session, LOCAL, limit("5"))).events).toMatchObject([changed]);
    expect(await send(session, { ...limit("5"), idempotencyKey: "k" })).toMatchObject({ repeated: false });
    expect((await preview(session, LOCAL, limit("6"))).events).toMatchObject([{ type: changed.type }]);
    expect((await preview(session, LOCAL, limit("5"))).events).toEqual([]);
    expect(session.counted.slice(1)).toEqual([
      "preview accepted",
      "preview accepted",
      "changeCreditLimit accepted",
      "preview accepted",
      "preview accepted",
    ]);
  });

  it("lies nowhere in the log: there is nothing to wait for", async () => {
    const { session, customerId } = await withCustomer();
    const asked: unknown[] = [];
    const visible: MemorySession["visible"] = (position) => Promise.resolve(asked.push(position) > 0);
    await preview({ ...session, visible }, LOCAL, { name: "closeCustomer", input: { customerId } });
    expect(asked).toEqual([START]);
  });
});

describe("a command that takes an identifier", () => {
  const withProduct = async () => {
    const { session, customerId } = await withCustomer();
    const { id: mainProductId } = await run(session, "defineMainProduct", "product", { name: "Smart" });
    const open = (key: string, identifier: string) =>
      run(session, "openAccount", key, { customerId, identifier, mainProductId });
    return { session, customerId, mainProductId, open, from: session.store.log.length };
  };

  it("reserves it before its own event, and gives it up after it", async () => {
    const { session, open, from } = await withProduct();
    const { id: accountId } = await open("a", "555");
    await run(session, "addAlias", "b", { accountId, alias: "556" });
    await run(session, "removeAlias", "c", { accountId, alias: "556" });
    await run(session, "closeAccount", "d", { accountId });
    expect(recordedSince(session, from)).toEqual([
      "identifier IdentifierReserved",
      "account AccountOpened",
      "identifier IdentifierReserved",
      "account AliasAdded",
      "account AliasRemoved",
      "identifier IdentifierReleased",
      "account AccountClosed",
      "identifier IdentifierReleased",
    ]);
    expect((await open("e", "555")).id).not.toBe(accountId);
  });

  it("is refused one that another account has, and records nothing of its own", async () => {
    const { session, open } = await withProduct();
    await open("a", "555");
    const from = session.store.log.length;
    await expect(open("b", " 555 ")).rejects.toMatchObject({ code: "IDENTIFIER_TAKEN" });
    expect(recordedSince(session, from)).toEqual([]);
    expect(await open("a", "555")).toMatchObject({ repeated: true });
  });

  it("gives its reservation back when it is refused after all", async () => {
    const { session, customerId, mainProductId, open, from } = await withProduct();
    session.store.onAppend = async (stream) => {
      if (parseStreamName(stream).category !== "account") return;
      session.store.onAppend = () => undefined;
      await run(session, "closeCustomer", "close", { customerId });
      const [{ id, metadata } = { id: "", metadata: {} }] = session.store.log.slice(-1);
      // Another writer of the same stream, so that the command is decided again.
      const data = { command: "x", effectiveOn: "2020-07-15" };
      session.store.write(stream, { id, type: "CommandAccepted", data, metadata });
    };
    await expect(open("a", "555")).rejects.toMatchObject({ code: "CUSTOMER_CLOSED" });
    expect(recordedSince(session, from)).toEqual([
      "identifier IdentifierReserved",
      "customer CustomerClosed",
      "account CommandAccepted",
      "identifier IdentifierReleased",
    ]);
    expect(mainProductId).not.toBe("");
  });
});
