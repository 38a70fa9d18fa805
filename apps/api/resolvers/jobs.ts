import { randomUUID } from "node:crypto";
import { Args, Mutation, Query, Resolver } from "@nestjs/graphql";
import { type MutationName } from "#application/access/access.js";
import { type JobKind, type Json } from "#application/audit/job.js";
import { readSigned, SaidTwice } from "#application/audit/signing.js";
import { type VerifyInput } from "#application/audit/verify/verify.js";
import { type InvoiceAudit } from "#application/audit/invoices/audit-invoices.js";
import { type Replay } from "#application/audit/replay/replay-job.js";
import { exportDays } from "#application/exports/run-export.js";
import { reused } from "#application/command/idempotency.js";
import { authorise, type Principal } from "#application/command/principal.js";
import { reject } from "#domain/rejection.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { aggregateId } from "#event-store/ids.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { addJob, askToCancel, findJob, listJobs } from "#read-models/jobs/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Backend } from "../core/backend.js";
import { PrincipalOf, ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, ID_ARG } from "../graphql/pagination.js";
import { INPUT } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { rejectedAt } from "../graphql/validation.js";
import {
  Job,
  JobConnection,
  JobInput,
  JobPayload,
  jobShown,
  StartExportInput,
  StartInvoiceAuditInput,
  StartReplayInput,
  StartVerificationInput,
} from "../jobs/models.js";
import { connection } from "../queries/connections.js";
import { requireId } from "../queries/required.js";

/** Where this server has a file of a job. */
const fileUrl =
  ({ publicUrl }: Backend, providerId: string) =>
  (jobId: string, file: string): string =>
    `${publicUrl ?? ""}/documents/${providerId}/jobs/${jobId}/${encodeURIComponent(file)}`;

@Resolver()
export class JobQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => JobConnection, { description: "Audits, exports and other long work, the latest first." })
  async jobs(@Args() slice: ConnectionArgs, @ScopeOf() scope: Scope): Promise<Connection<Plain<Job>>> {
    const shown = fileUrl(this.backend, scope.providerId);
    return connection(await listJobs(this.backend.dataSource, scope, slice), (row) => jobShown(row, shown));
  }

  @Query(() => Job, { description: "A job by its id; null when the provider has none with it.", nullable: true })
  async job(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Job> | null> {
    requireId(id, "id");
    const found = await findJob(this.backend.dataSource, scope, id);
    return found ? jobShown(found, fileUrl(this.backend, scope.providerId)) : null;
  }
}

/** Long work: neither commands nor events, since nothing of the business changes. */
@Resolver()
export class JobMutations {
  constructor(private readonly backend: Backend) {}

  @Mutation(() => JobPayload, {
    description:
      "Proves every invoice, credit note and period closed without one that was issued on these days: each is computed again from the events that it was computed from, and compared line by line.",
    nullable: true,
  })
  startInvoiceAudit(
    @Args("input", { description: INPUT }) input: StartInvoiceAuditInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<JobPayload>> {
    const { from, until, customerId = null, fromEventStore, calls, idempotencyKey } = input;
    const source = fromEventStore ? "events" : "journal";
    const audit: InvoiceAudit = { from, until, customerId, source, ...(calls && { calls }) };
    return this.start("startInvoiceAudit", principal, { kind: "AUDIT_INVOICES", idempotencyKey }, async () => {
      if (until < from) {
        const facts = { case: "DAYS_REVERSED", from, until } as const;
        throw reject("VALIDATION_FAILED", "until must not be before from.", { field: "until", facts });
      }
      if (customerId === null) return audit;
      const [found] = await findCustomers(this.backend.dataSource, principal, [customerId]);
      if (!found) throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
      return { ...audit, customerId: found.id };
    });
  }

  @Mutation(() => JobPayload, {
    description:
      "Compares the event store with the journal, event by event, and computes the hashes of both again; with a checkpoint, also whether what came before it is as it was then.",
    nullable: true,
  })
  startVerification(
    @Args("input", { description: INPUT })
    { checkpoint = null, publicKey = null, idempotencyKey }: StartVerificationInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<JobPayload>> {
    return this.start("startVerification", principal, { kind: "VERIFY", idempotencyKey }, (): VerifyInput => {
      if (checkpoint !== null && publicKey === null) {
        throw reject("VALIDATION_FAILED", "A checkpoint needs the key that it was signed with.", {
          field: "publicKey",
        });
      }
      return { checkpoint: checkpoint === null ? null : parsed(checkpoint), publicKey, eventsOnly: false };
    });
  }

  @Mutation(() => JobPayload, {
    description:
      "Builds every read model again beside the live one, from the provider's first event, and compares them row by row. The live ones are left as they are, and nothing is sent.",
    nullable: true,
  })
  startReplay(
    @Args("input", { description: INPUT }) { fromEventStore, idempotencyKey }: StartReplayInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<JobPayload>> {
    return this.start("startReplay", principal, { kind: "REPLAY", idempotencyKey }, (): Replay => ({
      source: fromEventStore ? "events" : "journal",
      // Read models are of all providers: who runs Tenure switches them, on its machine.
      switchIn: false,
    }));
  }

  @Mutation(() => JobPayload, {
    description:
      "Writes invoices, lines, credit notes, payments, statements, the discount ledger, penalties outstanding and revenue as CSV files, which all show one moment.",
    nullable: true,
  })
  startExport(
    @Args("input", { description: INPUT }) { from, until, idempotencyKey }: StartExportInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<JobPayload>> {
    return this.start("startExport", principal, { kind: "EXPORT", idempotencyKey }, () => exportDays(from, until));
  }

  @Mutation(() => JobPayload, {
    description: "Stops a job: one that waits at once, one that runs soon. One that has ended stays as it is.",
    nullable: true,
  })
  async cancelJob(
    @Args("input", { description: INPUT }) { jobId }: JobInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<JobPayload>> {
    authorise(principal, "cancelJob");
    try {
      await askToCancel(this.backend.dataSource, principal.providerId, jobId);
      return await this.payload(principal, jobId, false);
    } catch (error) {
      throw rejectedAt(error, ["input"]);
    }
  }

  /** @param inputOf what is asked, checked */
  private async start(
    name: MutationName,
    principal: Principal,
    { kind, idempotencyKey }: { readonly kind: JobKind; readonly idempotencyKey: string | null | undefined },
    inputOf: () => object | Promise<object>,
  ): Promise<Plain<JobPayload>> {
    authorise(principal, name);
    try {
      const { providerId, actor: askedBy } = principal;
      const jobId = idempotencyKey == null ? randomUUID() : aggregateId(providerId, askedBy, idempotencyKey, "job");
      const asked = { kind, input: await inputOf() };
      const repeated = await addJob(this.backend.dataSource, { providerId, jobId, ...asked, askedBy });
      if (repeated) await this.requireSame(principal, jobId, asked);
      return await this.payload(principal, jobId, repeated);
    } catch (error) {
      throw rejectedAt(error, ["input"]);
    }
  }

  private async requireSame(
    principal: Principal,
    jobId: string,
    asked: { readonly kind: JobKind; readonly input: object },
  ): Promise<void> {
    const first = await findJob(this.backend.dataSource, principal, jobId);
    const isSame = first?.kind === asked.kind && canonicalJson(first.input) === canonicalJson(asked.input);
    if (!isSame) throw reused();
  }

  private async payload(principal: Principal, jobId: string, repeated: boolean): Promise<Plain<JobPayload>> {
    const found = await findJob(this.backend.dataSource, principal, jobId);
    if (!found) throw reject("JOB_NOT_FOUND", `There is no job ${jobId}.`, { field: "jobId" });
    return { job: jobShown(found, fileUrl(this.backend, principal.providerId)), repeated };
  }
}

const parsed = (text: string): Json => {
  try {
    return readSigned(text) as Json;
  } catch (error) {
    const says = error instanceof SaidTwice ? error.message : "The checkpoint is no JSON.";
    throw reject("VALIDATION_FAILED", says, { field: "checkpoint" });
  }
};
