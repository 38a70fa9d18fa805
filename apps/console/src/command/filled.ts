/** What of a form is filled in: fields that are null or blank are left out. */
export const filled = <Fields extends Readonly<Record<string, string | null>>>(
  fields: Fields,
): { [Field in keyof Fields]?: string } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value.trim() !== "")) as {
    [Field in keyof Fields]?: string;
  };

/** Text that is typed, without blanks around it; null: none is. */
export const textOf = (typed: string): string | null => (typed.trim() === "" ? null : typed.trim());
