import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Versions of the rates of tariffs; and whether a provider has any call. */
export class TariffRates1764000300000 implements MigrationInterface {
  readonly name = "TariffRates1764000300000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE tariff_rates (
        provider_id uuid NOT NULL,
        tariff_id uuid NOT NULL,
        prefix text COLLATE "C" NOT NULL,
        effective_from timestamptz NOT NULL,
        -- Where the next version of the prefix begins.
        effective_until timestamptz,
        description text,
        country text,
        -- Decimal texts as recorded, per minute and per call.
        price_first text NOT NULL,
        price_next text NOT NULL,
        connect_fee text NOT NULL,
        -- Seconds.
        first_interval integer NOT NULL,
        next_interval integer NOT NULL,
        discontinued boolean NOT NULL,
        forbidden boolean NOT NULL,
        hidden boolean NOT NULL,
        payback boolean NOT NULL,
        revision bigint NOT NULL,
        PRIMARY KEY (provider_id, tariff_id, prefix, effective_from)
      );
      CREATE INDEX journal_calls ON journal (provider_id) WHERE type = 'CallsRecorded';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX journal_calls; DROP TABLE tariff_rates");
  }
}
