import { parseArgs } from "node:util";
import { Misuse, required } from "../command/command.js";
import { messageOf, StartupFailure } from "../startup-failure.js";
import { hashPassword } from "./password.js";
import { readPassword } from "./read-password.js";
import { isUserName, readUsers, readUsersIfAny, writeUsers } from "./users-file.js";

const MIN_PASSWORD = 8;

/** Changes the users file of a server. Returns the text to print. Throws Misuse and StartupFailure. */
export const userCommand = async (args: string[], askPassword = readPassword): Promise<string> => {
  const { positionals, users: path } = readArguments(args);
  const [action, name, ...more] = positionals;
  const file = required(path, "--users");
  if (action === "groups") return setGroups(file, required(name, "the user's name"), more);
  if (more.length > 0) throw new Misuse(`"${more.join(" ")}" is too much`);
  switch (action) {
    case "add":
      return await add(file, required(name, "the user's name"), askPassword);
    case "remove":
      return remove(file, required(name, "the user's name"));
    case "list":
      return list(file);
    default:
      throw new Misuse("say what to do: add, groups, remove or list");
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

const list = (path: string): string =>
  [...readUsers(path)]
    .map(([name, { groups }]) => (groups.length === 0 ? name : `${name} (${groups.join(", ")})`))
    .toSorted()
    .join("\n");

const add = async (path: string, name: string, askPassword: (prompt: string) => Promise<string>): Promise<string> => {
  if (!isUserName(name) || name.startsWith("$")) {
    const rule = "up to 64 characters without a colon, and no $ at the beginning";
    throw new StartupFailure(`${JSON.stringify(name)} is not a user's name: ${rule}`);
  }
  const users = new Map(readUsersIfAny(path));
  if ([...users.values()].some(({ groups }) => groups.includes(name))) {
    throw new StartupFailure(`${JSON.stringify(name)} is the name of a group`);
  }
  const password = await askPassword(`password of ${name}: `);
  if (password.length < MIN_PASSWORD) {
    throw new StartupFailure(`the password is shorter than ${MIN_PASSWORD} characters`);
  }
  const before = users.get(name);
  writeUsers(path, users.set(name, { passwordHash: await hashPassword(password), groups: before?.groups ?? [] }));
  return before === undefined ? `added ${name}` : `changed the password of ${name}`;
};

/** The user's groups; they replace earlier ones. */
const setGroups = (path: string, name: string, groups: readonly string[]): string => {
  const users = new Map(readUsers(path));
  const before = users.get(name);
  if (!before) throw new StartupFailure(`there is no user ${name} in ${path}`);
  const wrong = groups.find((group) => !isUserName(group) || users.has(group));
  if (wrong !== undefined) {
    const rule = "up to 64 characters without a colon, and no user's name";
    throw new StartupFailure(`${JSON.stringify(wrong)} is not a group's name: ${rule}`);
  }
  const distinct = [...new Set(groups)].toSorted();
  writeUsers(path, users.set(name, { ...before, groups: distinct }));
  return distinct.length === 0 ? `${name} is in no group` : `${name} is in ${distinct.join(", ")}`;
};

const remove = (path: string, name: string): string => {
  const users = new Map(readUsers(path));
  if (!users.delete(name)) throw new StartupFailure(`there is no user ${name} in ${path}`);
  writeUsers(path, users);
  return `removed ${name}`;
};
