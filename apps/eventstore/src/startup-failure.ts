/** Why the server cannot start, as one sentence, shown without a stack trace. */
export class StartupFailure extends Error {
  override name = "StartupFailure";
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
