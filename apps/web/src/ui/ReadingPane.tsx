import type { ReactElement, ReactNode } from "react";
import type { Deadline } from "../kernel/time.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button, ButtonLink } from "./Button.tsx";
import { cx } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { Logo } from "./Marks.tsx";
import { Menu, type MenuItem } from "./Menu.tsx";
import { DeadlineRing, PostAvatar, type AvatarKind } from "./Small.tsx";
import css from "./ReadingPane.module.css";

/** Props of `ReadingPane`. */
export type ReadingPaneProps = {
  /** Names the region for a screen reader. */
  readonly label: string;
  readonly deadline?: Deadline | null;
  /** Place in the queue. */
  readonly position?: { readonly index: number; readonly total: number };
  readonly title: string;
  readonly href: string;
  readonly from: string;
  /** Number, date, agenda. */
  readonly facts: readonly string[];
  /** What lies on the bed: the preview, still loading, a sealed envelope, or nothing for lack of right. */
  readonly content: { readonly state: "shown"; readonly preview: ReactNode } | { readonly state: "loading" } | { readonly state: "secret"; readonly onOpen: () => void } | { readonly state: "forbidden" };
  /** The `ActBar`. */
  readonly children?: ReactNode;
};

/** The letter beside the queue: why it is here, what it is, its first page, and the one main act. */
export const ReadingPane = ({ label, deadline, position, title, href, from, facts, content, children }: ReadingPaneProps): ReactElement => {
  const { list, viewer } = useMessages();
  return (
    <section className={css["pane"]} aria-label={label}>
      <header className={css["head"]}>
        <div className={css["over"]}>
          {deadline !== undefined && deadline !== null ? <DeadlineRing deadline={deadline} /> : <span />}
          <span>{position !== undefined && list.position(position.index, position.total)}</span>
        </div>
        <div className={css["title"]}>
          <h2>{title}</h2>
          <ButtonLink href={href} size="small" keys={["↵"]}>{list.open}</ButtonLink>
        </div>
        <div className={css["facts"]}>
          <span><b>{from}</b></span>
          {facts.map((fact) => <span key={fact}>{fact}</span>)}
        </div>
      </header>
      {/* A scrolling region must be reachable by keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={css["bed"]} tabIndex={0} role="group" aria-label={viewer.document}>
        {content.state === "shown" && <div className={css["preview"]}>{content.preview}</div>}
        {content.state === "loading" && (
          <div className={css["preview"]} role="status" aria-label={viewer.loading}>
            <div className={cx(css["skeleton"], "shimmer")} />
          </div>
        )}
        {content.state === "secret" && (
          <div className={css["envelope"]}>
            <Envelope />
            <h3>{viewer.secretTitle}</h3>
            <p>{viewer.secret}</p>
            <Button icon="lock" onClick={content.onOpen}>{viewer.openSecret}</Button>
          </div>
        )}
        {content.state === "forbidden" && (
          <div className={css["envelope"]}>
            <Icon name="lock" size={32} />
            <p>{viewer.noRight}</p>
          </div>
        )}
      </div>
      {children}
    </section>
  );
};

/** A closed envelope with a red seal of secrecy. */
const Envelope = (): ReactElement => (
  <svg width="180" height="124" viewBox="0 0 180 124" fill="none" aria-hidden="true">
    <rect x="10" y="14" width="160" height="100" rx="8" fill="var(--paper)" stroke="var(--line-2)" strokeWidth="2" />
    <path d="M12 20l70 48a14 14 0 0 0 16 0l70-48" stroke="var(--line-2)" strokeWidth="2" />
    <path d="M12 110l56-50M168 110l-56-50" stroke="var(--line)" strokeWidth="2" />
    <circle cx="90" cy="70" r="19" fill="var(--red-100)" stroke="var(--red-700)" strokeWidth="2" />
    <path d="M83 70h14v9H83zM86 70v-4a4 4 0 0 1 8 0v4" stroke="var(--red-700)" strokeWidth="2" strokeLinejoin="round" />
  </svg>
);

/** An act offered to the person. */
export type Act = { readonly label: string; readonly icon?: IconName; readonly key?: string; readonly run: () => void; readonly isBusy?: boolean; readonly isDisabled?: boolean };

/** Props of `ActBar`. */
export type ActBarProps = {
  /** The one main act; absent when the person may do nothing here, then `sentence` says why. */
  readonly main?: Act | undefined;
  /** One other frequent act. A dangerous act is never here; it lives in `more`. */
  readonly other?: Act | undefined;
  readonly more?: readonly MenuItem[] | undefined;
  /** What will happen, or (`isBlocked`) why nothing can. */
  readonly sentence?: ReactNode;
  readonly isBlocked?: boolean;
  /** A proposal that can be accepted as it is: recipients of a disposisi, with their faces. */
  readonly suggestion?: { readonly faces: readonly { readonly name: string; readonly kind: AvatarKind }[]; readonly sentence: ReactNode; readonly onChange: () => void; readonly changeLabel: string } | undefined;
};

/** The main act, always in the same place: bottom of the right panel on a desktop, bottom of the screen on a phone. */
export const ActBar = ({ main, other, more = [], sentence, isBlocked = false, suggestion }: ActBarProps): ReactElement => {
  const { list } = useMessages();
  // A menu of one act behind three dots would hide the only thing that can be done.
  const [only, ...others] = main === undefined && other === undefined ? more : [];
  const alone = only?.kind === "act" && others.length === 0 ? only : undefined;
  return (
    <div className={cx(css["act"], css["framed"])}>
      {suggestion !== undefined && (
        <div className={css["suggestion"]}>
          <span className={css["faces"]}>{suggestion.faces.slice(0, 4).map((face) => <PostAvatar key={face.name} name={face.name} kind={face.kind} />)}</span>
          <p>{suggestion.sentence}</p>
          <Button kind="quiet" size="small" onClick={suggestion.onChange}>{suggestion.changeLabel}</Button>
        </div>
      )}
      {sentence !== undefined && <p className={cx(css["sentence"], isBlocked && css["blocked"])}>{sentence}</p>}
      <div className={css["buttons"]}>
        {main !== undefined && (
          <Button kind="primary" size="big" icon={main.icon} keys={main.key === undefined ? undefined : [main.key]} onClick={main.run} isBusy={main.isBusy === true} disabled={main.isDisabled === true}>{main.label}</Button>
        )}
        {other !== undefined && <Button size="big" icon={other.icon} onClick={other.run} isBusy={other.isBusy === true} disabled={other.isDisabled === true}>{other.label}</Button>}
        {alone !== undefined && <Button size="big" icon={alone.icon} onClick={alone.run} disabled={alone.isDisabled === true}>{alone.label}</Button>}
        {alone === undefined && more.length > 0 && (
          <Menu label={list.moreActs} items={more} side="above" button={(given) => (
            <Button {...given} size="big" aria-label={list.moreActs} title={list.moreActs} style={{ width: 50, padding: 0, flex: "none" }}><Icon name="more" /></Button>
          )} />
        )}
      </div>
    </div>
  );
};

/** Stands where a page's content will be, when nothing can be shown yet. */
export const PageLoading = (): ReactElement => {
  const { list } = useMessages();
  return (
    <div role="status" aria-busy="true" style={{ display: "grid", placeItems: "center", minHeight: 240, opacity: 0.6 }}>
      <Logo size={40} />
      <span className="vh">{list.loading}</span>
    </div>
  );
};
