import { type DataSource } from "typeorm";
import { isUuid } from "../rows/filters.js";
import { isIn, type Scope } from "../rows/scope.js";
import { fit } from "../runner/fit.js";
import { aliasForm, digitsOf, searchForm, typedDigits } from "./forms.js";
import { idsStartingWith } from "./ids-starting-with.js";
import { type Compared, matchRange, type MatchRange } from "./match-range.js";
import { matching, type TextMatch } from "./text-match.js";

/** What is found, in the order in which it is answered. */
export const searchKinds = ["CUSTOMER", "ACCOUNT", "COMMITMENT", "INVOICE", "CREDIT_NOTE"] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What of it matched. */
export type SearchedField = "ID" | "NAME" | "EMAIL" | "PHONE" | "IDENTIFIER" | "ALIAS" | "NUMBER";

export interface SearchHit extends MatchRange {
  readonly kind: SearchKind;
  readonly id: string;
  readonly matched: SearchedField;
  /** The whole text that matched, as it is shown. */
  readonly text: string;
  /** The customer's name, the account's identifier, the name of the commitment's offer, the number of the document. */
  readonly title: string;
  readonly customerId: string;
}

export interface SearchGroup {
  readonly kind: SearchKind;
  /** Those of whom a text begins with what is searched before those who hold it elsewhere. */
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
}

/** A part of fewer characters has no trigram: only what begins with it is looked for, which is read from an index. */
export const LEAST_PART = 3;

interface Branch {
  readonly kind: SearchKind;
  readonly compared: Compared | "number" | "id";
  readonly place?: "LAST";
  /** Whether all that match are read, however many they are, since no index has them in order. */
  readonly isSlow?: boolean;
  /** SELECT with `?` for the values. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * The customers, accounts, commitments and issued documents that a text names, by kind: customers by their name, e-mail
 * address or phone number, accounts by their identifier and aliases, documents by their number, and all by the beginning
 * of their id. What is compared is as in the lists' filters. At most `first` of each kind, in one statement; kinds
 * without a hit are left out.
 */
export const searchAll = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  text: string,
  first: number,
): Promise<SearchGroup[]> => {
  const typed = fit(text).trim();
  const branches = branchesFor(typed);
  if (branches.length === 0 || first === 0 || !isUuid(scope.providerId)) return [];
  const parameters: unknown[] = [scope.providerId, scope.customerId, first + 1];
  const parts = branches.map(({ sql, values, isSlow, kind }, rank) => {
    const bound = values.reduce<string>((bare, value) => bare.replace("?", () => `$${parameters.push(value)}`), sql);
    const before = branches.flatMap((branch, place) =>
      branch.kind === kind && place < rank ? [`branch_${place}`] : [],
    );
    const found = before.map((name) => `SELECT id FROM ${name}`).join(" UNION ALL ");
    // Hits of branches before it stand before its own: once there are enough, it is not asked.
    const isWanted = isSlow && before.length > 0 ? `WHERE (SELECT count(DISTINCT f.id) FROM (${found}) f) < $3` : "";
    return `branch_${rank} AS MATERIALIZED (SELECT ${rank} AS rank, b.* FROM (${bound} LIMIT $3) b ${isWanted})`;
  });
  const hits = parts.map((_, rank) => `SELECT * FROM branch_${rank}`).join(" UNION ALL ");
  const rows = await dataSource.query<Row[]>(
    `WITH ${parts.join(", ")} SELECT * FROM (${hits}) hits ORDER BY rank, form COLLATE "C", id`,
    parameters,
  );
  return searchKinds.flatMap((kind) => {
    const found = new Map<string, SearchHit>();
    for (const row of rows) {
      const branch = branches[row.rank];
      if (branch?.kind === kind && !found.has(row.id)) found.set(row.id, toHit(branch, row, typed));
    }
    const hits = [...found.values()].slice(0, first);
    return hits.length === 0 ? [] : [{ kind, hits, hasMore: found.size > first }];
  });
};

interface Row {
  readonly rank: number;
  readonly id: string;
  readonly matched: SearchedField;
  readonly text: string;
  readonly title: string;
  readonly customerId: string;
}

const toHit = ({ kind, compared, place }: Branch, row: Row, typed: string): SearchHit => {
  const { id, matched, text, title, customerId } = row;
  return { kind, id, matched, text, title, customerId, ...rangeIn(text, typed, compared, place) };
};

/** The whole text where its characters do not tell, since some count only together. */
const rangeIn = (text: string, typed: string, compared: Branch["compared"], place: "LAST" | undefined): MatchRange => {
  const whole = { from: 0, until: text.length };
  switch (compared) {
    case "id":
      return { from: 0, until: typed.length };
    case "number":
      // Typed without its zeros, or without what precedes them: the digits.
      return (
        matchRange(text, aliasForm(typed), "alias", "LAST") ??
        matchRange(text, indexIn(typed) ?? "", "alias", "LAST") ??
        whole
      );
    case "text":
      return matchRange(text, searchForm(typed), compared, place) ?? whole;
    case "phone":
      return matchRange(text, digitsOf(typed), compared, place) ?? whole;
    case "alias":
      return matchRange(text, aliasForm(typed), compared, place) ?? whole;
  }
};

/** A number's digits at the end, without zeros before them; null: it has none, or too many. */
const indexIn = (typed: string): string | null => /0*([1-9][0-9]{0,14})$/.exec(typed)?.[1] ?? null;

/** In the order of the ranks. */
const branchesFor = (typed: string): Branch[] => {
  if (typed === "") return [];
  const ids = idsStartingWith(typed);
  const byId = ids ? ID_BRANCHES.map(({ kind, sql }) => idBranch(kind, sql, ids)) : [];
  const form = searchForm(typed);
  const digits = typedDigits(typed);
  const has = (value: string, least: number) => value.length >= least;
  return [
    ...byId,
    ...(has(form, 1)
      ? [customerBranch("NAME", form, "STARTS_WITH"), customerBranch("EMAIL", form, "STARTS_WITH")]
      : []),
    ...(digits !== "" ? [customerBranch("PHONE", digits, "STARTS_WITH")] : []),
    ...(has(form, LEAST_PART)
      ? [customerBranch("NAME", form, "CONTAINS"), customerBranch("EMAIL", form, "CONTAINS")]
      : []),
    ...(digits !== "" ? [customerBranch("PHONE", digits, "CONTAINS")] : []),
    aliasBranch(typed, "STARTS_WITH"),
    aliasBranch(typed, "ENDS_WITH"),
    ...(has(aliasForm(typed), LEAST_PART) ? [aliasBranch(typed, "CONTAINS")] : []),
    ...documentBranches(typed),
  ];
};

const ID_BRANCHES: readonly { readonly kind: SearchKind; readonly sql: string }[] = [
  { kind: "CUSTOMER", sql: 't.name AS title, t.id AS "customerId" FROM customers t WHERE TRUE' },
  { kind: "ACCOUNT", sql: 't.identifier AS title, t.customer_id AS "customerId" FROM accounts t WHERE TRUE' },
  { kind: "COMMITMENT", sql: 't.offer_name AS title, t.customer_id AS "customerId" FROM commitments t WHERE TRUE' },
  {
    kind: "INVOICE",
    sql: 't.number AS title, t.customer_id AS "customerId" FROM invoices t WHERE t.number IS NOT NULL',
  },
  {
    kind: "CREDIT_NOTE",
    sql: 't.number AS title, t.customer_id AS "customerId" FROM credit_notes t WHERE t.number IS NOT NULL',
  },
];

const ofCustomer = (kind: SearchKind): string => (kind === "CUSTOMER" ? "t.id" : "t.customer_id");

const idBranch = (kind: SearchKind, sql: string, ids: { readonly first: string; readonly last: string }): Branch => ({
  kind,
  compared: "id",
  sql: `SELECT t.id, 'ID' AS matched, t.id::text AS form, t.id::text AS text, ${sql}
          AND t.provider_id = $1 AND ${isIn(ofCustomer(kind), 2)}
          AND t.id BETWEEN ?::uuid AND ?::uuid ORDER BY t.id`,
  values: [ids.first, ids.last],
});

const CUSTOMER_COLUMNS = {
  NAME: { form: "name_form", text: "name", compared: "text" },
  EMAIL: { form: "email_form", text: "email", compared: "text" },
  PHONE: { form: "phone_digits", text: "phone", compared: "phone" },
} as const;

const customerBranch = (
  matched: keyof typeof CUSTOMER_COLUMNS,
  value: string,
  match: Extract<TextMatch, "STARTS_WITH" | "CONTAINS">,
): Branch => {
  const { form, text, compared } = CUSTOMER_COLUMNS[matched];
  const { condition, value: pattern } = matching(
    match === "CONTAINS" ? `t.${form}` : `t.${form} COLLATE "C"`,
    match,
    value,
  );
  return {
    kind: "CUSTOMER",
    compared,
    isSlow: match === "CONTAINS",
    sql: `SELECT t.id, '${matched}' AS matched, t.${form} AS form, t.${text} AS text, t.name AS title,
                 t.id AS "customerId"
            FROM customers t
           WHERE t.provider_id = $1 AND ${isIn("t.id", 2)} AND t.${form} <> '' AND ${condition}
           ORDER BY t.${form} COLLATE "C", t.id`,
    values: [pattern],
  };
};

const aliasBranch = (typed: string, match: Exclude<TextMatch, "EXACT">): Branch => {
  const { condition, value } = matching("t.alias_form", match, aliasForm(typed));
  return {
    kind: "ACCOUNT",
    compared: "alias",
    isSlow: match !== "STARTS_WITH",
    ...(match === "ENDS_WITH" && { place: "LAST" }),
    sql: `SELECT t.account_id AS id, t.kind AS matched, t.alias_form AS form, t.alias AS text,
                 coalesce(a.identifier, t.alias) AS title, t.customer_id AS "customerId"
            FROM account_aliases t
            LEFT JOIN accounts a ON a.provider_id = t.provider_id AND a.id = t.account_id
           WHERE t.provider_id = $1 AND ${isIn("t.customer_id", 2)} AND ${condition}
           ORDER BY t.alias_form, t.account_id`,
    values: [value],
  };
};

/** By the number as it is printed, in any case, or by its digits with or without the zeros and what precedes them. */
const documentBranches = (typed: string): Branch[] => {
  const index = indexIn(typed);
  const before = typed.replace(/[0-9]*$/, "");
  return (["INVOICE", "CREDIT_NOTE"] as const).flatMap((kind) => {
    const table = kind === "INVOICE" ? "invoices" : "credit_notes";
    const select = `SELECT t.id, 'NUMBER' AS matched, t.number AS form, t.number AS text, t.number AS title,
                           t.customer_id AS "customerId" FROM ${table} t
                     WHERE t.provider_id = $1 AND ${isIn("t.customer_id", 2)} AND t.number IS NOT NULL`;
    const whole: Branch = {
      kind,
      compared: "number",
      sql: `${select} AND t.number = ? ORDER BY t.id`,
      values: [typed],
    };
    if (index === null) return [whole];
    const { condition, value } = matching("lower(t.number)", "STARTS_WITH", before.toLowerCase());
    return [
      whole,
      {
        kind,
        compared: "number",
        sql: `${select} AND t.series_index = ?::bigint AND ${condition} ORDER BY t.id`,
        values: [index, value],
      },
    ];
  });
};
