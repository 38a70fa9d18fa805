import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * The billing feed: everything that a period close needs, by customer (libs/read-models/billing). `billing_facts` holds
 * charging events.
 */
export class Billing1764000001000 implements MigrationInterface {
  readonly name = "Billing1764000001000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_customers (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        closed_on text,
        closed_to text,
        next_period_end text,
        time_zone text NOT NULL,
        receivables_revision bigint NOT NULL,
        receivables_hash text NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
      CREATE INDEX billing_customers_due ON billing_customers (provider_id, time_zone, next_period_end)
        WHERE next_period_end IS NOT NULL;

      CREATE TABLE billing_accounts (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        closed_on text,
        PRIMARY KEY (provider_id, account_id)
      );
      CREATE INDEX billing_accounts_customer ON billing_accounts (provider_id, customer_id);

      CREATE TABLE billing_classes (
        provider_id uuid NOT NULL,
        customer_class_id uuid NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        PRIMARY KEY (provider_id, customer_class_id)
      );

      CREATE TABLE billing_commitments (
        provider_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        account_id uuid NOT NULL,
        offer_id uuid NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        terminated_on text,
        PRIMARY KEY (provider_id, commitment_id)
      );
      CREATE INDEX billing_commitments_customer ON billing_commitments (provider_id, customer_id);
      CREATE INDEX billing_commitments_offer ON billing_commitments (provider_id, offer_id);

      CREATE TABLE billing_ledger (
        provider_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        row_id text NOT NULL,
        amount numeric NOT NULL,
        PRIMARY KEY (provider_id, commitment_id, row_id)
      );

      CREATE TABLE billing_pages (
        provider_id uuid NOT NULL,
        event_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        given jsonb NOT NULL,
        PRIMARY KEY (provider_id, event_id)
      );
      CREATE INDEX billing_pages_invoice ON billing_pages (provider_id, invoice_id);

      CREATE TABLE billing_closed_periods (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        period_from text NOT NULL,
        period_until text NOT NULL,
        invoice_id uuid,
        basis jsonb NOT NULL,
        recorded_at text NOT NULL,
        PRIMARY KEY (provider_id, customer_id, period_from)
      );

      CREATE TABLE billing_facts (
        provider_id uuid NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        subject_id uuid NOT NULL,
        effective_on text NOT NULL,
        type text NOT NULL,
        PRIMARY KEY (provider_id, stream, revision)
      );
      CREATE INDEX billing_facts_subject ON billing_facts (provider_id, subject_id, effective_on);

      CREATE TABLE billing_unnumbered (
        provider_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        issued_on text NOT NULL,
        PRIMARY KEY (provider_id, invoice_id)
      );

      CREATE TABLE billing_registers (
        provider_id uuid NOT NULL,
        series text NOT NULL,
        revision bigint NOT NULL,
        hash text NOT NULL,
        next integer NOT NULL,
        PRIMARY KEY (provider_id, series)
      );

      CREATE TABLE identifiers (
        provider_id uuid NOT NULL,
        identifier_hash text NOT NULL,
        owner_id uuid NOT NULL,
        reserved_at text NOT NULL,
        PRIMARY KEY (provider_id, identifier_hash)
      );

      -- Written by the worker, not by a projection: what stands in the way of a close, for people to see.
      CREATE TABLE parked_closes (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        reason text NOT NULL,
        since text NOT NULL,
        attempts integer NOT NULL,
        waiting boolean NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE parked_closes, identifiers, billing_registers, billing_unnumbered, billing_facts,
        billing_closed_periods, billing_pages, billing_ledger, billing_commitments, billing_classes,
        billing_accounts, billing_customers;
    `);
  }
}
