import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Changes of a customer's billing: the feed keeps the earliest start of its commitments, whose period closes first by
 * whatever cycle is in force then; how a customer is billed on a day is read from its state.
 */
export class BillingChanges1764000055000 implements MigrationInterface {
  readonly name = "BillingChanges1764000055000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE billing_customers ADD COLUMN first_start text;
      ALTER TABLE customers DROP COLUMN billing_period, DROP COLUMN time_zone;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM customers;
      ALTER TABLE customers ADD COLUMN billing_period text NOT NULL, ADD COLUMN time_zone text NOT NULL;
      ALTER TABLE billing_customers DROP COLUMN first_start;
    `);
  }
}
