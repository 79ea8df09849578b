import type { ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { Menu } from "../ui/Menu.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { changesTheChart } from "./acts.ts";
import { useOrganisationMessages } from "./messages.ts";
import { PanelFrame, Part, Periods } from "./Panel.tsx";
import type { PanelProps } from "./PostPanel.tsx";
import css from "./Panel.module.css";

const first = 12;

/** A unit: where it stands, its letterhead, its posts, and what it was called. */
export const UnitPanel = ({ id, chart, mayEdit, onClose, onGo, onAct }: PanelProps): ReactElement => {
  const words = useOrganisationMessages();
  const history = useRead("organisation.unit", { id });
  const withdraw = useCommand("organisation.withdrawUnit", { outdates: changesTheChart, onDone: () => void notify("done", words.acts.withdrawn) });
  const unit = chart.units.find((each) => each.id === id);
  const parent = chart.units.find((each) => each.id === unit?.parentId);
  const posts = chart.posts.filter((post) => post.unitId === id);
  const units = chart.units.filter((each) => each.parentId === id);
  const last = history.data?.periods.findLast((period) => period.facts !== null)?.facts ?? undefined;
  const name = unit?.name ?? last?.name ?? "";
  return (
    <PanelFrame
      eyebrow={unit?.kind ?? last?.kind ?? ""}
      title={name}
      onClose={onClose}
      acts={mayEdit ? (
        <>
          <Button kind="primary" icon="pen" onClick={() => onAct({ kind: "editUnit", id })}>{words.acts.editUnit}</Button>
          <Menu
            label={words.acts.more}
            side="above"
            items={[
              { kind: "act", label: words.acts.newPost, icon: "plus", run: () => onAct({ kind: "newPost", unitId: id, superiorId: posts[0]?.id ?? null }) },
              { kind: "act", label: words.acts.newUnit, icon: "org", run: () => onAct({ kind: "newUnit", parentId: id }) },
              { kind: "line" },
              { kind: "act", label: words.acts.dissolveUnit, icon: "trash", isDangerous: true, run: () => onAct({ kind: "dissolveUnit", id, name }) },
            ]}
            button={(given) => <Button {...given} iconAfter="down">{words.acts.more}</Button>}
          />
        </>
      ) : undefined}
    >
      {unit !== undefined && (
        <dl className={css["facts"]}>
          <dt>{words.panel.code}</dt><dd>{unit.code}</dd>
          <dt>{words.panel.parent}</dt><dd>{parent === undefined ? words.panel.noParent : <button type="button" className={css["link"]} onClick={() => onGo(`unit/${parent.id}`)}>{parent.name}</button>}</dd>
          <dt>{words.panel.letterhead}</dt><dd>{unit.hasLetterhead ? words.panel.own : words.panel.inherited}</dd>
        </dl>
      )}
      {posts.length > 0 && <Part title={words.panel.posts}><Links rows={posts.map((post) => ({ id: post.id, name: post.title, note: post.holder?.name ?? words.vacant }))} onGo={onGo} /></Part>}
      {units.length > 0 && <Part title={words.panel.units}><Links rows={units.map((each) => ({ id: `unit/${each.id}`, name: each.name, note: each.code }))} onGo={onGo} /></Part>}
      {history.data === undefined ? history.error === null ? <PageLoading /> : <PageProblem error={history.error} onRetry={() => void history.refetch()} /> : (
        <>
          <Periods title={words.panel.unitPeriods} periods={history.data.periods} isBusy={withdraw.isPending} onWithdraw={mayEdit ? (since) => withdraw.mutate({ id, since }) : undefined} />
          <Fault error={withdraw.error} />
        </>
      )}
    </PanelFrame>
  );
};

const Links = ({ rows, onGo }: { readonly rows: readonly { readonly id: string; readonly name: string; readonly note: string }[]; readonly onGo: (id: string) => void }): ReactElement => {
  const words = useOrganisationMessages();
  return (
    <>
      <ul>{rows.slice(0, first).map((row) => <li key={row.id}><button type="button" className={css["link"]} onClick={() => onGo(row.id)}>{row.name}</button> <small className={css["quiet"]}>{row.note}</small></li>)}</ul>
      {rows.length > first && <p className={css["quiet"]}>{words.form.and(rows.length - first)}</p>}
    </>
  );
};
