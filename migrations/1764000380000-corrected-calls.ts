import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What calls cost before they were corrected. */
export class CorrectedCalls1764000380000 implements MigrationInterface {
  readonly name = "CorrectedCalls1764000380000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE xdrs ADD COLUMN amount_at_first numeric, ADD COLUMN voided boolean NOT NULL DEFAULT false;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE xdrs DROP COLUMN amount_at_first, DROP COLUMN voided");
  }
}
