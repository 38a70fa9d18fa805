import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  Kind,
  type SelectionSetNode,
} from "graphql/index.js";
import { InputType } from "@nestjs/graphql";
import { MOST_AS_OF } from "../core/as-of-benches.js";
import { DateField, InstantField } from "./fields.js";
import { tooLarge } from "./limits.js";
import { type Operation } from "./operation.js";

@InputType({
  description:
    "As of when something is asked for, with all fields below it: at least one of the two. See docs/graphql.md#as-of.",
})
export class AsOfInput {
  @DateField("As it holds for this day, of the customer's time zone; left out: for the day of `knownAt`.", {
    nullable: true,
  })
  day?: string | null;
  @InstantField("As it was known at this instant, by the provider's clock; left out: as it is known now.", {
    nullable: true,
  })
  knownAt?: string | null;
}

export const AS_OF = {
  type: () => AsOfInput,
  nullable: true,
  description: "As of when; left out: as it is now.",
};

/**
 * How many of an operation's top-level fields ask for another moment.
 * @throws GraphQLError QUERY_TOO_LARGE
 */
export const countAsOf = ({ schema, document, operation, variables }: Operation): number => {
  const root = schema.getRootType(operation.operation);
  // The execution refuses malformed variables, and says why.
  if (!root || variables === null) return 0;
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const fields = new Map(fieldsOf(operation.selectionSet, fragments).map((field) => [keyOf(field), field]));
  const count = [...fields.values()].filter((field) => asksAsOf(root, field, variables)).length;
  if (count > MOST_AS_OF) {
    throw tooLarge(`The operation has ${count} fields with asOf; ${MOST_AS_OF} are allowed.`, operation);
  }
  return count;
};

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const fieldsOf = (
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments);
    const found = fragments.get(selection.name.value);
    return found ? fieldsOf(found.selectionSet, fragments) : [];
  });

const asksAsOf = (root: GraphQLObjectType, field: FieldNode, variables: Readonly<Record<string, unknown>>): boolean => {
  const known = root.getFields()[field.name.value];
  if (!known?.args.some(({ name }) => name === "asOf")) return false;
  return getArgumentValues(known, field, variables)["asOf"] != null;
};

/** The key in the answer of the top-level field that a field is below, or is itself. */
export const rootKeyOf = ({ path }: Pick<GraphQLResolveInfo, "path">): string => {
  let place = path;
  while (place.prev) place = place.prev;
  return String(place.key);
};
