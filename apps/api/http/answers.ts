import { randomUUID } from "node:crypto";
import { type FastifyReply } from "fastify";
import { StoreUnavailable } from "#event-store/errors.js";
import { isMomentary } from "#read-models/runner/failures.js";
import { described, type Log } from "../core/log.js";
import { httpRefusal, type HttpRefusal, refusalBody, refusalOf } from "../graphql/refusals.js";

/** Answers a refusal outside of GraphQL, in the shape of its answers. */
export const refuse = (reply: FastifyReply, refusal: HttpRefusal): FastifyReply => {
  if (refusal.status === 401) void reply.header("www-authenticate", "Bearer");
  return refuseFile(reply, refusal);
};

/** Answers a refusal of a file in the same shape: a browser that opens one knows no Bearer. */
export const refuseFile = (reply: FastifyReply, refusal: HttpRefusal): FastifyReply =>
  reply.code(refusal.status).type("application/json; charset=utf-8").send(refusalBody(refusal));

const WAIT = "The event store or the database does not answer; sending the same request again is safe.";

/** Answers a failure outside of GraphQL. What nobody foresaw is told to the log, and to the client only that it happened. */
export const fail = (reply: FastifyReply, error: unknown, log: Log): FastifyReply => {
  const refusal = refusalOf(error);
  if (refusal) return refuse(reply, refusal);
  if (error instanceof StoreUnavailable || isMomentary(error)) return refuse(reply, httpRefusal("UNAVAILABLE", WAIT));
  const correlationId = randomUUID();
  log("request failed", { code: "INTERNAL", correlationId, ...described(error) });
  const message = "Something went wrong here; the log knows more under this correlation id.";
  return reply
    .code(500)
    .type("application/json; charset=utf-8")
    .send({ errors: [{ message, extensions: { code: "INTERNAL", correlationId } }] });
};
