/** How a text is compared with a value. */
export const textMatches = ["EXACT", "STARTS_WITH", "CONTAINS", "ENDS_WITH"] as const;
export type TextMatch = (typeof textMatches)[number];

/** `%`, `_` and `\` stand for themselves. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/** Whether the text contains the value: a condition with `?`, and what stands for it. */
export const containing = (value: string): string => `%${literal(value)}%`;

/**
 * A condition on a text column, `?` in it, and the value that stands for it. Both are compared as they are stored. Each
 * mode has the index that serves it (see the table account_aliases): a text ends with what its reverse starts with.
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
