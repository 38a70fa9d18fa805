import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Lines with their unit amounts, and what an adjustment corrects. Lines sealed before have neither. */
export class Corrections1764000060000 implements MigrationInterface {
  readonly name = "Corrections1764000060000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoice_lines ADD COLUMN unit_fee numeric, ADD COLUMN unit_discount numeric, ADD COLUMN corrects jsonb;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoice_lines DROP COLUMN unit_fee, DROP COLUMN unit_discount, DROP COLUMN corrects;
    `);
  }
}
