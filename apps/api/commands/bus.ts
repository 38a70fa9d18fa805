import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from "@nestjs/cqrs";
import { type Command as ApplicationCommand, type Request } from "#application/commands.js";
import { type Accepted, execute } from "#application/execute.js";
import { preview, type Preview } from "#application/preview.js";
import { type Principal } from "#application/command/principal.js";
import { type Session } from "#application/command/session.js";

/* Nest's command and query buses around the application, without logic of their own. */

export class ExecuteCommand extends Command<Accepted> {
  constructor(
    readonly session: Session,
    readonly principal: Principal,
    readonly command: ApplicationCommand,
  ) {
    super();
  }
}

@CommandHandler(ExecuteCommand)
export class ExecuteHandler implements ICommandHandler<ExecuteCommand> {
  execute({ session, principal, command }: ExecuteCommand): Promise<Accepted> {
    return execute(session, principal, command);
  }
}

export class PreviewQuery extends Query<Preview> {
  constructor(
    readonly session: Session,
    readonly principal: Principal,
    readonly request: Request,
  ) {
    super();
  }
}

@QueryHandler(PreviewQuery)
export class PreviewHandler implements IQueryHandler<PreviewQuery> {
  execute({ session, principal, request }: PreviewQuery): Promise<Preview> {
    return preview(session, principal, request);
  }
}
