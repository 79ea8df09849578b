import { useMemo, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useTimeWords } from "../session/me.ts";
import { usePhoneBar } from "../shell/phone-bar.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Chip, isCalm, SavedState, type Saved } from "../ui/Small.tsx";
import { titleOf, type DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

/** What the naskah is and where it stands: a line above the page on a desktop, the bar of a phone. `saved` says where what is typed is. */
export const DraftHead = ({ draft, subject, saved }: { readonly draft: DraftView; readonly subject: string; readonly saved?: Saved | undefined }): ReactElement => {
  const words = useDraftMessages();
  const title = titleOf(draft, { subject });
  const note = [draft.type.title, draft.version > 0 ? words.version(draft.version).toLowerCase() : "", draft.frozen === null ? "" : draft.frozen.number].filter((part) => part !== "").join(" · ");
  usePhoneBar(useMemo(() => <PhoneBar title={title} note={note} saved={saved} />, [title, note, saved]));
  return (
    <header className={css["head"]}>
      <Anchor href="/naskah" aria-label={words.back} title={words.back} className={css["backLink"]}><Icon name="back" size={20} /></Anchor>
      <div>
        <h1>{title}</h1>
        <p>{[note, draft.replyTo === null ? "" : words.replyTo(draft.replyTo.number, draft.replyTo.sender)].filter((part) => part !== "").join(" · ")}</p>
      </div>
      <Chip tone={draft.revoked !== undefined ? "late" : draft.signed === null ? (draft.status === "perbaikan" ? "soon" : "plain") : "gold"}>{draft.revoked === undefined ? words.status[draft.status] : words.revokedNow}</Chip>
      {saved !== undefined && <SavedState saved={saved} />}
    </header>
  );
};

const PhoneBar = ({ title, note, saved }: { readonly title: string; readonly note: string; readonly saved: Saved | undefined }): ReactElement => {
  const { viewer } = useMessages();
  return (
    <header className={css["phoneBar"]}>
      <Anchor href="/naskah" aria-label={viewer.back} className={css["phoneBack"]}><Icon name="back" size={22} /></Anchor>
      <p>
        <b>{title}</b>
        <small>{saved === undefined || isCalm(saved) ? note : <SavedState saved={saved} />}</small>
      </p>
      {saved !== undefined && isCalm(saved) && <SavedState saved={saved} isShort />}
    </header>
  );
};

/** Why the drafter has the naskah again. */
export const ReturnedNote = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  if (draft.returned === null || draft.status !== "perbaikan") return null;
  return (
    <blockquote className={css["note"]}>
      <b>{words.returnedBy(`${draft.returned.by}, ${draft.returned.post}`)}</b> <time dateTime={draft.returned.at}>{time.stamp(draft.returned.at, now)}</time>
      <p>{draft.returned.note}</p>
    </blockquote>
  );
};

/** The letter that this one answers, to be read beside the writing. */
export const ReplyLink = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  return draft.replyTo === null ? null : <ButtonLink kind="link" size="small" icon="mail" href={`/surat/${draft.replyTo.id}`}>{words.replyTo(draft.replyTo.number, draft.replyTo.sender)}</ButtonLink>;
};
