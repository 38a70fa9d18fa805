import { type DynamicModule, Module } from "@nestjs/common";
import { CqrsModule } from "@nestjs/cqrs";
import { GraphQLModule } from "@nestjs/graphql";
import { MercuriusDriver, type MercuriusDriverConfig } from "@nestjs/mercurius";
import { type FastifyRequest } from "fastify";
import { AsOfBenches } from "./core/as-of-benches.js";
import { Backend } from "./core/backend.js";
import { ExecuteHandler, PreviewHandler } from "./commands/bus.js";
import { admission, settled } from "./graphql/admission.js";
import { errorFormatter } from "./graphql/errors.js";
import { MAX_TOKENS, validationRules } from "./graphql/limits.js";
import { operationNameOf } from "./http/operations.js";
import { Authenticator } from "./http/authentication/authenticator.js";
import { RequestContexts } from "./http/request-contexts.js";
import { resolvers } from "./resolvers/all.js";
import { DocumentsController } from "./http/documents.js";
import { CallFilesController } from "./http/call-files.js";
import { JobFilesController } from "./http/job-files.js";
import { HealthController } from "./http/health.js";
import { Monitor } from "./http/monitor.js";
import { Metrics } from "./core/metrics.js";
import { timingHooks } from "./http/timing.js";
import { Clocks } from "./core/clocks.js";
import {
  AccountAliasesHandler,
  AccountByIdentifierHandler,
  ClosedPeriodsHandler,
  InvoiceSumsHandler,
  EventHandler,
  FindHandler,
  ListHandler,
  StallsHandler,
  AgedReceivablesHandler,
  UnbilledHandler,
  ZendeskCustomerHandler,
} from "./queries/handlers.js";
import { BilledHandler, PenaltiesOutstandingHandler } from "./queries/export-queries.js";

@Module({})
class CoreModule {
  static on(backend: Backend, authenticator: Authenticator): DynamicModule {
    const shared = [Metrics, Clocks, AsOfBenches, RequestContexts, Monitor];
    return {
      module: CoreModule,
      global: true,
      providers: [
        { provide: Backend, useValue: backend },
        { provide: Authenticator, useValue: authenticator },
        ...shared,
      ],
      exports: [Backend, Authenticator, ...shared],
    };
  }
}

const graphql = (
  backend: Backend,
  contexts: RequestContexts,
  metrics: Metrics,
): Omit<MercuriusDriverConfig, "driver"> => ({
  autoSchemaFile: true,
  buildSchemaOptions: { skipCheck: true },
  path: "/graphql",
  graphiql: false,
  subscription: false,
  allowBatchedQueries: false,
  validationRules,
  graphql: { parseOptions: { maxLexicalTokens: MAX_TOKENS } },
  context: (request: FastifyRequest) => contexts.of(request.headers, operationNameOf(request)),
  errorFormatter: errorFormatter(backend.log),
  hooks: hooksOf(metrics),
});

const hooksOf = (metrics: Metrics): NonNullable<MercuriusDriverConfig["hooks"]> => {
  const { preExecution, onResolution } = timingHooks(metrics);
  // An operation is timed from when it is admitted.
  return { preExecution: [admission, preExecution], onResolution: [onResolution, settled] };
};

/** The module of the API. */
@Module({})
export class ApiModule {
  static on(backend: Backend, authenticator: Authenticator): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.on(backend, authenticator),
        CqrsModule.forRoot(),
        GraphQLModule.forRootAsync<MercuriusDriverConfig>({
          driver: MercuriusDriver,
          inject: [Backend, RequestContexts, Metrics],
          useFactory: graphql,
        }),
      ],
      controllers: [HealthController, DocumentsController, CallFilesController, JobFilesController],
      providers: [
        ...resolvers,
        ExecuteHandler,
        PreviewHandler,
        FindHandler,
        ListHandler,
        AccountAliasesHandler,
        AccountByIdentifierHandler,
        ClosedPeriodsHandler,
        InvoiceSumsHandler,
        EventHandler,
        StallsHandler,
        AgedReceivablesHandler,
        UnbilledHandler,
        ZendeskCustomerHandler,
        BilledHandler,
        PenaltiesOutstandingHandler,
      ],
    };
  }
}
