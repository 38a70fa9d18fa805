import { type MailKind } from "#domain/messages/events.js";
import { mailVariables, type MailValues, type Variables } from "./variables.js";

/** Text that shows where a value goes, for a preview where the customer has nothing of the kind: `[invoice.number]`. */
export const placeholders = (kind: MailKind): MailValues => {
  const shown = (variables: Variables): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(variables).map(([name, variable]): [string, unknown] => {
        if (variable.type === "YES_NO") return [name, variable.sample ?? true];
        return [name, variable.type === "LIST" ? [shown(variable.items)] : `[${name}]`];
      }),
    );
  return shown(mailVariables[kind]) as MailValues;
};
