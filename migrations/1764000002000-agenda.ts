import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The day of a commitment's next signal, and its recorded signals. */
export class Agenda1764000002000 implements MigrationInterface {
  readonly name = "Agenda1764000002000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_commitments
        ADD COLUMN lifecycle jsonb NOT NULL DEFAULT '{"signalled": []}',
        ADD COLUMN next_signal_on text;
      CREATE INDEX billing_commitments_agenda ON billing_commitments (provider_id, next_signal_on)
        WHERE next_signal_on IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE billing_commitments DROP COLUMN lifecycle, DROP COLUMN next_signal_on;");
  }
}
