import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The hour that a call's stream is of. Rows have it once they were built anew; until then it is that of the answer. */
export class HoursOfCalls1764000370000 implements MigrationInterface {
  readonly name = "HoursOfCalls1764000370000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE xdrs ADD COLUMN hour timestamptz;
      UPDATE xdrs SET hour = date_trunc('hour', answered, 'UTC');
      ALTER TABLE xdrs ALTER COLUMN hour SET NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE xdrs DROP COLUMN hour");
  }
}
