import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Calls, in partitions by month. */
export class Calls1764000310000 implements MigrationInterface {
  readonly name = "Calls1764000310000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Partitions are made when the first call of a month arrives.
      CREATE TABLE xdrs (
        provider_id uuid NOT NULL,
        -- Key of the leg of the call.
        id uuid NOT NULL,
        -- First day of the month (UTC) of the answer.
        month date NOT NULL,
        edge text NOT NULL,
        leg text NOT NULL,
        state text NOT NULL,
        -- Why it is UNRATED.
        reason text,
        -- Null: no account has the number.
        account_id uuid,
        customer_id uuid,
        -- The customer's day of the answer.
        day date,
        answered timestamptz NOT NULL,
        -- Null: interrupted.
        ended timestamptz,
        authorised text NOT NULL,
        redirected_to text,
        -- Null: hidden.
        cli text,
        cld text NOT NULL,
        -- From here on null where it is UNRATED.
        tariff_id uuid,
        tariff_revision bigint,
        prefix text,
        seconds integer,
        charged_seconds integer,
        amount numeric,
        currency text,
        -- The event that recorded it.
        event_id uuid NOT NULL,
        -- A key of a partitioned table must hold what it is partitioned by.
        PRIMARY KEY (provider_id, id, month)
      ) PARTITION BY LIST (month);
      CREATE INDEX xdrs_by_answer ON xdrs (provider_id, answered, id);
      CREATE INDEX xdrs_of_account ON xdrs (provider_id, account_id, answered, id);
      CREATE INDEX xdrs_of_customer ON xdrs (provider_id, customer_id, answered, id);
      CREATE INDEX xdrs_unrated ON xdrs (provider_id, answered, id) WHERE state = 'UNRATED';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE xdrs");
  }
}
