import type { ReactElement, ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { cx } from "./class-names.ts";
import { Seal, type SealState } from "./Marks.tsx";
import { PostAvatar, type AvatarKind } from "./Small.tsx";
import tree from "./DispositionTree.module.css";
import css from "./Jejak.module.css";

/** One entry of the trail. */
export type TrailEntry = {
  readonly id: string;
  readonly person: string;
  /** Post, with `selaku Plh.` and the like in front where it applies. */
  readonly post: string;
  readonly avatar: AvatarKind;
  /** The mandate behind an acting official, such as `SPT 800.1.11.1/1187/SETDA/2026`. */
  readonly basis?: string;
  /** What was done, without the person: `mendisposisikan ke 3 jabatan.` */
  readonly act: string;
  readonly reason?: string;
  /** `Hari ini 08.41`, and the exact moment for machines. */
  readonly time: string;
  readonly instant: string;
  /** `128.441`; absent = not yet in the log. */
  readonly leaf?: string;
  readonly seal: SealState;
  /** For a mismatch: what to do and whom to call. */
  readonly alarm?: ReactNode;
};

/** Props of `Jejak`. */
export type JejakProps = {
  readonly entries: readonly TrailEntry[];
  /** `14 catatan, semuanya cocok dengan log` */
  readonly summary: string;
  /** Checks the proof of one entry in this browser; the caller then gives the entry its new seal. */
  readonly onCheck: (id: string) => void;
  readonly action?: ReactNode;
  /** A title of its own is not wanted where a tab already names it. */
  readonly isTitled?: boolean;
};

/** The trail, newest first, on its golden cord: face, name, post, act, time, reason, and a seal that can be checked. */
export const Jejak = ({ entries, summary, onCheck, action, isTitled = true }: JejakProps): ReactElement => {
  const { trail } = useMessages();
  return (
    <section className={tree["section"]} aria-label={trail.title}>
      <header>
        {isTitled && <h2>{trail.title}</h2>}
        <p role="status">{summary}</p>
        {action}
      </header>
      <ol className={css["list"]}>
        {entries.map((entry, index) => (
          <li key={entry.id} className={css["entry"]}>
            <PostAvatar name={entry.person} kind={entry.avatar} />
            <div>
              <p>
                <b>{entry.person}</b> <span>{entry.post}</span>
              </p>
              {entry.basis !== undefined && <p className={css["basis"]}>{entry.basis}</p>}
              <p>
                {entry.act}
                {entry.reason !== undefined && entry.reason !== "" && <> <q>{entry.reason}</q></>}
              </p>
            </div>
            <div className={css["proof"]}>
              <time dateTime={entry.instant}>{entry.time}</time>
              <ProofButton entry={entry} isFirst={index === 0} onCheck={onCheck} />
            </div>
            <span className={css["seal"]}>
              <Seal state={entry.seal} size={index === 0 ? 24 : 20} />
            </span>
            {entry.alarm !== undefined && <p className={css["alarm"]} role="alert">{entry.alarm}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
};

const ProofButton = ({ entry, isFirst, onCheck }: { readonly entry: TrailEntry; readonly isFirst: boolean; readonly onCheck: (id: string) => void }): ReactElement => {
  const { trail } = useMessages();
  if (entry.leaf === undefined) return <span className={css["waiting"]}>{trail.waiting}</span>;
  if (entry.seal === "checking") return <span className={css["waiting"]} role="status">{trail.checking}</span>;
  const words = entry.seal === "mismatch" ? trail.mismatch : entry.seal === "proved" ? trail.proved : isFirst ? trail.recorded : "";
  return (
    <button type="button" className={cx(entry.seal === "mismatch" && css["mismatch"])} title={trail.check(entry.leaf)} onClick={() => onCheck(entry.id)}>
      <span className="vh">{trail.checkShort} </span>
      {words} #{entry.leaf}
    </button>
  );
};
