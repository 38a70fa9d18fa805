import { createHash, randomBytes } from "node:crypto";
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

export interface SessionOptions {
  readonly stillValid: StillValid;
  /** The present; injected by specs. */
  readonly now: () => Date;
}

interface Row {
  readonly actor: string;
  readonly roles: Role[];
  readonly provider_id: string | null;
  readonly customer_id: string | null;
}

/** Sessions of browsers, in the table `sessions`. A session is known by a random id, of which only the hash is kept. */
export class Sessions {
  private readonly known = new Map<string, { readonly at: number; readonly caller: Promise<Caller | null> }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly options: SessionOptions,
  ) {}

  /** @returns the id of a new session: 256 random bits */
  async begin({ actor, roles, providerId, customerId }: Caller): Promise<string> {
    const id = randomBytes(32).toString("base64url");
    const now = this.options.now();
    await this.dataSource.query("DELETE FROM sessions WHERE used_at <= $1 OR began_at <= $2", deadlines(now));
    await this.dataSource.query(
      `INSERT INTO sessions (id_hash, actor, roles, provider_id, customer_id, began_at, used_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [hashOf(id), actor, roles, providerId, customerId, now],
    );
    return id;
  }

  /** Whose session it is, which counts as a use of it; null: there is none, or it has ended. */
  callerOf(id: string): Promise<Caller | null> {
    const hash = hashOf(id);
    const key = hash.toString("hex");
    const at = this.options.now().getTime();
    const known = this.known.get(key);
    if (known && at - known.at < KNOWN_MS) return known.caller;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const caller = this.lookUp(hash);
    this.known.set(key, { at, caller });
    caller.catch(() => this.known.delete(key));
    return caller;
  }

  /** Begins a session in place of the one that the browser had. @returns the new one's id */
  async replace(before: string | undefined, caller: Caller): Promise<string> {
    if (before !== undefined) await this.end(before);
    return this.begin(caller);
  }

  async end(id: string): Promise<void> {
    const hash = hashOf(id);
    this.known.delete(hash.toString("hex"));
    await this.delete(hash);
  }

  private async lookUp(hash: Buffer): Promise<Caller | null> {
    const now = this.options.now();
    const [[row]] = await this.dataSource.query<[Row[], number]>(
      `UPDATE sessions SET used_at = greatest(used_at, $4)
        WHERE id_hash = $1 AND used_at > $2 AND began_at > $3
        RETURNING actor, roles, provider_id, customer_id`,
      [hash, ...deadlines(now), now],
    );
    if (!row) return null;
    const { actor, roles, provider_id: providerId, customer_id: customerId } = row;
    const caller: Caller = { actor, roles, providerId, customerId };
    if (await this.options.stillValid(caller)) return caller;
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

const hashOf = (id: string): Buffer => createHash("sha256").update(id).digest();
