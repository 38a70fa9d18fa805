import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Accounts at the OpenID provider by which people come in, and sign-ins there that are to link one. */
export class AccountsOfPeople1764000191000 implements MigrationInterface {
  readonly name = "AccountsOfPeople1764000191000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE people ADD COLUMN issuer text, ADD COLUMN subject text;
      CREATE INDEX people_by_account ON people (issuer, subject) WHERE subject IS NOT NULL;
      -- The person who began it with a session of its own; null: nobody had one, or wanted its account linked.
      ALTER TABLE sign_ins ADD COLUMN person_provider_id uuid, ADD COLUMN person_id uuid;
      -- Of the session that the browser had: its cookie does not come back from another site.
      ALTER TABLE sign_ins ADD COLUMN session_hash bytea;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sign_ins DROP COLUMN person_provider_id, DROP COLUMN person_id, DROP COLUMN session_hash;
      ALTER TABLE people DROP COLUMN issuer, DROP COLUMN subject;
    `);
  }
}
