import { useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { usePolicyMessages } from "./policy-messages.ts";
import { changesOf, isSame, type Rules } from "./policy-changes.ts";
import { CodesField } from "./ScopeField.tsx";
import css from "./PolicyPage.module.css";

const holders = ["blocked", "warned"] as const;

/** What a government decides for itself about authority: set by its admin, with who set what before. */
export const PolicyPage = (): ReactElement => {
  const words = usePolicyMessages();
  const isAdmin = useMe().acting.functions.includes("admin");
  const rules = useRead("organisation.policy", {});
  if (rules.error !== null && rules.data === undefined) return <PageProblem error={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <Page title={words.title} note={words.lead} acts={<ButtonLink href="/organisasi" icon="org">{words.back}</ButtonLink>}>
      {!isAdmin ? <EmptyState drawing="lost" title={words.notYours}>{words.notYoursNext}</EmptyState> : rules.data === undefined ? <PageLoading /> : (
        <>
          <RulesForm key={JSON.stringify(rules.data)} rules={rules.data} />
          <History />
        </>
      )}
    </Page>
  );
};

const RulesForm = ({ rules }: { readonly rules: Rules }): ReactElement => {
  const words = usePolicyMessages();
  const [wanted, setWanted] = useState(rules);
  const save = useCommand("organisation.setPolicy", { outdates: ["organisation.policy", "organisation.policyHistory", "session.me"], onDone: () => void notify("done", words.saved) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(wanted);
  };
  return (
    <form onSubmit={submit}>
      <Section title={words.acting} lead={words.actingLead}>
        <div className={css["choices"]} role="radiogroup" aria-label={words.acting}>
          {holders.map((holder) => <label key={holder}><input type="radio" name="holder" checked={wanted.holderWhileActing === holder} onChange={() => setWanted({ ...wanted, holderWhileActing: holder })} />{words.holder[holder]}</label>)}
        </div>
      </Section>
      <Section title={words.beyond} lead={words.beyondLead}>
        {wanted.beyondMandate.length === 0 && <p className={css["none"]}>{words.beyondNone}</p>}
        <CodesField label={words.beyond} value={wanted.beyondMandate} onChange={(beyondMandate) => setWanted({ ...wanted, beyondMandate })} />
      </Section>
      <Section title={words.emergency} lead={words.emergencyLead}>
        <Fields><label>{words.minutes}<input type="number" inputMode="numeric" min={10} max={240} required value={Number.isNaN(wanted.emergencyMinutes) ? "" : wanted.emergencyMinutes} onChange={(event) => setWanted({ ...wanted, emergencyMinutes: Math.trunc(event.target.valueAsNumber) })} /></label></Fields>
      </Section>
      <div className={css["save"]}>
        <Button type="submit" kind="primary" icon="check" isBusy={save.isPending} disabled={isSame(rules, wanted)}>{words.save}</Button>
        {isSame(rules, wanted) && <span>{words.same}</span>}
        <Fault error={save.error} />
      </div>
      <Section title={words.entry} lead={words.entryLead}>
        <Rows><Row title={words.entryOf(rules.strongEntry.groups.length, rules.strongEntry.graceDays, rules.strongEntry.force === "required")} side={<ButtonLink href="/pengaturan/akun" icon="user">{words.toAccounts}</ButtonLink>} /></Rows>
      </Section>
    </form>
  );
};

type Told = ResultOf<"organisation.policyHistory">[number];

const History = (): ReactElement => {
  const words = usePolicyMessages();
  const time = useTimeWords();
  const now = useNow();
  const { data, error } = useRead("organisation.policyHistory", {});
  const what = (told: Told, before: Told | undefined): string => (before === undefined ? words.first : changesOf(before.rules, told.rules, words).join("; "));
  return (
    <Section title={words.history} lead={words.historyLead}>
      {data === undefined ? error === null && <PageLoading /> : data.length === 0 ? <p className={css["none"]}>{words.historyNone}</p> : (
        <Rows>{data.map((told, index) => <Row key={told.eventId} title={what(told, data[index + 1])} note={`${told.person}, ${told.post}`} side={time.stamp(told.at, now)} />)}</Rows>
      )}
      <Fault error={error} />
    </Section>
  );
};
