import { parseArgs } from "node:util";
import { messageOf, StartupFailure } from "../startup-failure.js";
import { hashPassword } from "./password.js";
import { readPassword } from "./read-password.js";
import { isUserName, readUsers, readUsersIfAny, writeUsers } from "./users-file.js";

export const USER_USAGE = [
  "user add NAME --users FILE      adds a user or changes the password, which is read from the standard input",
  "user remove NAME --users FILE",
  "user list --users FILE",
];

const MIN_PASSWORD = 8;

/**
 * The command `user …`, for the users file of the server. `args` is what follows `user`; returns what to print.
 * A running server sees the change within a second or two. Throws StartupFailure.
 */
export const userCommand = async (args: string[], askPassword = readPassword): Promise<string> => {
  const { positionals, users: path } = readArguments(args);
  const [action, name, ...more] = positionals;
  if (more.length > 0 || path === undefined || path === "") throw usage();
  if (action === "list" && name === undefined) return list(path);
  if (name === undefined) throw usage();
  switch (action) {
    case "add":
      return await add(path, name, askPassword);
    case "remove":
      return remove(path, name);
    default:
      throw usage();
  }
};

const readArguments = (args: string[]) => {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { users: { type: "string" } } });
    return { positionals, users: values.users };
  } catch (error) {
    throw new StartupFailure(messageOf(error).split(/\.\s/)[0] ?? "unknown argument");
  }
};

const usage = () => new StartupFailure(`usage: ${USER_USAGE.join("; ")}`);

const list = (path: string): string =>
  [...readUsers(path).keys()]
    .toSorted()
    .map((name) => `${name}\n`)
    .join("");

const add = async (path: string, name: string, askPassword: (prompt: string) => Promise<string>): Promise<string> => {
  if (!isUserName(name)) {
    throw new StartupFailure(`${JSON.stringify(name)} is not a user's name: up to 64 characters without a colon`);
  }
  const users = new Map(readUsersIfAny(path));
  const password = await askPassword(`password of ${name}: `);
  if (password.length < MIN_PASSWORD) {
    throw new StartupFailure(`the password is shorter than ${MIN_PASSWORD} characters`);
  }
  const isNew = !users.has(name);
  writeUsers(path, users.set(name, await hashPassword(password)));
  return isNew ? `added ${name}\n` : `changed the password of ${name}\n`;
};

const remove = (path: string, name: string): string => {
  const users = new Map(readUsers(path));
  if (!users.delete(name)) throw new StartupFailure(`there is no user ${name} in ${path}`);
  writeUsers(path, users);
  return `removed ${name}\n`;
};
