import { invalidRecord, notFound } from "./answers.js";
import { isObject, type Json, numberOf, textOf } from "./input.js";
import { type Organization } from "./records.js";
import { type State } from "./state.js";

/** The organization, or 404. */
export const organizationOf = (state: State, id: number): Organization => {
  const found = state.organizations.get(id);
  if (!found) throw notFound();
  return found;
};

export const createOrganization = (state: State, input: Json): Organization => {
  const id = state.nextId();
  const at = state.time();
  const name = textOf(input["name"]) ?? "";
  return save(state, {
    id,
    url: `${state.url}/api/v2/organizations/${id}.json`,
    name,
    external_id: textOf(input["external_id"]) ?? null,
    domain_names: domainsOf(input["domain_names"]) ?? [],
    organization_fields: fieldsOf(state, {}, input["organization_fields"]),
    created_at: at,
    updated_at: at,
  });
};

/** Overwrites what is given: a given `domain_names` replaces the whole list. */
export const updateOrganization = (state: State, id: number, input: Json): Organization => {
  const old = organizationOf(state, id);
  const externalId = textOf(input["external_id"]);
  return save(state, {
    ...old,
    name: textOf(input["name"]) ?? old.name,
    external_id: externalId === undefined ? old.external_id : externalId,
    domain_names: domainsOf(input["domain_names"]) ?? old.domain_names,
    organization_fields: fieldsOf(state, old.organization_fields, input["organization_fields"]),
    updated_at: state.time(),
  });
};

/** Matches by id, else by external id, never by name. */
export const createOrUpdateOrganization = (
  state: State,
  input: Json,
): { readonly organization: Organization; readonly isNew: boolean } => {
  const id = numberOf(input["id"]);
  const externalId = textOf(input["external_id"]);
  const byId = typeof id === "number" ? state.organizations.get(id) : undefined;
  const found = byId ?? (externalId ? organizationsBy(state, { externalId })[0] : undefined);
  return found
    ? { organization: updateOrganization(state, found.id, input), isNew: false }
    : { organization: createOrganization(state, input), isNew: true };
};

/** Deletes one; its users and tickets belong to none afterwards. */
export const deleteOrganization = (state: State, id: number): void => {
  organizationOf(state, id);
  state.organizations.delete(id);
  for (const user of state.users.values()) {
    if (user.organization_id === id) state.users.set(user.id, { ...user, organization_id: null });
  }
  for (const ticket of state.tickets.values()) {
    if (ticket.organization_id === id) state.saveTicket({ ...ticket, organization_id: null });
  }
};

/** By the whole name in any case, by the beginning of the name, or by external id. */
export const organizationsBy = (
  state: State,
  by: { readonly name?: string; readonly prefix?: string; readonly externalId?: string },
): Organization[] =>
  [...state.organizations.values()].filter(
    ({ name, external_id: externalId }) =>
      (by.name === undefined || name.toLowerCase() === by.name.toLowerCase()) &&
      (by.prefix === undefined || name.toLowerCase().startsWith(by.prefix.toLowerCase())) &&
      (by.externalId === undefined || externalId === by.externalId),
  );

/** The organization that a sender's address belongs to by its domain. */
export const organizationOfDomain = (state: State, email: string): Organization | undefined => {
  const domain = email.split("@").at(-1)?.toLowerCase() ?? "";
  return [...state.organizations.values()].find(({ domain_names: domains }) => domains.includes(domain));
};

/** Names and external ids are there once. */
const save = (state: State, organization: Organization): Organization => {
  const others = [...state.organizations.values()].filter(({ id }) => id !== organization.id);
  const isTaken = (name: string) => others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  if (organization.name.trim() === "") {
    throw invalidRecord({ name: { error: "BlankValue", description: "Name: cannot be blank" } });
  }
  if (isTaken(organization.name)) {
    const description = `Name: ${organization.name} has already been taken`;
    throw invalidRecord({ name: { error: "DuplicateValue", description } });
  }
  const { external_id: externalId } = organization;
  if (externalId !== null && others.some((other) => other.external_id === externalId)) {
    const description = `External: ${externalId} has already been taken`;
    throw invalidRecord({ external_id: { error: "DuplicateValue", description } });
  }
  state.organizations.set(organization.id, organization);
  return organization;
};

const domainsOf = (value: unknown): string[] | undefined => {
  if (value === null) return [];
  if (typeof value === "string")
    return value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
  return Array.isArray(value) ? [...new Set(value.map((domain) => String(domain).toLowerCase()))] : undefined;
};

/** Fields that Zendesk does not know are passed over in silence. */
const fieldsOf = (
  state: State,
  old: Organization["organization_fields"],
  given: unknown,
): Organization["organization_fields"] => {
  const known = state.organizationFields.map(({ key }) => key);
  const values = isObject(given) ? given : {};
  return Object.fromEntries(
    known.map((key) => [key, key in values ? (textOf(values[key]) ?? null) : (old[key] ?? null)]),
  );
};
