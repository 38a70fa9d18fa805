import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The event behind each movement of a statement. */
export class EventsOfMovements1764000270000 implements MigrationInterface {
  readonly name = "EventsOfMovements1764000270000";

  async up(queryRunner: QueryRunner): Promise<void> {
    // Null in rows of the version before, which serve until they are built again.
    await queryRunner.query("ALTER TABLE receivables_movements ADD COLUMN event_id uuid");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE receivables_movements DROP COLUMN event_id");
  }
}
