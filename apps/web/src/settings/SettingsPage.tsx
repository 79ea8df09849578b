import { useState, type FormEvent, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Code, Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useSettingsMessages } from "./messages.ts";

/** What a person may set about himself: devices, second factor; and the certificate with which he signs. */
export const SettingsPage = (): ReactElement => {
  const words = useSettingsMessages();
  return (
    <Page title={words.title}>
      <Certificate />
      <SecondFactor />
      <Devices />
      <Access />
    </Page>
  );
};

const Certificate = (): ReactElement => {
  const words = useSettingsMessages();
  const { certificate } = useMe();
  const time = useTimeWords();
  const now = useNow();
  return (
    <Section title={words.certificate}>
      {certificate === null ? <p>{words.none}</p> : <Rows><Row title={words.certificateUntil(time.when(certificate.until, now))} note={certificate.development ? words.development : undefined} /></Rows>}
    </Section>
  );
};

const SecondFactor = (): ReactElement => {
  const words = useSettingsMessages();
  const me = useMe();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const begin = useCommand("session.beginSecondFactor");
  const confirm = useCommand("session.confirmSecondFactor", { outdates: ["session.me"], onDone: () => { begin.reset(); setPassword(""); setCode(""); notify("done", words.set); } });
  const remove = useCommand("session.removeSecondFactor", { outdates: ["session.me"], onDone: () => { setPassword(""); notify("done", words.removed); } });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    if (me.secondFactor) remove.mutate({ password });
    else begin.mutate({ password });
  };
  const prove = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate({ code });
  };
  return (
    <Section title={words.factor} lead={words.factorLead}>
      <p><Chip tone={me.secondFactor ? "leaf" : "plain"}>{me.secondFactor ? words.isOn : words.isOff}</Chip></p>
      {begin.data === undefined ? (
        <form onSubmit={ask}>
          <Fields>
            <label>{words.password}<input type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} /></label>
            <Button type="submit" kind={me.secondFactor ? "danger" : "primary"} isBusy={begin.isPending || remove.isPending}>{me.secondFactor ? words.remove : words.begin}</Button>
          </Fields>
          <Fault error={begin.error ?? remove.error} />
        </form>
      ) : (
        <form onSubmit={prove}>
          <p>{words.secret}</p>
          <Code>{begin.data.secret}</Code>
          <p><ButtonLink href={begin.data.uri}>{words.open}</ButtonLink></p>
          <Fields>
            <label>{words.code}<input inputMode="numeric" autoComplete="one-time-code" pattern="\d{6}" required value={code} onChange={(event) => setCode(event.target.value)} /></label>
            <Button type="submit" kind="primary" isBusy={confirm.isPending}>{words.confirm}</Button>
          </Fields>
          <Fault error={confirm.error} />
        </form>
      )}
    </Section>
  );
};

/** The way to the page of rights, for who looks after them. */
const Access = (): ReactElement | null => {
  const words = useSettingsMessages();
  const { functions } = useMe().acting;
  if (!functions.some((name) => name === "admin" || name === "inspector")) return null;
  return <Section title={words.access}><Rows><Row href="/pengaturan/hak" title={words.accessOpen} note={words.accessLead} /></Rows></Section>;
};

const Devices = (): ReactElement => {
  const words = useSettingsMessages();
  const time = useTimeWords();
  const now = useNow();
  const sessions = useRead("session.sessions", {});
  const end = useCommand("session.endSession", { outdates: ["session.sessions"], onDone: () => void notify("done", words.ended) });
  if (sessions.data === undefined) return sessions.error === null ? <PageLoading /> : <PageProblem error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <Section title={words.devices} lead={words.devicesLead}>
      <Rows>
        {sessions.data.map((session) => (
          <Row key={session.id} title={session.device} note={words.lastSeen(time.when(session.lastSeen, now))} side={session.current ? <Chip>{words.thisDevice}</Chip> : <Button onClick={() => end.mutate({ id: session.id })} isBusy={end.isPending && end.variables.id === session.id}>{words.end}</Button>} />
        ))}
      </Rows>
      <Fault error={end.error} />
    </Section>
  );
};
