import { createHmac } from "node:crypto";
import { accountEvolver } from "#domain/accounts/account.js";
import { type IdentifierEvent } from "#domain/accounts/events.js";
import {
  type Identifier,
  identifierEvolver,
  releaseIdentifier,
  reserveIdentifier,
} from "#domain/accounts/identifier.js";
import { reservedForm } from "#domain/accounts/alias.js";
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
import { type Role } from "../access/roles.js";
import { type Session } from "./session.js";

/*
 * Reservations of account ids and aliases, each serialised by a stream of its own. A command that adds an identifier
 * reserves it before its own event is appended; a command that removes one releases it afterwards. A processor releases
 * the reservations of interrupted commands.
 */

/** Hashes of the identifiers that a command reserves or releases. */
export interface IdentifierChange {
  readonly reserve?: string;
  /**
   * Hashes under which earlier versions may have reserved the same identifier: no other account may hold one of them.
   */
  readonly olderHashes?: readonly string[];
  readonly release?: readonly string[];
  /** Whether the same command creates the account: a refused command can then release the reservation. */
  readonly isNewAccount?: boolean;
}

/** The reservation of an identifier for an account, by one command. */
interface Reservation {
  readonly principal: Principal;
  /** The command's key: the command ids of the identifier's events are derived from it. */
  readonly idempotencyKey: string;
  readonly hash: string;
  readonly accountId: string;
  /** The day and the instant of the identifier's events. */
  readonly on: LocalDate;
  readonly now: Instant;
  /** The role by which the command is given. */
  readonly role: Role;
}

export interface IdentifierHashes {
  /** Hash of an identifier for streams and rows: a keyed hash, with the provider's secret. */
  readonly identifierHash: string;
  /**
   * Hashes from before identifiers were compared without case and composition: of the text as typed, and of other
   * spellings in use.
   */
  readonly olderHashes: readonly string[];
}

/**
 * The hashes of an identifier's form (docs/decisions/0067-identifiers-without-case.md). In a realm there are no older
 * ones: when realms came, spellings were compared without case already.
 */
export const identifierHashes = async (
  facts: FactSource,
  providerId: string,
  identifier: string,
  realm: string | null = null,
): Promise<IdentifierHashes> => {
  const key = await facts.identifierKey(providerId);
  const hash = (text: string): string => createHmac("sha256", key).update(text, "utf8").digest("hex");
  const form = reservedForm(identifier, realm);
  const identifierHash = hash(form);
  if (realm !== null) return { identifierHash, olderHashes: [] };
  const others = [hash(identifier.trim()), ...(await facts.identifierHashes(providerId, form))];
  return { identifierHash, olderHashes: [...new Set(others)].filter((other) => other !== identifierHash) };
};

/** The changes of one command to identifiers' streams. */
export class IdentifierReservations {
  private reserved: Reservation | undefined;
  private reservedAnew = false;
  private isNewAccount = false;
  private toRelease: readonly Reservation[] = [];

  constructor(
    private readonly session: Session,
    private readonly principal: Principal,
    private readonly idempotencyKey: string,
  ) {}

  /**
   * Called between the decision and its append; again when the command is decided again.
   * @throws Rejection IDENTIFIER_TAKEN
   */
  async reserve(change: IdentifierChange, by: Pick<Reservation, "accountId" | "on" | "now" | "role">): Promise<void> {
    const { principal, idempotencyKey } = this;
    const reservationOf = (hash: string): Reservation => ({ principal, idempotencyKey, hash, ...by });
    this.toRelease = (change.release ?? []).map(reservationOf);
    if (change.reserve === undefined) return;
    this.reserved = reservationOf(change.reserve);
    this.isNewAccount = change.isNewAccount ?? false;
    const { store } = this.session;
    for (const hash of change.olderHashes ?? []) await requireFree(store, reservationOf(hash));
    this.reservedAnew = (await reserve(store, this.reserved)) || this.reservedAnew;
  }

  /** Called when the command's event is in its stream. `repeated`: it was there before. */
  async recorded(repeated: boolean): Promise<void> {
    // The account had the identifier before: a concurrent removal may have released it meanwhile.
    const { reserved } = this;
    if (reserved && !this.reservedAnew && !repeated) {
      await this.attempt("identifier lost", reserved, () => reserve(this.session.store, reserved));
    }
    await Promise.all(this.toRelease.map((reservation) => this.release(reservation)));
  }

  /** Called when the command is refused after its reservation: releases it where no other command can depend on it. */
  async refused(error: unknown): Promise<void> {
    const isSafe = this.isNewAccount || (error instanceof Rejection && error.code.endsWith("_CLOSED"));
    if (this.reserved && this.reservedAnew && isSafe && error instanceof Rejection) await this.release(this.reserved);
  }

  /** A failure is only logged: a processor releases unused reservations. */
  private release(reservation: Reservation): Promise<void> {
    return this.attempt("identifier not released", reservation, () => release(this.session.store, reservation));
  }

  private async attempt(
    failure: string,
    { hash, principal }: Reservation,
    work: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.session.log(failure, { hash, correlationId: principal.correlationId, error });
    }
  }
}

/**
 * Reserves an identifier for an account. An identifier that the account already holds counts as reserved.
 * @returns whether the reservation is new
 * @throws Rejection IDENTIFIER_TAKEN
 */
const reserve = (store: EventStore, reservation: Reservation): Promise<boolean> => {
  const { accountId: ownerId, on } = reservation;
  return change(store, reservation, "reserve", (state) => reserveIdentifier({ ownerId, on }, state));
};

/** @throws Rejection IDENTIFIER_TAKEN when another account has reserved the hash; reserves nothing */
const requireFree = async (store: EventStore, { principal, hash, accountId, on }: Reservation): Promise<void> => {
  const { state } = await loadAggregate(store, streamName(principal.providerId, "identifier", hash), identifierEvolver);
  reserveIdentifier({ ownerId: accountId, on }, state);
};

/** Releases an identifier unless the account uses it or another account holds it. */
const release = async (store: EventStore, reservation: Reservation): Promise<void> => {
  const { accountId: ownerId, on } = reservation;
  const released = await change(store, reservation, "release", async (state) =>
    (await isUsed(store, reservation)) ? [] : releaseIdentifier({ ownerId, on }, state),
  );
  // The account may have added the identifier again between the check and the release: then reserve it again.
  if (released && (await isUsed(store, reservation))) await reserve(store, reservation);
};

/** Whether the account has the identifier, by its own stream. */
const isUsed = async (store: EventStore, { principal, accountId, hash }: Reservation): Promise<boolean> => {
  const { state } = await loadAggregate(store, streamName(principal.providerId, "account", accountId), accountEvolver);
  if (state === null || state.closedOn !== null) return false;
  return state.identifierHash === hash || state.aliases.some((alias) => alias.identifierHash === hash);
};

const change = async (
  store: EventStore,
  { principal, idempotencyKey, hash, now, role }: Reservation,
  what: "reserve" | "release",
  decide: (state: Identifier) => readonly IdentifierEvent[] | Promise<readonly IdentifierEvent[]>,
): Promise<boolean> => {
  const { providerId: provider, actor, origin, correlationId } = principal;
  const stream = streamName(provider, "identifier", hash);
  const { state, revision } = await loadAggregate(store, stream, identifierEvolver);
  if ((await decide(state)).length === 0) return false;
  // A released identifier may be reserved again by the same key, so this key contains the stream's revision.
  const key = JSON.stringify([what, idempotencyKey, revision.toString()]);
  const { events } = await decideAndAppend(store, {
    stream,
    evolver: identifierEvolver,
    envelope: {
      ...identify(provider, actor, key, `${what}Identifier`, { hash }),
      provider,
      actor,
      origin,
      role,
      correlationId,
      causationId: commandId(provider, actor, idempotencyKey),
      recordedAt: now,
    },
    decide,
  });
  return events.length > 0;
};
