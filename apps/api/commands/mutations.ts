import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { type Command, type CommandName } from "#application/commands.js";
import { type Principal } from "#application/command/principal.js";
import { type Session } from "#application/command/session.js";
import { positionToText } from "#event-store/position.js";
import { PrincipalOf, SessionOf } from "../graphql/context.js";
import { type Answers, type MutationField } from "../graphql/mutation.js";
import { rejectedAt } from "../graphql/validation.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { FindQuery, type Kind } from "../queries/messages.js";
import { ExecuteCommand } from "./bus.js";
import { mutationFields } from "./mutation-fields.js";

/** A mutation's input as received. */
export interface GivenInput {
  readonly idempotencyKey: string;
}

/** The command of a mutation's input. The types of the fields ensure that the input belongs to the name. */
export const commandOf = (name: CommandName, { idempotencyKey, ...input }: GivenInput): Command =>
  ({ name, input, idempotencyKey }) as Command;

/** One field for each command, added below. */
@Resolver()
export class Mutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Executes the command, and returns its outcome with the entity as queries show it now. */
  protected async send(
    { kind, entityId = "id" }: Answers<Kind>,
    command: Command,
    principal: Principal,
    session: Session,
  ): Promise<Outcome> {
    const accepted = await this.commands
      .execute(new ExecuteCommand(session, principal, command))
      .catch((error: unknown) => {
        throw rejectedAt(error, ["input"]);
      });
    const { visible, position } = accepted;
    const id = (accepted as unknown as Readonly<Record<string, string>>)[entityId] ?? accepted.id;
    const entity = visible ? await this.queries.execute(new FindQuery(kind, id, principal)) : null;
    return { ...accepted, position: positionToText(position), entity } as Outcome;
  }

  /** Adds the field of a command. */
  static add(name: CommandName, { input: Input, description, answers }: MutationField<CommandName, Kind>): void {
    const target = Mutations.prototype;
    const resolve = function (this: Mutations, input: GivenInput, principal: Principal, session: Session) {
      return this.send(answers, commandOf(name, input), principal, session);
    };
    const property = { value: resolve, configurable: true, writable: true };
    Object.defineProperty(target, name, property);
    // Does what decorators on a method would do; the validation uses the input's class.
    Reflect.defineMetadata("design:paramtypes", [Input, Object, Object], target, name);
    // Nullable: the refusal of one field leaves the answers of the others.
    Mutation(() => answers.payload, { name, description, nullable: true })(target, name, property);
    Args("input", { type: () => Input, description: INPUT })(target, name, 0);
    PrincipalOf()(target, name, 1);
    SessionOf()(target, name, 2);
  }
}

for (const [name, field] of Object.entries(mutationFields)) {
  Mutations.add(name as CommandName, field);
}
