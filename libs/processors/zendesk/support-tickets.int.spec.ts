import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOrganization } from "../../../apps/fakes/zendesk/organizations.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { createTicket, updateTicket } from "../../../apps/fakes/zendesk/tickets.js";
import { zendeskClient } from "./client.js";
import { supportTicketsOf } from "./support-tickets.js";

let fake: RunningFakeZendesk;
let organizationId: string;
beforeEach(async () => {
  fake = await startFakeZendesk();
  organizationId = String(createOrganization(fake.state, { name: "ABC company" }).id);
});
afterEach(() => fake.close());

const asking = (timeFieldId: string | null) => ({
  client: zendeskClient({ origin: fake.url, email: fake.email, token: fake.token, widgetKey: null, timeFieldId }),
  organizationId,
});
const opened = (at: string, given: object = {}) => {
  fake.state.setNow(at);
  const requester = { name: "John", email: "john@abc.example" };
  return createTicket(fake.state, {
    ...{ subject: "S", comment: { body: "B" }, requester, organization_id: Number(organizationId) },
    ...given,
  }).id;
};
const solved = (id: number, at: string) => {
  fake.state.setNow(at);
  updateTicket(fake.state, id, { status: "solved" });
};
const march = { from: "2026-03-01", until: "2026-03-31" };

describe("the time of tickets", () => {
  it("is how long their solution took", async () => {
    opened("2026-02-28T23:59:59Z");
    const first = opened("2026-03-01T00:00:00Z");
    solved(first, "2026-03-01T01:30:00Z");
    opened("2026-03-31T23:59:59Z");
    opened("2026-04-01T00:00:00Z");
    expect(await supportTicketsOf(asking(null), march, "UTC")).toEqual({
      tickets: [
        { createdAt: "2026-03-31T23:59:59Z", status: "NEW", seconds: null },
        { createdAt: "2026-03-01T00:00:00Z", status: "SOLVED", seconds: 5_400 },
      ],
      timeSource: "RESOLUTION_TIME",
      isComplete: true,
    });
  });

  it("is what agents kept in the custom field, as number or as text", async () => {
    const field = (value: unknown) => ({ custom_fields: [{ id: 360_001, value }] });
    for (const value of [900, "60", "", "soon"]) opened("2026-03-02T10:00:00Z", field(value));
    const { tickets, timeSource } = await supportTicketsOf(asking("360001"), march, "UTC");
    expect([timeSource, tickets.map(({ seconds }) => seconds)]).toEqual(["TIME_FIELD", [null, null, 60, 900]]);
  });

  it("says when there are more tickets than are looked at", async () => {
    for (let number = 0; number < 3; number++) opened("2026-03-02T10:00:00Z");
    const { tickets, isComplete } = await supportTicketsOf(asking(null), march, "UTC", 2);
    expect([tickets.length, isComplete]).toEqual([2, false]);
  });
});
