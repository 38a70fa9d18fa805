import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Credit notes beside invoices, void periods, and what is open of an invoice. The projections are built again. */
export class CreditNotes1764000095000 implements MigrationInterface {
  readonly name = "CreditNotes1764000095000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_voided (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        period_from text NOT NULL,
        PRIMARY KEY (provider_id, customer_id, period_from)
      );
      CREATE TABLE credit_notes (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        number text,
        series text,
        series_index bigint,
        customer_id uuid NOT NULL,
        purpose text NOT NULL,
        invoice_id uuid,
        reason text,
        period_from date NOT NULL,
        period_until date NOT NULL,
        issued_on date NOT NULL,
        currency text NOT NULL,
        total numeric NOT NULL,
        totals_by_kind jsonb NOT NULL,
        line_count integer NOT NULL,
        rounding text NOT NULL,
        content_hash text NOT NULL,
        recipient jsonb NOT NULL,
        sealed_event_id uuid NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        sealed_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX credit_notes_customer ON credit_notes (provider_id, customer_id, issued_on);
      CREATE INDEX credit_notes_invoice ON credit_notes (provider_id, invoice_id);
      CREATE INDEX credit_notes_series ON credit_notes (provider_id, series_index, id) WHERE number IS NOT NULL;
      CREATE TABLE receivables_accounts (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        currency text NOT NULL,
        balance numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
      ALTER TABLE invoices ADD COLUMN open numeric NOT NULL DEFAULT 0;
      CREATE INDEX invoices_open ON invoices (provider_id, customer_id) WHERE open <> 0 AND number IS NOT NULL;
      ALTER TABLE billing_unnumbered ADD COLUMN series text NOT NULL DEFAULT 'invoices';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_unnumbered DROP COLUMN series;
      ALTER TABLE invoices DROP COLUMN open;
      DROP TABLE billing_voided, credit_notes, receivables_accounts;
    `);
  }
}
