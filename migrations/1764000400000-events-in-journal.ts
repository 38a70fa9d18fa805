import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Events by their id are found in the journal, and of commands only what is asked of them is noted. */
export class EventsInJournal1764000400000 implements MigrationInterface {
  readonly name = "EventsInJournal1764000400000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX journal_by_event ON journal (provider_id, event_id);
      -- These, and the table event_places, are of the program before, which may still run: a later migration takes them
      -- away.
      ALTER TABLE processed_commands
        ALTER COLUMN actor DROP NOT NULL,
        ALTER COLUMN first_revision DROP NOT NULL,
        ALTER COLUMN last_revision DROP NOT NULL,
        ALTER COLUMN commit DROP NOT NULL,
        ALTER COLUMN prepare DROP NOT NULL,
        ALTER COLUMN recorded_at DROP NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX journal_by_event;
      DELETE FROM processed_commands WHERE actor IS NULL;
      ALTER TABLE processed_commands
        ALTER COLUMN actor SET NOT NULL,
        ALTER COLUMN first_revision SET NOT NULL,
        ALTER COLUMN last_revision SET NOT NULL,
        ALTER COLUMN commit SET NOT NULL,
        ALTER COLUMN prepare SET NOT NULL,
        ALTER COLUMN recorded_at SET NOT NULL;
    `);
  }
}
