import { randomBytes } from "node:crypto";
import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Customer } from "#domain/customers/customer.js";
import { type VoiceItems } from "#domain/catalog/voice-service.js";
import { type AddOnProduct, type MainProduct } from "#domain/catalog/products.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { type Person } from "#domain/people/person.js";
import { type Provider } from "#domain/providers/provider.js";
import { type AmountOfCall, type KnownCall } from "#domain/voice/rate-calls.js";
import { type VoiceCatalog } from "#domain/voice/in-service.js";
import { prefixesOf } from "#domain/voice/rate-table.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { type RateName } from "#domain/voice/rates.js";
import { type Tariff } from "#domain/voice/tariff.js";
import { type RecordedVersion } from "#domain/voice/xdr.js";
import { placesCounted } from "../billing/calls-to-bill.js";
import { ledgerLinesOf } from "../billing/lines.js";
import { loadBilling, wasEverAssigned } from "../billing/load.js";
import { findCalls } from "../calls/queries.js";
import { type CallRow } from "../calls/table.js";
import { type CatalogKind } from "../catalog/table.js";
import { findAccount } from "../invoices/accounts.js";
import { providerState } from "../providers/queries.js";
import { wholeProvider } from "../rows/scope.js";
import { listStalls } from "../runner/stalls.js";
import { rateVersionOf, type TariffRateRow } from "../tariffs/table.js";
import { ratesOfNumber, ratesOfPrefixes } from "../tariffs/queries.js";
import { fit } from "../runner/fit.js";
import { loadNamed, type Named } from "./named.js";

const recordedVersionOf = (row: TariffRateRow): RecordedVersion => ({
  ...rateVersionOf(row),
  revision: Number(row.revision),
});

const knownCallOf = (row: CallRow): KnownCall => {
  const { id: key, edge, hour, leg, state, accountId, cli, callerHidden, cld } = row;
  const { answered, ended, authorised, redirectedTo } = row;
  const heard = { leg, cli, callerHidden, cld, answered, ended, authorised, redirectedTo };
  return { ...heard, key, edge, hour, state, accountId, rated: amountOf(row) };
};

const amountOf = (row: CallRow): AmountOfCall | null => {
  const { customerId, tariffId, prefix, day, amount, currency, recordedCommit } = row;
  if (customerId === null || tariffId === null || prefix === null) return null;
  if (day === null || amount === null || currency === null) return null;
  return { customerId, tariffId, prefix, day, amount, currency, place: BigInt(recordedCommit) };
};

/** The application's `FactSource` in SQL: facts of commands, as projected. */
export const createFacts = (dataSource: DataSource) => {
  const rows = <Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
    dataSource.query<Row[]>(sql, [...parameters]);
  // Made once, and never changed.
  const identifierKeys = new Map<string, Uint8Array>();

  return {
    provider: (providerId: string): Promise<Provider | null> => providerState(dataSource, providerId),

    /** The provider, and the command if accepted before, in one round trip. */
    async standing(providerId: string, commandId: string) {
      const [row] = await rows<{ provider: Provider | null; hash: string | null; stream: string | null }>(
        `SELECT p.state AS provider, c.command_hash AS hash, c.stream
           FROM (VALUES ($1::uuid, $2::uuid)) AS asked (provider_id, command_id)
           LEFT JOIN providers p ON p.provider_id = asked.provider_id
           LEFT JOIN processed_commands c ON c.provider_id = asked.provider_id AND c.command_id = asked.command_id`,
        [providerId, commandId],
      );
      const { provider = null, hash = null, stream = null } = row ?? {};
      return { provider, processed: hash !== null && stream !== null ? { hash, stream } : null };
    },

    /** The provider's secret, created when first needed; of several created concurrently, the first is kept. */
    async identifierKey(providerId: string): Promise<Uint8Array> {
      const known = identifierKeys.get(providerId);
      if (known) return known;
      await rows("INSERT INTO provider_secrets (provider_id, identifier_key) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        providerId,
        randomBytes(32),
      ]);
      const [row] = await rows<{ identifier_key: Buffer }>(
        "SELECT identifier_key FROM provider_secrets WHERE provider_id = $1",
        [providerId],
      );
      if (!row) throw new Error(`The secret of provider ${providerId} vanished while it was read`);
      identifierKeys.set(providerId, row.identifier_key);
      return row.identifier_key;
    },

    /** The event before which read models of the provider stand still, if it is this one. */
    async stalledEvent(
      providerId: string,
      { stream, revision }: { readonly stream: string; readonly revision: string },
    ) {
      const stalls = await listStalls(dataSource, providerId);
      const found = stalls.find(({ event }) => event.stream === stream && event.revision.toString() === revision);
      return found ? { eventId: found.event.id, eventType: found.event.type } : null;
    },

    /** Hashes of the identifiers and aliases without a realm, of open accounts, that have this form. */
    async identifierHashes(providerId: string, form: string): Promise<string[]> {
      const found = await rows<{ identifier_hash: string }>(
        `SELECT identifier_hash FROM account_aliases
          WHERE provider_id = $1 AND alias_form = $2 AND account_status = 'OPEN' AND realm IS NULL`,
        [providerId, fit(form)],
      );
      return found.map(({ identifier_hash }) => identifier_hash);
    },

    async hasCustomers(providerId: string): Promise<boolean> {
      const [row] = await rows<{ found: boolean }>(
        "SELECT EXISTS (SELECT FROM customers WHERE provider_id = $1) AS found",
        [providerId],
      );
      return row?.found ?? false;
    },

    /** Which of these catalog items do not exist. */
    async unknownItems(providerId: string, kind: CatalogKind, ids: readonly string[]): Promise<string[]> {
      if (ids.length === 0) return [];
      const unknown = await rows<{ id: string }>(
        `SELECT asked.id FROM unnest($3::uuid[]) AS asked (id)
          WHERE NOT EXISTS (SELECT FROM catalog_items c
                             WHERE c.provider_id = $1 AND c.kind = $2 AND c.id = asked.id)`,
        [providerId, kind, ids],
      );
      return unknown.map(({ id }) => id);
    },

    async tariff(providerId: string, tariffId: string): Promise<Tariff | null> {
      const [row] = await rows<{ state: Tariff }>(
        "SELECT state FROM catalog_items WHERE provider_id = $1 AND kind = 'tariff' AND id = $2",
        [providerId, tariffId],
      );
      return row?.state ?? null;
    },

    /** Service policies and tariffs among these ids. */
    async voiceItems(providerId: string, ids: readonly string[]): Promise<VoiceItems> {
      if (ids.length === 0) return { servicePolicies: new Set(), tariffs: new Map() };
      const found = await rows<{ id: string; kind: string; currency: string | null }>(
        `SELECT id, kind, currency FROM catalog_items
          WHERE provider_id = $1 AND kind IN ('servicepolicy', 'tariff') AND id = ANY($2::uuid[])`,
        [providerId, ids],
      );
      return {
        servicePolicies: new Set(found.filter(({ kind }) => kind === "servicepolicy").map(({ id }) => id)),
        tariffs: new Map(found.flatMap(({ id, currency }) => (currency === null ? [] : [[id, currency]]))),
      };
    },

    /** Main and add-on products among these ids. What they say of calls needs no volume discount plans. */
    async voiceProducts(providerId: string, ids: readonly string[]): Promise<VoiceCatalog> {
      const found = await rows<
        { id: string } & ({ kind: "mainproduct"; state: MainProduct } | { kind: "addonproduct"; state: AddOnProduct })
      >(
        `SELECT id, kind, state FROM catalog_items
          WHERE provider_id = $1 AND kind IN ('mainproduct', 'addonproduct') AND id = ANY($2::uuid[])`,
        [providerId, ids],
      );
      return {
        mainProducts: new Map(found.flatMap((row) => (row.kind === "mainproduct" ? [[row.id, row.state]] : []))),
        addOnProducts: new Map(found.flatMap((row) => (row.kind === "addonproduct" ? [[row.id, row.state]] : []))),
        volumeDiscountPlans: new Map(),
      };
    },

    /** Whether any rated call was ever recorded. */
    async hasCalls(providerId: string): Promise<boolean> {
      const [row] = await rows<{ found: boolean }>(
        "SELECT EXISTS (SELECT FROM journal WHERE provider_id = $1 AND type = 'CallsRecorded') AS found",
        [providerId],
      );
      return row?.found ?? false;
    },

    /** Which of these versions of rates a tariff does not have. */
    async unknownRates(providerId: string, tariffId: string, named: readonly RateName[]): Promise<RateName[]> {
      const unknown = await rows<{ place: number }>(
        `SELECT (asked.place - 1)::integer AS place
           FROM unnest($3::text[], $4::timestamptz[]) WITH ORDINALITY AS asked (prefix, effective_from, place)
          WHERE NOT EXISTS (SELECT FROM tariff_rates r
                             WHERE r.provider_id = $1 AND r.tariff_id = $2
                               AND r.prefix = asked.prefix AND r.effective_from = asked.effective_from)`,
        [
          ...[providerId, tariffId],
          ...[named.map(({ prefix }) => prefix), named.map(({ effectiveFrom }) => effectiveFrom)],
        ],
      );
      return unknown.flatMap(({ place }) => named[place] ?? []);
    },

    /** Versions of the rates of the prefixes that a number has. */
    async rates(providerId: string, tariffId: string, number: string | null): Promise<RecordedVersion[]> {
      const found = await ratesOfNumber(dataSource, wholeProvider(providerId), tariffId, number);
      return found.map(recordedVersionOf);
    },

    /** What many calls are charged by, in one round trip and one for each tariff. */
    async charging(
      providerId: string,
      customerIds: readonly string[],
      numbers: ReadonlyMap<string, ReadonlySet<string | null>>,
    ) {
      const [customers, tariffs] = await Promise.all([
        rows<{ id: string; state: Customer }>(
          "SELECT id, state FROM customers WHERE provider_id = $1 AND id = ANY($2::uuid[])",
          [providerId, customerIds],
        ),
        rows<{ id: string; state: Tariff }>(
          "SELECT id, state FROM catalog_items WHERE provider_id = $1 AND kind = 'tariff' AND id = ANY($2::uuid[])",
          [providerId, [...numbers.keys()]],
        ),
      ]);
      const rated = tariffs.map(async ({ id, state: tariff }) => {
        const prefixes = new Set([...(numbers.get(id) ?? [])].flatMap(prefixesOf));
        const found = await ratesOfPrefixes(dataSource, wholeProvider(providerId), id, [...prefixes]);
        return [id, { tariff, rates: found.map(recordedVersionOf) }] as const;
      });
      return {
        customers: new Map(customers.map(({ id, state }) => [id, state])),
        tariffs: new Map(await Promise.all(rated)),
      };
    },

    /** Recorded calls among these keys. */
    async calls(providerId: string, keys: readonly string[]): Promise<KnownCall[]> {
      return (await findCalls(dataSource, wholeProvider(providerId), keys)).map(knownCallOf);
    },

    placesCounted: (
      providerId: string,
      accountId: string,
      counted: readonly { readonly eventId: string; readonly position: string }[],
    ): Promise<ReadonlyMap<string, bigint>> => placesCounted(dataSource, providerId, accountId, counted),

    /** All versions of the rates of these prefixes. */
    async ratesOf(providerId: string, tariffId: string, prefixes: readonly string[]): Promise<RateVersion[]> {
      const found = await ratesOfPrefixes(dataSource, wholeProvider(providerId), tariffId, prefixes);
      return found.map(rateVersionOf);
    },

    /** Subscriptions and add-on products among these ids. */
    async offerRows(providerId: string, ids: readonly string[]) {
      const found = await rows<{ id: string; kind: string; state: Subscription }>(
        `SELECT id, kind, state FROM catalog_items
          WHERE provider_id = $1 AND kind IN ('subscription', 'addonproduct') AND id = ANY($2::uuid[])`,
        [providerId, ids],
      );
      const ofKind = (wanted: string) => found.filter(({ kind }) => kind === wanted);
      return {
        subscriptions: new Map(ofKind("subscription").map(({ id, state }) => [id, state])),
        addOnProducts: new Set(ofKind("addonproduct").map(({ id }) => id)),
      };
    },

    wasEverAssigned: (providerId: string, offerId: string): Promise<boolean> =>
      wasEverAssigned(dataSource, providerId, offerId),

    /** A customer's state, and whether a main product exists. */
    async accountFacts(providerId: string, customerId: string | null, mainProductId: string | null) {
      const [row] = await rows<{ customer: Customer | null; mainProductExists: boolean }>(
        `SELECT (SELECT state FROM customers WHERE provider_id = $1 AND id = $2) AS customer,
                EXISTS (SELECT FROM catalog_items WHERE provider_id = $1 AND kind = 'mainproduct' AND id = $3)
                  AS "mainProductExists"`,
        [providerId, customerId, mainProductId],
      );
      return row ?? { customer: null, mainProductExists: false };
    },

    /** A person of a customer. */
    async person(providerId: string, personId: string): Promise<Person | null> {
      const [row] = await rows<{ state: Person }>("SELECT state FROM people WHERE provider_id = $1 AND id = $2", [
        providerId,
        personId,
      ]);
      return row?.state ?? null;
    },

    /** Whether a person of the customer, who was not removed, has this e-mail address, whatever its case. */
    async hasPerson(providerId: string, customerId: string, email: string): Promise<boolean> {
      const [row] = await rows<{ found: boolean }>(
        `SELECT EXISTS (SELECT FROM people
                         WHERE provider_id = $1 AND customer_id = $2 AND email = $3 AND NOT is_removed) AS found`,
        [providerId, customerId, email.toLowerCase()],
      );
      return row?.found ?? false;
    },

    named: (providerId: string, named: Named) => loadNamed(dataSource, providerId, named),

    /** A customer, and what it owes. */
    async money(providerId: string, customerId: string) {
      const [customer, account] = await Promise.all([
        this.accountFacts(providerId, customerId, null),
        findAccount(dataSource, providerId, customerId),
      ]);
      return { customer: customer.customer, account };
    },

    /** Whose payment it is. */
    async payer(providerId: string, paymentId: string): Promise<string | null> {
      const [row] = await rows<{ customer_id: string }>(
        "SELECT customer_id FROM payments WHERE provider_id = $1 AND id = $2",
        [providerId, paymentId],
      );
      return row?.customer_id ?? null;
    },

    /** An issued invoice, with the earliest day of the billing periods that its lines belong to. */
    async issuedInvoice(providerId: string, invoiceId: string) {
      const [row] = await rows<{ customerId: string; from: LocalDate }>(
        `SELECT i.customer_id AS "customerId",
                coalesce((SELECT min(l.belongs_to) FROM billing_lines l
                           WHERE l.provider_id = i.provider_id AND l.invoice_id = i.id), i.period_from::text) AS "from"
           FROM invoices i WHERE i.provider_id = $1 AND i.id = $2 AND i.number IS NOT NULL`,
        [providerId, invoiceId],
      );
      return row ?? null;
    },

    billing: (providerId: string, customerId: string, from: LocalDate | null = null) =>
      loadBilling(dataSource, wholeProvider(providerId), customerId, from),

    ledgerLines: (providerId: string, customerId: string) => ledgerLinesOf(dataSource, providerId, [customerId]),
  };
};
