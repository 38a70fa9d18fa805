import { exportJob } from "./audit/exports/export-job.js";
import { type JobKind, jobKinds } from "./audit/job.js";
import { auditInvoices } from "./audit/invoices/audit-invoices.js";
import { replayJob } from "./audit/replay/replay-job.js";
import { type AnyJob } from "./audit/run-job.js";
import { verification } from "./audit/verify/verify.js";

/** The jobs that a worker runs because somebody asked for them, by kind. */
export const jobs: Readonly<Partial<Record<JobKind, AnyJob>>> = {
  REPLAY: replayJob,
  AUDIT_INVOICES: auditInvoices as unknown as AnyJob,
  VERIFY: verification as unknown as AnyJob,
  EXPORT: exportJob,
};

/** The job of a kind as it is stored; undefined: this program has none. */
export const jobOf = (kind: string): { readonly kind: JobKind; readonly job: AnyJob } | undefined => {
  const known = jobKinds.find((one) => one === kind);
  const job = known && jobs[known];
  return known && job ? { kind: known, job } : undefined;
};
