import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Long work that somebody asked for, such as audits and exports: what it is, how far it is, and what it found. */
export class Jobs1764000250000 implements MigrationInterface {
  readonly name = "Jobs1764000250000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE jobs (
        provider_id uuid NOT NULL,
        job_id uuid NOT NULL,
        kind text NOT NULL,
        -- QUEUED, RUNNING, DONE, FAILED or CANCELLED.
        state text NOT NULL DEFAULT 'QUEUED',
        input jsonb NOT NULL,
        asked_by text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        started_at timestamptz,
        finished_at timestamptz,
        -- Somebody wants it to stop; whoever runs it sees this with its next heartbeat.
        cancelled boolean NOT NULL DEFAULT false,
        phase text,
        done bigint NOT NULL DEFAULT 0,
        total bigint,
        -- Where it goes on after its worker died, with the lengths of its files by then.
        saved text,
        saved_files jsonb,
        -- The report, signed where the installation has a key: JSON with any character, which jsonb cannot hold.
        report text,
        error text,
        worker uuid,
        leased_until timestamptz,
        PRIMARY KEY (provider_id, job_id)
      );
      CREATE INDEX jobs_open ON jobs (asked_at) WHERE state IN ('QUEUED', 'RUNNING');
      CREATE INDEX jobs_by_time ON jobs (provider_id, asked_at, job_id);
      CREATE TABLE job_files (
        job_id uuid NOT NULL,
        name text NOT NULL,
        part int NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (job_id, name, part)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE job_files; DROP TABLE jobs");
  }
}
