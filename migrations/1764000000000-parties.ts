import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Checkpoints of projections, and the read models of providers, catalog, customers, accounts, commitments and commands.
 * Amounts are numeric without a scale: "15.00" stays "15.00", "1500" stays "1500".
 */
export class Parties1764000000000 implements MigrationInterface {
  readonly name = "Parties1764000000000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Positions are unsigned 64-bit numbers: more than a bigint holds.
      CREATE TABLE projection_checkpoints (
        name text PRIMARY KEY,
        version integer NOT NULL,
        commit numeric(20) NOT NULL,
        prepare numeric(20) NOT NULL,
        status text NOT NULL,
        error text,
        updated_at timestamptz NOT NULL
      );

      -- created_commit: place in the log of the first event, so that rows sort as they were created.
      CREATE TABLE providers (
        provider_id uuid PRIMARY KEY,
        name text NOT NULL,
        test_clock timestamptz,
        advance_to timestamptz,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric(20) NOT NULL,
        updated_at timestamptz NOT NULL
      );

      CREATE TABLE catalog_items (
        provider_id uuid NOT NULL,
        kind text NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        status text,
        currency text,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric(20) NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, kind, id)
      );
      CREATE INDEX catalog_items_name ON catalog_items (provider_id, kind, lower(name), id);

      CREATE TABLE customers (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        company_domain text,
        email text,
        phone text,
        currency text NOT NULL,
        billing_period text NOT NULL,
        time_zone text NOT NULL,
        customer_class_id uuid,
        credit_limit numeric NOT NULL,
        status text NOT NULL,
        created_on date NOT NULL,
        closed_on date,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric(20) NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX customers_name ON customers (provider_id, lower(name), id);
      CREATE INDEX customers_email ON customers (provider_id, lower(email)) WHERE email IS NOT NULL;
      CREATE INDEX customers_class ON customers (provider_id, customer_class_id) WHERE customer_class_id IS NOT NULL;

      CREATE TABLE accounts (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        customer_id uuid NOT NULL,
        main_product_id uuid NOT NULL,
        identifier text NOT NULL,
        aliases text[] NOT NULL,
        opened_on date NOT NULL,
        closed_on date,
        status text NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric(20) NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX accounts_customer ON accounts (provider_id, customer_id);
      CREATE INDEX accounts_identifier ON accounts (provider_id, identifier, id);
      CREATE INDEX accounts_aliases ON accounts USING gin (aliases) WHERE aliases <> '{}';

      CREATE TABLE commitments (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        offer_id uuid NOT NULL,
        offer_name text NOT NULL,
        currency text NOT NULL,
        start date NOT NULL,
        discount_end date,
        terminated_on date,
        early boolean,
        penalty_preview numeric,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric(20) NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX commitments_customer ON commitments (provider_id, customer_id);
      CREATE INDEX commitments_account ON commitments (provider_id, account_id);
      CREATE INDEX commitments_offer ON commitments (provider_id, offer_id);
      CREATE INDEX commitments_discount_end ON commitments (provider_id, discount_end);
      CREATE INDEX commitments_terminated ON commitments (provider_id, terminated_on) WHERE terminated_on IS NOT NULL;

      CREATE TABLE processed_commands (
        provider_id uuid NOT NULL,
        command_id uuid NOT NULL,
        command_hash text NOT NULL,
        actor text NOT NULL,
        stream text NOT NULL,
        first_revision bigint NOT NULL,
        last_revision bigint NOT NULL,
        commit numeric(20) NOT NULL,
        prepare numeric(20) NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, command_id)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE processed_commands, commitments, accounts, customers, catalog_items, providers, projection_checkpoints;
    `);
  }
}
