import { type Verification } from "../deliveries/target.js";
import { type ZendeskClient } from "./client.js";
import { ZendeskFailure } from "./failure.js";
import { ORGANIZATION_FIELDS } from "./records.js";

interface OrganizationField {
  readonly key: string;
  readonly active: boolean;
}

interface Fields {
  readonly organization_fields: readonly OrganizationField[];
  readonly next_page: string | null;
}

/** Whether Zendesk is reachable, the credentials are an agent's, and the fields of organizations are there. */
export const verifyZendesk = async (client: ZendeskClient, signal: AbortSignal): Promise<Verification> => {
  try {
    const { body } = await client.request<{ user: { id: number | null; role: string } | null }>({
      path: "/users/me",
      signal,
    });
    // To credentials that it does not know Zendesk shows a user without an id.
    const role = (body.user?.id ?? null) === null ? null : body.user?.role;
    if (role !== "agent" && role !== "admin") {
      return { ok: false, message: "Zendesk answers, but the credentials are not those of an agent." };
    }
    const missing = await missingFields(client, signal);
    if (missing.length > 0) {
      const names = missing.join(" and ");
      return {
        ok: false,
        message: `Zendesk answers and took the credentials; organizations lack the field ${names}, which the app inside Zendesk makes.`,
      };
    }
    return { ok: true, message: "Zendesk answers and took the credentials; the fields of organizations are there." };
  } catch (error) {
    if (error instanceof ZendeskFailure) return { ok: false, message: error.message };
    throw error;
  }
};

const missingFields = async (client: ZendeskClient, signal: AbortSignal): Promise<readonly string[]> => {
  const found = new Set<string>();
  for (let page = 1; ; page += 1) {
    const query = { page, per_page: 100 };
    const { body } = await client.request<Fields>({ path: "/organization_fields", query, signal });
    for (const { key, active } of body.organization_fields) if (active) found.add(key);
    if (body.next_page === null || body.organization_fields.length === 0) break;
  }
  return ORGANIZATION_FIELDS.filter((key) => !found.has(key));
};
