import { letterType } from "@lontar/naskah";
import { useMemo, useState, type ReactElement, type ReactNode } from "react";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Hint } from "../ui/Field.tsx";
import { ChangeMarker } from "../ui/LetterPaper.tsx";
import { Fault } from "../ui/Page.tsx";
import type { Content, DraftView, Version } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { usePlainContent } from "./use-plain-content.ts";
import { changesIn, wordDiff, type Change, type Stretch } from "./word-diff.ts";
import css from "./Panels.module.css";

const most = 12;

/** A comparison as text: what went is struck through, what came is underlined, and a screen reader hears which. */
export const DiffText = ({ stretches }: { readonly stretches: readonly Stretch[] }): ReactElement => {
  const words = useDraftMessages();
  return (
    <>
      {stretches.map((stretch, index) => {
        // oxlint-disable react/no-array-index-key -- stretches have no other name than their place
        switch (stretch.kind) {
          case "same":
            return <span key={index}>{stretch.text}</span>;
          case "gone":
            return <del key={index} aria-label={`${words.gone}: ${stretch.text}`}>{stretch.text}</del>;
          case "new":
            return <ins key={index} aria-label={`${words.came}: ${stretch.text}`}>{stretch.text}</ins>;
          default:
            throw stretch.kind satisfies never;
        }
        // oxlint-enable react/no-array-index-key
      })}
    </>
  );
};

/** The submitted versions of a naskah, newest first; nothing to ask before the first. */
export const useVersions = (draft: DraftView): { readonly versions: readonly Version[]; readonly error: Error | null } => {
  const answer = useRead("drafts.versions", { id: draft.id }, { isOn: draft.version > 0 });
  const versions = useMemo(() => (answer.data ?? []).filter((version, index, all) => all.findIndex((other) => other.version === version.version) === index), [answer.data]);
  return { versions, error: answer.error };
};

/** The version to compare with: the one this person decided on last; for whom has decided on none, the one before this. */
const comparedWith = (draft: DraftView): number | undefined => {
  const { lastSeenVersion, version } = draft;
  if (lastSeenVersion !== null) return lastSeenVersion < version ? lastSeenVersion : undefined;
  return version > 1 ? version - 1 : undefined;
};

/** What changed in the text since this person last decided on it, for the sign dialog. */
export const useChangesSeen = (draft: DraftView): { readonly title: string; readonly lines: readonly ReactNode[] } | undefined => {
  const words = useDraftMessages();
  const { versions } = useVersions(draft);
  const plain = usePlainContent(letterType(draft.type.code));
  const since = comparedWith(draft);
  const before = versions.find((version) => version.version === since);
  return useMemo(() => {
    if (before === undefined) return undefined;
    const lines = changesIn(wordDiff(plain(before.content), plain(draft.content)), most).map((change, index) => <DiffText key={index} stretches={change} />);
    return { title: draft.lastSeenVersion === null ? words.changesTitle(before.version, draft.version) : words.changesSince(before.version), lines };
  }, [before, plain, draft, words]);
};

const ChangeList = ({ before, after, plain }: { readonly before: Content; readonly after: Content; readonly plain: (content: Content) => string }): ReactElement => {
  const words = useDraftMessages();
  const changes: readonly Change[] = useMemo(() => changesIn(wordDiff(plain(before), plain(after)), most + 1), [before, after, plain]);
  if (changes.length === 0) return <Hint>{words.changesNone}</Hint>;
  return (
    <>
      <ol className={css["changes"]}>
        {changes.slice(0, most).map((change, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the number is the change's name
          <li key={index}><ChangeMarker number={index + 1} /><span><DiffText stretches={change} /></span></li>
        ))}
      </ol>
      {changes.length > most && <Hint>{words.changesMore}</Hint>}
    </>
  );
};

/** What changed since I last read it, and every version that was submitted, each against the one on screen. */
export const ChangesPanel = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  const { versions, error } = useVersions(draft);
  const plain = usePlainContent(letterType(draft.type.code));
  const [compared, setCompared] = useState<number | undefined>(undefined);
  const since = compared ?? comparedWith(draft);
  const before = versions.find((version) => version.version === since);
  if (draft.version === 0) return null;
  return (
    <>
      {before !== undefined && (
        <section className={css["section"]}>
          <h2>{since === draft.lastSeenVersion ? words.changesSince(before.version) : words.changesTitle(before.version, draft.version)}</h2>
          <ChangeList before={before.content} after={draft.content} plain={plain} />
        </section>
      )}
      {(versions.length > 1 || error !== null) && (
        <section className={css["section"]}>
          <h2>{words.versions}</h2>
          <Fault error={error} />
          <ul className={css["versions"]}>
            {versions.map((version) => (
              <li key={version.version}>
                <span>
                  <b>{words.version(version.version)}</b>
                  <small>{words.versionBy(version.by, time.when(version.at, now))}{version.contentHash === draft.contentHash && `, ${words.versionNow}`}</small>
                </span>
                {version.contentHash !== draft.contentHash && <Button size="small" aria-pressed={since === version.version} onClick={() => setCompared(version.version)}>{words.versionCompare}</Button>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
