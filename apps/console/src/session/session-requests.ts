import { OWN_HEADER } from "../client.js";

/* The session of this browser: a cookie that no script can read. */

export type Exchanged = "in" | "refused" | { readonly sentence: string };

/** Exchanges a token, or the secret of a link, for a session. @throws TypeError where nobody answers */
export const exchange = async (secret: string): Promise<Exchanged> => {
  // What no header can hold is in no token.
  const authorization = `Bearer ${secret.replace(/[^\x21-\x7e]/g, "")}`;
  const response = await fetch("/session", { method: "POST", headers: { ...OWN_HEADER, authorization } });
  if (response.ok) return "in";
  if (response.status === 401) return "refused";
  const { errors } = (await response.json()) as { readonly errors: readonly { readonly message: string }[] };
  return { sentence: errors[0]?.message ?? String(response.status) };
};

/** @throws TypeError where nobody answers */
export const endSession = async (): Promise<void> => {
  await fetch("/session", { method: "DELETE", headers: OWN_HEADER });
};

/** Has a link sent. @returns whether it was asked for: nobody is told whether the address is known */
export const askForLink = async (email: string): Promise<boolean> => {
  const headers = { ...OWN_HEADER, "content-type": "application/json" };
  const body = JSON.stringify({ email });
  const response = await fetch("/session/link", { method: "POST", headers, body }).catch(() => null);
  return response?.ok ?? false;
};
