import { type MigrationInterface, type QueryRunner } from "typeorm";

/** A published moment belongs to the term of the lead that published it: under the next one nobody works on it. */
export class TermsOfMoments1764000040000 implements MigrationInterface {
  readonly name = "TermsOfMoments1764000040000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- What is published now is published again by whoever leads.
      DELETE FROM billing_moments;
      ALTER TABLE billing_moments ADD COLUMN term bigint NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE billing_moments DROP COLUMN term");
  }
}
