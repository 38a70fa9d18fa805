import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Which calls are of callers that hide. Until calls are built anew, and of calls told of before, those whose numbers nobody
 * knows: others were not told apart.
 */
export class HiddenCallers1764000470000 implements MigrationInterface {
  readonly name = "HiddenCallers1764000470000";

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await queryRunner.query(`
        ALTER TABLE ${table} ADD COLUMN caller_hidden boolean NOT NULL DEFAULT false;
        UPDATE ${table} SET caller_hidden = true WHERE cli IS NULL;
      `);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN caller_hidden`);
  }
}

const TABLES = ["xdrs", "open_calls", "failed_calls"];
