import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { type Language } from "#domain/language.js";
import { ofType } from "#event-store/catalogue.js";
import { parseStreamName } from "#event-store/streams.js";
import { type HistoryKind, kindOfType } from "#history/kinds.js";
import { inParts, partsOf, textOf } from "#history/parts.js";
import { previewSentenceOf } from "#history/previews.js";
import { type Naming, speakerOf } from "#history/speaker.js";
import { PreviewedEvent } from "../commands/preview-models.js";
import { Backend } from "../core/backend.js";
import { ScopeOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { HistoryKindEnum, SentencePart } from "../history/models.js";
import { namingOf } from "../history/naming.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Scope } from "#read-models/rows/scope.js";

const LANGUAGE = { type: () => LanguageEnum, defaultValue: "EN", description: "The language in which it is told." };

const eventAt = <Event>(events: readonly Event[], place: number): Event => {
  const event = events[place];
  if (!event) throw new Error("a previewed event is one of its preview");
  return event;
};

@Resolver(() => PreviewedEvent)
export class PreviewedEventFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryKindEnum, { description: "What it is about, as in histories." })
  kind(@Parent() { events, place }: Plain<PreviewedEvent>): HistoryKind {
    return kindOfType[eventAt(events, place).type];
  }

  @ResolveField(() => String, {
    description:
      "What will happen, in a sentence. Once it is recorded, a history tells it in the past. What is not numbered or named yet is called by its id.",
  })
  async sentence(
    @Parent() event: Plain<PreviewedEvent>,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @LoadersOf() load: Loaders,
  ): Promise<string> {
    return textOf(await this.parts(event, language, scope, load));
  }

  @ResolveField(() => [SentencePart], { description: "The sentence in parts." })
  async parts(
    @Parent() { events, place, currency }: Plain<PreviewedEvent>,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() { providerId }: Scope,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<SentencePart>[]> {
    const event = eventAt(events, place);
    const { category, id } = parseStreamName(event.stream);
    const known = currency ?? (category === "receivables" ? ((await load.customer(id))?.currency ?? null) : null);
    // An account that the command opens is in no read model.
    const opened = new Map(
      ofType(events, "AccountOpened").map(({ data }) => [data.accountId, data.personal.identifier]),
    );
    const naming = await namingOf(this.backend.dataSource, providerId, (asking) =>
      previewSentenceOf(event, speakerOf(language, asking, known)),
    );
    const named: Naming = (kind, of) => (kind === "ACCOUNT" ? opened.get(of) : undefined) ?? naming(kind, of);
    return partsOf(previewSentenceOf(event, inParts(speakerOf(language, named, known), known)));
  }
}
