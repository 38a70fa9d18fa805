import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type MetricSet, type Organization, type OrganizationField, type Ticket } from "./records.js";
import { type RunningFakeZendesk, startFakeZendesk } from "./server.js";

let fake: RunningFakeZendesk;
beforeEach(async () => {
  fake = await startFakeZendesk();
  fake.state.setNow("2026-03-02T10:00:00Z");
});
afterEach(async () => fake.close());

/** What answers may hold. */
interface Body {
  readonly organization: Organization;
  readonly organizations: readonly Organization[];
  readonly organization_fields: readonly OrganizationField[];
  readonly users: readonly unknown[];
  readonly ticket: Ticket;
  readonly tickets: readonly Ticket[];
  readonly results: readonly Ticket[];
  readonly metric_sets: readonly MetricSet[];
  readonly next_page: string | null;
  readonly meta: { readonly has_more: boolean; readonly after_cursor: string };
  readonly links: { readonly next: string; readonly prev: string };
}

const call = async (
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: Body; headers: Headers }> => {
  const authorization = `Basic ${Buffer.from(`${fake.email}/token:${fake.token}`).toString("base64")}`;
  const response = await fetch(`${fake.url}${path}`, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text === "" ? "{}" : text) as Body, headers: response.headers };
};

const organization = async (given: object): Promise<number> => {
  const { body } = await call("POST", "/api/v2/organizations/create_or_update", { organization: given });
  return body.organization.id;
};

const ticket = async (given: object): Promise<Ticket> => {
  const { body } = await call("POST", "/api/v2/tickets", { ticket: { comment: { body: "Text" }, ...given } });
  return body.ticket;
};

describe("who may ask", () => {
  it("answers 401 to a wrong token, in the shape with `error`", async () => {
    expect(await call("GET", "/api/v2/users/me", undefined, { authorization: "Basic eDp5" })).toMatchObject({
      status: 401,
      body: { error: "Couldn't authenticate you" },
    });
    expect(await call("GET", "/api/v2/users/me.json")).toMatchObject({
      status: 200,
      body: { user: { email: fake.email, role: "admin" } },
    });
  });
});

describe("organizations", () => {
  it("creates by external id and updates by it or by id, never by name", async () => {
    const path = "/api/v2/organizations/create_or_update";
    const first = await call("POST", path, {
      organization: { name: "ABC", external_id: "c1", domain_names: ["abc.example"] },
    });
    expect(first).toMatchObject({ status: 201, body: { organization: { name: "ABC", external_id: "c1" } } });
    const { id } = first.body.organization;
    expect(await call("POST", path, { organization: { name: "ABC company", external_id: "c1" } })).toMatchObject({
      status: 200,
      body: { organization: { id, name: "ABC company", domain_names: ["abc.example"] } },
    });
    expect(await call("POST", path, { organization: { id, external_id: "c2" } })).toMatchObject({
      status: 200,
      body: { organization: { id, name: "ABC company", external_id: "c2" } },
    });
    expect(await call("POST", path, { organization: { name: "abc COMPANY", external_id: "c3" } })).toMatchObject({
      status: 422,
      body: {
        error: "RecordInvalid",
        description: "Record validation errors",
        details: { name: [{ error: "DuplicateValue", description: "Name: abc COMPANY has already been taken" }] },
      },
    });
    expect(
      await call("PUT", `/api/v2/organizations/${await organization({ name: "Other" })}`, {
        organization: { external_id: "c2" },
      }),
    ).toMatchObject({
      status: 422,
      body: { details: { external_id: [{ error: "DuplicateValue" }] } },
    });
  });

  it("overwrites all domains, and knows the fields of the app only", async () => {
    const id = await organization({ name: "ABC", domain_names: ["abc.example", "abc.test"] });
    const changed = await call("PUT", `/api/v2/organizations/${id}`, {
      organization: { domain_names: ["new.example"], organization_fields: { tenure_customer: "c1", other: "x" } },
    });
    expect(changed.body.organization).toMatchObject({
      domain_names: ["new.example"],
      organization_fields: { tenure_customer: "c1", tenure_customer_url: null },
    });
    expect(changed.body.organization.organization_fields).not.toHaveProperty("other");
    const fields = await call("GET", "/api/v2/organization_fields.json");
    expect(fields.body.organization_fields.map(({ key }) => key)).toEqual(["tenure_customer_url", "tenure_customer"]);
  });

  it("finds by the whole name, and by the beginning of one", async () => {
    await organization({ name: "ABC company" });
    await organization({ name: "abcdef" });
    const namesOf = async (path: string) => (await call("GET", path)).body.organizations.map(({ name }) => name);
    expect(await namesOf("/api/v2/organizations/search?name=abc%20company")).toEqual(["ABC company"]);
    expect(await namesOf("/api/v2/organizations/search?name=abc")).toEqual([]);
    expect(await namesOf("/api/v2/organizations/autocomplete?name=abc")).toEqual(["ABC company", "abcdef"]);
  });

  it("answers 404 for one that is not there, and lets go of tickets when one is deleted", async () => {
    expect(await call("GET", "/api/v2/organizations/7")).toMatchObject({
      status: 404,
      body: { error: "RecordNotFound" },
    });
    const id = await organization({ name: "ABC" });
    const { id: number } = await ticket({ organization_id: id, requester: { name: "J", email: "j@x.example" } });
    expect(await call("DELETE", `/api/v2/organizations/${id}`)).toMatchObject({ status: 204 });
    expect((await call("GET", `/api/v2/tickets/${number}`)).body.ticket.organization_id).toBeNull();
  });
});

describe("users", () => {
  it("matches by e-mail or external id, and obeys even where it harms", async () => {
    const path = "/api/v2/users/create_or_update";
    const user = { name: "John", email: "John@abc.example", external_id: "customer:1", role: "end-user" };
    expect(await call("POST", path, { user })).toMatchObject({
      status: 201,
      body: { user: { email: "john@abc.example", role: "end-user", organization_id: null } },
    });
    expect(await call("POST", path, { user: { name: "Johnny", external_id: "customer:1" } })).toMatchObject({
      status: 200,
      body: { user: { name: "Johnny", email: "john@abc.example" } },
    });
    expect(await call("POST", path, { user: { name: "X", email: fake.email, role: "end-user" } })).toMatchObject({
      status: 200,
      body: { user: { role: "end-user" } },
    });
    expect(await call("POST", "/api/v2/users", { user: { name: "Twin", email: "john@abc.example" } })).toMatchObject({
      status: 422,
      body: { details: { email: [{ error: "DuplicateValue" }] } },
    });
    const found = await call("GET", `/api/v2/users/search?query=${encodeURIComponent("email:john@abc.example")}`);
    expect(found.body.users).toMatchObject([{ name: "Johnny" }]);
  });
});

describe("tickets", () => {
  it("gives a ticket the organization of its requester, known by e-mail, else by the domain", async () => {
    const byMail = await organization({ name: "By mail" });
    const byDomain = await organization({ name: "By domain", domain_names: ["abc.example"] });
    await call("POST", "/api/v2/users", { user: { name: "J", email: "j@abc.example", organization_id: byMail } });
    expect(await ticket({ requester: { name: "J", email: "j@abc.example" } })).toMatchObject({
      organization_id: byMail,
    });
    expect(await ticket({ requester: { name: "K", email: "k@abc.example" } })).toMatchObject({
      organization_id: byDomain,
    });
    expect(await ticket({ requester: { name: "L", email: "l@gmail.example" } })).toMatchObject({
      organization_id: null,
    });
    expect(fake.mail({ from: "k@abc.example", name: "K", subject: "S", body: "B" })).toMatchObject({
      organization_id: byDomain,
      recipient: "support@support.example",
      via: { channel: "email" },
    });
    const call_ = fake.call({ name: "Adam", phone: "+1555", subject: "Tariffs", body: "Which are new?" });
    expect(call_).toMatchObject({ organization_id: null, via: { channel: "voice" } });
    const assigned = await call("PUT", `/api/v2/tickets/${call_.id}`, { ticket: { organization_id: byMail } });
    expect(assigned.body.ticket).toMatchObject({ organization_id: byMail, subject: "Tariffs" });
  });

  it("answers a key again as at first for two hours, and refuses it for something else", async () => {
    const body = {
      ticket: {
        subject: "S",
        comment: { body: "B" },
        requester: { name: "J", email: "j@x.example" },
        external_id: "e1",
      },
    };
    const post = (given: object) => call("POST", "/api/v2/tickets", given, { "idempotency-key": "k1" });
    const first = await post(body);
    const second = await post(body);
    expect([first, second].map(({ status, headers }) => [status, headers.get("x-idempotency-lookup")])).toEqual([
      [201, "miss"],
      [201, "hit"],
    ]);
    expect(second.body).toEqual(first.body);
    expect(await post({ ticket: { ...body.ticket, subject: "Other" } })).toMatchObject({ status: 400 });
    fake.state.setNow("2026-03-02T12:00:00Z");
    expect((await post(body)).headers.get("x-idempotency-lookup")).toBe("miss");
    const found = await call("GET", "/api/v2/tickets?external_id=e1");
    expect(found.body.tickets.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("lists those of an organization by cursor, in either direction, with their metrics", async () => {
    const id = await organization({ name: "ABC" });
    for (const subject of ["A", "B", "C"])
      await ticket({ subject, organization_id: id, requester: { name: "J", email: "j@x.example" } });
    await ticket({ subject: "Other", requester: { name: "J", email: "j@x.example" } });
    fake.state.setNow("2026-03-02T11:30:00Z");
    await call("PUT", "/api/v2/tickets/3", { ticket: { status: "solved" } });
    const path = `/api/v2/organizations/${id}/tickets?sort=-id&include=metric_sets&page%5Bsize%5D=2`;
    const first = await call("GET", path);
    expect(first.body.tickets.map(({ subject }) => subject)).toEqual(["C", "B"]);
    expect(first.body.metric_sets.map((set) => [set.ticket_id, set.full_resolution_time_in_minutes.calendar])).toEqual([
      [3, 90],
      [2, null],
    ]);
    expect(first.body.meta.has_more).toBe(true);
    const next = new URL(first.body.links.next);
    expect(next.searchParams.get("page[after]")).toBe(first.body.meta.after_cursor);
    const second = await call("GET", `${next.pathname}${next.search}`);
    expect(second.body.tickets.map(({ subject }) => subject)).toEqual(["A"]);
    expect(second.body.meta.has_more).toBe(false);
    const back = new URL(second.body.links.prev);
    const before = await call("GET", `${back.pathname}${back.search}`);
    expect(before.body.tickets.map(({ subject }) => subject)).toEqual(["C", "B"]);
    expect(before.body.meta.has_more).toBe(false);
    expect(await call("GET", `${path}&page%5Bafter%5D=zzz`)).toMatchObject({
      status: 400,
      body: { errors: [{ code: "InvalidPaginationParameter", title: "page[after] is not a cursor of this list." }] },
    });
  });
});

describe("search", () => {
  const search = async (query: string, more = ""): Promise<Body> =>
    (await call("GET", `/api/v2/search?query=${encodeURIComponent(query)}&sort_order=asc${more}`)).body;
  const subjects = async (query: string) => (await search(query)).results.map(({ subject }) => subject);

  it("reads its language: several values of one key mean any of them", async () => {
    const [abc, other] = [await organization({ name: "ABC" }), await organization({ name: "Other" })];
    const requester = { name: "J", email: "j@x.example" };
    await ticket({ subject: "New tariff plans", organization_id: abc, requester, priority: "low", status: "solved" });
    fake.state.setNow("2026-03-05T10:00:00Z");
    await ticket({ subject: "The plans of a tariff", organization_id: abc, requester, priority: "urgent" });
    await ticket({ subject: "Secret", organization_id: other, requester });
    const own = `type:ticket organization:${abc}`;
    expect(await subjects(own)).toEqual(["New tariff plans", "The plans of a tariff"]);
    expect(await subjects(`${own} subject:"tariff plans"`)).toEqual(["New tariff plans"]);
    expect(await subjects(`${own} subject:tar*`)).toEqual(["New tariff plans", "The plans of a tariff"]);
    expect(await subjects(`${own} status<solved`)).toEqual(["The plans of a tariff"]);
    expect(await subjects(`${own} priority>normal`)).toEqual(["The plans of a tariff"]);
    expect(await subjects(`${own} -status:solved`)).toEqual(["The plans of a tariff"]);
    expect(await subjects(`${own} created>=2026-03-03`)).toEqual(["The plans of a tariff"]);
    expect(await subjects(`${own} created<=2026-03-02`)).toEqual(["New tariff plans"]);
    expect(await subjects(`${own} created:2026-03-05`)).toEqual(["The plans of a tariff"]);
    expect(await subjects(`${own} organization:${other}`)).toEqual([
      "New tariff plans",
      "The plans of a tariff",
      "Secret",
    ]);
    expect(await subjects(`${own} subject:"x" organization:${other}`)).toEqual([]);
    expect(await subjects("organization:none")).toEqual([]);
  });

  it("lags behind when it is told to, and ends after 1,000 hits", async () => {
    const requester = { name: "J", email: "j@x.example" };
    for (let number = 0; number < 3; number++) await ticket({ subject: "One", requester });
    fake.state.searchLagMs = 60_000;
    expect(await subjects("type:ticket")).toEqual([]);
    fake.state.setNow("2026-03-02T10:01:00Z");
    expect(await search("type:ticket", "&per_page=2")).toMatchObject({ count: 3, previous_page: null });
    const second = await search("type:ticket", "&per_page=2&page=2");
    expect([second.results.length, second.next_page]).toEqual([1, null]);
    expect(await call("GET", "/api/v2/search?query=type:ticket&page=11")).toMatchObject({
      status: 422,
      body: { error: "invalid" },
    });
  });
});

describe("faults on demand", () => {
  const control = (path: string, body: object) => call("POST", `/_fake/${path}`, body);

  it("answers 429 with and without Retry-After, 409, both shapes, and breaks connections off", async () => {
    await control("faults", { status: 429, retryAfter: 3 });
    await control("faults", { status: 429, shape: "ERRORS" });
    await control("faults", { status: 409, method: "PUT", path: "/api/v2/organizations" });
    const [withTime, without] = [await call("GET", "/api/v2/users/me"), await call("GET", "/api/v2/users/me")];
    expect([withTime, without].map(({ status, headers }) => [status, headers.get("retry-after")])).toEqual([
      [429, "3"],
      [429, null],
    ]);
    expect([withTime.body, without.body]).toEqual([
      { error: "APIRateLimitExceeded", description: "Number of allowed API requests per minute exceeded" },
      { errors: [{ code: "APIRateLimitExceeded", title: "Number of allowed API requests per minute exceeded" }] },
    ]);
    expect((await call("GET", "/api/v2/users/me")).status).toBe(200);
    expect((await call("PUT", "/api/v2/organizations/1", { organization: {} })).status).toBe(409);
    await control("faults", { down: true });
    await expect(call("GET", "/api/v2/users/me")).rejects.toThrow("fetch failed");
  });

  it("can lose an answer after the effect", async () => {
    await control("faults", { status: 503, when: "AFTER", path: "/api/v2/tickets" });
    const lost = await call("POST", "/api/v2/tickets", {
      ticket: { subject: "S", comment: { body: "B" }, requester: { name: "J", email: "j@x.example" } },
    });
    expect(lost.status).toBe(503);
    expect(fake.state.tickets.size).toBe(1);
    expect(fake.requests).toMatchObject([{ method: "POST", path: "/api/v2/tickets", status: 503 }]);
  });

  it("hits a part of the requests, until it is told to stop", async () => {
    await control("faults", { status: 500, share: 0.1, times: null });
    const statuses = [];
    for (let number = 0; number < 100; number++) statuses.push((await call("GET", "/api/v2/users/me")).status);
    const failed = statuses.filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(2);
    expect(failed).toBeLessThan(25);
    await call("DELETE", "/_fake/faults");
    expect((await call("GET", "/api/v2/users/me")).status).toBe(200);
  });

  it("answers so many requests a minute", async () => {
    await control("settings", { limitPerMinute: 2 });
    const answers = [];
    for (let number = 0; number < 3; number++) answers.push(await call("GET", "/api/v2/users/me"));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("pages", () => {
  it("show what is there and what arrived, and say where a link to a ticket leads", async () => {
    await ticket({ subject: "<b>Invoice</b>", requester: { name: "John", email: "j@x.example" } });
    const form = new URLSearchParams({ from: "k@x.example", name: "Kim", subject: "Screenshot", body: "Attached" });
    const sent = await fetch(`${fake.url}/_fake/mail`, { method: "POST", body: form, redirect: "manual" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/"]);
    const all = await (await fetch(fake.url)).text();
    expect(all).toContain("&#60;b&#62;Invoice&#60;/b&#62;");
    expect(all).toContain("Screenshot");
    expect(all).toContain("POST /api/v2/tickets");
    expect(await (await fetch(`${fake.url}/agent/tickets/2`)).text()).toContain("#2 Screenshot");
    expect((await fetch(`${fake.url}/agent/tickets/3`)).status).toBe(404);
  });
});

describe("a file", () => {
  it("keeps what the fake was told for its next start, but for a line that was cut off", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fake-zendesk-"));
    const file = join(folder, "told");
    // Each look at the clock is later than the one before.
    let now = Date.now();
    const clock = vi.spyOn(Date, "now").mockImplementation(() => (now += 600));
    try {
      await fake.close();
      fake = await startFakeZendesk({ file });
      const id = await organization({ name: "ABC", external_id: "abc" });
      await ticket({ subject: "Invoice", requester: { name: "John", email: "j@x.example" } });
      fake.mail({ from: "k@x.example", name: "Kim", subject: "Screenshot", body: "Attached" });
      fake.call({ name: "Adam", phone: "+12075550100", subject: "Router", body: "It blinks" });
      await call("PUT", `/api/v2/organizations/${id}`, { organization: { name: "ABC company" } });
      await call("PUT", "/api/v2/organizations/1", { organization: { name: "None" } });
      const { port } = new URL(fake.url);
      const [before, arrived] = [fake.contents(), fake.requests.filter(({ status }) => status < 400)];
      await fake.close();
      await appendFile(file, '{"at":"2026-');
      for (const start of [1, 2]) {
        fake = await startFakeZendesk({ file, port: Number(port) });
        expect([start, fake.contents(), fake.requests]).toEqual([start, before, arrived]);
        if (start === 1) await fake.close();
      }
      fake.reset();
      expect(await readdir(folder)).toEqual([]);
    } finally {
      clock.mockRestore();
      await rm(folder, { recursive: true });
    }
  });
});
