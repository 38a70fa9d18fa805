import { type MigrationInterface, type QueryRunner } from "typeorm";

const TABLES = ["providers", "catalog_items", "customers", "accounts", "commitments"];

/** When the first event of each entity was recorded. The projections fill the column: they are built anew. */
export class CreatedAt1764000050000 implements MigrationInterface {
  readonly name = "CreatedAt1764000050000";

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN created_at timestamptz NOT NULL DEFAULT 'epoch'`);
      await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN created_at DROP DEFAULT`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN created_at`);
  }
}
