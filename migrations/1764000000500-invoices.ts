import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Sealed invoices with their lines. `invoice_pages` holds pages only until their seal arrives. */
export class Invoices1764000000500 implements MigrationInterface {
  readonly name = "Invoices1764000000500";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE invoices (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        number text,
        series text,
        series_index bigint,
        customer_id uuid NOT NULL,
        period_from date NOT NULL,
        period_until date NOT NULL,
        issued_on date NOT NULL,
        due_on date NOT NULL,
        currency text NOT NULL,
        total numeric NOT NULL,
        totals_by_kind jsonb NOT NULL,
        line_count integer NOT NULL,
        state text NOT NULL,
        rounding text NOT NULL,
        content_hash text NOT NULL,
        recipient jsonb NOT NULL,
        basis jsonb NOT NULL,
        sealed_event_id uuid NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        sealed_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX invoices_customer ON invoices (provider_id, customer_id, issued_on);
      CREATE INDEX invoices_issued ON invoices (provider_id, issued_on, id) WHERE number IS NOT NULL;
      CREATE INDEX invoices_due ON invoices (provider_id, due_on, id) WHERE number IS NOT NULL;
      CREATE INDEX invoices_number ON invoices (provider_id, number) WHERE number IS NOT NULL;
      CREATE INDEX invoices_series ON invoices (provider_id, series_index, id) WHERE number IS NOT NULL;

      CREATE TABLE invoice_lines (
        provider_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        position integer NOT NULL,
        kind text NOT NULL,
        commitment_id uuid NOT NULL,
        account_id uuid NOT NULL,
        row_id text NOT NULL,
        description text NOT NULL,
        from_on date NOT NULL,
        until_on date NOT NULL,
        days integer NOT NULL,
        period_days integer,
        fee numeric NOT NULL,
        discount numeric NOT NULL,
        discount_origin text,
        net numeric NOT NULL,
        currency text NOT NULL,
        taxes jsonb NOT NULL,
        causes uuid[] NOT NULL,
        PRIMARY KEY (provider_id, invoice_id, position)
      );
      CREATE INDEX invoice_lines_commitment ON invoice_lines (provider_id, commitment_id);

      CREATE TABLE invoice_pages (
        provider_id uuid NOT NULL,
        event_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        content_hash text NOT NULL,
        lines jsonb NOT NULL,
        PRIMARY KEY (provider_id, event_id)
      );
      CREATE INDEX invoice_pages_invoice ON invoice_pages (provider_id, invoice_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE invoice_pages, invoice_lines, invoices;`);
  }
}
