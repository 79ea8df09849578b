import { useId, useState, type FormEvent, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button, IconButton } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "./Icon.tsx";
import { ChangeMarker } from "./LetterPaper.tsx";
import { PostAvatar, type AvatarKind } from "./Small.tsx";
import css from "./SignDialog.module.css";

/** Props of `SignDialog`. */
export type SignDialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly subject: string;
  /** The frozen bytes that will be signed, drawn (a `PdfViewer`, or page images). */
  readonly document: ReactNode;
  /** A small picture of the first page, for a phone. */
  readonly thumbnail?: ReactNode;
  readonly pages: number;
  /** When and which version was frozen, with the first and last groups of its SHA-256. `isChanged` stops everything. */
  readonly frozen: { /** Absent when it was frozen at an earlier visit. */ readonly time?: string | undefined; readonly version: number; readonly fingerprint: string; readonly isChanged: boolean };
  /** What changed since this person last read it, newest version against that one. */
  readonly changes?: { readonly title: string; readonly lines: readonly ReactNode[] } | undefined;
  readonly authority: {
    readonly person: string;
    readonly avatar: AvatarKind;
    /** `selaku Plh. Kepala Dinas Komunikasi dan Informatika` */
    readonly title: string;
    /** `berdasarkan SPT Nomor … berlaku 23 s.d. 27 November` */
    readonly basis: ReactNode;
    readonly scope: { readonly kind: "inside" | "expires" | "outside"; readonly sentence: string };
  };
  /** `Surat … akan ditandatangani atas nama …, lalu langsung dikirim kepada …` */
  readonly consequence: ReactNode;
  /** `Sesudah itu tidak dapat diubah; hanya dapat dicabut dengan surat baru.` */
  readonly afterwards: string;
  /** What the certificate says: `Sertifikat BSrE Anda berlaku sampai 14 Maret 2027.` */
  readonly certificate?: string;
  /** What the signer knows and nobody else: a passphrase, or the PIN of his token. */
  readonly secret?: "passphrase" | "pin";
  /** What is asked besides that secret: a touch of the passkey after the press, a code typed here, or nothing. */
  readonly stepUp?: "kunci" | "kode" | null;
  /** Passphrase and code live only in this call; the dialog forgets them at once. */
  readonly onSign: (passphrase: string, code: string) => void;
  readonly isSigning: boolean;
  /** The server's sentence when it refused. */
  readonly refusal?: string | undefined;
};

/** Sign what you see: the frozen document, in whose name and by what right, what will happen, and the passphrase. */
export const SignDialog = (props: SignDialogProps): ReactElement => {
  const { sign } = useMessages();
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={sign.title} width={1160} onPhone="full" isBare isHeld={props.isSigning}>
      <Content {...props} />
    </Dialog>
  );
};

const Content = ({ onClose, subject, document, thumbnail, pages, frozen, changes, authority, consequence, afterwards, certificate, secret = "passphrase", stepUp = null, onSign, isSigning, refusal }: SignDialogProps): ReactElement => {
  const { sign, viewer } = useMessages();
  const id = useId();
  const [passphrase, setPassphrase] = useState("");
  const [code, setCode] = useState("");
  const [isShown, setShown] = useState(false);
  const [isReading, setReading] = useState(false);
  const isBlocked = frozen.isChanged || authority.scope.kind === "outside";
  const isReady = !isBlocked && passphrase !== "" && (stepUp !== "kode" || code !== "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onSign(passphrase, code);
    setPassphrase("");
    setCode("");
    setShown(false);
  };
  const seal = frozen.isChanged ? sign.changed : <><b>{sign.frozenLabel}</b> <span>{frozen.time === undefined ? sign.frozenBefore(frozen.version) : sign.frozen(frozen.time, frozen.version)}</span></>;
  return (
    <div className={css["frame"]}>
      <section className={css["document"]} data-read={isReading || undefined} aria-label={viewer.document}>
        <div className={css["frozen"]} data-changed={frozen.isChanged || undefined} role={frozen.isChanged ? "alert" : undefined}>
          {isReading ? <IconButton label={viewer.back} icon="back" onClick={() => setReading(false)} /> : <Icon name={frozen.isChanged ? "warning" : "lock"} size={18} />}
          <span>{seal}</span>
          <code>{frozen.fingerprint}</code>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
        <div className={css["scroll"]} tabIndex={0} role="group" aria-label={subject}>{document}</div>
      </section>
      <form className={css["act"]} onSubmit={submit}>
        <header className={css["head"]}>
          <h2>{sign.title}</h2>
          <IconButton label={sign.close} icon="close" onClick={onClose} disabled={isSigning} />
        </header>
        <div className={css["flow"]}>
          <button type="button" className={css["peek"]} onClick={() => setReading(true)}>
            <span className={css["crop"]}>{thumbnail}</span>
            <span>
              <b>{subject}</b>
              <small>{frozen.isChanged ? sign.changed : `${sign.frozenLabel}${frozen.time === undefined ? "" : ` ${frozen.time}`}, v${frozen.version}`}</small>
              <small>{sign.read(pages)}</small>
            </span>
            <Icon name="right" />
          </button>
          {changes !== undefined && changes.lines.length > 0 && (
            <section>
              <h3 className={css["label"]}><Icon name="history" size={18} />{changes.title}</h3>
              <ol className={css["changes"]}>
                {changes.lines.map((line, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the number is the change's name
                  <li key={index}><ChangeMarker number={index + 1} /><span>{line}</span></li>
                ))}
              </ol>
            </section>
          )}
          <section>
            <h3 className={css["label"]}><Icon name="shield" size={18} />{sign.acting}</h3>
            <div className={css["authority"]}>
              <PostAvatar name={authority.person} kind={authority.avatar} />
              <div>
                <b>{authority.title}</b>
                {authority.basis}
                <p className={css["scope"]} data-scope={authority.scope.kind}>
                  <Icon name={authority.scope.kind === "inside" ? "check" : "warning"} size={18} />
                  {authority.scope.sentence}
                </p>
              </div>
            </div>
          </section>
          <div className={css["consequence"]}>
            {consequence}
            <small>{afterwards}</small>
          </div>
        </div>
        <footer className={css["go"]}>
          <label htmlFor={id}>{sign[secret]}</label>
          <div className={css["secret"]}>
            <input id={id} type={isShown ? "text" : "password"} autoComplete="off" spellCheck={false} maxLength={200} disabled={isBlocked || isSigning} value={passphrase} aria-invalid={refusal !== undefined || undefined} aria-describedby={`${id}-hint`} onChange={(event) => setPassphrase(event.target.value)} />
            <IconButton label={isShown ? (secret === "pin" ? sign.hidePin : sign.hide) : secret === "pin" ? sign.showPin : sign.show} icon={isShown ? "eyeOff" : "eye"} onClick={() => setShown(!isShown)} />
          </div>
          {stepUp === "kode" && (
            <>
              <label htmlFor={`${id}-code`}>{sign.code}</label>
              <div className={css["secret"]}>
                <input id={`${id}-code`} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={20} disabled={isBlocked || isSigning} value={code} onChange={(event) => setCode(event.target.value)} />
              </div>
            </>
          )}
          {refusal !== undefined && <p className={css["refusal"]} role="alert"><Icon name="warning" size={18} />{refusal}</p>}
          <p id={`${id}-hint`} className={css["hint"]}>
            {sign.hint} {stepUp === "kunci" ? sign.passkeyFollows : stepUp === null ? sign.better : ""} {certificate}
          </p>
          <Button type="submit" kind="primary" size="big" isWide icon={stepUp === "kunci" ? "fingerprint" : undefined} isBusy={isSigning} disabled={!isReady}>{isSigning ? sign.signing : sign.submit}</Button>
        </footer>
      </form>
    </div>
  );
};
