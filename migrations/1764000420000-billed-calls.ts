import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Which calls a close counted, and what a billed call was billed with, where it was corrected since. */
export class BilledCalls1764000420000 implements MigrationInterface {
  readonly name = "BilledCalls1764000420000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE xdrs ADD COLUMN billed_amount numeric, ADD COLUMN billed_tariff_id uuid,
                       ADD COLUMN billed_prefix text;
      CREATE TABLE call_summaries (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        -- First and last day of the period.
        period_from date NOT NULL,
        period_until date NOT NULL,
        customer_id uuid NOT NULL,
        -- The last event whose calls were counted, and its place in the log when it was noted.
        counted_event uuid NOT NULL,
        counted_commit numeric NOT NULL,
        -- What calls of a line have in common, with the row of the line.
        groups jsonb NOT NULL,
        PRIMARY KEY (provider_id, account_id, period_from)
      );
      CREATE INDEX call_summaries_of_customer ON call_summaries (provider_id, customer_id, period_from);
      CREATE INDEX invoice_lines_of_calls ON invoice_lines (provider_id, invoice_id, account_id, row_id)
       WHERE kind = 'USAGE';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX invoice_lines_of_calls;
      DROP TABLE call_summaries;
      ALTER TABLE xdrs DROP COLUMN billed_amount, DROP COLUMN billed_tariff_id, DROP COLUMN billed_prefix;
    `);
  }
}
