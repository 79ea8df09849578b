import { useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { NoteDialog } from "../session/NoteDialog.tsx";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Fault, Fields, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useCertificatesWords } from "./certificates-words.ts";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

type Mine = ResultOf<"signing.mine">;

const outdated = ["signing.mine", "signing.check", "session.me"] as const;
const dayMs = 86_400_000;
/** From here on the days that are left are said aloud. */
const soonDays = 60;

/** The certificate with which one signs: whose it is, until when, how it stands with its provider; and how one comes to it. */
export const CertificateSection = (): ReactElement => {
  const words = useSettingsMessages();
  const all = useCertificatesWords();
  const isAdmin = useMe().acting.functions.includes("admin");
  const mine = useRead("signing.mine", {});
  if (mine.data === undefined) return <Section title={words.certificate}>{mine.error === null ? <PageLoading /> : <PageProblem isPart error={mine.error} onRetry={() => void mine.refetch()} />}</Section>;
  const { current, account } = mine.data;
  return (
    <Section title={words.certificate}>
      {current !== null && <Current certificate={current} isOutside={account === "nik" || account === "given"} isToken={mine.data.secret === "pin"} />}
      {current === null && account === null && <p>{words.none}</p>}
      {account !== null && <Activation mine={mine.data} />}
      {isAdmin && <div className={css["buttons"]}><ButtonLink href="/pengaturan/sertifikat" icon="shield">{all.title}</ButtonLink></div>}
    </Section>
  );
};

const Current = ({ certificate, isOutside, isToken }: { readonly certificate: NonNullable<Mine["current"]>; readonly isOutside: boolean; readonly isToken: boolean }): ReactElement => {
  const words = useSettingsMessages();
  const [stands, checkWord] = isToken ? [words.tokenStands, words.tokenCheck] : [words.certificateStands, words.certificateCheck];
  const time = useTimeWords();
  const now = useNow();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const check = useRead("signing.check", {}, { isOn: isOutside });
  const withdraw = useCommand("signing.withdraw", { outdates: outdated, onDone: () => { setWithdrawing(false); notify("done", words.withdrawn); } });
  const days = Math.max(0, Math.floor((Date.parse(certificate.until) - now.getTime()) / dayMs));
  const standing = check.data?.standing ?? undefined;
  return (
    <>
      <Rows>
        <Row
          title={<>{certificate.name} {days <= soonDays && <Chip tone="soon">{words.certificateLeft(days)}</Chip>} {certificate.development && <Chip tone="plain">{words.development}</Chip>}</>}
          note={words.certificateFrom(certificate.issuer, time.mediumDate(certificate.until))}
          side={<Button onClick={() => setWithdrawing(true)}>{words.withdraw}</Button>}
        />
        {isOutside && <Row title={standing === undefined ? checkWord : stands[standing]} side={<Button isBusy={check.isFetching} onClick={() => void check.refetch()}>{checkWord}</Button>} />}
      </Rows>
      <Fault error={check.error} />
      {isWithdrawing && <NoteDialog keepAs={`withdraw-${certificate.serial}`} title={words.withdrawTitle} lead={words.withdrawLead} label={words.withdrawReason} isRequired maxLength={200} submit={words.withdraw} isDangerous isBusy={withdraw.isPending} error={withdraw.error} onClose={() => setWithdrawing(false)} onSend={(reason) => withdraw.mutateAsync({ reason })} />}
    </>
  );
};

/** One trial signature makes a person able to sign here. */
const Activation = ({ mine }: { readonly mine: Mine }): ReactElement => {
  const words = useSettingsMessages();
  const [account, setAccount] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [isShown, setShown] = useState(false);
  const isNew = mine.account === "new";
  const isToken = mine.secret === "pin";
  const [wantsAnother, setWantsAnother] = useState(false);
  const activate = useCommand("signing.activate", { outdates: outdated, onDone: () => { setPassphrase(""); setWantsAnother(false); notify("done", words.activated); } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    activate.mutate({ account: mine.account === "given" ? account.trim() : null, passphrase });
  };
  if (mine.account === "nik" && !mine.hasNik) return <p>{words.activateNeedsNik}</p>;
  if (mine.current !== null && !wantsAnother) return <div className={css["buttons"]}><Button onClick={() => setWantsAnother(true)}>{words.activateAgain}</Button></div>;
  return (
    <>
      <p>{isNew ? words.activateNewLead : isToken ? words.activateTokenLead : words.activateLead(mine.provider)}</p>
      <form onSubmit={submit} aria-label={words.activate}>
        <Fields>
          {mine.account === "given" && <label>{isToken ? words.activateToken : words.activateAccount}<input required maxLength={200} autoComplete="off" spellCheck={false} value={account} onChange={(event) => setAccount(event.target.value)} /></label>}
          <label>{isNew ? words.activateNewPassphrase : isToken ? words.activatePin : words.activatePassphrase}<input type={isShown ? "text" : "password"} required minLength={isNew ? 12 : undefined} maxLength={200} autoComplete={isNew ? "new-password" : "off"} value={passphrase} onChange={(event) => setPassphrase(event.target.value)} /></label>
          <Button type="submit" kind="primary" isBusy={activate.isPending}>{words.activate}</Button>
        </Fields>
        {isNew && <Fields><label className={css["check"]}><input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />{words.show}</label></Fields>}
        <Fault error={activate.error} />
      </form>
    </>
  );
};
