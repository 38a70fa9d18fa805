import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Sessions of browsers, and sign-ins under way. No projection builds them, and no backup needs them: without its row a
 * browser signs in once more. Of an id that a cookie holds there is only the SHA-256: who reads the table cannot use it.
 */
export class Sessions1764000185000 implements MigrationInterface {
  readonly name = "Sessions1764000185000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sessions (
        id_hash bytea PRIMARY KEY,
        actor text NOT NULL,
        roles text[] NOT NULL,
        provider_id uuid,
        customer_id uuid,
        began_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL
      );
      -- Sign-ins at an OpenID provider, from the way there until the way back.
      CREATE TABLE sign_ins (
        id_hash bytea PRIMARY KEY,
        state text NOT NULL,
        nonce text NOT NULL,
        -- Of PKCE: without the code from the way back it opens nothing.
        verifier text NOT NULL,
        began_at timestamptz NOT NULL
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE sessions, sign_ins;");
  }
}
