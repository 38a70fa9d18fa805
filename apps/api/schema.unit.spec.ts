import "reflect-metadata";
import { readFile } from "node:fs/promises";
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from "graphql/index.js";
import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "#application/commands.js";
import { schemaText } from "./schema.js";
import { connectionFields } from "./spec-support/relay.js";

let text: string;
beforeAll(async () => {
  text = await schemaText();
});

const undescribed = (type: GraphQLNamedType): string[] => {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type)) {
    missing.push(...type.getValues().flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    missing.push(...fields.flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])));
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const { name, description, args } of Object.values(type.getFields())) {
      if (!description && !isRoot(type)) missing.push(`${type.name}.${name}`);
      for (const arg of args) if (!arg.description) missing.push(`${type.name}.${name}(${arg.name})`);
    }
  }
  return missing;
};

const isRoot = (type: GraphQLNamedType): boolean => type.name === "Query" || type.name === "Mutation";

/** What operators do with deliveries: no commands, recorded in no event, and harmless when they are repeated. */
const OPERATORS = [
  "retryDelivery",
  "discardDelivery",
  "passOverDelivery",
  "verifyTargets",
  "sendTestMail",
  "startInvoiceAudit",
  "startVerification",
  "startReplay",
  "startExport",
  "cancelJob",
];

describe("the GraphQL schema", () => {
  it("is the one that is committed (npm run build && node dist/apps/api/print-schema.js)", async () => {
    expect(await readFile(new URL("./schema.graphql", import.meta.url), "utf8")).toBe(text);
  });

  it("takes no name that GraphQL gives a root type", () => {
    const schema = buildSchema(text);
    expect(schema.getSubscriptionType() ?? schema.getType("Subscription")).toBeUndefined();
    const words = text.replace(/"""[^]*?"""/g, "").match(/\w*subscription\w*/gi) ?? [];
    expect(words.filter((word) => !/DiscountRate/.test(word))).toEqual([]);
  });

  it("describes every type, field, argument and value", () => {
    const types = Object.values(buildSchema(text).getTypeMap());
    const own = types.filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type) && !isRoot(type));
    expect(own.flatMap(undescribed)).toEqual([]);
  });

  it("names the standard of every scalar, as docs/graphql.md does", async () => {
    const page = await readFile(new URL("../../docs/graphql.md", import.meta.url), "utf8");
    const scalars = Object.values(buildSchema(text).getTypeMap()).filter(isScalarType);
    const own = scalars
      .filter((type) => !isSpecifiedScalarType(type))
      .map(({ name, specifiedByURL }) => [name, specifiedByURL]);
    const told = [...page.matchAll(/^\| `(\w+)` \| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, name, url]) => [name, url]);
    expect(own).toEqual(told.sort());
    expect(own.length).toBeGreaterThan(3);
  });

  it("lets every connection be read from both ends", () => {
    const connections = connectionFields(buildSchema(text));
    const paging = ["after", "before", "first", "last"];
    const given = connections.map(({ name, args }) => [name, args.filter((arg) => paging.includes(arg)).sort()]);
    expect(given).toEqual(connections.map(({ name }) => [name, paging]));
    expect(connections.length).toBeGreaterThan(15);
  });

  it("describes every query and mutation", () => {
    const schema = buildSchema(text);
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => (type ? [type] : []));
    const fields = roots.flatMap((type) => Object.values(type.getFields()));
    expect(fields.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
    expect(roots.flatMap(undescribed).filter((name) => !/^(Query|Mutation)$/.test(name))).toEqual([]);
  });

  it("asks every mutation for an idempotency key, and answers where to read its effects", () => {
    const schema = buildSchema(text);
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const { name, args, type } of mutations.filter((mutation) => !OPERATORS.includes(mutation.name))) {
      const input = schema.getType(String(args[0]?.type).replace("!", ""));
      const payload = schema.getType(String(type).replace("!", ""));
      expect(isInputObjectType(input) && String(input.getFields()["idempotencyKey"]?.type), name).toBe("String!");
      expect(isObjectType(payload) && Object.keys(payload.getFields()), name).toEqual(
        expect.arrayContaining(["id", "position", "visible", "repeated"]),
      );
    }
  });

  it("has every command as a mutation, and previews it by the mutation's own input but for the key", () => {
    const schema = buildSchema(text);
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
      ({ name }) => !OPERATORS.includes(name),
    );
    const inputs = mutations.map(({ name, args }) => [name, String(args[0]?.type).replace("!", "")]);
    const fieldsOf = (type: unknown): string[][] => {
      const input = schema.getType(String(type));
      if (!isInputObjectType(input)) throw new Error(`${String(type)} is no input`);
      return Object.values(input.getFields()).map((field) => [field.name, String(field.type), field.description ?? ""]);
    };
    const command = schema.getType("PreviewCommand");
    expect(isInputObjectType(command) && command.isOneOf).toBe(true);
    const previewed = fieldsOf("PreviewCommand");
    expect(previewed.map(([name]) => name)).toEqual(inputs.map(([name]) => name));
    for (const [index, [name, type]] of previewed.entries()) {
      const own = fieldsOf(inputs[index]?.[1]).filter(([field]) => field !== "idempotencyKey");
      expect(fieldsOf(type), name).toEqual(own);
    }
    expect(inputs.map(([name]) => name).sort()).toEqual(Object.keys(commands).sort());
  });
});
