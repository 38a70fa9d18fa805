import { type CombinedError } from "urql";

/** Why there is no answer, as far as a reader can do something about it. */
export type Failure =
  | { readonly why: "unreachable" | "noPlace" | "keyRefused" | "forbidden" | "busy" }
  | { readonly why: "refused"; readonly sentence: string; readonly code: string; readonly request: string | null };

const OF_CODES: Readonly<Record<string, Failure>> = {
  UNAUTHENTICATED: { why: "keyRefused" },
  FORBIDDEN: { why: "forbidden" },
  RATE_LIMITED: { why: "busy" },
  UNAVAILABLE: { why: "unreachable" },
};

/** What an answer's errors mean. Without any, no answer of Tenure's arrived. */
export const failureOf = ({ graphQLErrors: [error] }: CombinedError): Failure => {
  if (!error) return { why: "unreachable" };
  const { code, correlationId } = error.extensions as { readonly code?: string; readonly correlationId?: string };
  return (
    OF_CODES[code ?? ""] ?? {
      why: "refused",
      sentence: error.message,
      code: code ?? "",
      request: correlationId ?? null,
    }
  );
};
