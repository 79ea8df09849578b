import type { ReactElement, ReactNode } from "react";
import { useNow } from "../kernel/clock.ts";
import { address } from "../kernel/server.ts";
import type { ResultOf } from "../kernel/api.ts";
import { useTimeWords } from "../session/me.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, IconButton } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Chip } from "../ui/Small.tsx";
import { lastDay } from "./card-words.ts";
import { useOrganisationMessages } from "./messages.ts";
import css from "./Panel.module.css";

type PostHistory = ResultOf<"organisation.post">;
type UnitHistory = ResultOf<"organisation.unit">;
type Decree = PostHistory["periods"][number]["decree"];

/** The frame of a panel beside the chart. */
export const PanelFrame = ({ eyebrow, title, onClose, acts, children }: { readonly eyebrow: string; readonly title: string; readonly onClose: () => void; readonly acts?: ReactNode; readonly children: ReactNode }): ReactElement => {
  const words = useOrganisationMessages();
  return (
    <aside className={css["panel"]} aria-label={title}>
      <header>
        <div>
          <p>{eyebrow}</p>
          <h2>{title}</h2>
        </div>
        <IconButton label={words.panel.close} icon="close" onClick={onClose} />
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["content"]} role="region" tabIndex={0} aria-label={title}>{children}</div>
      {acts !== undefined && <footer>{acts}</footer>}
    </aside>
  );
};

/** One part of a panel. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement => (
  <section className={css["part"]}>
    <h3>{title}</h3>
    {children}
  </section>
);

/** Where the paper of an act can be opened: the letter itself, or its scan. */
export const DecreeLink = ({ decree }: { readonly decree: Decree }): ReactElement => {
  const words = useOrganisationMessages().panel;
  if (decree === null || decree.number === "") return <span className={css["quiet"]}>{words.noDecree}</span>;
  if (decree.letterId !== null) return <Anchor className={css["paper"]} href={`/naskah/${decree.letterId}`} title={words.letter}>{decree.number}</Anchor>;
  if (decree.file !== null) return <a className={css["paper"]} href={address("organisation.decreeFile", { sha256: decree.file.sha256 })} target="_blank" rel="noreferrer" title={words.decree}>{decree.number}</a>;
  return <span>{decree.number}</span>;
};

/** Dates of a span: `3 Jan 2024 – sekarang`. Things that were there before anyone wrote dates begin "from the beginning". */
export const useSpanWords = (): ((since: string, until: string | null) => string) => {
  const words = useOrganisationMessages().panel;
  const time = useTimeWords();
  const now = useNow();
  return (since, until) => {
    const from = since <= "2000-01-02" ? words.founding : time.mediumDate(since);
    const isComing = new Date(since) > now;
    return `${from} – ${until === null ? (isComing ? "…" : words.toNow) : lastDay(until, time)}`;
  };
};

/** The periods of a unit or post, the newest first, each saying what changed in it; what is not in force yet can be taken back. */
export const Periods = ({ periods, title, onWithdraw, isBusy }: { readonly periods: PostHistory["periods"] | UnitHistory["periods"]; readonly title: string; readonly onWithdraw?: ((since: string) => void) | undefined; readonly isBusy: boolean }): ReactElement => {
  const words = useOrganisationMessages();
  const span = useSpanWords();
  const now = useNow();
  const rows = periods.map((period, index) => ({ period, before: periods[index - 1]?.facts ?? null, isLast: index === periods.length - 1 })).toReversed();
  return (
    <Part title={title}>
      <ol className={css["story"]}>
        {rows.map(({ period, before, isLast }) => {
          const isPlan = new Date(period.since) > now;
          const changed = changesOf(before, period.facts).map((name) => words.panel.changed[name]);
          return (
            <li key={period.since} className={cx(isPlan && css["plan"])}>
              <i aria-hidden="true" />
              <div>
                <small>{span(period.since, period.until)} {isPlan && <Chip tone="soon">{words.panel.plan}</Chip>}</small>
                <b>{period.facts === null ? words.panel.closedPeriod : "title" in period.facts ? period.facts.title : period.facts.name}</b>
                <p>{changed.length > 0 && <>{changed.join(", ")} · </>}<DecreeLink decree={period.decree} /></p>
                {isPlan && isLast && onWithdraw !== undefined && <Button size="small" icon="undo" isBusy={isBusy} onClick={() => onWithdraw(period.since)}>{words.acts.withdraw}</Button>}
              </div>
            </li>
          );
        })}
      </ol>
    </Part>
  );
};

type Changed = keyof ReturnType<typeof useOrganisationMessages>["panel"]["changed"];
const factNames: readonly Changed[] = ["name", "title", "shortName", "shortTitle", "code", "kind", "parentId", "unitId", "superiorId", "role", "functions", "letterhead", "order"];

/** Which facts differ from the period before. */
const changesOf = (before: Readonly<Record<string, unknown>> | null, after: Readonly<Record<string, unknown>> | null): readonly Changed[] =>
  before === null || after === null ? [] : factNames.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
