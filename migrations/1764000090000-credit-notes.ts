import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Credit notes beside invoices, void periods, and what is open of an invoice. The projections are built again. */
export class CreditNotes1764000090000 implements MigrationInterface {
  readonly name = "CreditNotes1764000090000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_voided (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        period_from text NOT NULL,
        PRIMARY KEY (provider_id, customer_id, period_from)
      );
      ALTER TABLE billing_unnumbered ADD COLUMN series text NOT NULL DEFAULT 'invoices';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_unnumbered DROP COLUMN series;
      DROP TABLE billing_voided;
    `);
  }
}
