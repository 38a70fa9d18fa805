import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Leases of workers that bill, and the tasks of processors. None of these tables belongs to a projection: no rebuild
 * empties them.
 */
export class Workers1764000010000 implements MigrationInterface {
  readonly name = "Workers1764000010000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Workers that bill, alive until then and as long as their session with the server lasts.
      CREATE TABLE billing_workers (
        worker uuid PRIMARY KEY,
        until timestamptz NOT NULL,
        session text NOT NULL
      );

      -- Who has what: 'shard:N' are customers by a hash of their id, 'lead:P' is the lead of the work of a provider.
      CREATE TABLE billing_leases (
        name text PRIMARY KEY,
        worker uuid NOT NULL REFERENCES billing_workers ON DELETE CASCADE,
        -- Another one each time that somebody takes it.
        term bigint GENERATED ALWAYS AS IDENTITY
      );
      CREATE INDEX billing_leases_worker ON billing_leases (worker);

      -- What a provider's workers work on together now.
      CREATE TABLE billing_moments (
        provider_id uuid PRIMARY KEY,
        phase text NOT NULL,
        moment text NOT NULL,
        now text NOT NULL
      );

      CREATE FUNCTION this_session() RETURNS text LANGUAGE sql STABLE AS $$
        SELECT a.pid || ' ' || extract(epoch FROM a.backend_start) FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()
      $$;
      -- Whether a session with the server, as this_session() named it, still lasts.
      CREATE FUNCTION session_lasts(session text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid || ' ' || extract(epoch FROM a.backend_start) = session)
      $$;

      -- One sign of life: keeps what the worker has, forgets the dead, and balances. Answers what it has now. A single
      -- statement for its caller, so that one that is stopped in the middle of it keeps nobody waiting.
      CREATE FUNCTION billing_beat(me uuid, lasting interval, shards integer) RETURNS TABLE (lease text, lease_term bigint) LANGUAGE plpgsql AS $$
      DECLARE
        workers integer;
        fair integer;
        leads integer;
      BEGIN
        PERFORM pg_advisory_xact_lock(7301004);
        INSERT INTO billing_workers (worker, until, session)
        VALUES (me, clock_timestamp() + lasting, this_session())
        ON CONFLICT (worker) DO UPDATE SET until = EXCLUDED.until, session = EXCLUDED.session;
        DELETE FROM billing_workers w WHERE w.until <= clock_timestamp() OR NOT session_lasts(w.session);
        SELECT count(*) INTO workers FROM billing_workers;
        fair := ceil(shards::numeric / workers);
        DELETE FROM billing_leases l
         WHERE l.name IN (SELECT o.name FROM billing_leases o WHERE o.worker = me AND o.name LIKE 'shard:%'
                           ORDER BY o.name OFFSET fair);
        INSERT INTO billing_leases (name, worker)
        SELECT 'shard:' || s, me FROM generate_series(0, shards - 1) s
         WHERE NOT EXISTS (SELECT FROM billing_leases l WHERE l.name = 'shard:' || s)
         ORDER BY s
         LIMIT greatest(0, fair - (SELECT count(*) FROM billing_leases o
                                    WHERE o.worker = me AND o.name LIKE 'shard:%'));
        SELECT count(*) INTO leads FROM providers p
         WHERE NOT EXISTS (SELECT FROM billing_leases l WHERE l.name = 'lead:' || p.provider_id);
        INSERT INTO billing_leases (name, worker)
        SELECT 'lead:' || p.provider_id, me FROM providers p
         WHERE NOT EXISTS (SELECT FROM billing_leases l WHERE l.name = 'lead:' || p.provider_id)
         LIMIT ceil(leads::numeric / workers)
        ON CONFLICT (name) DO NOTHING;
        RETURN QUERY SELECT l.name, l.term FROM billing_leases l WHERE l.worker = me;
      END $$;

      -- How far each processor has recorded tasks. A rebuild of read models does not move it.
      CREATE TABLE processor_cursors (
        processor text PRIMARY KEY,
        commit numeric NOT NULL,
        prepare numeric NOT NULL
      );

      -- What processors have to do, and did: one row per subject.
      CREATE TABLE processor_tasks (
        processor text NOT NULL,
        provider_id uuid NOT NULL,
        key text NOT NULL,
        -- OPEN, DONE or PARKED
        status text NOT NULL,
        data jsonb NOT NULL,
        -- Of the event that called for it last: what the read models must show before it runs.
        commit numeric NOT NULL,
        prepare numeric NOT NULL,
        -- By the provider's clock; null: at once.
        due_at text,
        -- One more each time that it is called for.
        calls integer NOT NULL,
        -- Since it was last called for.
        attempts integer NOT NULL,
        error text,
        not_before timestamptz NOT NULL,
        -- While it runs: by when it must have ended, and whose session with the server it ends with at the latest.
        running_until timestamptz,
        runner text,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (processor, provider_id, key)
      );
      CREATE INDEX processor_tasks_open ON processor_tasks (provider_id, not_before) WHERE status = 'OPEN';
      CREATE INDEX processor_tasks_parked ON processor_tasks (provider_id) WHERE status = 'PARKED';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE processor_tasks, processor_cursors, billing_moments, billing_leases, billing_workers;
      DROP FUNCTION billing_beat(uuid, interval, integer), session_lasts(text), this_session();
    `);
  }
}
