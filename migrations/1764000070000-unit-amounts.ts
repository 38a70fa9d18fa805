import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What lines were prorated from. Rows that exist are of lines recorded without. */
export class UnitAmounts1764000070000 implements MigrationInterface {
  readonly name = "UnitAmounts1764000070000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoice_lines ADD COLUMN unit_fee numeric, ADD COLUMN unit_discount numeric;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE invoice_lines DROP COLUMN unit_fee, DROP COLUMN unit_discount");
  }
}
