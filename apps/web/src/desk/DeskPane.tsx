import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement, type ReactNode } from "react";
import { Refused } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import type { MenuItem } from "../ui/Menu.tsx";
import { cx } from "../ui/class-names.ts";
import { ActBar, ReadingPane, type ReadingPaneProps } from "../ui/ReadingPane.tsx";
import { actRows, hrefOf } from "./acts.ts";
import { detailWords } from "./detail-words.ts";
import { lineKey, type DeskItem } from "./groups.ts";
import { useDeskMessages } from "./messages.ts";
import css from "./DeskPage.module.css";

/** Props of `DeskPane`. */
export type DeskPaneProps = {
  readonly item: DeskItem;
  /** Who acts for the post in the reader's stead: then the line is for reading. */
  readonly holder: string | undefined;
  readonly position: { readonly index: number; readonly total: number };
  readonly isBusy: boolean;
  /** The refusal of the last act at once, if it was on this line. */
  readonly fault: { readonly key: string; readonly sentence: string } | undefined;
  readonly onAct: () => void;
  readonly onGiveBack: (() => void) | undefined;
  readonly onPutOff: (until: Date) => void;
};

/** The line that is current, with its document and the one main act. */
export const DeskPane = ({ item, holder, position, isBusy, fault, onAct, onGiveBack, onPutOff }: DeskPaneProps): ReactElement => {
  const words = useDeskMessages();
  const time = useTimeWords();
  const now = useNow();
  const navigate = useNavigate();
  const { facts, content, from } = usePreview(item);
  const row = actRows[item.act];
  const tomorrow = new Date(now.getTime() + 86_400_000);
  tomorrow.setUTCHours({ WIB: 0, WITA: 23, WIT: 22 }[time.zone], 30, 0, 0); // half past seven in the office's morning
  const more: readonly MenuItem[] = [
    ...(onGiveBack === undefined ? [] : [{ kind: "act", label: words.giveBack, icon: "undo", run: onGiveBack } as const]),
    { kind: "act", label: words.snoozeHour, icon: "clock", run: () => onPutOff(new Date(now.getTime() + 3_600_000)) },
    { kind: "act", label: words.snoozeTomorrow, icon: "calendar", run: () => onPutOff(tomorrow.getTime() > now.getTime() ? tomorrow : new Date(tomorrow.getTime() + 86_400_000)) },
    { kind: "act", label: words.open, icon: "forward", run: () => void navigate({ href: hrefOf(item) }) },
  ];
  const sentence = fault?.key === lineKey(item) ? fault.sentence : holder !== undefined ? words.heldLead(holder) : item.detail === "" ? undefined : detailWords(item.detail, time.language);
  return (
    <ReadingPane
      label={words.preview}
      deadline={item.due === null ? null : time.deadline(item.due, now, item.since)}
      position={position}
      title={item.title}
      href={hrefOf(item)}
      from={from ?? item.from}
      facts={[...facts, words.sinceWords(time.when(item.since, now))]}
      content={content}
    >
      <ActBar
        main={{ label: holder === undefined ? words.main[item.act] : words.open, icon: holder === undefined ? row.icon : "eye", key: holder === undefined ? row.key.toUpperCase() : "O", run: onAct, isBusy, isDisabled: content.state === "forbidden" }}
        other={{ label: words.snooze, run: () => onPutOff(new Date(now.getTime() + 3_600_000)) }}
        more={more}
        sentence={sentence}
        isBlocked={fault?.key === lineKey(item)}
      />
    </ReadingPane>
  );
};

type Preview = { readonly facts: readonly string[]; readonly from: string | undefined; readonly content: ReadingPaneProps["content"] };

/** What lies on the bed for each kind of thing. A secret letter is not asked for before it is opened on purpose. */
const usePreview = (item: DeskItem): Preview => {
  const words = useDeskMessages();
  const time = useTimeWords();
  const navigate = useNavigate();
  const isSecret = item.security === "R" || item.security === "SR";
  const letter = useRead("received.show", { id: item.thingId }, { isOn: item.kind === "surat" && !isSecret });
  const draft = useRead("drafts.show", { id: item.thingId }, { isOn: item.kind === "naskah" && !isSecret });
  const request = useRead("village.show", { id: item.thingId }, { isOn: item.kind === "permohonan" });
  // The alarm itself: what it is about is told on its own page, to whoever was alarmed.
  if (item.kind === "darurat" || item.kind === "temuan") return { facts: [], from: undefined, content: { state: "shown", preview: <p className={css["note"]}>{item.detail}</p> } };
  if (isSecret) return { facts: [], from: undefined, content: { state: "secret", onOpen: () => void navigate({ href: hrefOf(item) }) } };
  const failure = letter.error ?? draft.error ?? request.error;
  if (failure instanceof Refused && (failure.status === 403 || failure.status === 404)) return { facts: [], from: undefined, content: { state: "forbidden" } };

  if (letter.data !== undefined) {
    const { facts, files, agenda } = letter.data;
    const [file] = files;
    return {
      from: facts?.sender,
      facts: facts === null ? [] : [facts.number, time.longDate(facts.date), ...(agenda === null ? [] : [`Agenda ${agenda}`])],
      content: { state: "shown", preview: file === undefined ? <p className={css["note"]}>{words.noFile}</p> : <FirstPage src={address("received.pageImage", { id: item.thingId, sha256: file.sha256, page: 1, width: 1200 })} pages={file.pages} /> },
    };
  }
  if (draft.data !== undefined) {
    const { frozen, type, drafter, content } = draft.data;
    const facts = [type.title, ...(frozen === null ? [] : [frozen.number]), drafter.person];
    if (frozen !== null) return { from: undefined, facts, content: { state: "shown", preview: <FirstPage src={address("received.pageImage", { id: item.thingId, sha256: frozen.sha256, page: 1, width: 1200 })} pages={frozen.pages} /> } };
    return { from: undefined, facts, content: { state: "shown", preview: <DraftText subject={content.subject} body={content.body} /> } };
  }
  if (request.data !== undefined) {
    const { applicant, serviceTitle, statusText } = request.data;
    const rows: readonly (readonly [string, string])[] = [[words.service, serviceTitle], [words.applicant, applicant], [words.state, statusText]];
    return { from: applicant, facts: [], content: { state: "shown", preview: <dl className={css["request"]}>{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl> } };
  }
  return { facts: [], from: undefined, content: { state: "loading" } };
};

const FirstPage = ({ src, pages }: { readonly src: string; readonly pages: number }): ReactElement => {
  const words = useDeskMessages();
  const [isBroken, setBroken] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  if (isBroken) return <p className={css["note"]}>{words.noFile}</p>;
  return (
    <figure className={css["scan"]}>
      {!isLoaded && <div className={cx(css["scanGhost"], "shimmer")} aria-hidden="true" />}
      <img src={src} alt={words.pageOf(pages)} decoding="async" onLoad={() => setLoaded(true)} onError={() => setBroken(true)} hidden={!isLoaded} />
      {isLoaded && <figcaption>{words.pageOf(pages)}</figcaption>}
    </figure>
  );
};

/** The words of a draft as they stand: what a paraf is for, before there is a PDF. */
const DraftText = ({ subject, body }: { readonly subject: string; readonly body: unknown }): ReactElement => (
  <article className={css["draft"]}>
    <h3>{subject}</h3>
    {blocksOf(body)}
  </article>
);

const isNode = (value: unknown): value is { readonly type: string; readonly text?: unknown; readonly content?: unknown } => typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

const childrenOf = (node: unknown): readonly unknown[] => (isNode(node) && Array.isArray(node.content) ? node.content : []);

const textOf = (node: unknown): string => (isNode(node) && typeof node.text === "string" ? node.text : childrenOf(node).map(textOf).join(""));

const deepest = 8;

const blocksOf = (node: unknown, depth = 0): ReactNode =>
  depth > deepest
    ? textOf(node)
    : childrenOf(node).map((child, index) => {
        const key = `${depth}-${index}`;
        if (!isNode(child)) return null;
        switch (child.type) {
          case "orderedList":
            return <ol key={key}>{blocksOf(child, depth + 1)}</ol>;
          case "bulletList":
            return <ul key={key}>{blocksOf(child, depth + 1)}</ul>;
          case "listItem":
            return <li key={key}>{blocksOf(child, depth + 1)}</li>;
          case "table":
            return <table key={key}><tbody>{blocksOf(child, depth + 1)}</tbody></table>;
          case "tableRow":
            return <tr key={key}>{blocksOf(child, depth + 1)}</tr>;
          case "tableCell":
          case "tableHeader":
            return <td key={key}>{blocksOf(child, depth + 1)}</td>;
          default:
            return <p key={key}>{textOf(child)}</p>;
        }
      });
