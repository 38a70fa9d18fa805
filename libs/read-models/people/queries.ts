import { type DataSource } from "typeorm";
import { type OpenIdAccount } from "#domain/people/events.js";
import { type Person } from "#domain/people/person.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { findKnown, type Known } from "../rows/known.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { fit } from "../runner/fit.js";
import { people, type PersonRow } from "./table.js";

export interface PersonFilter {
  readonly customerId: string;
}

export type PersonSortField = "CREATED";

const sorting: Sorting<PersonSortField> = {
  fields: { CREATED: { sql: "t.createdCommit", type: "numeric" } },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

const filtered = (dataSource: DataSource, scope: Scope): Filtered<PersonRow> =>
  new Filtered(dataSource, people, scope, "customerId");

/** Those who were not removed. */
export const listPeople = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<PersonFilter, PersonSortField>,
): Promise<Slice<PersonRow>> => {
  const { query } = filtered(dataSource, scope).isId("customerId", options.filter?.customerId);
  query.andWhere("NOT t.isRemoved");
  return paginate(query, sorting, options);
};

/** Those who were removed among them. */
export const findPeople = (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<PersonRow[]> =>
  filtered(dataSource, scope).where("t.id = ANY(CAST(? AS uuid[]))", ids.filter(isUuid)).query.getMany();

type Reading = Pick<DataSource, "query">;

const known = (dataSource: Reading, condition: string, ...values: string[]): Promise<Known<Person> | null> =>
  findKnown(dataSource, "people", condition, ...values);

/** The person with an unused link of this hash. */
export const personByLink = (dataSource: Reading, secretHash: string): Promise<Known<Person> | null> =>
  known(dataSource, "link_hashes @> ARRAY[$1]", secretHash);

export const personById = (dataSource: Reading, personId: string): Promise<Known<Person> | null> =>
  known(dataSource, "id = $1::uuid", personId);

/** Whose account at an OpenID provider it is; of several, who were linked at the same time, who was invited first. */
export const personByAccount = (
  dataSource: Reading,
  { issuer, subject }: OpenIdAccount,
): Promise<Known<Person> | null> =>
  known(dataSource, "issuer = $1 AND subject = $2 ORDER BY created_commit, id LIMIT 1", issuer, subject);

/** The one person with the address who was not removed; null too where there are several. */
export const onlyPersonByEmail = (dataSource: Reading, email: string): Promise<Known<Person> | null> =>
  known(
    dataSource,
    `email = $1 AND NOT is_removed
       AND (SELECT count(*) FROM people other WHERE other.email = $1 AND NOT other.is_removed) = 1`,
    fit(email.toLowerCase()),
  );

/** A person, with what secrets of links are made from. */
export interface KnownPersonWithSecret {
  readonly providerId: string;
  readonly personId: string;
  readonly providerSecret: Uint8Array;
}

/** People that one address is looked up for at most. */
const MOST = 10;

/** Those with the address, of whichever provider, who were not removed; the latest ones, where there are many. */
export const peopleByEmail = async (dataSource: Reading, email: string): Promise<KnownPersonWithSecret[]> => {
  const rows = await dataSource.query<{ id: string; provider_id: string; identifier_key: Uint8Array }[]>(
    `SELECT p.id, p.provider_id, s.identifier_key
       FROM people p JOIN provider_secrets s ON s.provider_id = p.provider_id
      WHERE p.email = $1 AND NOT p.is_removed ORDER BY p.created_commit DESC, p.id LIMIT ${MOST}`,
    [fit(email.toLowerCase())],
  );
  return rows.map(({ id, provider_id, identifier_key }) => ({
    ...{ personId: id, providerId: provider_id, providerSecret: identifier_key },
  }));
};
