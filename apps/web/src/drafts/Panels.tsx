import { letterType } from "@lontar/naskah";
import { useMemo, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Hint } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Row, Rows } from "../ui/Page.tsx";
import { ParafChain, type ChainStep } from "../ui/ParafChain.tsx";
import { Chip } from "../ui/Small.tsx";
import { mayDo, type DraftView, type Problem } from "./draft-view.ts";
import { formOf, titleAt } from "./field-form.ts";
import { useDraftMessages, type DraftMessages } from "./messages.ts";
import css from "./Panels.module.css";

const stepStates = { menunggu: "waiting", sekarang: "now", disetujui: "approved", dikembalikan: "returned", gugur: "void" } as const;

/** The chain of paraf up to the signature; before the first submission the one that the letter type asks for. */
export const ChainPanel = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const words = useDraftMessages();
  const { post } = useMessages();
  const time = useTimeWords();
  const now = useNow();
  const me = useMe();
  const isWriting = mayDo(draft, "write") || draft.status === "konsep" || draft.status === "perbaikan";
  const drafter: ChainStep = { id: "penyusun", person: draft.drafter.person, role: `${words.drafter}, ${draft.drafter.post}`, kind: "drafter", state: isWriting ? "now" : "approved", ...(draft.version > 0 && { version: draft.version }) };
  // Before the first submission: who would initial and sign today, or, where nobody above signs this type, what the type asks for.
  const asked = letterType(draft.type.code)?.approval ?? [];
  const known = draft.chain.length > 0 ? draft.chain : draft.proposed;
  const steps: readonly ChainStep[] = known.length === 0
    ? asked.map((step): ChainStep => ({ id: step.by, person: words.roles[step.by], role: step.kind === "sign" ? words.signer : words.approve, kind: step.kind === "sign" ? "signature" : "paraf", state: "waiting" }))
    : known.map((step): ChainStep => {
        const title = `${step.position.holding === null ? "" : `${post.holding[step.position.holding]} `}${step.position.title}`.trim();
        return {
          id: step.position.id,
          person: step.by ?? step.position.holder ?? words.chainVacant,
          role: step.kind === "tanda_tangan" ? `${words.signer}, ${title}` : title,
          kind: step.kind === "tanda_tangan" ? "signature" : "paraf",
          state: isWriting && step.state === "sekarang" ? "waiting" : stepStates[step.state],
          ...(step.at !== null ? { words: time.stamp(step.at, now) } : step.state === "sekarang" && !isWriting ? { words: <b>{step.position.id === me.acting.positionId ? words.chainYou : words.chainNow}</b> } : {}),
          note: step.note,
        };
      });
  return (
    <section className={css["section"]}>
      <h2>{words.chain}</h2>
      {draft.chain.length === 0 && <Hint>{words.chainProposed}</Hint>}
      <ParafChain steps={[drafter, ...steps]} />
    </section>
  );
};

/** Goes to the part of the sheet that a finding speaks of; a part of a part leads to the nearest that is drawn. */
export const goToSlot = (path: string): void => {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const slot = document.getElementById(`slot-${at}`);
    if (slot === null) continue;
    slot.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    const field = slot.matches("input, textarea, select") ? slot : slot.querySelector<HTMLElement>("input, textarea, select, [contenteditable=true], button");
    field?.focus({ preventScroll: true });
    return;
  }
};

/** What the check found: what must be mended first, then advice. A press leads to the part. */
export const ProblemsPanel = ({ draft, problems, onGo }: { readonly draft: DraftView; readonly problems: readonly Problem[]; readonly onGo: (path: string) => void }): ReactElement => {
  const words = useDraftMessages();
  const form = useMemo(() => {
    const type = letterType(draft.type.code);
    return type === undefined ? undefined : formOf(type);
  }, [draft.type.code]);
  const must = problems.filter((problem) => problem.level === "wajib");
  const advice = problems.filter((problem) => problem.level === "saran");
  return (
    <section className={css["section"]} aria-live="polite">
      <header className={css["checkHead"]}>
        <h2>{words.problems}</h2>
        {must.length > 0 && <Chip tone="soon">{must.length} {words.must}</Chip>}
        {advice.length > 0 && <Chip tone="plain">{words.check.advice(advice.length)}</Chip>}
      </header>
      {must.length === 0 && <p className={css["passed"]}><Icon name="check" size={18} />{words.check.lead(0)}</p>}
      <ul className={css["problems"]}>
        {[...must, ...advice].map((problem) => (
          <li key={`${problem.path} ${problem.message}`} data-level={problem.level}>
            <Icon name={problem.level === "wajib" ? "warning" : "info"} size={20} />
            <div>
              <p><span className="vh">{problem.level === "wajib" ? words.must : words.hint}: </span>{partOf(problem.path, form, words)}{problem.message}</p>
              <Button kind="link" size="small" onClick={() => onGo(problem.path)}>{words.check.go}</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The part in front of a finding, when its sentence alone does not say which. */
const partOf = (path: string, form: ReturnType<typeof formOf>, words: DraftMessages): ReactElement | null => {
  const [part = "", ...rest] = path.split(".");
  const title = part === "fields" ? (form === undefined ? "" : titleAt(form, rest)) : rest[0] !== undefined && (part === "to" || part === "cc") ? `${words.parts[part]} ${Number(rest[0]) + 1}` : "";
  return title === "" ? null : <b>{title}. </b>;
};

/** Where each copy of the issued letter is. */
export const DeliveriesPanel = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  if (draft.deliveries.length === 0) return null;
  return (
    <section className={css["section"]}>
      <h2>{words.deliveries}</h2>
      <Rows>
        {draft.deliveries.map((each) => (
          <Row
            key={`${each.kind} ${each.label} ${String(each.cc)}`}
            title={each.label}
            note={[each.cc ? words.copy : "", each.detail, each.at === null ? "" : time.stamp(each.at, now)].filter((part) => part !== "").join(" · ")}
            side={<Chip tone={each.status === "gagal" ? "late" : each.status === "menunggu" ? "plain" : "leaf"}>{words.delivery[each.status]}</Chip>}
          />
        ))}
      </Rows>
    </section>
  );
};
