import { type MigrationInterface, type QueryRunner } from "typeorm";

/** The day of a customer's next signal, and its recorded signals. */
export class CustomerSignals1764000090000 implements MigrationInterface {
  readonly name = "CustomerSignals1764000090000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_customers
        ADD COLUMN lifecycle jsonb NOT NULL DEFAULT '{"signalled": []}',
        ADD COLUMN next_signal_on text;
      CREATE INDEX billing_customers_agenda ON billing_customers (provider_id, next_signal_on)
        WHERE next_signal_on IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE billing_customers DROP COLUMN lifecycle, DROP COLUMN next_signal_on;");
  }
}
