import { Controller, Get, Param, Query, Res } from "@nestjs/common";
import { type FastifyReply } from "fastify";
import { loadCreditNote, loadInvoice } from "#application/documents/load-documents.js";
import { loadStatement } from "#application/documents/load-statement.js";
import { parseDate } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type BillingDocument } from "#documents/document.js";
import { fileName, renderHtml, renderPdf } from "#documents/render.js";
import { isUuid } from "#read-models/rows/filters.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { type HttpCode, httpRefusal, refusalBody } from "../graphql/refusals.js";

/** Of a document: it loads nothing, nothing in it runs, and it is of no origin: it could read nothing with our cookie. */
const NOTHING_LOADED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

interface Asked {
  readonly id: string;
  readonly ending: "pdf" | "html";
}

/**
 * Invoices, credit notes and statements as files, for whoever may come in at all: the front door admits this machine only, until
 * there are roles.
 */
@Controller("documents/:provider")
export class DocumentsController {
  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Get("invoices/:file")
  invoice(@Param("provider") provider: string, @Param("file") file: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(provider, file, reply, ({ id }) => loadInvoice(this.backend.dataSource, provider, id));
  }

  @Get("credit-notes/:file")
  creditNote(
    @Param("provider") provider: string,
    @Param("file") file: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(provider, file, reply, ({ id }) => loadCreditNote(this.backend.dataSource, provider, id));
  }

  /** By the customer's id, with the days as `?from=2020-08-01&until=2020-08-31`, both included. */
  @Get("statements/:file")
  statement(
    @Param("provider") provider: string,
    @Param("file") file: string,
    @Query("from") from: unknown,
    @Query("until") until: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(provider, file, reply, async ({ id }) => {
      const days = { from: dayOf(from, "from"), until: dayOf(until, "until") };
      return loadStatement(this.backend.dataSource, provider, id, days, await this.clocks.now(provider));
    });
  }

  private async answer(
    provider: string,
    file: string,
    reply: FastifyReply,
    load: (asked: Asked) => Promise<BillingDocument | null>,
  ): Promise<void> {
    const asked = askedOf(file);
    const document = asked && isUuid(provider) ? await refusable(load(asked)) : null;
    if (!asked || document === null) return refuse(reply, "NOT_FOUND", MISSING);
    if (document instanceof Rejection) return refuse(reply, "BAD_REQUEST", document.message);
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

const refuse = async (reply: FastifyReply, code: HttpCode, message: string): Promise<void> => {
  const refusal = httpRefusal(code, message);
  await reply.code(refusal.status).type("application/json; charset=utf-8").send(refusalBody(refusal));
};

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
