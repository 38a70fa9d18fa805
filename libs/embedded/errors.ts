/** Kind of problem, for callers that add advice (which variable to set). */
export type EmbeddedProblem =
  | "PORT_BUSY"
  | "FOLDER_LOCKED"
  | "FOLDER_FOREIGN"
  | "FOLDER_TOO_NEW"
  | "FOLDER_OF_DEMO"
  | "FOLDER_NOT_OF_DEMO"
  | "NO_PERMISSION"
  | "BINARIES"
  | "ENGINE_FAILED"
  | "CANCELLED";

export type EngineName = "event store" | "PostgreSQL";

/** A start that cannot succeed. The message is one sentence for the user; no stack trace is printed. */
export class EmbeddedError extends Error {
  constructor(
    readonly code: EmbeddedProblem,
    message: string,
    readonly engine?: EngineName,
  ) {
    super(message);
    this.name = "EmbeddedError";
  }
}

/** The system's error code (ENOENT, EACCES, ...), if there is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
