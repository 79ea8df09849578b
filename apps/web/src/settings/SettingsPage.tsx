import { useId, useState, type FormEvent, type ReactElement } from "react";
import { Refused, Unreachable } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { deviceWords } from "../kernel/device-words.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { proveFresh } from "../session/passkey.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
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
  const [ending, setEnding] = useState<Ending | undefined>(undefined);
  if (sessions.data === undefined) return sessions.error === null ? <PageLoading /> : <PageProblem isPart error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <Section title={words.devices} lead={words.devicesLead}>
      <Rows>
        {sessions.data.map((session) => (
          <Row key={session.id} title={deviceWords(session.device, time.language)} note={words.lastSeen(time.when(session.lastSeen, now))} side={session.current ? <Chip>{words.thisDevice}</Chip> : <Button onClick={() => setEnding({ id: session.id, device: deviceWords(session.device, time.language) })}>{words.end}</Button>} />
        ))}
      </Rows>
      <div className={css["buttons"]}>
        <ButtonLink href="/pengaturan/riwayat" icon="history">{words.historyOpen}</ButtonLink>
        <ButtonLink href="/pengaturan/tindakan" icon="user">{words.acts}</ButtonLink>
        {sessions.data.length > 1 && <Button kind="danger" icon="signOut" onClick={() => setEnding({ id: "others" })}>{words.endOthers}</Button>}
      </div>
      {ending !== undefined && <EndDialog ending={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  );
};

type Ending = { readonly id: "others" } | { readonly id: string; readonly device: string };

/** Signing devices out: one touch of the passkey, or the password, so that nobody who finds this one open does it. */
const EndDialog = ({ ending, onClose }: { readonly ending: Ending; readonly onClose: () => void }): ReactElement => {
  const words = useSettingsMessages();
  const me = useMe();
  const form = useId();
  const [password, setPassword] = useState("");
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly fault: Error | null }>({ isBusy: false, fault: null });
  const done = (sentence: string) => (): void => { notify("done", sentence); onClose(); };
  const one = useCommand("session.endSession", { outdates: ["session.sessions"], onDone: done(words.ended) });
  const others = useCommand("session.endOtherSessions", { outdates: ["session.sessions"], onDone: done(words.endedOthers) });
  const byKey = me.stepUp === "kunci" && password === "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setState({ isBusy: true, fault: null });
    try {
      if (byKey) await proveFresh([me.ownAccount], "kunci", "");
      setState({ isBusy: false, fault: null });
      const proof = { password: byKey ? null : password };
      if ("device" in ending) one.mutate({ id: ending.id, ...proof });
      else others.mutate(proof);
    } catch (error) {
      setState({ isBusy: false, fault: error instanceof Refused || error instanceof Unreachable ? error : new Error(words.passkeyPutOff, { cause: error }) });
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={"device" in ending ? `${words.end}: ${ending.device}` : words.endOthers} lead={me.stepUp === "kunci" ? words.endByKey : words.endByPassword} width={440} isHeld={one.isPending || others.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="danger" type="submit" form={form} icon={byKey ? "fingerprint" : "signOut"} isBusy={state.isBusy || one.isPending || others.isPending} disabled={password === "" && !byKey}>{words.end}</Button></>}>
      <form id={form} onSubmit={(event) => void submit(event)}><Field label={words.password}><input data-autofocus type="password" autoComplete="current-password" maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} /></Field></form>
      <Fault error={state.fault ?? one.error ?? others.error} />
    </Dialog>
  );
};
