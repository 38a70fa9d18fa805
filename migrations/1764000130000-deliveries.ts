import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What is to be delivered to systems outside, what became of it, and what the processor of deliveries knows. */
export class Deliveries1764000130000 implements MigrationInterface {
  readonly name = "Deliveries1764000130000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- One row per event, target and message. Primary: rebuilt from nothing, because what was sent is not sent again.
      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        target text NOT NULL,
        kind text NOT NULL,
        on_date date NOT NULL,
        subject_id uuid,
        -- Answered by the built-in recorder.
        stub boolean NOT NULL,
        event_id uuid NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        recorded_at text NOT NULL,
        -- The order of a customer's deliveries to a target.
        commit numeric NOT NULL,
        prepare numeric NOT NULL,
        place integer NOT NULL,
        -- PENDING, DELIVERED, PARKED or DISCARDED
        status text NOT NULL,
        -- Parked, but the customer's later ones go on.
        passed_over boolean NOT NULL DEFAULT false,
        tries integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        not_before timestamptz NOT NULL,
        last_error text,
        -- As prepared before the first try. JSON, kept as text so that every try sends the same bytes.
        content text,
        -- Why and by whom it was discarded.
        reason text,
        settled_by text,
        settled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        -- While it is being sent: by when that must have ended, and whose session with the server it ends with.
        sending_until timestamptz,
        sender text
      );
      -- What holds a customer's later ones.
      CREATE INDEX deliveries_waiting ON deliveries (provider_id, target, customer_id, commit, prepare, place)
        WHERE status IN ('PENDING', 'PARKED') AND NOT passed_over;
      CREATE INDEX deliveries_due ON deliveries (target, not_before) WHERE status = 'PENDING';
      CREATE INDEX deliveries_parked ON deliveries (provider_id, target) WHERE status = 'PARKED';
      CREATE INDEX deliveries_listed ON deliveries (provider_id, commit, prepare, place);
      CREATE INDEX deliveries_customer ON deliveries (provider_id, customer_id, commit, prepare, place);

      -- A target that does not answer a provider. One process at a time asks whether it is back.
      CREATE TABLE delivery_outages (
        provider_id uuid NOT NULL,
        target text NOT NULL,
        since timestamptz NOT NULL,
        error text NOT NULL,
        probes integer NOT NULL,
        probe_at timestamptz NOT NULL,
        probing_until timestamptz,
        prober text,
        PRIMARY KEY (provider_id, target)
      );

      -- Up to where the events of a provider have made their deliveries, and whether the built-in recorder answers them.
      CREATE TABLE delivery_providers (
        provider_id uuid PRIMARY KEY,
        stubs boolean NOT NULL,
        commit numeric NOT NULL,
        prepare numeric NOT NULL
      );

      -- Facts that decide which deliveries there are, as of the event that is looked at.
      CREATE TABLE delivery_customers (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        state jsonb NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
      CREATE TABLE delivery_holders (
        provider_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        holders jsonb NOT NULL,
        PRIMARY KEY (provider_id, commitment_id)
      );

      -- Warnings of discounts that end: when the next one of a commitment is due.
      ALTER TABLE billing_commitments
        ADD COLUMN ends jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN end_nears jsonb;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_commitments DROP COLUMN ends, DROP COLUMN end_nears;
      DROP TABLE deliveries, delivery_outages, delivery_providers, delivery_customers, delivery_holders;
    `);
  }
}
