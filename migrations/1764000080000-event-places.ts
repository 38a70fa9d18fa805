import { type MigrationInterface, type QueryRunner } from "typeorm";

export class EventPlaces1764000080000 implements MigrationInterface {
  readonly name = "EventPlaces1764000080000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE event_places (
        provider_id uuid NOT NULL,
        event_id uuid NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        PRIMARY KEY (provider_id, event_id)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE event_places");
  }
}
