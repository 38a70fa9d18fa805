import { setTimeout as delay } from "node:timers/promises";
import { type LocalDate } from "#domain/calendar.js";
import { type Client, NoAnswer } from "../client.js";
import { type AgentAnswer } from "./story.js";

/** The demo's Zendesk: where it is, and who its agent is. */
export interface Desk {
  readonly url: string;
  readonly email: string;
  readonly token: string;
}

const PENDING = `{ deliveries(first: 0, filter: { status: PENDING }) { totalCount } }`;
const LOOK_AGAIN_MS = 50;
/** For deliveries that wait for a target that is down, nobody waits. */
const PATIENCE_MS = 60_000;

/** Until what is told to systems outside has arrived there. */
export const allDelivered = async (client: Client): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const { deliveries } = await client.query<{ deliveries: { totalCount: number } }>(PENDING);
    if (deliveries.totalCount === 0) return;
    await delay(LOOK_AGAIN_MS);
  }
};

/** Puts its clock to a point in time, where it stands still: tickets of the demo are of the demo's days. */
export const setDeskClock = async ({ url }: Desk, now: string): Promise<void> => {
  await ask(`${url}/_fake/settings`, "POST", {}, { now });
};

/** What its agents do with tickets of a day, once these have arrived. */
export const answerTickets = async (
  desk: Desk,
  client: Client,
  answers: readonly AgentAnswer[],
  on: LocalDate,
): Promise<void> => {
  const ofDay = answers.filter((answer) => answer.on === on);
  if (ofDay.length === 0) return;
  await allDelivered(client);
  const { url, email, token } = desk;
  const authorization = `Basic ${Buffer.from(`${email}/token:${token}`).toString("base64")}`;
  const { tickets } = (await ask(`${url}/_fake/state`, "GET", {})) as {
    readonly tickets: readonly { readonly id: number; readonly subject: string }[];
  };
  for (const { subject, at, comment, ticket } of ofDay) {
    const id = tickets.find((each) => each.subject === subject)?.id;
    if (id === undefined) continue;
    await setDeskClock(desk, at);
    await ask(`${url}/api/v2/tickets/${id}.json`, "PUT", { authorization }, { ticket: { ...ticket, comment } });
  }
};

const ask = async (
  address: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<unknown> => {
  const answer = await fetch(address, {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok)
    throw new NoAnswer(`The demo's Zendesk answered ${answer.status} to ${method} ${new URL(address).pathname}`);
  return answer.json();
};
