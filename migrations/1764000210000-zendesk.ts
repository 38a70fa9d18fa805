import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Which customers are which organizations of Zendesk. */
export class Zendesk1764000210000 implements MigrationInterface {
  readonly name = "Zendesk1764000210000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE zendesk_links (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        organization_id text NOT NULL,
        -- The domain that we added to the organization.
        domain text,
        -- The event that linked it, and its position: of several customers of one organization the first has it.
        event_id uuid NOT NULL,
        commit numeric NOT NULL,
        prepare numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
      CREATE INDEX zendesk_links_by_organization ON zendesk_links (provider_id, organization_id, commit, prepare);
      CREATE INDEX zendesk_links_by_domain ON zendesk_links (provider_id, domain);
      CREATE INDEX customers_by_domain ON customers (provider_id, lower(company_domain)) WHERE company_domain IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX customers_by_domain; DROP TABLE zendesk_links");
  }
}
