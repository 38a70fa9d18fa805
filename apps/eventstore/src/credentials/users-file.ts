import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../folder.js";
import { errorCode, messageOf, StartupFailure } from "../startup-failure.js";
import { isPasswordHash } from "./password.js";

export interface UserEntry {
  readonly passwordHash: string;
  readonly groups: readonly string[];
}

export type UserEntries = ReadonlyMap<string, UserEntry>;

/** Format of the file: 2 has groups; in 1 a user is the hash of a password. */
const FORMATS: readonly unknown[] = ["tenure-eventstore users 1", "tenure-eventstore users 2"];

/** No colon: it ends the name in the authorization header. */
const NAME = /^[^\s:\p{C}](?:[^:\p{C}]{0,62}[^\s:\p{C}])?$/u;

/** Also of a group. */
export const isUserName = (name: string): boolean => NAME.test(name);

/** Throws StartupFailure. */
export const readUsers = (path: string): UserEntries => {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = errorCode(error) === "ENOENT" ? "it does not exist" : messageOf(error);
    throw new StartupFailure(`the users file ${path} cannot be used: ${reason}`);
  }
};

/** No users when there is no file. Throws StartupFailure. */
export const readUsersIfAny = (path: string): UserEntries => {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw new StartupFailure(`the users file ${path} cannot be used: ${messageOf(error)}`);
  }
};

/** Writes the file atomically, readable only by its owner. Throws StartupFailure. */
export const writeUsers = (path: string, users: UserEntries): void => {
  const next = `${path}.next`;
  try {
    const file = openSync(next, "w", 0o600);
    try {
      const content = { format: FORMATS.at(-1), users: Object.fromEntries(users) };
      writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(next, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw new StartupFailure(`the users file ${path} cannot be written: ${messageOf(error)}`);
  }
};

const parse = (text: string): UserEntries => {
  const content = parseJson(text);
  if (!content || !FORMATS.includes(content["format"]) || !isObject(content["users"])) {
    throw new Error("it is not a users file of this server");
  }
  const users = new Map<string, UserEntry>();
  for (const [name, value] of Object.entries(content["users"])) {
    const entry = entryOf(value);
    if (!isUserName(name) || !entry) throw new Error(`the entry of user ${JSON.stringify(name)} is not valid`);
    users.set(name, entry);
  }
  return users;
};

const entryOf = (value: unknown): UserEntry | undefined => {
  const { passwordHash, groups } = (
    typeof value === "string" ? { passwordHash: value, groups: [] } : (value ?? {})
  ) as Partial<Record<keyof UserEntry, unknown>>;
  if (typeof passwordHash !== "string" || !isPasswordHash(passwordHash) || !Array.isArray(groups)) return undefined;
  const names: unknown[] = groups;
  const areNames = (list: unknown[]): list is string[] =>
    list.every((group) => typeof group === "string" && isUserName(group));
  return areNames(names) ? { passwordHash, groups: names } : undefined;
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const parseJson = (text: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};
