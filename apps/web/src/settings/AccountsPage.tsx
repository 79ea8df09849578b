import { useDeferredValue, useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field, Hint } from "../ui/Field.tsx";
import { Code, Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { Qr } from "../ui/Qr.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useAccountWords } from "./account-words.ts";
import { useSettingsMessages } from "./messages.ts";
import { SecuringRule } from "./SecuringRule.tsx";
import css from "./Settings.module.css";

type Account = ResultOf<"accounts.list">[number];
type Link = ResultOf<"accounts.invite">;

const tones = { tanpa_akun: "plain", menunggu: "soon", aktif: "leaf", diblokir: "late" } as const;

/** The accounts of a government, for its admin: who has one, who may enter, and a link for whoever chooses a password. */
export const AccountsPage = (): ReactElement => {
  const words = useAccountWords();
  const settings = useSettingsMessages();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed);
  const list = useRead("accounts.list", { q });
  const [open, setOpen] = useState<Account | undefined>(undefined);
  return (
    <Page title={words.title} acts={<ButtonLink href="/pengaturan" icon="back">{settings.back}</ButtonLink>}>
      <SecuringRule />
      <Section title={words.title} lead={words.lead}>
        <Fields><label>{words.search}<input type="search" maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} /></label></Fields>
        {list.data === undefined ? (list.error === null ? <PageLoading /> : <PageProblem error={list.error} onRetry={() => void list.refetch()} />) : (
          <>
            {list.data.length === 0 && <p>{words.none}</p>}
            <Rows>{list.data.map((account) => <OneAccount key={account.id} account={account} onOpen={() => setOpen(account)} />)}</Rows>
          </>
        )}
      </Section>
      {open !== undefined && (open.status === "tanpa_akun" ? <InviteDialog account={open} onClose={() => setOpen(undefined)} /> : <ManageDialog account={open} onClose={() => setOpen(undefined)} />)}
    </Page>
  );
};

const OneAccount = ({ account, onOpen }: { readonly account: Account; readonly onOpen: () => void }): ReactElement => {
  const words = useAccountWords();
  const time = useTimeWords();
  const now = useNow();
  const has = account.status !== "tanpa_akun";
  const facts = [account.username, account.posts.length === 0 ? words.noPost : account.posts.join(", "), has ? words.factors(account.passkeys, account.secondFactor) : null, account.lastSeen === null ? null : words.lastSeen(time.when(account.lastSeen, now))];
  return <Row title={<>{account.name} <Chip tone={tones[account.status]}>{words.status[account.status]}</Chip></>} note={facts.filter((fact) => fact !== null).join(" · ")} side={<Button onClick={onOpen}>{has ? words.manage : words.create}<span className="vh"> {account.name}</span></Button>} />;
};

const InviteDialog = ({ account, onClose }: { readonly account: Account; readonly onClose: () => void }): ReactElement => {
  const words = useAccountWords();
  const [username, setUsername] = useState("");
  const invite = useCommand("accounts.invite", { outdates: ["accounts.list"] });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate({ personId: account.id, username });
  };
  if (invite.data !== undefined) return <LinkDialog account={account} link={invite.data} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={`${words.create}: ${account.name}`} width={480} isHeld={invite.isPending}>
      <form onSubmit={submit}>
        <Field label={words.username}><input data-autofocus autoCapitalize="none" spellCheck={false} autoComplete="off" required pattern="[a-z0-9][a-z0-9._\-]{2,39}" maxLength={40} value={username} onChange={(event) => setUsername(event.target.value.toLowerCase())} /></Field>
        <Hint>{words.usernameHint}</Hint>
        <Fault error={invite.error} />
        <div className={css["buttons"]}><Button onClick={onClose}>{words.cancel}</Button><Button type="submit" kind="primary" isBusy={invite.isPending}>{words.create}</Button></div>
      </form>
    </Dialog>
  );
};

const ManageDialog = ({ account, onClose }: { readonly account: Account; readonly onClose: () => void }): ReactElement => {
  const words = useAccountWords();
  const [reason, setReason] = useState("");
  const done = { outdates: ["accounts.list"] as const, onDone: () => { notify("done", words.did); onClose(); } };
  const renew = useCommand("accounts.renewLink", { outdates: ["accounts.list"] });
  const [block, unblock, reset, end] = [useCommand("accounts.block", done), useCommand("accounts.unblock", done), useCommand("accounts.resetFactors", done), useCommand("accounts.endSessions", done)];
  if (renew.data !== undefined) return <LinkDialog account={account} link={renew.data} onClose={onClose} />;
  const isEmpty = reason.trim() === "";
  const given = { id: account.id, reason };
  const isBlocked = account.status === "diblokir";
  return (
    <Dialog isOpen onClose={onClose} title={account.name} lead={`${account.username} · ${words.status[account.status]}`} width={520} isHeld={[renew, block, unblock, reset, end].some((act) => act.isPending)}>
      <Field label={words.reason}><textarea data-autofocus rows={2} maxLength={300} required value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
      <Hint>{words.reasonHint}</Hint>
      <Fault error={renew.error ?? block.error ?? unblock.error ?? reset.error ?? end.error} />
      <div className={css["buttons"]}>
        {!isBlocked && <Button icon="send" disabled={isEmpty} isBusy={renew.isPending} onClick={() => renew.mutate(given)}>{words.renewLink}</Button>}
        <Button icon="signOut" disabled={isEmpty} isBusy={end.isPending} onClick={() => end.mutate(given)}>{words.endSessions}</Button>
        {(account.secondFactor || account.passkeys > 0) && <Button icon="shield" disabled={isEmpty} isBusy={reset.isPending} onClick={() => reset.mutate(given)}>{words.resetFactors}</Button>}
        {isBlocked ? <Button kind="primary" disabled={isEmpty} isBusy={unblock.isPending} onClick={() => unblock.mutate(given)}>{words.unblock}</Button> : <Button kind="danger" icon="lock" disabled={isEmpty} isBusy={block.isPending} onClick={() => block.mutate(given)}>{words.block}</Button>}
      </div>
    </Dialog>
  );
};

const LinkDialog = ({ account, link, onClose }: { readonly account: Account; readonly link: Link; readonly onClose: () => void }): ReactElement => {
  const words = useAccountWords();
  const time = useTimeWords();
  return (
    <Dialog isOpen onClose={onClose} title={words.linkTitle} lead={words.linkLead(account.name, time.full(link.until))} width={520} foot={<><CopyButton text={link.url} done={words.copied}>{words.copy}</CopyButton><Button kind="primary" onClick={onClose}>{words.done}</Button></>}>
      <div className={css["setup"]}><Qr className={css["qr"]} text={link.url} label={words.linkQr} /><div><Code>{link.url}</Code></div></div>
    </Dialog>
  );
};
