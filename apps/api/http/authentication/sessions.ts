import { createHash, createHmac, randomBytes } from "node:crypto";
import { type DataSource } from "typeorm";
import { type Caller } from "#application/access/caller.js";
import { type Role } from "#application/access/roles.js";

/** A session ends when it was not used for so long. */
export const IDLE_MS = 30 * 60_000;
/** A session ends so long after it began, however much it is used. */
export const LONGEST_MS = 12 * 60 * 60_000;
/** For so long it is not looked up again: it can have been ended by another process meanwhile. */
const KNOWN_MS = 5_000;
const MOST_KNOWN = 10_000;

/** Whether the credential that a caller signed in with still lets in: it was neither revoked nor removed, nor expired. */
export type StillValid = (caller: Caller) => Promise<boolean>;

/**
 * The token that a caller's sessions count with only, where its actor does not tell by which one it came in; null: it
 * does.
 */
export type TokenOf = (caller: Caller) => string | null;

export interface SessionOptions {
  readonly stillValid: StillValid;
  readonly tokenOf: TokenOf;
  /** The present; injected by specs. */
  readonly now: () => Date;
}

interface Row {
  readonly actor: string;
  readonly roles: Role[];
  readonly provider_id: string | null;
  readonly customer_id: string | null;
  readonly seal: Buffer | null;
}

/** Sessions of browsers, in the table `sessions`. A session is known by a random id, of which only the hash is kept. */
export class Sessions {
  private readonly known = new Map<string, { readonly at: number; readonly caller: Promise<Caller | null> }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly options: SessionOptions,
  ) {}

  /** @returns the id of a new session: 256 random bits */
  async begin(caller: Caller): Promise<string> {
    const { actor, roles, providerId, customerId } = caller;
    const id = randomBytes(32).toString("base64url");
    const now = this.options.now();
    await this.dataSource.query("DELETE FROM sessions WHERE used_at <= $1 OR began_at <= $2", deadlines(now));
    await this.dataSource.query(
      `INSERT INTO sessions (id_hash, actor, roles, provider_id, customer_id, seal, began_at, used_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [sessionHashOf(id), actor, roles, providerId, customerId, this.sealOf(id, caller), now],
    );
    return id;
  }

  /** Whose session it is, which counts as a use of it; null: there is none, or it has ended. */
  callerOf(id: string): Promise<Caller | null> {
    const hash = sessionHashOf(id);
    const key = hash.toString("hex");
    const at = this.options.now().getTime();
    const known = this.known.get(key);
    if (known && at - known.at < KNOWN_MS) return known.caller;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const caller = this.lookUp(id, hash);
    this.known.set(key, { at, caller });
    caller.catch(() => this.known.delete(key));
    return caller;
  }

  /**
   * Begins a session in place of the one that the browser had.
   * @param before hash of that one's id; null: it had none
   * @returns the new one's id
   */
  async replace(before: Buffer | null, caller: Caller): Promise<string> {
    if (before !== null) await this.end(before);
    return this.begin(caller);
  }

  /** @param hash of its id */
  async end(hash: Buffer): Promise<void> {
    this.known.delete(hash.toString("hex"));
    await this.delete(hash);
  }

  /** Made of the id, which is stored nowhere: whoever reads the table can try no tokens by it. */
  private sealOf(id: string, caller: Caller): Buffer | null {
    const token = this.options.tokenOf(caller);
    return token === null ? null : createHmac("sha256", token).update(id).digest();
  }

  private async lookUp(id: string, hash: Buffer): Promise<Caller | null> {
    const now = this.options.now();
    const [[row]] = await this.dataSource.query<[Row[], number]>(
      `UPDATE sessions SET used_at = greatest(used_at, $4)
        WHERE id_hash = $1 AND used_at > $2 AND began_at > $3
        RETURNING actor, roles, provider_id, customer_id, seal`,
      [hash, ...deadlines(now), now],
    );
    if (!row) return null;
    const { actor, roles, provider_id: providerId, customer_id: customerId } = row;
    const caller: Caller = { actor, roles, providerId, customerId };
    const seal = this.sealOf(id, caller);
    const isSealed = row.seal === null || seal === null ? row.seal === seal : row.seal.equals(seal);
    if (isSealed && (await this.options.stillValid(caller))) return caller;
    await this.delete(hash);
    return null;
  }

  private async delete(hash: Buffer): Promise<void> {
    await this.dataSource.query("DELETE FROM sessions WHERE id_hash = $1", [hash]);
  }
}

/** Sessions last used, or begun, at these moments or before have ended. */
const deadlines = (now: Date): [Date, Date] => [
  new Date(now.getTime() - IDLE_MS),
  new Date(now.getTime() - LONGEST_MS),
];

/** How a session is known, by the id that its cookie holds. */
export const sessionHashOf = (id: string): Buffer => createHash("sha256").update(id).digest();
