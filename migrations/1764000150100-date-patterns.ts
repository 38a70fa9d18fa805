import { type MigrationInterface, type QueryRunner } from "typeorm";

/** How the dates of documents are written. The projection of invoices is built again. */
export class DatePatterns1764000150100 implements MigrationInterface {
  readonly name = "DatePatterns1764000150100";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoices ADD COLUMN date_pattern text;
      ALTER TABLE credit_notes ADD COLUMN date_pattern text;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE credit_notes DROP COLUMN date_pattern;
      ALTER TABLE invoices DROP COLUMN date_pattern;
    `);
  }
}
