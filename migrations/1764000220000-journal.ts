import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The journal: every event of our streams, mirrored, with a chain of hashes over each provider's log. */
export class Journal1764000220000 implements MigrationInterface {
  readonly name = "Journal1764000220000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Partitions are made when the first event of a month arrives.
      CREATE TABLE journal (
        provider_id uuid NOT NULL,
        -- Place in the provider's log: 1, 2, 3 ...
        sequence bigint NOT NULL,
        -- First day of the month (UTC) of recorded_at.
        month date NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        commit numeric NOT NULL,
        prepare numeric NOT NULL,
        recorded_at timestamptz NOT NULL,
        -- As stored, without the content hash.
        metadata jsonb NOT NULL,
        -- As stored; null: of a category that is mirrored as hash only.
        data jsonb,
        -- Whether texts in metadata and data hold escapes, because PostgreSQL cannot store one of their characters.
        escaped boolean NOT NULL,
        content_hash text NOT NULL,
        -- Chained over the provider's log: of the one before, stream, revision and content hash.
        log_hash text NOT NULL,
        -- A key of a partitioned table must hold what it is partitioned by. The month comes last, so that a provider's
        -- log is read in its order across partitions.
        PRIMARY KEY (provider_id, sequence, month)
      ) PARTITION BY LIST (month);
      CREATE INDEX journal_by_stream ON journal (provider_id, stream, revision);
      -- For rebuilds, which take the log of all providers in its order.
      CREATE INDEX journal_by_position ON journal (commit, prepare);

      -- The last entry of each provider's log.
      CREATE TABLE journal_heads (
        provider_id uuid PRIMARY KEY,
        sequence bigint NOT NULL,
        log_hash text NOT NULL
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE journal, journal_heads");
  }
}
