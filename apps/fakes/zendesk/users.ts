import { invalidRecord, notFound } from "./answers.js";
import { type Json, numberOf, oneOf, textOf } from "./input.js";
import { organizationOf, organizationOfDomain } from "./organizations.js";
import { roles, type User } from "./records.js";
import { type State } from "./state.js";

/** The user, or 404. */
export const userOf = (state: State, id: number): User => {
  const found = state.users.get(id);
  if (!found) throw notFound();
  return found;
};

/** A user without an organization joins the one that has the domain of its address. */
export const createUser = (state: State, input: Json): User => {
  const id = state.nextId();
  const at = state.time();
  const email = emailOf(input["email"]) ?? null;
  return save(state, {
    id,
    url: `${state.url}/api/v2/users/${id}.json`,
    name: textOf(input["name"]) ?? "",
    email,
    phone: textOf(input["phone"]) ?? null,
    external_id: textOf(input["external_id"]) ?? null,
    organization_id:
      numberOf(input["organization_id"]) ?? (email === null ? null : (organizationOfDomain(state, email)?.id ?? null)),
    role: oneOf(input["role"], roles) ?? "end-user",
    verified: input["verified"] === true || input["skip_verify_email"] === true,
    created_at: at,
    updated_at: at,
  });
};

/** Overwrites what is given, the role of an agent and the organization of a stranger included. */
export const updateUser = (state: State, id: number, input: Json): User => {
  const old = userOf(state, id);
  const given = <Value>(value: Value | undefined, before: Value) => (value === undefined ? before : value);
  return save(state, {
    ...old,
    name: textOf(input["name"]) ?? old.name,
    email: given(emailOf(input["email"]), old.email),
    phone: given(textOf(input["phone"]), old.phone),
    external_id: given(textOf(input["external_id"]), old.external_id),
    organization_id: given(numberOf(input["organization_id"]), old.organization_id),
    role: oneOf(input["role"], roles) ?? old.role,
    updated_at: state.time(),
  });
};

/** Matches by e-mail or external id. */
export const createOrUpdateUser = (state: State, input: Json): { readonly user: User; readonly isNew: boolean } => {
  const email = emailOf(input["email"]);
  const externalId = textOf(input["external_id"]);
  const found =
    (externalId ? [...state.users.values()].find((user) => user.external_id === externalId) : undefined) ??
    (email ? userByEmail(state, email) : undefined);
  return found
    ? { user: updateUser(state, found.id, input), isNew: false }
    : { user: createUser(state, input), isNew: true };
};

export const userByEmail = (state: State, email: string): User | undefined => {
  const wanted = emailOf(email);
  return [...state.users.values()].find((user) => user.email !== null && user.email === wanted);
};

/** `email:x`, `external_id:x`, `phone:x` or words of the name, as `GET /users/search?query=` takes them. */
export const searchUsers = (state: State, query: string): User[] => {
  const [, key, quoted] = /^\s*(email|external_id|phone|user):(.*)$/s.exec(query) ?? [];
  const text = (key === undefined ? query : (quoted ?? ""))
    .trim()
    .replace(/^"(.*)"$/s, "$1")
    .toLowerCase();
  if (text === "") return [];
  return [...state.users.values()].filter((user) => {
    if (key === "external_id") return user.external_id?.toLowerCase() === text;
    if (key === "phone") return user.phone === text;
    if (key === "email") return user.email === text;
    return user.email === text || text.split(/\s+/).every((word) => user.name.toLowerCase().includes(word));
  });
};

const emailOf = (value: unknown): string | null | undefined => {
  const text = textOf(value);
  return typeof text === "string" ? (text.trim() === "" ? null : text.trim().toLowerCase()) : text;
};

/** E-mail addresses and external ids are there once. */
const save = (state: State, user: User): User => {
  const others = [...state.users.values()].filter(({ id }) => id !== user.id);
  if (user.name.trim() === "") {
    throw invalidRecord({ name: { error: "BlankValue", description: "Name: cannot be blank" } });
  }
  if (user.email !== null && !/^[^\s@]+@[^\s@]+$/.test(user.email)) {
    throw invalidRecord({
      email: { error: "InvalidValue", description: `Email: ${user.email} is not properly formatted` },
    });
  }
  if (user.email !== null && others.some(({ email }) => email === user.email)) {
    const description = `Email: ${user.email} is already being used by another user`;
    throw invalidRecord({ email: { error: "DuplicateValue", description } });
  }
  if (user.external_id !== null && others.some((other) => other.external_id === user.external_id)) {
    const description = `External: ${user.external_id} has already been taken`;
    throw invalidRecord({ external_id: { error: "DuplicateValue", description } });
  }
  if (user.organization_id !== null) organizationOf(state, user.organization_id);
  state.users.set(user.id, user);
  return user;
};
