import { Controller, Get, Param, Req, Res } from "@nestjs/common";
import { type FastifyReply, type FastifyRequest } from "fastify";
import { mayAsk } from "#application/access/rights.js";
import { differencesCsv, type KeptReport, reportOf, reportPdf } from "#application/audit/report-files.js";
import { jobOf } from "#application/jobs.js";
import { partsOf, readFile } from "#read-models/jobs/files.js";
import { findJob } from "#read-models/jobs/queries.js";
import { isUuid } from "#read-models/rows/filters.js";
import { Readable } from "node:stream";
import { Backend } from "../core/backend.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { refuseFile } from "./answers.js";
import { Authenticator } from "./authentication/authenticator.js";
import { callerOfFile } from "./caller-of-file.js";

/** The files of jobs, for whom the table lets see jobs: their reports, and what they wrote, part by part. */
@Controller("documents/:provider/jobs/:job")
export class JobFilesController {
  constructor(
    private readonly backend: Backend,
    private readonly authenticator: Authenticator,
  ) {}

  @Get(":file")
  async file(
    @Param("provider") provider: string,
    @Param("job") jobId: string,
    @Param("file") file: string,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await callerOfFile(this.authenticator, headers);
    if (caller instanceof Refused) return void refuseFile(reply, caller.refusal);
    if (!mayAsk(caller, "job"))
      return void refuseFile(reply, httpRefusal("FORBIDDEN", "No role of yours may see jobs."));
    const providerId = provider.toLowerCase();
    const isOwn = caller.providerId === null || caller.providerId === providerId;
    const { dataSource } = this.backend;
    const job =
      isOwn && isUuid(provider) && isUuid(jobId)
        ? await findJob(dataSource, { providerId, customerId: caller.customerId }, jobId)
        : null;
    const kept = job?.report == null ? null : (JSON.parse(job.report) as KeptReport);
    if (!job || !kept) return void refuseFile(reply, httpRefusal("NOT_FOUND", MISSING));
    const made = await madeOf(file, kept, jobOf(job.kind)?.job.title ?? job.kind);
    // Of a job that ended long ago only the report is left.
    const isThere = made !== null || Object.hasOwn(await partsOf(dataSource, jobId), file);
    if (!isThere || (!made && !reportOf(kept).files.some(({ name }) => name === file))) {
      return void refuseFile(reply, httpRefusal("NOT_FOUND", MISSING));
    }
    await reply
      .header("content-disposition", `attachment; filename="${file.replaceAll(/[^\w.-]/g, "_")}"`)
      .header("cache-control", "private, no-cache")
      .header("x-content-type-options", "nosniff")
      .type(made?.type ?? (file.endsWith(".csv") ? CSV : "application/octet-stream"))
      .send(made?.body ?? Readable.from(readFile(dataSource, jobId, file)));
  }
}

const CSV = "text/csv; charset=utf-8";
const MISSING = "There is no such file, or the job has not ended.";

const madeOf = async (
  file: string,
  kept: KeptReport,
  title: string,
): Promise<{ readonly type: string; readonly body: Buffer } | null> => {
  switch (file) {
    case "report.json":
      return { type: "application/json; charset=utf-8", body: Buffer.from(`${JSON.stringify(kept, null, 2)}\n`) };
    case "report.pdf":
      return { type: "application/pdf", body: Buffer.from(await reportPdf(kept, title)) };
    case "differences.csv":
      return { type: CSV, body: Buffer.from(differencesCsv(reportOf(kept))) };
    default:
      return null;
  }
};
