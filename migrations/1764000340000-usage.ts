import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What of calls is billed, and lines that belong to no commitment. */
export class Usage1764000340000 implements MigrationInterface {
  readonly name = "Usage1764000340000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Place in the log of the event that a call got its amount by; 0: its row is from before there was this column, and is built anew.
      ALTER TABLE xdrs ADD COLUMN recorded_commit numeric NOT NULL DEFAULT 0;
      ALTER TABLE xdrs ALTER COLUMN recorded_commit DROP DEFAULT;
      CREATE INDEX xdrs_to_bill ON xdrs (provider_id, account_id, recorded_commit) WHERE state = 'RATED';

      ALTER TABLE invoice_lines ALTER COLUMN commitment_id DROP NOT NULL;
      -- Of calls: how many, and how long they were.
      ALTER TABLE invoice_lines ADD COLUMN usage jsonb;
      ALTER TABLE billing_lines ALTER COLUMN commitment_id DROP NOT NULL;

      -- Accounts with calls, and how far these are billed.
      CREATE TABLE billing_usage (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        -- Days as text. The first one with a call, and the first one with a call that is billed.
        called_on text NOT NULL,
        billed_on text,
        -- The day after the last period whose close summed calls up, and up to which event and place in the log.
        to_on text,
        counted_event uuid,
        counted_commit numeric,
        -- Of the stream of what is billed; -1: there is none.
        revision bigint NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (provider_id, account_id)
      );
      CREATE INDEX billing_usage_of_customer ON billing_usage (provider_id, customer_id);
      -- What the closes of periods billed of the calls of an account, with what was corrected since.
      CREATE TABLE billing_usage_periods (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        period_from text NOT NULL,
        customer_id uuid NOT NULL,
        groups jsonb NOT NULL,
        causes jsonb NOT NULL,
        PRIMARY KEY (provider_id, account_id, period_from)
      );
      CREATE INDEX billing_usage_periods_of_customer
          ON billing_usage_periods (provider_id, customer_id, period_from);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE billing_usage, billing_usage_periods;
      ALTER TABLE xdrs DROP COLUMN recorded_commit;
      ALTER TABLE invoice_lines DROP COLUMN usage;
      DELETE FROM invoice_lines WHERE commitment_id IS NULL;
      ALTER TABLE invoice_lines ALTER COLUMN commitment_id SET NOT NULL;
      DELETE FROM billing_lines WHERE commitment_id IS NULL;
      ALTER TABLE billing_lines ALTER COLUMN commitment_id SET NOT NULL;
    `);
  }
}
