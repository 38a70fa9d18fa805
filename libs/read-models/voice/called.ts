import { type DataSource } from "typeorm";
import { type Account } from "#domain/accounts/account.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { type AddOnProduct, type MainProduct } from "#domain/catalog/products.js";
import { type ServicePolicy } from "#domain/catalog/service-policy.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { type Customer } from "#domain/customers/customer.js";
import { type Provider } from "#domain/providers/provider.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { type Tariff } from "#domain/voice/tariff.js";
import { fit } from "../runner/fit.js";
import { aliasForm } from "../search/forms.js";

type Reading = Pick<DataSource, "query">;

/** What is asked about an account each time a number of it is called. */
export interface Called {
  readonly account: Account;
  readonly history: CustomerHistory;
  /** Those that the account had or will have, by id. */
  readonly mainProducts: ReadonlyMap<string, MainProduct>;
  /** Those that its commitments name anywhere, by id. */
  readonly addOnProducts: ReadonlyMap<string, AddOnProduct>;
  /** What the account itself or one of these products names, by id. */
  readonly servicePolicies: ReadonlyMap<string, ServicePolicy>;
  readonly tariffs: ReadonlyMap<string, Tariff>;
  /** By tariff, versions of the rates of the prefixes that were asked for. */
  readonly rates: ReadonlyMap<string, readonly RateVersion[]>;
}

interface Row {
  readonly provider: Provider | null;
  readonly account: Account | null;
  readonly customer: Customer | null;
  readonly commitments: readonly Commitment[] | null;
  readonly accounts: readonly Account[] | null;
  readonly customers: readonly Customer[] | null;
  readonly classes: readonly CustomerClass[] | null;
  readonly mainProducts: readonly MainProduct[] | null;
  readonly addOnProducts: readonly AddOnProduct[] | null;
  readonly servicePolicies: readonly ServicePolicy[] | null;
  readonly tariffs: readonly Tariff[] | null;
  readonly rates: readonly (RateVersion & { readonly tariffId: string })[] | null;
}

/** Numbers are written with a plus sign or without. */
const spellingsOf = (number: string): string[] => {
  const form = aliasForm(number);
  if (form.startsWith("+")) return [form, form.slice(1)];
  return /^\d+$/.test(form) ? [form, `+${form}`] : [form];
};

/** The open account with this number in a realm, else with it in none. */
const BY_NUMBER = `SELECT a.account_id FROM account_aliases a
    WHERE a.provider_id = $1 AND a.alias_form = ANY($3::text[]) AND a.account_status = 'OPEN'
      AND (a.realm IS NULL OR a.realm = $4)
    ORDER BY a.realm IS NULL, array_position($3::text[], a.alias_form), a.account_id LIMIT 1`;
const BY_ID = "SELECT $3::uuid AS account_id";

/** A version of a rate as the domain has it. */
const VERSION = `jsonb_build_object(
    'tariffId', r.tariff_id, 'prefix', r.prefix, 'description', r.description, 'country', r.country,
    'effectiveFrom', to_char(r.effective_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'priceFirst', r.price_first, 'priceNext', r.price_next, 'connectFee', r.connect_fee,
    'firstInterval', r.first_interval, 'nextInterval', r.next_interval, 'discontinued', r.discontinued,
    'forbidden', r.forbidden, 'hidden', r.hidden, 'payback', r.payback)`;

/**
 * The account that is called with the customer's history as far as calls go: the commitments that the account holds or
 * held, and whoever else holds them; with the products, policies, tariffs and rates that may count. One round trip, since
 * every call waits for it.
 * @param prefixes of which rates are read
 * @returns the provider with it, whose clock counts; null: there is no such account
 */
export const loadCalled = async (
  db: Reading,
  providerId: string,
  by: { readonly number: string; readonly realm: string | null } | { readonly accountId: string },
  prefixes: readonly string[],
): Promise<{ readonly provider: Provider | null; readonly called: Called | null }> => {
  const [which, parameters] =
    "number" in by ? [BY_NUMBER, [spellingsOf(fit(by.number)), by.realm]] : [BY_ID, [by.accountId]];
  const [row] = await db.query<Row[]>(
    `WITH called AS MATERIALIZED (${which}),
          account AS MATERIALIZED (
            SELECT a.* FROM accounts a JOIN called c ON a.id = c.account_id WHERE a.provider_id = $1),
          held AS MATERIALIZED (
            SELECT DISTINCT h.commitment_id AS id FROM billing_holders h JOIN called c ON h.account_id = c.account_id
             WHERE h.provider_id = $1),
          parties AS MATERIALIZED (
            SELECT DISTINCT h.customer_id, h.account_id FROM billing_holders h JOIN held ON h.commitment_id = held.id
             WHERE h.provider_id = $1),
          main AS MATERIALIZED (
            SELECT m.state FROM catalog_items m WHERE m.provider_id = $1 AND m.kind = 'mainproduct'
                AND m.id IN (SELECT (had ->> 'mainProductId')::uuid
                               FROM account a, jsonb_array_elements(a.state -> 'mainProducts') AS had)),
          added AS MATERIALIZED (
            SELECT i.state FROM catalog_items i WHERE i.provider_id = $1 AND i.kind = 'addonproduct'
                AND i.id IN (SELECT (named #>> '{}')::uuid
                               FROM commitments c JOIN held ON c.id = held.id,
                                    jsonb_path_query(c.state, '$.**.addOnProductId') AS named
                              WHERE c.provider_id = $1)),
          services AS MATERIALIZED (
            SELECT own -> 'voice' AS voice FROM account a, jsonb_array_elements(a.state -> 'voices') AS own
            UNION ALL SELECT m.state -> 'voice' FROM main m
            UNION ALL SELECT i.state -> 'voice' FROM added i),
          named AS MATERIALIZED (
            SELECT DISTINCT (voice ->> name)::uuid AS id
              FROM services, unnest(ARRAY['servicePolicyId', 'incomingTariffId', 'outgoingTariffId']) AS name
             WHERE voice ->> name IS NOT NULL)
     SELECT (SELECT p.state FROM providers p WHERE p.provider_id = $1) AS provider,
            (SELECT a.state FROM account a) AS account,
            (SELECT c.state FROM customers c JOIN account a ON c.id = a.customer_id
              WHERE c.provider_id = $1) AS customer,
            (SELECT jsonb_agg(c.state) FROM commitments c JOIN held ON c.id = held.id
              WHERE c.provider_id = $1) AS commitments,
            (SELECT jsonb_agg(a.state) FROM accounts a WHERE a.provider_id = $1
                AND a.id IN (SELECT account_id FROM parties)) AS accounts,
            (SELECT jsonb_agg(c.state) FROM customers c WHERE c.provider_id = $1
                AND c.id IN (SELECT customer_id FROM parties)) AS customers,
            (SELECT jsonb_agg(k.state) FROM catalog_items k WHERE k.provider_id = $1 AND k.kind = 'customerclass'
                AND k.id IN (SELECT (held ->> 'customerClassId')::uuid
                               FROM customers c JOIN account a ON c.id = a.customer_id,
                                    jsonb_array_elements(c.state -> 'classes') AS held
                              WHERE c.provider_id = $1)) AS classes,
            (SELECT jsonb_agg(m.state) FROM main m) AS "mainProducts",
            (SELECT jsonb_agg(i.state) FROM added i) AS "addOnProducts",
            (SELECT jsonb_agg(i.state) FROM catalog_items i WHERE i.provider_id = $1 AND i.kind = 'servicepolicy'
                AND i.id IN (SELECT id FROM named)) AS "servicePolicies",
            (SELECT jsonb_agg(i.state) FROM catalog_items i WHERE i.provider_id = $1 AND i.kind = 'tariff'
                AND i.id IN (SELECT id FROM named)) AS tariffs,
            (SELECT jsonb_agg(${VERSION}) FROM tariff_rates r
              WHERE r.provider_id = $1 AND r.tariff_id IN (SELECT id FROM named)
                AND r.prefix = ANY($2::text[])) AS rates`,
    [providerId, prefixes, ...parameters],
  );
  if (!row) throw new Error("A statement that always has one row answered none");
  const { provider, account, customer } = row;
  if (account === null || customer === null) return { provider, called: null };
  const others = (row.customers ?? []).filter(({ customerId }) => customerId !== customer.customerId);
  const nothingClosed = { closedTo: null, voided: new Set<string>(), feesGone: new Set<string>() };
  const history: CustomerHistory = {
    customer,
    accounts: new Map([account, ...(row.accounts ?? [])].map((one) => [one.accountId, one])),
    classes: new Map((row.classes ?? []).map((one) => [one.customerClassId, one])),
    commitments: row.commitments ?? [],
    // Whom a call is charged to has nothing to do with what was billed to others.
    others: new Map(others.map((one) => [one.customerId, { customer: one, ...nothingClosed }])),
  };
  const rates = new Map<string, RateVersion[]>();
  for (const { tariffId, ...version } of row.rates ?? []) {
    rates.set(tariffId, [...(rates.get(tariffId) ?? []), version]);
  }
  const items = {
    mainProducts: new Map((row.mainProducts ?? []).map((one) => [one.mainProductId, one])),
    addOnProducts: new Map((row.addOnProducts ?? []).map((one) => [one.addOnProductId, one])),
    servicePolicies: new Map((row.servicePolicies ?? []).map((one) => [one.servicePolicyId, one])),
    tariffs: new Map((row.tariffs ?? []).map((one) => [one.tariffId, one])),
  };
  return { provider, called: { account, history, ...items, rates } };
};
