import {
  backDating,
  documents,
  endings,
  mutations,
  narrowed,
  type Narrowed,
  personalDataOfEvents,
  queries,
  types,
} from "#application/access/access.js";
import { reasonNeeds, reasons } from "#application/access/reasons.js";
import { type Role, roleMeanings, roles } from "#application/access/roles.js";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** A row for each name, a column for each role. */
const matrix = (what: string, named: Readonly<Record<string, readonly Role[]>>): string =>
  table(
    [what, ...roles],
    Object.entries(named).map(([name, allowed]) => [
      `\`${name}\``,
      ...roles.map((role) => (allowed.includes(role) ? "yes" : "")),
    ]),
  );

const code = (names: string): string =>
  names
    .split(" ")
    .map((name) => `\`${name}\``)
    .join(" ");

const seenBy = (allowed: readonly Role[]): string =>
  allowed.length === roles.length ? "everybody" : roles.filter((role) => allowed.includes(role)).join(", ");

/** Fields of each type, those with the same roles in one row. */
const fieldRows = (): string[][] => {
  const ofEndings = Object.entries(endings).map(([ending, seen]) => [`every \`...${ending}\``, seen] as const);
  const ofTypes = Object.entries(types).map(([type, seen]) => [`\`${type}\``, seen] as const);
  return [...ofEndings, ...ofTypes].flatMap(([name, seen]) => {
    const rows = new Map<string, string[]>();
    for (const [allowed, names] of seen) {
      const whose = seenBy(allowed);
      rows.set(whose, [...(rows.get(whose) ?? []), code(names)]);
    }
    return [...rows].map(([whose, names], index) => [index === 0 ? name : "", names.join(" "), whose]);
  });
};

const limitOf = ({ args, filter, most }: Narrowed): string => {
  const told = [`only ${code(args.join(" "))}`];
  if (filter) told.push(`a filter by ${code(filter.join(" "))} and nothing else`);
  if (most !== undefined) told.push(`\`first\` is said, ${most} at most`);
  return told.join("; ");
};

const narrowedRows = (): string[][] =>
  Object.entries(narrowed).flatMap(([role, fields]) =>
    Object.entries(fields).map(([field, limit]) => [role, `\`${field}\``, limitOf(limit)]),
  );

const backDatingRows = (): string[][] =>
  Object.entries(backDating).map(([role, days]) => [
    role,
    typeof days === "number" ? String(days) : "as many as the provider's `backDatingDays`",
  ]);

const reasonRows = (): string[][] =>
  Object.entries(reasons).map(([name, needs]) => [
    `\`${name}\``,
    needs.length === 0 ? "never: it may be given" : needs.map((need) => reasonNeeds[need].when).join("; "),
  ]);

/** docs/access.md. */
export const accessPage = (): string => `# Who may do and see what

<!-- Generated from the code: npm run build && node dist/apps/api/print-access.js -->

The code reads the same table: \`libs/application/access/access.ts\`. What it does not name is refused to everybody, and a spec fails on an operation, type or field of the schema that it does not name. Somebody with several roles has the rights of each. Refusals have the code \`FORBIDDEN\`: an operation of which any part is refused is not executed at all, and answered with the HTTP status 403.

The query \`viewer\` answers who asks, and what he may.

## Roles

${table(
  ["Role", ""],
  Object.entries(roleMeanings).map(([role, meaning]) => [`\`${role}\``, meaning]),
)}

A principal belongs to one provider, an operator to none. Another provider than one's own is answered like one that does not exist. A person of self-care sees its own customer alone: what is another's is answered like what does not exist.

## Mutations

A [preview](graphql.md) asks for the right of its command.

${matrix("Mutation", mutations)}

## Queries

\`node\` and \`nodes\` find what the query of its kind may ask for; everything else is null.

${matrix("Query", queries)}

## Documents

The files at \`/documents/<provider>/\`.

${matrix("Folder", documents)}

## How far back

A command may change days of closed billing periods so many days before today, and never more than the provider's \`backDatingDays\` ([rules](rules.md#closed-periods)). Days of the running period can always be changed by whoever may give the command. Of several roles the first in this order counts that may give the command and reaches far enough; the events of the command name it as their \`role\`.

${table(["Role", "Days"], backDatingRows())}

## When a reason is required

Whoever gives the command; one that is missing or blank is \`VALIDATION_FAILED\`, field \`reason\`, or \`waivePenalty\` for a waiver ([rules](rules.md#reasons)).

${table(["Mutation", "Reason required"], reasonRows())}

## Fields

${table(["Type", "Fields", "Seen by"], fieldRows())}

Personal data in \`Event.data\`, its part \`personal\`, is seen by ${seenBy(personalDataOfEvents)}; others get the data without it.

## Less than the schema allows

${table(["Role", "Field", "What may be asked"], narrowedRows())}
`;
