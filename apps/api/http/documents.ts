import { Controller, Get, Param, Res } from "@nestjs/common";
import { type FastifyReply } from "fastify";
import { loadCreditNote, loadInvoice } from "#application/documents/load-documents.js";
import { type BillingDocument } from "#documents/document.js";
import { fileName, renderHtml, renderPdf } from "#documents/render.js";
import { isUuid } from "#read-models/rows/filters.js";
import { Backend } from "../core/backend.js";
import { httpRefusal, refusalBody } from "../graphql/refusals.js";

/** Of a page: it loads nothing, and nothing in it runs. */
const NOTHING_LOADED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

interface Asked {
  readonly id: string;
  readonly ending: "pdf" | "html";
}

/**
 * Invoices and credit notes as files, for whoever may come in at all: the front door admits this machine only, until
 * there are roles.
 */
@Controller("documents/:provider")
export class DocumentsController {
  constructor(private readonly backend: Backend) {}

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

  private async answer(
    provider: string,
    file: string,
    reply: FastifyReply,
    load: (asked: Asked) => Promise<BillingDocument | null>,
  ): Promise<void> {
    const asked = askedOf(file);
    const document = asked && isUuid(provider) ? await load(asked) : null;
    if (!asked || !document) {
      const refusal = httpRefusal("NOT_FOUND", "There is no such document, or it is not issued yet.");
      await reply.code(refusal.status).type("application/json; charset=utf-8").send(refusalBody(refusal));
      return;
    }
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
