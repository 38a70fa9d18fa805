import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../folder.js";
import { errorCode, messageOf, StartupFailure } from "../startup-failure.js";
import { isPasswordHash } from "./password.js";

/** Names of users and the hashes of their passwords. */
export type UserHashes = ReadonlyMap<string, string>;

const FORMAT = "tenure-eventstore users 1";

/** A colon ends the name in what clients send. */
const NAME = /^[^\s:\p{C}](?:[^:\p{C}]{0,62}[^\s:\p{C}])?$/u;

export const isUserName = (name: string): boolean => NAME.test(name);

/** Throws StartupFailure. */
export const readUsers = (path: string): UserHashes => {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = errorCode(error) === "ENOENT" ? "it does not exist" : messageOf(error);
    throw new StartupFailure(`the users file ${path} cannot be used: ${reason}`);
  }
};

/** No users when there is no file. Throws StartupFailure. */
export const readUsersIfAny = (path: string): UserHashes => {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw new StartupFailure(`the users file ${path} cannot be used: ${messageOf(error)}`);
  }
};

/** Readable for its owner only, and the old or the new file whenever the machine dies. Throws StartupFailure. */
export const writeUsers = (path: string, users: UserHashes): void => {
  const next = `${path}.next`;
  try {
    const file = openSync(next, "w", 0o600);
    try {
      writeFileSync(file, `${JSON.stringify({ format: FORMAT, users: Object.fromEntries(users) }, undefined, 2)}\n`);
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

const parse = (text: string): UserHashes => {
  const content = parseJson(text);
  if (content?.["format"] !== FORMAT || typeof content["users"] !== "object" || content["users"] === null) {
    throw new Error("it is not a users file of this server");
  }
  const users = new Map<string, string>();
  for (const [name, hash] of Object.entries(content["users"])) {
    if (!isUserName(name) || typeof hash !== "string" || !isPasswordHash(hash)) {
      throw new Error(`the entry of user ${JSON.stringify(name)} is not valid`);
    }
    users.set(name, hash);
  }
  return users;
};

const parseJson = (text: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};
