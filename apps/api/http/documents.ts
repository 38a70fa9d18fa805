import { type IncomingHttpHeaders } from "node:http";
import { Controller, Get, Param, Query, Req, Res } from "@nestjs/common";
import { type FastifyReply, type FastifyRequest } from "fastify";
import { type DocumentKind } from "#application/access/access.js";
import { mayRead } from "#application/access/rights.js";
import { loadCreditNote, loadInvoice } from "#application/documents/load-documents.js";
import { loadStatement } from "#application/documents/load-statement.js";
import { parseDate } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type BillingDocument } from "#documents/document.js";
import { fileName, renderHtml, renderPdf } from "#documents/render.js";
import { isUuid } from "#read-models/rows/filters.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { refuseFile } from "./answers.js";
import { Authenticator } from "./authentication/authenticator.js";
import { callerOfFile } from "./caller-of-file.js";

/** Of a page: it loads nothing, and nothing in it runs. */
const NOTHING_LOADED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

interface Request {
  readonly kind: DocumentKind;
  readonly provider: string;
  readonly file: string;
  readonly headers: IncomingHttpHeaders;
}

interface Asked {
  readonly id: string;
  readonly ending: "pdf" | "html";
}

/**
 * Invoices, credit notes and statements as files, for whom the table lets read them. Of another provider than the
 * caller's own, and of another customer where the caller is one, there are none.
 */
@Controller("documents/:provider")
export class DocumentsController {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
    private readonly authenticator: Authenticator,
  ) {}

  @Get("invoices/:file")
  invoice(
    @Param("provider") provider: string,
    @Param("file") file: string,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer({ kind: "invoices", provider, file, headers }, reply, ({ id }, scope) =>
      loadInvoice(this.backend.dataSource, scope, id),
    );
  }

  @Get("credit-notes/:file")
  creditNote(
    @Param("provider") provider: string,
    @Param("file") file: string,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer({ kind: "credit-notes", provider, file, headers }, reply, ({ id }, scope) =>
      loadCreditNote(this.backend.dataSource, scope, id),
    );
  }

  /** By the customer's id, with the days as `?from=2020-08-01&until=2020-08-31`, both included. */
  @Get("statements/:file")
  statement(
    @Param("provider") provider: string,
    @Param("file") file: string,
    @Query("from") from: unknown,
    @Query("until") until: unknown,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer({ kind: "statements", provider, file, headers }, reply, async ({ id }, scope) => {
      const days = { from: dayOf(from, "from"), until: dayOf(until, "until") };
      return loadStatement(this.backend.dataSource, scope, id, days, await this.clocks.now(provider));
    });
  }

  private async answer(
    { kind, provider, file, headers }: Request,
    reply: FastifyReply,
    load: (asked: Asked, scope: Scope) => Promise<BillingDocument | null>,
  ): Promise<void> {
    const caller = await callerOfFile(this.authenticator, headers);
    if (caller instanceof Refused) return void refuseFile(reply, caller.refusal);
    if (!mayRead(caller, kind))
      return void refuseFile(reply, httpRefusal("FORBIDDEN", `No role of yours may read ${kind}.`));
    const { customerId } = caller;
    const scope = { providerId: provider.toLowerCase(), customerId };
    const isOwn = caller.providerId === null || caller.providerId === scope.providerId;
    const asked = isOwn ? askedOf(file) : undefined;
    const document = asked && isUuid(provider) ? await refusable(load(asked, scope)) : null;
    if (!asked || document === null) return void refuseFile(reply, httpRefusal("NOT_FOUND", MISSING));
    if (document instanceof Rejection) return void refuseFile(reply, httpRefusal("BAD_REQUEST", document.message));
    const { ending } = asked;
    const body = ending === "pdf" ? Buffer.from(await renderPdf(document)) : renderHtml(document);
    await reply
      .header("content-disposition", `inline; filename="${fileName(document)}.${ending}"`)
      .header("cache-control", "private, no-cache")
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", NOTHING_LOADED)
      .type(ending === "pdf" ? "application/pdf" : "text/html; charset=utf-8")
      .send(body);
  }
}

/** What a file's name asks for; undefined: nothing that there is. */
const askedOf = (file: string): Asked | undefined => {
  const [, id = "", ending] = /^(.+)\.(pdf|html)$/.exec(file) ?? [];
  if (ending === undefined || !isUuid(id)) return undefined;
  return { id, ending: ending === "pdf" ? "pdf" : "html" };
};

const MISSING = "There is no such document, or it is not issued yet.";

/** A document, or why there is none for what was asked. */
const refusable = async (document: Promise<BillingDocument | null>): Promise<BillingDocument | Rejection | null> => {
  try {
    return await document;
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
};

/** @throws Rejection VALIDATION_FAILED for what is no date */
const dayOf = (given: unknown, name: string): string | undefined =>
  given === undefined ? undefined : parseDate(typeof given === "string" ? given : "", name);
