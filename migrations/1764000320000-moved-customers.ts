import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Customers of which closed periods may have moved, so that asking for such periods looks at no others. */
export class MovedCustomers1764000320000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_moved (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE billing_moved");
  }
}
