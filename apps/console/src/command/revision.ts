/* What a form that changes what there is asks for: only what differs, and what it took that to be (decision 308). */

/** Names of the fields whose values differ; how a form tells rows of lists apart does not count. */
export const differing = <Form extends object>(one: Form, other: Form): (keyof Form & string)[] =>
  (Object.keys(other) as (keyof Form & string)[]).filter((name) => asText(one[name]) !== asText(other[name]));

const asText = (value: unknown): string | undefined =>
  JSON.stringify(value, (name, inner: unknown) => (name === "key" ? undefined : inner));

/**
 * A form as it stands, where somebody else changed what it was opened with: what was changed in it stays, the rest is
 * what there is now.
 */
export const caughtUp = <Form extends object>(opened: Form, now: Form, form: Form): Form => ({
  ...now,
  ...Object.fromEntries(differing(opened, form).map((name) => [name, form[name]])),
});

export type Revised<Terms extends object> = Partial<Terms> & { readonly expected: Partial<Terms> };

/** What is asked for: the terms that differ, with what they are taken to be; null: none does, or one is missing. */
export const revised = <Terms extends object>(opened: Terms | null, terms: Terms | null): Revised<Terms> | null => {
  if (terms === null) return null;
  const names = differing<Partial<Terms>>(opened ?? {}, terms);
  if (names.length === 0) return null;
  const of = (from: Partial<Terms>): Partial<Terms> =>
    Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : []))) as Partial<Terms>;
  return { ...of(terms), expected: of(opened ?? {}) };
};
