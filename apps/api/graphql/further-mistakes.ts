import { type Type } from "@nestjs/common";
import { TypeMetadataStorage } from "@nestjs/graphql";
import {
  type DocumentNode,
  getNamedType,
  getOperationAST,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SourceLocation,
  TypeInfo,
  type TypeNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from "graphql/index.js";
import { placesOf, valueAt } from "./input-places.js";
import { MAX_TOKENS } from "./limits.js";
import { mistakesIn } from "./validation.js";
import { type InputPath } from "./wording.js";

/** A mistake that is told beside those that GraphQL found. */
export interface FurtherMistake {
  readonly message: string;
  readonly field: string;
  readonly inputPath: InputPath;
  readonly locations: readonly SourceLocation[];
  /** Where the field or the variable begins that it is a mistake of. */
  readonly owner: number | undefined;
}

/** An operation that was refused before it ran. */
export interface RefusedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly name: string | undefined;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Of a request, by POST or GET. */
export interface GivenRequest {
  readonly method: string;
  readonly body?: unknown;
  readonly query?: unknown;
}

/** The operation of a request; null when there is none that can be parsed. */
export const refusedOperation = (
  schema: GraphQLSchema,
  { method, body, query }: GivenRequest,
): RefusedOperation | null => {
  const given = (method === "GET" ? query : body) as Readonly<Record<string, unknown>> | null | undefined;
  const { query: source, operationName, variables } = given ?? {};
  if (typeof source !== "string") return null;
  try {
    return {
      schema,
      document: parse(source, { maxTokens: MAX_TOKENS }),
      name: typeof operationName === "string" ? operationName : undefined,
      variables: ((typeof variables === "string" ? JSON.parse(variables) : variables) ?? {}) as Record<string, unknown>,
    };
  } catch {
    // GraphQL, or the web server, tells.
    return null;
  }
};

/** Values nested deeper are no input of ours, and would exhaust the stack. */
const DEEPEST = 20;

/**
 * What is wrong with the inputs of an operation by checks of our own. Once GraphQL refuses an operation for one value,
 * these are not come to; a client is told all at once nevertheless.
 */
export const furtherMistakes = (refused: RefusedOperation): FurtherMistake[] => {
  const operation = getOperationAST(refused.document, refused.name);
  if (!operation || !isShallowValue(refused.variables)) return [];
  return [...ofVariables(operation, refused.variables), ...ofLiterals(operation, refused)];
};

/** What GraphQL finds wrong with the variables; it does not look at them when the document is wrong. */
export const variableErrors = ({ schema, document, name, variables }: RefusedOperation): readonly GraphQLError[] => {
  const { variableDefinitions } = getOperationAST(document, name) ?? {};
  return getVariableValues(schema, variableDefinitions ?? [], variables, { maxErrors: 50 }).errors ?? [];
};

const ofVariables = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: RefusedOperation["variables"],
): FurtherMistake[] =>
  variableDefinitions.flatMap((definition) => {
    const metatype = classOf(nameOf(definition.type));
    if (!metatype) return [];
    const name = definition.variable.name.value;
    const at = { locations: placesOf(definition), owner: definition.loc?.start };
    return mistakesIn(metatype, variables[name], [name]).map((mistake) => ({ ...mistake, ...at }));
  });

/** Of arguments that are written in the document, as a whole or around variables. */
const ofLiterals = (operation: OperationDefinitionNode, { schema, variables }: RefusedOperation): FurtherMistake[] => {
  const mistakes: FurtherMistake[] = [];
  const types = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(types, {
      Field: {
        leave: (field) => {
          for (const { name, type } of types.getFieldDef()?.args ?? []) {
            const value = field.arguments?.find((given) => given.name.value === name)?.value;
            const metatype = classOf(getNamedType(type).name);
            if (!metatype || value?.kind !== Kind.OBJECT) continue;
            const given: unknown = valueFromASTUntyped(value, variables);
            for (const mistake of mistakesIn(metatype, given, [name])) {
              const node = valueAt(field, mistake.inputPath) ?? value;
              // GraphQL tells of a variable that is missing.
              if (node.kind === Kind.VARIABLE && variables[node.name.value] == null) continue;
              mistakes.push({ ...mistake, locations: placesOf(node), owner: field.loc?.start });
            }
          }
        },
      },
    }),
  );
  return mistakes;
};

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

const classOf = (typeName: string): Type<unknown> | undefined =>
  TypeMetadataStorage.getInputTypesMetadata().find(({ name }) => name === typeName)?.target as
    Type<unknown> | undefined;

const isShallowValue = (value: unknown, levels = DEEPEST): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isShallowValue(inner, levels - 1)));
