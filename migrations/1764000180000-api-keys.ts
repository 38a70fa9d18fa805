import { type MigrationInterface, type QueryRunner } from "typeorm";

export class ApiKeys1764000180000 implements MigrationInterface {
  readonly name = "ApiKeys1764000180000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE api_keys (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        secret_hash text NOT NULL UNIQUE,
        roles text[] NOT NULL,
        granted_by text NOT NULL,
        revoked_at timestamptz,
        revoked_by text,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX api_keys_by_id ON api_keys (id);
      CREATE INDEX api_keys_of_provider ON api_keys (provider_id, created_commit, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE api_keys");
  }
}
