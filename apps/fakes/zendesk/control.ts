import { notFound, type Reply } from "./answers.js";
import { type Fault } from "./faults.js";
import { type Json, numberOf, oneOf, textOf } from "./input.js";
import { type FakeZendesk } from "./fake.js";

/**
 * `/_fake/...`: what the world outside of the API does, and faults on demand. Bodies are JSON or those of a form.
 *
 * - `POST mail {from, name?, subject, body, to?}`: somebody writes to the support address.
 * - `POST calls {name, phone, subject, body}`: somebody calls; the ticket's requester is a user with that number.
 * - `POST settings {now?, searchLagMs?, limitPerMinute?}`: `now` is a time that stands still, or null.
 * - `POST faults` (see `Fault`; `down` for `isDown`), `DELETE faults`.
 * - `POST forget-idempotency-keys`; `GET requests`, `DELETE requests`; `GET state`; `POST reset`.
 */
export const control = (fake: FakeZendesk, method: string, path: string, body: Json): Reply => {
  switch (`${method} ${path}`) {
    case "POST /_fake/mail":
      return { status: 201, body: { ticket: fake.mail(writtenOf(body)) } };
    case "POST /_fake/calls":
      return { status: 201, body: { ticket: fake.call({ ...writtenOf(body), phone: textOf(body["phone"]) ?? "" }) } };
    case "POST /_fake/settings":
      return settings(fake, body);
    case "POST /_fake/faults":
      fake.faults.add(faultOf(body));
      return { status: 201, body: {} };
    case "DELETE /_fake/faults":
      fake.faults.clear();
      return { status: 204 };
    case "POST /_fake/forget-idempotency-keys":
      fake.forgetIdempotencyKeys();
      return { status: 204 };
    case "GET /_fake/requests":
      return { status: 200, body: { requests: fake.requests } };
    case "DELETE /_fake/requests":
      fake.requests.length = 0;
      return { status: 204 };
    case "GET /_fake/state":
      return { status: 200, body: fake.contents() };
    case "POST /_fake/reset":
      fake.reset();
      return { status: 204 };
    default:
      throw notFound();
  }
};

const writtenOf = (body: Json) => {
  const from = textOf(body["from"]) ?? "";
  return {
    from,
    name: textOf(body["name"]) ?? from,
    subject: textOf(body["subject"]) ?? "",
    body: textOf(body["body"]) ?? "",
    ...(textOf(body["to"]) ? { to: textOf(body["to"]) ?? "" } : {}),
  };
};

const settings = (fake: FakeZendesk, body: Json): Reply => {
  if (body["now"] !== undefined) fake.state.setNow(textOf(body["now"]) ?? null);
  const lag = numberOf(body["searchLagMs"]);
  if (typeof lag === "number") fake.state.searchLagMs = lag;
  const limit = numberOf(body["limitPerMinute"]);
  if (typeof limit === "number") fake.limit.perMinute = limit;
  return {
    status: 200,
    body: { now: fake.state.time(), searchLagMs: fake.state.searchLagMs, limitPerMinute: fake.limit.perMinute },
  };
};

const faultOf = (body: Json): Fault => {
  const numbers = Object.fromEntries(
    ["status", "retryAfter", "delayMs", "share"].flatMap((key) =>
      typeof body[key] === "number" ? [[key, body[key]] as const] : [],
    ),
  );
  const words = Object.fromEntries(
    ["method", "path"].flatMap((key) => (typeof body[key] === "string" ? [[key, body[key]] as const] : [])),
  );
  const times = body["times"] === null ? null : numberOf(body["times"]);
  return {
    ...numbers,
    ...words,
    shape: oneOf(body["shape"], ["ERROR", "ERRORS"] as const) ?? "ERROR",
    when: oneOf(body["when"], ["BEFORE", "AFTER"] as const) ?? "BEFORE",
    isDown: body["down"] === true || body["isDown"] === true,
    ...(times === undefined ? {} : { times }),
  };
};
