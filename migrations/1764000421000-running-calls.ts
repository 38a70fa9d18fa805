import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Calls that no close has counted, added up. */
export class RunningCalls1764000421000 implements MigrationInterface {
  readonly name = "RunningCalls1764000421000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE running_calls (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        -- The customer's day of the answer.
        day date NOT NULL,
        leg text NOT NULL,
        tariff_id uuid NOT NULL,
        prefix text NOT NULL,
        currency text NOT NULL,
        calls bigint NOT NULL,
        seconds bigint NOT NULL,
        charged_seconds bigint NOT NULL,
        amount numeric NOT NULL,
        PRIMARY KEY (provider_id, account_id, day, leg, tariff_id, prefix, currency)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE running_calls");
  }
}
