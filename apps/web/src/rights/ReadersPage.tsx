import { useNavigate, useParams, useRouterState, useSearch } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { reading } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { useWhyMessages } from "../shell/why-messages.ts";
import { thingAt } from "../shell/why.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fields, Page } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { useRightsMessages } from "./messages.ts";
import css from "./Rights.module.css";

type Readers = ResultOf<"rights.readers">;
type Person = Readers["groups"][number]["people"][number];

/** `/surat/:id/pembaca` and `/naskah/:id/pembaca`: who may see it by which clause, now or on an earlier day. */
export const ReadersPage = (): ReactElement => {
  const words = useRightsMessages();
  const { id = "" } = useParams({ strict: false });
  const { pada } = useSearch({ strict: false });
  const navigate = useNavigate();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const time = useTimeWords();
  const today = dayOf(useNow(), time.zone);
  const input = { id, ...(pada !== undefined && { on: pada }) };
  const answer = useQuery({ ...reading("rights.readers", input), placeholderData: keepPreviousData });
  const choose = (on: string): void => void navigate({ to: ".", search: on === "" || on >= today ? {} : { pada: on }, replace: true });
  const base = thingAt(pathname)?.base ?? "/meja";
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { groups, at, since, isNamed } = answer.data;
  const count = peopleIn(groups);
  return (
    <Page title={words.title} note={pada === undefined ? words.now(count) : words.onDay(time.date(at), count)} acts={<ButtonLink href={base} icon="back">{words.back}</ButtonLink>}>
      <div className={css["tools"]}>
        <Fields>
          <DayField label={words.on} today={today} max={today} value={pada ?? today} onChange={(day) => { if (day !== "") choose(day); }} />
        </Fields>
        {pada !== undefined && <Button onClick={() => choose("")}>{words.today}</Button>}
        <span className={css["spacer"]} />
        <Button icon="print" onClick={() => window.print()}>{words.print}</Button>
        <ButtonLink icon="download" href={address("rights.export", input)} download="">{words.export}</ButtonLink>
      </div>
      {!isNamed && <p className={css["notNamed"]}><Icon name="lock" size={18} />{words.notNamed}</p>}
      {groups.length === 0 && <EmptyState drawing="letter" title={words.none}>{since === null ? "" : words.noneNext(time.date(since))}</EmptyState>}
      {groups.map((group) => <Group key={group.rule} group={group} isNamed={isNamed} />)}
    </Page>
  );
};

// A vacant post is a line of the list, but nobody sees through it; one person may stand under several clauses.
const peopleIn = (groups: Readers["groups"]): number => {
  const people = groups.flatMap((group) => group.people);
  const named = people.flatMap((person) => person.name ?? []);
  return named.length > 0 ? new Set(named).size : people.length;
};

const Group = ({ group, isNamed }: { readonly group: Readers["groups"][number]; readonly isNamed: boolean }): ReactElement => {
  const words = useRightsMessages();
  const why = useWhyMessages();
  return (
    <section className={css["group"]} aria-label={why.rules[group.rule]}>
      <header className={css["groupHead"]}>
        <h2>{why.rules[group.rule]}</h2>
        <small>{why.clauses[group.clause]}</small>
        <span>{words.people(isNamed ? group.people.filter((person) => person.name !== null).length : group.people.length)}</span>
      </header>
      <ul className={css["people"]}>
        {group.people.map((person) => <OnePerson key={`${person.name ?? ""}${person.post}${person.through}${person.since}`} person={person} isNamed={isNamed} />)}
      </ul>
    </section>
  );
};

const OnePerson = ({ person, isNamed }: { readonly person: Person; readonly isNamed: boolean }): ReactElement => {
  const words = useRightsMessages();
  const { post } = useMessages();
  const me = useMe();
  const time = useTimeWords();
  const { act } = person;
  const name = person.name ?? (isNamed ? words.vacant : words.hidden);
  const holding = person.holding === null ? "" : post.holding[person.holding];
  const kind = person.name === null ? "vacant" : person.name === me.name ? "you" : holding === "" ? "person" : "acting";
  const giver = act === null ? "" : act.system ? words.system : act.person === "" ? act.post : act.person;
  return (
    <li>
      <PostAvatar name={name} kind={kind} />
      <div>
        <b>{name}{person.sight === "sampul" && <span className={css["chips"]}><Chip tone="secret" icon="lock">{words.envelope}</Chip></span>}</b>
        <small>{`${holding === "" ? "" : `${holding} `}${person.post}`}</small>
        {person.basis !== null && <small className={css["acting"]}>{person.basis}</small>}
        {person.through !== "jabatan" && <small>{person.through === "orang" ? words.himself : words.unit(person.unit)}</small>}
      </div>
      <div>
        <small>{words.since(time.full(person.since))}</small>
        {act !== null && <small><span className={css["giver"]}>{giver}</span> {act.sentence[time.language]}</small>}
      </div>
    </li>
  );
};
