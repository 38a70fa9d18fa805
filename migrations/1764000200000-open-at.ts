import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The place in the log of each change of what is open of an invoice. Rows made before are made anew with the projection. */
export class OpenAt1764000200000 implements MigrationInterface {
  readonly name = "OpenAt1764000200000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE receivables_open ADD COLUMN commit numeric NOT NULL DEFAULT 0;
      ALTER TABLE receivables_open ALTER COLUMN commit DROP DEFAULT;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE receivables_open DROP COLUMN commit");
  }
}
