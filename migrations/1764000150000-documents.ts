import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Who issues documents, by when they are numbered, and in which language. The projection of invoices is built again. */
export class Documents1764000150000 implements MigrationInterface {
  readonly name = "Documents1764000150000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE issuers (
        provider_id uuid NOT NULL,
        commit numeric NOT NULL,
        name text NOT NULL,
        details jsonb NOT NULL,
        PRIMARY KEY (provider_id, commit)
      );
      CREATE TABLE numberings (
        provider_id uuid NOT NULL,
        series text NOT NULL,
        first bigint NOT NULL,
        commit numeric NOT NULL,
        PRIMARY KEY (provider_id, series, first)
      );
      ALTER TABLE invoices ADD COLUMN language text NOT NULL DEFAULT 'EN';
      ALTER TABLE credit_notes ADD COLUMN language text NOT NULL DEFAULT 'EN';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE credit_notes DROP COLUMN language;
      ALTER TABLE invoices DROP COLUMN language;
      DROP TABLE issuers, numberings;
    `);
  }
}
