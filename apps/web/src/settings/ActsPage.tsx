import { useState, type ReactElement } from "react";
import { now as present } from "../kernel/clock.ts";
import { daysLater } from "../kernel/days.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { NoteDialog } from "../session/NoteDialog.tsx";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

/** What was done in one's name, week by week, by post and mandate; and the button for what one did not do. */
export const ActsPage = (): ReactElement => {
  const words = useSettingsMessages();
  const time = useTimeWords();
  const [date, setDate] = useState<string | undefined>(undefined);
  const [isReporting, setReporting] = useState(false);
  const week = useRead("session.acts", date === undefined ? {} : { date });
  const disown = useCommand("session.disown", { onDone: () => location.assign("/masuk") }); // a whole new page: nothing of the session stays in memory
  const { data } = week;
  return (
    <Page title={words.acts} acts={<ButtonLink href="/pengaturan" icon="back">{words.back}</ButtonLink>}>
      {data === undefined ? (week.error === null ? <PageLoading /> : <PageProblem error={week.error} onRetry={() => void week.refetch()} />) : (
        <>
          <Section title={words.weekOf(time.date(data.from), time.date(daysLater(data.monday, 6)))} lead={words.actsLead}>
            <div className={css["buttons"]}>
              <Button icon="left" onClick={() => setDate(daysLater(data.monday, -7))}>{words.weekBefore}</Button>
              {Date.parse(data.to) <= present().getTime() && <Button iconAfter="right" onClick={() => setDate(daysLater(data.monday, 7))}>{words.weekAfter}</Button>}
              <Button kind="danger" icon="flag" onClick={() => setReporting(true)}>{words.notMe}</Button>
            </div>
          </Section>
          {data.groups.length === 0 && <Section title={words.noActs}><p>{words.noActsLead}</p></Section>}
          {data.groups.map((group) => (
            <Section key={group.post} title={group.post} lead={words.actCount(group.acts.length)}>
              <Rows>{group.acts.map((act) => <Row key={act.id} title={`${act.sentence.charAt(0).toUpperCase()}${act.sentence.slice(1)}`} side={time.stamp(act.at, present())} {...(act.href !== null && { href: act.href })} />)}</Rows>
            </Section>
          ))}
          {data.isCut && <p>{words.actsCut}</p>}
          {isReporting && (
            <NoteDialog keepAs={`bukan-saya.${data.monday}`} title={words.notMe} lead={words.notMeLead} label={words.notMeNote} isRequired maxLength={500} submit={words.notMeSend} isDangerous isBusy={disown.isPending} error={disown.error} onSend={(note) => disown.mutateAsync({ monday: data.monday, note })} onClose={() => setReporting(false)} />
          )}
        </>
      )}
    </Page>
  );
};
