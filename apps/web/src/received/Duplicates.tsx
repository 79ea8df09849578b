import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { DuplicateCard } from "../ui/Register.tsx";
import type { FactsForm } from "./facts-form.ts";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import css from "./RegisterPage.module.css";

/** An earlier letter that looks like this one. */
export type Duplicate = LetterView["duplicates"][number];

/** Earlier letters with the same file, and those with the same sender, number and date as the form now says. */
export const useDuplicates = (letter: LetterView, form: FactsForm): readonly Duplicate[] => {
  const { sender, number, date } = form.values;
  const like = { id: letter.id, sender: sender.trim(), number: number.trim(), date };
  const isWhole = like.sender !== "" && like.number !== "" && /^\d{4}-\d\d-\d\d$/.test(date) && like.sender.length <= 200 && like.number.length <= 120;
  const found = useRead("received.duplicates", like, { isOn: isWhole });
  const all = [...letter.duplicates, ...(isWhole ? (found.data ?? []) : [])];
  return [...new Map(all.map((each) => [each.id, each])).values()];
};

/** Asks about a letter that may have been registered before: merge, compare, or register separately with a reason. */
export const Duplicates = ({ letter, duplicates, reason, onReason }: { readonly letter: LetterView; readonly duplicates: readonly Duplicate[]; readonly reason: string; readonly onReason: (reason: string) => void }): ReactElement | null => {
  const all = useReceivedMessages();
  const words = all.register;
  const navigate = useNavigate();
  const time = useTimeWords();
  const now = useNow();
  const [isSeparate, setSeparate] = useState(reason !== "");
  const [isComparing, setComparing] = useState(false);
  const [first] = duplicates;
  const merge = useCommand("received.discard", {
    outdates: outdatedByActs,
    onDone: () => {
      notify("done", words.merged(first?.agenda ?? ""));
      if (first !== undefined) void navigate({ href: `/surat/${first.id}` });
    },
  });
  const canMerge = first !== undefined && first.agenda !== null && letter.may.includes("discard");
  const mergeNow = (): void => {
    if (first?.agenda !== null && first !== undefined && canMerge && !merge.isPending) merge.mutate({ id: letter.id, reason: words.mergedReason(first.agenda) });
  };
  useShortcuts([
    { keys: "f2", says: words.merged(first?.agenda ?? ""), group: words.title, run: mergeNow, whileTyping: true },
    { keys: "f4", says: words.compareTitle(first?.agenda ?? ""), group: words.title, run: () => setComparing(true), whileTyping: true },
    { keys: "f8", says: words.separateConfirm, group: words.title, run: () => setSeparate(true), whileTyping: true },
  ], { isOn: first !== undefined });
  if (first === undefined) return null;
  return (
    <div id="surat-ganda" className={css["duplicates"]}>
      <DuplicateCard
        title={first.agenda === null ? words.duplicateUnnumbered : words.duplicate(first.agenda)}
        reason={`${first.why === "berkas_sama" ? words.sameFile : words.sameNumber} ${first.subject}`}
        agenda={first.agenda ?? ""}
        {...(first.registered !== null && { registered: words.registeredBy(first.registered.by, lower(time.when(first.registered.at, now))) })}
        href={`/surat/${first.id}${first.agenda === null ? "/catat" : ""}`}
        {...(canMerge && { onMerge: mergeNow })}
        onCompare={() => setComparing(true)}
        onSeparate={() => setSeparate(true)}
      />
      {isSeparate && (
        <label className={css["plain"]}>
          <span>{words.separateReason}</span>
          {/* The person has just asked for this field. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <input autoFocus={reason === ""} value={reason} maxLength={500} placeholder={words.separateHint} onChange={(event) => onReason(event.target.value)} />
        </label>
      )}
      {merge.error !== null && <p className={css["fault"]} role="alert">{merge.error.message}</p>}
      {isComparing && <Compare letter={letter} other={first} onClose={() => setComparing(false)} />}
    </div>
  );
};

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

const Compare = ({ letter, other, onClose }: { readonly letter: LetterView; readonly other: Duplicate; readonly onClose: () => void }): ReactElement => {
  const all = useReceivedMessages();
  const words = all.register;
  const old = useRead("received.show", { id: other.id });
  const [mine] = letter.files;
  const theirs = old.data?.files[0];
  return (
    <Dialog isOpen onClose={onClose} title={words.compareTitle(other.agenda ?? "")} width={1100} onPhone="full" foot={<Button kind="primary" onClick={onClose}>{all.close}</Button>}>
      <div className={css["compare"]}>
        <figure>
          <figcaption>{words.compareNew}</figcaption>
          {mine !== undefined && <img src={address("received.pageImage", { id: letter.id, sha256: mine.sha256, page: 1, width: 1000 })} alt={words.compareNew} />}
        </figure>
        <figure>
          <figcaption>{words.compareOld}</figcaption>
          {old.error !== null ? <p role="alert">{old.error.message}</p> : theirs !== undefined && <img src={address("received.pageImage", { id: other.id, sha256: theirs.sha256, page: 1, width: 1000 })} alt={words.compareOld} />}
        </figure>
      </div>
    </Dialog>
  );
};
