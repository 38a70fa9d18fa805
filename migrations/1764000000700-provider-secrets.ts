import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Secrets of providers. Primary data and not a read model: it cannot be rebuilt from events and must be backed up. */
export class ProviderSecrets1764000000700 implements MigrationInterface {
  readonly name = "ProviderSecrets1764000000700";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE provider_secrets (
        provider_id uuid PRIMARY KEY,
        -- Key of the HMAC that account ids and aliases are hashed with.
        identifier_key bytea NOT NULL
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE provider_secrets;");
  }
}
