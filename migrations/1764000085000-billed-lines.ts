import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * What corrections are computed from: lines billed with all that a later comparison needs, discounts summed up by row,
 * late events by id, and bases that several periods share. Rebuilding the billing feed fills its tables.
 */
export class BilledLines1764000085000 implements MigrationInterface {
  readonly name = "BilledLines1764000085000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Nobody read it; the feed keeps the bases.
      ALTER TABLE invoices DROP COLUMN basis;

      TRUNCATE billing_lines, billing_facts;
      ALTER TABLE billing_lines
        ADD COLUMN description text NOT NULL,
        ADD COLUMN unit_discount numeric,
        ADD COLUMN charged jsonb,
        ADD COLUMN corrects jsonb,
        -- A day of the billing period that the line belongs to.
        ADD COLUMN belongs_to text NOT NULL,
        -- Of the seal in the customer's receivables stream: with the position, the order of recording.
        ADD COLUMN revision bigint NOT NULL;
      -- The lines of a customer that belong to a period or a later one.
      CREATE INDEX billing_lines_belonging ON billing_lines (provider_id, customer_id, belongs_to);

      -- Discounts of origin COMMITMENT on the lines of a customer, by row: a close does not add up its history.
      CREATE TABLE billing_ledger (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        row_id text NOT NULL,
        given numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id, commitment_id, row_id)
      );

      ALTER TABLE billing_facts ADD COLUMN event_id uuid NOT NULL;

      -- First day of the period whose close computed this one again: its basis is that close's.
      ALTER TABLE billing_closed_periods ADD COLUMN recomputed_with text;

      -- Pages of a basis until a close names them.
      CREATE TABLE billing_basis_pages (
        provider_id uuid NOT NULL,
        event_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        content_hash text NOT NULL,
        entries jsonb NOT NULL,
        PRIMARY KEY (provider_id, event_id)
      );
      CREATE INDEX billing_basis_pages_invoice ON billing_basis_pages (provider_id, invoice_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoices ADD COLUMN basis jsonb NOT NULL DEFAULT '[]';
      DROP TABLE billing_ledger, billing_basis_pages;
      ALTER TABLE billing_facts DROP COLUMN event_id;
      ALTER TABLE billing_closed_periods DROP COLUMN recomputed_with;
      DROP INDEX billing_lines_belonging;
      ALTER TABLE billing_lines DROP COLUMN description, DROP COLUMN unit_discount, DROP COLUMN charged,
        DROP COLUMN corrects, DROP COLUMN belongs_to, DROP COLUMN revision;
    `);
  }
}
