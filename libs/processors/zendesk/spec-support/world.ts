import { type DataSource } from "typeorm";
import { vi } from "vitest";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions } from "#event-store/position.js";
import { accountsProjection } from "#read-models/accounts/projection.js";
import { customersProjection } from "#read-models/customers/projection.js";
import { providersProjection } from "#read-models/providers/projection.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { id, Journal, PROVIDER } from "#read-models/spec-support/journal.js";
import { accountOpened, customerCreated } from "#read-models/spec-support/story.js";
import { type Sending, startSending } from "../../deliveries/dispatcher.js";
import { type Timer } from "../../deliveries/pauses.js";
import { deliveriesCursor, recordingOfDeliveries } from "../../deliveries/recording.js";
import { placeCursors } from "../../runner/recording.js";
import { zendeskClient } from "../client.js";
import { zendeskTarget } from "../zendesk-target.js";

export const ORIGIN = "https://billing.example.com";

/** What is needed of the fake Zendesk, which the specs start (apps/fakes/zendesk). */
interface Fake {
  readonly url: string;
  readonly email: string;
  readonly token: string;
  readonly state: {
    readonly organizations: ReadonlyMap<number, FakeOrganization>;
    readonly users: ReadonlyMap<number, FakeUser>;
    readonly tickets: ReadonlyMap<number, FakeTicket>;
  };
  readonly faults: { add(fault: object): void };
  /** What arrived. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  close(): Promise<void>;
}

interface FakeOrganization {
  readonly id: number;
  readonly name: string;
  readonly external_id: string | null;
  readonly domain_names: readonly string[];
  readonly organization_fields: Readonly<Record<string, string | null>>;
}

interface FakeUser {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly organization_id: number | null;
  readonly role: string;
}

interface FakeTicket {
  readonly subject: string;
  readonly description: string;
  readonly external_id: string | null;
  readonly organization_id: number | null;
  readonly requester_id: number;
}

interface GivenContact {
  readonly name?: string;
  readonly companyDomain?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
}

const contactOf = (name: string, given: GivenContact) => ({
  ...{ name, companyDomain: null, email: null, phone: null },
  ...given,
});

/** A log in memory whose deliveries go to a fake Zendesk, by the real recorder and dispatcher. */
export class ZendeskWorld {
  readonly journal = new Journal();
  private projections: ProjectionRunner | undefined;
  private sending: Sending | undefined;

  /** @param zendesk closed with the world */
  constructor(
    private readonly dataSource: DataSource,
    readonly zendesk: Fake,
  ) {}

  /**
   * From now on Zendesk is on.
   * @param timer what tries wait by; default: the system's time
   */
  async switchOn(timer?: Timer): Promise<void> {
    const { url: origin, email, token } = this.zendesk;
    const client = zendeskClient({ origin, email, token, widgetKey: null, timeFieldId: null });
    const target = zendeskTarget(new Map([[PROVIDER, client]]), ORIGIN, () => (timer?.now() ?? new Date()).getTime());
    const { dataSource } = this;
    const { store } = this.journal;
    await placeCursors(dataSource, [deliveriesCursor], () => store.tail());
    const log = (): void => undefined;
    const projections = [
      ...[providersProjection, customersProjection, accountsProjection],
      recordingOfDeliveries([target]),
    ];
    this.projections = startProjections({ store, dataSource, projections, log });
    this.sending = startSending({
      store,
      dataSource,
      projections: this.projections,
      targets: [target],
      log,
      ...(timer && { timer }),
    });
  }

  async stop(): Promise<void> {
    await this.sending?.stop();
    await this.projections?.stop();
    await this.journal.store.close();
    await this.zendesk.close();
  }

  create(name: string, contact: GivenContact = {}): void {
    const personal = contactOf(name, contact);
    this.record(name, customerCreated(name, { personal }));
  }

  /** @param name as it was created */
  change(name: string, contact: GivenContact): void {
    this.record(name, {
      type: "CustomerContactChanged",
      data: { effectiveOn: "2020-07-02", personal: contactOf(name, contact) },
    });
  }

  openAccount(identifier: string, customer: string): void {
    this.journal.record("account", id(identifier), [accountOpened(identifier, customer)]);
  }

  link(name: string, organizationId: number, changes: object = {}): void {
    this.record(name, {
      type: "CustomerLinkedToZendesk",
      data: {
        ...{ organizationId: String(organizationId), by: "PERSON", effectiveOn: "2020-07-02" },
        personal: { organizationName: "As it was there" },
        ...changes,
      },
    });
  }

  /** A customer asks support for help. @param request names it */
  ask(name: string, request: string, requester: { name: string; email: string | null }): void {
    const personal = { subject: request, body: `About ${request}`, requester };
    const data = { ticketRequestId: id(request), customerId: id(name), personId: null, effectiveOn: "2020-07-02" };
    this.journal.record("ticket", id(request), [{ type: "TicketRequested", data: { ...data, personal } }]);
  }

  unlink(name: string, organizationId: number, domain: string | null = null): void {
    const data = {
      organizationId: String(organizationId),
      domain,
      because: "ORDERED",
      effectiveOn: "2020-07-03",
    } as const;
    this.record(name, { type: "CustomerUnlinkedFromZendesk", data });
  }

  private record(name: string, event: CustomerEvent): void {
    this.journal.record("customer", id(name), [event]);
  }

  /** Waits until everything that was recorded, and what it led to, is dealt with. */
  async settled(): Promise<void> {
    await vi.waitFor(
      async () => {
        const tail = await this.journal.store.tail();
        await this.projections?.reached(tail);
        const [row] = await this.dataSource.query<{ waiting: string }[]>(
          "SELECT count(*) AS waiting FROM deliveries WHERE status = 'PENDING'",
        );
        if (row?.waiting !== "0") throw new Error(`${row?.waiting} deliveries wait`);
        const led = comparePositions(await this.journal.store.tail(), tail) !== 0;
        if (led) throw new Error("they led to something");
      },
      { timeout: 120_000, interval: 50 },
    );
  }

  /** What became of deliveries, in the order of their events: kind, status, and why where it was not delivered. */
  async deliveries(): Promise<string[]> {
    const rows = await this.dataSource.query<Record<"kind" | "status" | "why", string>[]>(
      `SELECT kind, status, coalesce(reason, last_error, '') AS why FROM deliveries ORDER BY commit, prepare, place`,
    );
    return rows.map(({ kind, status, why }) => `${kind} ${status}${status === "DELIVERED" ? "" : ` ${why}`}`);
  }

  /** How often each delivery of a kind was tried in vain, or at all. */
  async tries(kind: string): Promise<number[]> {
    const sql = "SELECT tries FROM deliveries WHERE kind = $1 ORDER BY commit, prepare, place";
    return (await this.dataSource.query<{ tries: number }[]>(sql, [kind])).map(({ tries }) => tries);
  }

  /** What was recorded of the customer by the worker: types with their data. */
  learnt(name: string): object[] {
    const log = this.journal.store.log as readonly RecordedEvent[];
    return log
      .filter(({ stream, metadata }) => stream.endsWith(id(name)) && metadata.actor === "worker")
      .map(({ type, data }) => ({ type, ...data }));
  }

  organizations() {
    return [...this.zendesk.state.organizations.values()].map((organization) => {
      const { name, external_id, domain_names, organization_fields } = organization;
      return { name, external_id, domain_names, fields: organization_fields };
    });
  }

  tickets() {
    return [...this.zendesk.state.tickets.values()].map((ticket) => {
      const { subject, description, external_id, organization_id, requester_id } = ticket;
      const { name = "", email = null } = this.zendesk.state.users.get(requester_id) ?? {};
      return { subject, description, external_id, organization_id, requester: { name, email } };
    });
  }

  users() {
    return [...this.zendesk.state.users.values()]
      .filter(({ email }) => email !== this.zendesk.email)
      .map(({ name, email, phone, external_id, organization_id, role }) => ({
        ...{ name, email, phone, external_id, organization_id, role },
      }));
  }

  /** Asks the API of the fake, as somebody at Zendesk would. */
  async atZendesk<Body>(method: string, path: string, body?: object): Promise<Body> {
    const { url, email, token } = this.zendesk;
    const response = await fetch(`${url}/api/v2${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        authorization: `Basic ${Buffer.from(`${email}/token:${token}`).toString("base64")}`,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  }

  async organizationThere(organization: object): Promise<number> {
    const made = await this.atZendesk<{ organization: { id: number } }>("POST", "/organizations", { organization });
    return made.organization.id;
  }

  async userThere(user: object): Promise<number> {
    return (await this.atZendesk<{ user: { id: number } }>("POST", "/users", { user })).user.id;
  }
}
