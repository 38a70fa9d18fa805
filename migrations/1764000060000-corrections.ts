import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What an adjustment corrects. Rows that exist correct nothing. */
export class Corrections1764000060000 implements MigrationInterface {
  readonly name = "Corrections1764000060000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoice_lines ADD COLUMN corrects jsonb;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoice_lines DROP COLUMN corrects;
    `);
  }
}
