/** How a text is compared with a value. */
export const textMatches = ["EXACT", "STARTS_WITH", "CONTAINS", "ENDS_WITH"] as const;
export type TextMatch = (typeof textMatches)[number];

/** Escapes `%`, `_` and `\` for LIKE. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/** Condition that the text contains the value: SQL with `?`, and its parameter. */
export const containing = (value: string): string => `%${literal(value)}%`;

/**
 * A condition on a text column with `?`, and its parameter, compared as stored. Each mode has an index (see the table
 * account_aliases): `ends with` searches the start of the reversed text.
 */
export const matching = (
  column: string,
  match: TextMatch,
  value: string,
): { readonly condition: string; readonly value: string } => {
  switch (match) {
    case "EXACT":
      return { condition: `${column} = ?`, value };
    case "STARTS_WITH":
      return { condition: `${column} LIKE ?`, value: `${literal(value)}%` };
    case "CONTAINS":
      return { condition: `${column} LIKE ?`, value: containing(value) };
    case "ENDS_WITH":
      return { condition: `reverse(${column}) LIKE ?`, value: `${literal(Array.from(value).reverse().join(""))}%` };
  }
};
