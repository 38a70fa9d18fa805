import {
  backDating,
  type DocumentKind,
  documents,
  endings,
  type MutationName,
  mutations,
  narrowed,
  type Narrowed,
  personalDataOfEvents,
  queries,
  type QueryName,
  types,
} from "./access.js";
import { type Caller } from "./caller.js";
import { type Role, roles } from "./roles.js";

/* What follows from the table (access.ts) for one caller. Nothing else looks at a caller's roles. */

export type Asking = Pick<Caller, "roles">;

/** The caller's roles among these, in the order of roles.ts; empty: it has no right. */
export const rolesAmong = (caller: Asking, allowed: readonly Role[]): readonly Role[] =>
  roles.filter((role) => allowed.includes(role) && caller.roles.includes(role));

const isAmong = (caller: Asking, allowed: readonly Role[]): boolean => rolesAmong(caller, allowed).length > 0;

/** The roles by which the caller may give a command, or ask for another mutation. */
export const rolesGiving = (caller: Asking, name: MutationName): readonly Role[] => rolesAmong(caller, mutations[name]);

/** The mutations that the caller may ask for, sorted. */
export const mutationsOf = (caller: Asking): readonly string[] => namesFor(caller, mutations);

/** The queries that the caller may ask, sorted. */
export const queriesOf = (caller: Asking): readonly string[] => namesFor(caller, queries);

const namesFor = (caller: Asking, table: Readonly<Record<string, readonly Role[]>>): readonly string[] =>
  Object.entries(table)
    .flatMap(([name, allowed]) => (isAmong(caller, allowed) ? [name] : []))
    .sort();

/** Whether the caller may ask a query, and so may find by `node` what the query finds. */
export const mayAsk = (caller: Asking, name: QueryName): boolean => isAmong(caller, queries[name]);

/** Whether the caller may read documents of a kind. */
export const mayRead = (caller: Asking, kind: DocumentKind): boolean => isAmong(caller, documents[kind]);

/** Whether the caller sees the personal data of events. */
export const seesPersonalData = (caller: Asking): boolean => isAmong(caller, personalDataOfEvents);

/** How many days before today a command by this role may change closed days (libs/domain/customers/closed-days.ts). */
export const backDatingDaysOf = (role: Role, providersDays: number): number => {
  const days = backDating[role];
  return days === "the provider's" ? providersDays : Math.min(days, providersDays);
};

/** The roles that see a field of a type, a root's too; empty where the table does not name it. */
export const rolesSeeing = (type: string, field: string): readonly Role[] => {
  const named = fieldsOf(type).get(field);
  if (named) return named;
  const ending = Object.keys(endings).find((each) => type.endsWith(each));
  return (ending !== undefined && fieldsOf(ending).get(field)) || [];
};

/** What the role may ask of a field, where it is less than the schema allows. */
export const narrowedFor = (role: Role, type: string, field: string): Narrowed | undefined =>
  narrowed[role]?.[`${type}.${field}`];

type Fields = ReadonlyMap<string, readonly Role[]>;
const known = new Map<string, Fields>();

/** Of a type or an ending of names: made when first asked for. */
const fieldsOf = (type: string): Fields => {
  const fields = known.get(type) ?? new Map(namedFields(type));
  known.set(type, fields);
  return fields;
};

const namedFields = (type: string): readonly (readonly [string, readonly Role[]])[] => {
  if (type === "Query") return Object.entries(queries);
  if (type === "Mutation") return Object.entries(mutations);
  const seen = types[type] ?? endings[type] ?? [];
  return seen.flatMap(([allowed, names]) => names.split(" ").map((name) => [name, allowed] as const));
};
