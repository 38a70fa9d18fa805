import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * The lines billed, instead of sums of their discounts; pages are kept whole until their seal. Rebuilding the billing
 * feed fills both.
 */
export class BillingLines1764000003000 implements MigrationInterface {
  readonly name = "BillingLines1764000003000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE billing_ledger;
      CREATE TABLE billing_lines (
        provider_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        position integer NOT NULL,
        customer_id uuid NOT NULL,
        account_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        row_id text NOT NULL,
        kind text NOT NULL,
        period_from text NOT NULL,
        period_until text NOT NULL,
        from_on text NOT NULL,
        until_on text NOT NULL,
        days integer NOT NULL,
        period_days integer,
        fee numeric NOT NULL,
        discount numeric NOT NULL,
        discount_origin text,
        net numeric NOT NULL,
        currency text NOT NULL,
        PRIMARY KEY (provider_id, invoice_id, position)
      );
      -- What the ledger sums up.
      CREATE INDEX billing_lines_discounts ON billing_lines (provider_id, commitment_id)
        WHERE discount_origin = 'COMMITMENT';

      DROP TABLE billing_pages;
      CREATE TABLE billing_pages (
        provider_id uuid NOT NULL,
        event_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        content_hash text NOT NULL,
        lines jsonb NOT NULL,
        PRIMARY KEY (provider_id, event_id)
      );
      CREATE INDEX billing_pages_invoice ON billing_pages (provider_id, invoice_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE billing_lines, billing_pages;
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
    `);
  }
}
