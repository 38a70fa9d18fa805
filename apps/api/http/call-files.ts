import { Readable } from "node:stream";
import { Controller, Get, Param, Query, Req, Res } from "@nestjs/common";
import { type FastifyReply, type FastifyRequest } from "fastify";
import { mayRead, rolesAmong, rolesSeeing } from "#application/access/rights.js";
import { callsCsv } from "#application/call-files/write.js";
import { instantOf } from "#domain/instant.js";
import { Rejection, reject } from "#domain/rejection.js";
import { callLegs, unratedReasons } from "#domain/voice/xdr.js";
import { type CallFilter } from "#read-models/calls/queries.js";
import { isUuid } from "#read-models/rows/filters.js";
import { Backend } from "../core/backend.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { refuseFile } from "./answers.js";
import { Authenticator } from "./authentication/authenticator.js";
import { callerOfFile } from "./caller-of-file.js";

type Asked = Readonly<Record<string, unknown>>;

/**
 * The calls that a filter selects as CSV, for whom the table lets read them: `calls.csv?accountId=...&state=UNRATED`, with
 * the fields of the query's filter, those of `invoice` as `invoiceId` and `line`. A customer has its own, without rates.
 */
@Controller("documents/:provider/calls")
export class CallFilesController {
  constructor(
    private readonly backend: Backend,
    private readonly authenticator: Authenticator,
  ) {}

  @Get("calls.csv")
  async file(
    @Param("provider") provider: string,
    @Query() asked: Asked,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await callerOfFile(this.authenticator, headers);
    if (caller instanceof Refused) return void refuseFile(reply, caller.refusal);
    if (!mayRead(caller, "calls"))
      return void refuseFile(reply, httpRefusal("FORBIDDEN", "No role of yours may read calls."));
    const providerId = provider.toLowerCase();
    if (!isUuid(providerId) || (caller.providerId !== null && caller.providerId !== providerId)) {
      return void refuseFile(reply, httpRefusal("NOT_FOUND", "There is no such provider."));
    }
    const filter = filterOrRefusal(asked);
    if (filter instanceof Rejection) return void refuseFile(reply, httpRefusal("BAD_REQUEST", filter.message));
    const scope = { providerId, customerId: caller.customerId };
    const withRates = rolesAmong(caller, rolesSeeing("Call", "tariff")).length > 0;
    await reply
      .header("content-disposition", 'attachment; filename="calls.csv"')
      .header("cache-control", "private, no-store")
      .header("x-content-type-options", "nosniff")
      .type("text/csv; charset=utf-8")
      .send(Readable.from(callsCsv(this.backend.dataSource, scope, filter, { withRates })));
  }
}

const filterOrRefusal = (asked: Asked): CallFilter | Rejection => {
  try {
    return filterOf(asked);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
};

const STATES = ["RATED", "UNRATED"] as const;
const KNOWN = ["accountId", "customerId", "leg", "state", "reason", "from", "until", "invoiceId", "line"] as const;

/** @throws Rejection VALIDATION_FAILED */
const filterOf = (asked: Asked): CallFilter => {
  const strange = Object.keys(asked).find((name) => !(KNOWN as readonly string[]).includes(name));
  // A filter that was written otherwise would select more than is meant.
  if (strange !== undefined) throw reject("VALIDATION_FAILED", `There is no filter ${strange}: ${KNOWN.join(", ")}.`);
  const text = (name: (typeof KNOWN)[number], holds: (given: string) => boolean): string | null => {
    const given = asked[name];
    if (given === undefined) return null;
    if (typeof given === "string" && holds(given)) return given;
    throw reject("VALIDATION_FAILED", `${name} cannot be read.`);
  };
  const oneOf = <Value extends string>(name: (typeof KNOWN)[number], values: readonly Value[]): Value | null =>
    text(name, (given) => values.some((value) => value === given)) as Value | null;
  const invoiceId = text("invoiceId", isUuid);
  const line = text("line", (given) => /^\d{1,9}$/.test(given));
  if (line !== null && invoiceId === null) throw reject("VALIDATION_FAILED", "line is of an invoiceId.");
  return {
    accountId: text("accountId", isUuid),
    customerId: text("customerId", isUuid),
    leg: oneOf("leg", callLegs),
    state: oneOf("state", STATES),
    reason: oneOf("reason", unratedReasons),
    from: text("from", isInstant),
    until: text("until", isInstant),
    invoice: invoiceId === null ? null : { invoiceId, line: line === null ? null : Number(line) },
  };
};

const isInstant = (given: string): boolean => instantOf(given) !== undefined;
