import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Who holds or held a commitment, and charging events by every customer that they concern. Rebuilding the billing feed
 * fills both.
 */
export class Holders1764000075000 implements MigrationInterface {
  readonly name = "Holders1764000075000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_holders (
        provider_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        position integer NOT NULL,
        customer_id uuid NOT NULL,
        account_id uuid NOT NULL,
        to_on text,
        shared boolean NOT NULL,
        PRIMARY KEY (provider_id, commitment_id, position)
      );
      CREATE INDEX billing_holders_customer ON billing_holders (provider_id, customer_id, commitment_id);
      CREATE INDEX billing_holders_account ON billing_holders (provider_id, account_id);
      CREATE INDEX billing_holders_shared ON billing_holders (provider_id, customer_id) WHERE shared;

      -- The ledger is summed up by customer: what other holders were given is computed from their history.
      DROP INDEX billing_lines_discounts;
      CREATE INDEX billing_lines_discounts ON billing_lines (provider_id, customer_id)
        WHERE discount_origin = 'COMMITMENT';

      ALTER TABLE billing_facts DROP CONSTRAINT billing_facts_pkey,
        ADD PRIMARY KEY (provider_id, stream, revision, subject_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE billing_holders;
      DROP INDEX billing_lines_discounts;
      CREATE INDEX billing_lines_discounts ON billing_lines (provider_id, commitment_id)
        WHERE discount_origin = 'COMMITMENT';
      TRUNCATE billing_facts;
      ALTER TABLE billing_facts DROP CONSTRAINT billing_facts_pkey, ADD PRIMARY KEY (provider_id, stream, revision);
    `);
  }
}
