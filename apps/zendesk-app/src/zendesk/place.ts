import { type ZendeskClient } from "./sdk.js";

/** An organization in Zendesk. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** Who looks at the app, as Zendesk's page says: it is a claim, and proves nothing. */
export interface Agent {
  readonly name: string | null;
  /** BCP 47. */
  readonly language: string;
}

/**
 * The organization whose page, or whose ticket's page, is open; null: the ticket has none.
 * @throws Error where the page does not say it
 */
export const organizationOf = async (client: ZendeskClient): Promise<Organization | null> => {
  const path = await organizationPath(client);
  const { [path]: found } = await client.get(path);
  const { id, name } = (found ?? {}) as { readonly id?: string | number; readonly name?: string };
  return id == null ? null : { id: String(id), name: name ?? String(id) };
};

/** Calls when the agent gives the open ticket another organization. @returns how to stop */
export const onOrganizationChanged = (client: ZendeskClient, changed: () => void): (() => void) => {
  const event = "ticket.organization.changed";
  client.on(event, changed);
  return () => {
    client.off(event, changed);
  };
};

const organizationPath = async (client: ZendeskClient): Promise<string> => {
  const { location } = await client.context();
  return location === "organization_sidebar" ? "organization" : "ticket.organization";
};

/** Where the page does not say it, the browser's language. */
export const agentOf = async (client: ZendeskClient): Promise<Agent> => {
  const { currentUser } = await client.get("currentUser").catch(() => ({ currentUser: null }));
  const { name, locale } = (currentUser ?? {}) as { readonly name?: string; readonly locale?: string };
  return { name: name ?? null, language: locale ?? navigator.language };
};
