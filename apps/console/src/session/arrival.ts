/** What the address says of how somebody came; behind `#`, which no server is sent. */
export interface Arrival {
  /** Of an operator, or of a mail; exchanged for a session once. */
  readonly secret: { readonly by: "token" | "link"; readonly value: string } | null;
  readonly is: "sign-out" | "refused" | "unavailable" | null;
}

const NONE: Arrival = { secret: null, is: null };

/** @param hash with its `#` */
export const arrivalOf = (hash: string): Arrival => {
  const given = new URLSearchParams(hash.slice(1));
  for (const by of ["token", "link"] as const) {
    const value = given.get(by);
    if (value !== null) return { secret: { by, value }, is: null };
  }
  for (const is of ["sign-out", "refused", "unavailable"] as const) if (given.has(is)) return { secret: null, is };
  return NONE;
};

/** Takes it out of the address before anything is sent. */
export const arrive = (): Arrival => {
  const { hash, pathname, search } = location;
  if (hash !== "") history.replaceState(null, "", pathname + search);
  return arrivalOf(hash);
};
