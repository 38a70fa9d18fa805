import { createHmac } from "node:crypto";
import { accountEvolver } from "#domain/accounts/account.js";
import { type IdentifierEvent } from "#domain/accounts/events.js";
import {
  type Identifier,
  identifierEvolver,
  releaseIdentifier,
  reserveIdentifier,
} from "#domain/accounts/identifier.js";
import { identifierForm } from "#domain/accounts/identifier-form.js";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { commandId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { decideAndAppend } from "./decide-and-append.js";
import { type FactSource } from "./facts.js";
import { identify } from "./idempotency.js";
import { type Principal } from "./principal.js";
import { type Session } from "./session.js";

/*
 * Account ids and aliases: who has which, each serialised by a stream of its own. A command that takes one reserves it
 * before its own event is appended; a command that gives one up releases it afterwards. What is left by a command that
 * was cut off in between, a processor releases.
 */

/** Identifiers, by their hashes, that a command takes or gives up. */
export interface IdentifierChange {
  readonly reserve?: string;
  /** Under which what is to be reserved may have been reserved before: nobody else may have it so. */
  readonly olderHashes?: readonly string[];
  readonly release?: readonly string[];
  /** The account is created by the same command: then nobody can rely on the reservation when the command is refused. */
  readonly isNewAccount?: boolean;
}

/** A use of an identifier by one account, on behalf of one command. */
interface Claim {
  readonly principal: Principal;
  /** Of the command that asks: the identifier's events are derived from it. */
  readonly idempotencyKey: string;
  readonly hash: string;
  readonly accountId: string;
  /** Today, and the moment recorded. */
  readonly on: LocalDate;
  readonly now: Instant;
}

export interface IdentifierHashes {
  /** The identifier's name in streams and rows: it cannot be guessed back without the provider's secret. */
  readonly identifierHash: string;
  /** From before case and composition stopped counting: of the text as typed, and of other spellings in use. */
  readonly olderHashes: readonly string[];
}

/** What an identifier is reserved under, by its form (docs/decisions/0067-identifiers-without-case.md). */
export const identifierHashes = async (
  facts: FactSource,
  providerId: string,
  identifier: string,
): Promise<IdentifierHashes> => {
  const key = await facts.identifierKey(providerId);
  const hash = (text: string): string => createHmac("sha256", key).update(text, "utf8").digest("hex");
  const form = identifierForm(identifier);
  const identifierHash = hash(form);
  const others = [hash(identifier.trim()), ...(await facts.identifierHashes(providerId, form))];
  return { identifierHash, olderHashes: [...new Set(others)].filter((other) => other !== identifierHash) };
};

/** What one command does to identifiers, beside its own stream. */
export class IdentifierClaims {
  private reserved: Claim | undefined;
  private reservedAnew = false;
  private isNewAccount = false;
  private toRelease: readonly Claim[] = [];

  constructor(
    private readonly session: Session,
    private readonly principal: Principal,
    private readonly idempotencyKey: string,
  ) {}

  /**
   * Between the decision and its append; again when the command is decided again.
   * @throws Rejection IDENTIFIER_TAKEN
   */
  async reserve(change: IdentifierChange, accountId: string, on: LocalDate, now: Instant): Promise<void> {
    const { principal, idempotencyKey } = this;
    const claimOf = (hash: string): Claim => ({ principal, idempotencyKey, hash, accountId, on, now });
    this.toRelease = (change.release ?? []).map(claimOf);
    if (change.reserve === undefined) return;
    this.reserved = claimOf(change.reserve);
    this.isNewAccount = change.isNewAccount ?? false;
    const { store } = this.session;
    for (const hash of change.olderHashes ?? []) await requireFree(store, claimOf(hash));
    this.reservedAnew = (await reserve(store, this.reserved)) || this.reservedAnew;
  }

  /** Once the command's event is in its stream; `repeated`: from an earlier time. */
  async recorded(repeated: boolean): Promise<void> {
    // The account had it before: a removal of it that was under way may have released it meanwhile.
    const { reserved } = this;
    if (reserved && !this.reservedAnew && !repeated) {
      await this.attempt("identifier lost", reserved, () => reserve(this.session.store, reserved));
    }
    await Promise.all(this.toRelease.map((claim) => this.release(claim)));
  }

  /** When the command is refused after its reservation: gives that back where nobody else can have come to rely on it. */
  async refused(error: unknown): Promise<void> {
    const isSafe = this.isNewAccount || (error instanceof Rejection && error.code.endsWith("_CLOSED"));
    if (this.reserved && this.reservedAnew && isSafe && error instanceof Rejection) await this.release(this.reserved);
  }

  /** A processor releases what this fails to. */
  private release(claim: Claim): Promise<void> {
    return this.attempt("identifier not released", claim, () => release(this.session.store, claim));
  }

  private async attempt(failure: string, { hash, principal }: Claim, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.session.log(failure, { hash, correlationId: principal.correlationId, error });
    }
  }
}

/**
 * Reserves an identifier for an account. One that the account has already counts as success.
 * @returns whether the reservation is new
 * @throws Rejection IDENTIFIER_TAKEN
 */
const reserve = (store: EventStore, claim: Claim): Promise<boolean> => {
  const { accountId: ownerId, on } = claim;
  return change(store, claim, "reserve", (state) => reserveIdentifier({ ownerId, on }, state));
};

/** @throws Rejection IDENTIFIER_TAKEN when another account has reserved the hash; it is not reserved here */
const requireFree = async (store: EventStore, { principal, hash, accountId, on }: Claim): Promise<void> => {
  const { state } = await loadAggregate(store, streamName(principal.providerId, "identifier", hash), identifierEvolver);
  reserveIdentifier({ ownerId: accountId, on }, state);
};

/** Releases what the account no longer uses; what it uses (again), and what others have, stays. */
const release = async (store: EventStore, claim: Claim): Promise<void> => {
  const { accountId: ownerId, on } = claim;
  const released = await change(store, claim, "release", async (state) =>
    (await isUsed(store, claim)) ? [] : releaseIdentifier({ ownerId, on }, state),
  );
  // The account may have taken it up again between the look and the release: then it has it back.
  if (released && (await isUsed(store, claim))) await reserve(store, claim);
};

/** Whether the account's own stream says that it has the identifier. */
const isUsed = async (store: EventStore, { principal, accountId, hash }: Claim): Promise<boolean> => {
  const { state } = await loadAggregate(store, streamName(principal.providerId, "account", accountId), accountEvolver);
  if (state === null || state.closedOn !== null) return false;
  return state.identifierHash === hash || state.aliases.some((alias) => alias.identifierHash === hash);
};

const change = async (
  store: EventStore,
  { principal, idempotencyKey, hash, now }: Claim,
  what: "reserve" | "release",
  decide: (state: Identifier) => readonly IdentifierEvent[] | Promise<readonly IdentifierEvent[]>,
): Promise<boolean> => {
  const { providerId: provider, actor, origin, correlationId } = principal;
  const stream = streamName(provider, "identifier", hash);
  const { state, revision } = await loadAggregate(store, stream, identifierEvolver);
  if ((await decide(state)).length === 0) return false;
  // A reservation that was released may be made anew under the same key, so the key names the place in the stream.
  const key = JSON.stringify([what, idempotencyKey, revision.toString()]);
  const { events } = await decideAndAppend(store, {
    stream,
    evolver: identifierEvolver,
    envelope: {
      ...identify(provider, actor, key, `${what}Identifier`, { hash }),
      provider,
      actor,
      origin,
      correlationId,
      causationId: commandId(provider, actor, idempotencyKey),
      recordedAt: now,
    },
    decide,
  });
  return events.length > 0;
};
