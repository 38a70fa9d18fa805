import { type MigrationInterface, type QueryRunner } from "typeorm";

/** One-time fees that are void with their invoice are looked for by customer; there are few. */
export class FeesGone1764000170000 implements MigrationInterface {
  readonly name = "FeesGone1764000170000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX billing_lines_fees_gone ON billing_lines (provider_id, customer_id)
        WHERE corrects @> '{"kind": "ONE_TIME", "voids": true}';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX billing_lines_fees_gone");
  }
}
