import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Secrets of providers. Primary data, not a read model: what is lost here cannot be rebuilt from events, so it belongs
 * into the backup.
 */
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
