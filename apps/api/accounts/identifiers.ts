import { createHmac, randomBytes } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { accountEvolver } from "#domain/accounts/account.js";
import { type IdentifierEvent } from "#domain/accounts/events.js";
import {
  type Identifier,
  identifierEvolver,
  releaseIdentifier,
  reserveIdentifier,
} from "#domain/accounts/identifier.js";
import { loadAggregate } from "#event-store/fold.js";
import { handleCommand } from "#event-store/handle-command.js";
import { commandId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { Backend } from "../backend.js";
import { type Caller } from "../graphql/context.js";

/** A use of an identifier by one account, on behalf of one command. */
export interface Claim {
  readonly caller: Caller;
  /** Of the command that asks: the identifier's events are derived from it. */
  readonly idempotencyKey: string;
  readonly hash: string;
  readonly accountId: string;
  /** Today, and the moment recorded. */
  readonly on: string;
  readonly now: string;
}

/** Account ids and aliases: who has which, each serialised by a stream of its own (domain.md 10). */
@Injectable()
export class Identifiers {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly backend: Backend) {}

  /** The identifier's name in streams and rows: it cannot be guessed back without the provider's secret. */
  async hash(providerId: string, identifier: string): Promise<string> {
    const key = this.keys.get(providerId) ?? (await this.loadKey(providerId));
    return createHmac("sha256", key).update(identifier.trim(), "utf8").digest("hex");
  }

  /**
   * Reserves an identifier for an account. One that the account has already counts as success.
   * @returns whether the reservation is new
   * @throws Rejection IDENTIFIER_TAKEN
   */
  reserve(claim: Claim): Promise<boolean> {
    const { accountId: ownerId, on } = claim;
    return this.append(claim, "reserve", (state) => reserveIdentifier({ ownerId, on }, state));
  }

  /** Releases what the account no longer uses; what it uses (again), and what others have, stays. */
  async release(claim: Claim): Promise<void> {
    const { accountId: ownerId, on } = claim;
    const released = await this.append(claim, "release", async (state) =>
      (await this.isUsed(claim)) ? [] : releaseIdentifier({ ownerId, on }, state),
    );
    // The account may have taken it up again between the look and the release: then it has it back.
    if (released && (await this.isUsed(claim))) await this.reserve(claim);
  }

  /** Whether the account's own stream says that it has the identifier. */
  private async isUsed({ caller, accountId, hash }: Claim): Promise<boolean> {
    const stream = streamName(caller.providerId, "account", accountId);
    const { state } = await loadAggregate(this.backend.storeFor(caller), stream, accountEvolver);
    if (state === null || state.closedOn !== null) return false;
    return state.identifierHash === hash || state.aliases.some(({ identifierHash }) => identifierHash === hash);
  }

  private async append(
    { caller, idempotencyKey, hash, now }: Claim,
    what: "reserve" | "release",
    decide: (state: Identifier) => readonly IdentifierEvent[] | Promise<readonly IdentifierEvent[]>,
  ): Promise<boolean> {
    const { providerId: provider, actor, correlationId } = caller;
    const store = this.backend.storeFor(caller);
    const stream = streamName(provider, "identifier", hash);
    const { state, revision } = await loadAggregate(store, stream, identifierEvolver);
    if ((await decide(state)).length === 0) return false;
    // A reservation that was released may be made anew under the same key, so the key names the place in the stream.
    const key = JSON.stringify([what, idempotencyKey, revision.toString()]);
    const { events } = await handleCommand(store, {
      stream,
      decider: identifierEvolver,
      envelope: {
        ...{ provider, actor, correlationId, idempotencyKey: key, recordedAt: now },
        causationId: commandId(provider, actor, idempotencyKey),
        name: `${what}Identifier`,
        body: { hash },
      },
      decide,
    });
    return events.length > 0;
  }

  /** The provider's secret, made when first needed; of several who make one, the first wins. */
  private async loadKey(providerId: string): Promise<Buffer> {
    await this.backend.rows(
      "INSERT INTO provider_secrets (provider_id, identifier_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      [providerId, randomBytes(32)],
    );
    const [row] = await this.backend.rows<{ identifier_key: Buffer }>(
      "SELECT identifier_key FROM provider_secrets WHERE provider_id = $1",
      [providerId],
    );
    if (!row) throw new Error(`The secret of provider ${providerId} vanished while it was read`);
    this.keys.set(providerId, row.identifier_key);
    return row.identifier_key;
  }
}
