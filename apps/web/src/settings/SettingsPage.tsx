import type { ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { deviceWords } from "../kernel/device-words.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { CertificateSection } from "./CertificateSection.tsx";
import { useSettingsMessages } from "./messages.ts";
import { PasswordSection } from "./PasswordSection.tsx";
import { PasskeySection } from "./PasskeySection.tsx";
import { RecoverySection } from "./RecoverySection.tsx";
import { SecondFactorSection } from "./SecondFactorSection.tsx";
import { useSecuringWords } from "./securing-words.ts";
import css from "./Settings.module.css";

/** What a person may set about himself: how he enters and from where; and the certificate with which he signs. */
export const SettingsPage = (): ReactElement => {
  const words = useSettingsMessages();
  const securing = useSecuringWords();
  const me = useMe();
  return (
    <Page title={words.title} acts={me.acting.functions.includes("admin") ? <ButtonLink href="/pengaturan/akun" icon="user">{words.accounts}</ButtonLink> : undefined}>
      {me.securing !== null && <Section title={securing.title} lead={securing.advised}>{null}</Section>}
      <CertificateSection />
      <PasskeySection />
      <PasswordSection />
      <SecondFactorSection />
      {(me.secondFactor || me.passkeys > 0) && <RecoverySection left={me.recoveryCodes} />}
      <Devices />
      <Access />
    </Page>
  );
};

/** The ways to the page of rights, for who looks after them, and to emergency access, for who may ask for it. */
const Access = (): ReactElement | null => {
  const words = useSettingsMessages();
  const { functions } = useMe().acting;
  const looksAfter = functions.some((name) => name === "admin" || name === "inspector");
  if (!looksAfter && !functions.includes("leader")) return null;
  return (
    <Section title={words.access}>
      <Rows>
        {looksAfter && <Row href="/pengaturan/hak" title={words.accessOpen} note={words.accessLead} />}
        <Row href="/darurat" title={words.emergency} note={words.emergencyLead} />
      </Rows>
    </Section>
  );
};

const Devices = (): ReactElement => {
  const words = useSettingsMessages();
  const time = useTimeWords();
  const now = useNow();
  const sessions = useRead("session.sessions", {});
  const end = useCommand("session.endSession", { outdates: ["session.sessions"], onDone: () => void notify("done", words.ended) });
  const endOthers = useCommand("session.endOtherSessions", { outdates: ["session.sessions"], onDone: () => void notify("done", words.endedOthers) });
  if (sessions.data === undefined) return sessions.error === null ? <PageLoading /> : <PageProblem isPart error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <Section title={words.devices} lead={words.devicesLead}>
      <Rows>
        {sessions.data.map((session) => (
          <Row key={session.id} title={deviceWords(session.device, time.language)} note={words.lastSeen(time.when(session.lastSeen, now))} side={session.current ? <Chip>{words.thisDevice}</Chip> : <Button onClick={() => end.mutate({ id: session.id })} isBusy={end.isPending && end.variables.id === session.id}>{words.end}</Button>} />
        ))}
      </Rows>
      <div className={css["buttons"]}>
        <ButtonLink href="/pengaturan/riwayat" icon="history">{words.historyOpen}</ButtonLink>
        <ButtonLink href="/pengaturan/tindakan" icon="user">{words.acts}</ButtonLink>
        {sessions.data.length > 1 && <Button kind="danger" icon="signOut" isBusy={endOthers.isPending} onClick={() => endOthers.mutate({})}>{words.endOthers}</Button>}
      </div>
      <Fault error={end.error ?? endOthers.error} />
    </Section>
  );
};
