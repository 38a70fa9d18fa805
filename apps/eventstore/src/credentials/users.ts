import { createHmac, randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { messageOf } from "../startup-failure.js";
import { hashPassword, matchesHash } from "./password.js";
import { readUsers, type UserEntries } from "./users-file.js";

/** Milliseconds between checks of the file for changes. */
const LOOK_AGAIN_MS = 1000;

/** Maximum number of waiting password checks; further ones are refused. */
const MAX_WAITING = 32;

const BASIC = /^Basic ([\w+/=-]+)$/i;

export type Verdict = { readonly user: string } | "wrong" | "busy";

/**
 * The users of the server. Hashing a password is slow, so a correct one is remembered by a keyed digest while the
 * process runs; any change of the file clears all digests.
 */
export class Users {
  private readonly secret = randomBytes(32);
  private readonly known = new Map<string, string>();
  private readonly checking = new Map<string, Promise<Verdict>>();
  private turn: Promise<unknown> = Promise.resolve();
  private lastLook = performance.now();
  private stamp: string;

  private constructor(
    private readonly path: string,
    private entries: UserEntries,
    /** Hash checked for an unknown user, so that the check takes the same time. */
    private readonly decoy: string,
  ) {
    this.stamp = stampOf(path);
  }

  /** Throws StartupFailure. */
  static async load(path: string): Promise<Users> {
    return new Users(path, readUsers(path), await hashPassword(randomBytes(16).toString("hex")));
  }

  /** `header` is what a client sends as `authorization`. */
  async check(header: string | undefined): Promise<Verdict> {
    this.lookAgain();
    const encoded = BASIC.exec(header ?? "")?.[1];
    if (encoded === undefined) return "wrong";
    const digest = createHmac("sha256", this.secret).update(encoded).digest("base64");
    const user = this.known.get(digest);
    if (user !== undefined) return { user };
    const running = this.checking.get(digest);
    if (running) return await running;
    if (this.checking.size >= MAX_WAITING) return "busy";
    const check = this.inTurn(() => this.checkPassword(encoded, digest));
    this.checking.set(digest, check);
    try {
      return await check;
    } finally {
      this.checking.delete(digest);
    }
  }

  /** The groups of an authenticated user; empty once the user has been removed. */
  groupsOf(user: string): readonly string[] {
    return this.entries.get(user)?.groups ?? [];
  }

  private async checkPassword(encoded: string, digest: string): Promise<Verdict> {
    const text = Buffer.from(encoded, "base64").toString("utf8");
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const { entries } = this;
    const hash = entries.get(name)?.passwordHash;
    const isRight = await matchesHash(text.slice(colon + 1), hash ?? this.decoy);
    if (!isRight || hash === undefined || colon < 0) return "wrong";
    if (entries === this.entries) this.known.set(digest, name);
    return { user: name };
  }

  /** One at a time: parallel hashing would occupy the threads that the log needs. */
  private inTurn(check: () => Promise<Verdict>): Promise<Verdict> {
    const result = this.turn.then(check);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private lookAgain(): void {
    const now = performance.now();
    if (now - this.lastLook < LOOK_AGAIN_MS) return;
    this.lastLook = now;
    const stamp = stampOf(this.path);
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    this.known.clear();
    try {
      this.entries = readUsers(this.path);
    } catch (error) {
      // Without a readable file all credentials are refused.
      this.entries = new Map();
      process.stderr.write(`eventstore: ${messageOf(error)}; nobody can log in until it can be\n`);
    }
  }
}

const stampOf = (path: string): string => {
  try {
    const { mtimeNs, size, ino } = statSync(path, { bigint: true });
    return [mtimeNs, size, ino].join(" ");
  } catch {
    return "missing";
  }
};
