import { NestFactory } from "@nestjs/core";
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from "@nestjs/graphql";
import { lexicographicSortSchema, printSchema } from "graphql/index.js";
import { resolvers } from "./resolvers/all.js";

const HEADER = "# Generated from the code: npm run build && node dist/apps/api/print-schema.js\n\n";

/** The schema as text, as apps/api/schema.graphql holds it. */
export const schemaText = async (): Promise<string> => {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- declared as a class, used as options
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create(resolvers);
    return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
};
