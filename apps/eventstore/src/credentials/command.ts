import { parseArgs } from "node:util";
import { Misuse, required } from "../command/command.js";
import { messageOf, StartupFailure } from "../startup-failure.js";
import { hashPassword } from "./password.js";
import { readPassword } from "./read-password.js";
import { isUserName, readUsers, readUsersIfAny, writeUsers } from "./users-file.js";

const MIN_PASSWORD = 8;

/** Changes the users file of a server. Returns what to say. Throws Misuse and StartupFailure. */
export const userCommand = async (args: string[], askPassword = readPassword): Promise<string> => {
  const { positionals, users: path } = readArguments(args);
  const [action, name, ...more] = positionals;
  const file = required(path, "--users");
  if (more.length > 0) throw new Misuse(`"${more.join(" ")}" is too much`);
  switch (action) {
    case "add":
      return await add(file, required(name, "the user's name"), askPassword);
    case "remove":
      return remove(file, required(name, "the user's name"));
    case "list":
      return list(file);
    default:
      throw new Misuse("say what to do: add, remove or list");
  }
};

const readArguments = (args: string[]) => {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { users: { type: "string" } } });
    return { positionals, users: values.users };
  } catch (error) {
    throw new Misuse(messageOf(error).split(/\.\s/)[0] ?? "unknown argument");
  }
};

const list = (path: string): string => [...readUsers(path).keys()].toSorted().join("\n");

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
  return isNew ? `added ${name}` : `changed the password of ${name}`;
};

const remove = (path: string, name: string): string => {
  const users = new Map(readUsers(path));
  if (!users.delete(name)) throw new StartupFailure(`there is no user ${name} in ${path}`);
  writeUsers(path, users);
  return `removed ${name}`;
};
