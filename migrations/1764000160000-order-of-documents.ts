import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * What waits for a number knows its place in its stream: of one day and customer it is numbered in that order. Documents
 * of equal keys are listed in the order of their numbers.
 */
export class OrderOfDocuments1764000160000 implements MigrationInterface {
  readonly name = "OrderOfDocuments1764000160000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_unnumbered ADD COLUMN revision bigint NOT NULL DEFAULT 0;
      DROP INDEX invoices_issued, invoices_due;
      CREATE INDEX invoices_issued ON invoices (provider_id, issued_on, series_index) WHERE number IS NOT NULL;
      CREATE INDEX invoices_due ON invoices (provider_id, due_on, series_index) WHERE number IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX invoices_issued, invoices_due;
      CREATE INDEX invoices_issued ON invoices (provider_id, issued_on, id) WHERE number IS NOT NULL;
      CREATE INDEX invoices_due ON invoices (provider_id, due_on, id) WHERE number IS NOT NULL;
      ALTER TABLE billing_unnumbered DROP COLUMN revision;
    `);
  }
}
