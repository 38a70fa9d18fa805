import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What collection goes by for each customer, and the day of its next step. */
export class Collection1764000120000 implements MigrationInterface {
  readonly name = "Collection1764000120000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE billing_collection (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        state jsonb NOT NULL,
        customer_class_id uuid,
        collecting boolean NOT NULL,
        next_step_on text,
        PRIMARY KEY (provider_id, customer_id)
      );
      CREATE INDEX billing_collection_agenda ON billing_collection (provider_id, next_step_on)
        WHERE next_step_on IS NOT NULL;
      CREATE INDEX billing_collection_class ON billing_collection (provider_id, customer_class_id) WHERE collecting;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE billing_collection;");
  }
}
