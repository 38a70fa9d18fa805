import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Stalls of providers because of events that read models cannot apply, and events that were passed over. */
export class Stalls1764000020000 implements MigrationInterface {
  readonly name = "Stalls1764000020000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Goes up whenever a provider's rows stop following the checkpoint, or follow it again.
      ALTER TABLE projection_checkpoints ADD COLUMN stalls integer NOT NULL DEFAULT 0;

      CREATE TABLE projection_stalls (
        projection text NOT NULL,
        provider_id uuid NOT NULL,
        -- Up to where the provider's events are in the projection's rows.
        commit numeric NOT NULL,
        prepare numeric NOT NULL,
        -- The event that it cannot take.
        event_commit numeric NOT NULL,
        event_prepare numeric NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        event_id text NOT NULL,
        event_type text NOT NULL,
        reason text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (projection, provider_id)
      );
      CREATE INDEX projection_stalls_provider ON projection_stalls (provider_id);

      -- Events in streams of ours that no read model has taken: of others, or quarantined.
      CREATE TABLE passed_events (
        stream text NOT NULL,
        revision bigint NOT NULL,
        provider_id uuid NOT NULL,
        event_id text NOT NULL,
        event_type text NOT NULL,
        -- FOREIGN or QUARANTINED
        why text NOT NULL,
        PRIMARY KEY (stream, revision)
      );
      CREATE INDEX passed_events_provider ON passed_events (provider_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE passed_events, projection_stalls;
      ALTER TABLE projection_checkpoints DROP COLUMN stalls;
    `);
  }
}
