import { useId, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import type { Deadline } from "../kernel/time.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { Spinner } from "./Button.tsx";
import { cx } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./Small.module.css";

/** A small label. The tone says its meaning, the word says it again. */
export const Chip = ({ tone = "leaf", icon, children }: { readonly tone?: "leaf" | "plain" | "late" | "soon" | "secret" | "gold" | "acting"; readonly icon?: IconName; readonly children: ReactNode }): ReactElement => (
  <span className={cx(css["chip"], tone !== "leaf" && css[tone])}>
    {icon !== undefined && <Icon name={icon} size={14} />}
    {children}
  </span>
);

/** Who stands behind a post: `you`, its `person`, an `acting` official (Plt./Plh./Pj., dashed; the words beside it name which), `vacant`, or the `system`. */
export type AvatarKind = "person" | "you" | "acting" | "vacant" | "system";

/** Two letters for a person, without titles: `Drs. H. Syamsul Rijal, M.Si.` is SR. */
export const initialsOf = (name: string): string => {
  const words = (name.split(",")[0] ?? "").split(/\s+/).filter((word) => word !== "" && !word.endsWith(".") && /^\p{L}/u.test(word));
  const first = words[0]?.[0] ?? "?";
  const second = words.length > 1 ? (words.at(-1)?.[0] ?? "") : (words[0]?.[1] ?? "");
  return (first + second).toUpperCase();
};

/** The round mark of a person or post. Decoration: the name stands beside it. */
export const PostAvatar = ({ name, kind = "person", isSmall = false }: { readonly name: string; readonly kind?: AvatarKind; readonly isSmall?: boolean }): ReactElement => (
  <span className={cx(css["avatar"], kind === "you" && css["you"], kind === "system" && css["system"], kind === "acting" && css["acts"], kind === "vacant" && css["vacant"], isSmall && css["s"])} aria-hidden="true">
    {kind === "vacant" ? "–" : initialsOf(name)}
  </span>
);

/** The ring alone: how much of the time has been used. */
export const Ring = ({ deadline, size = 16 }: { readonly deadline: Deadline; readonly size?: number }): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: "none" }}>
    {deadline.tone === "late" ? (
      <>
        <circle cx="8" cy="8" r="6" className={cx(css["disc"], css["discLate"])} />
        <path d="M8 5v3.400M8 10.900v.1" className={css["sign"]} />
      </>
    ) : deadline.tone === "done" ? (
      <>
        <circle cx="8" cy="8" r="6" className={css["disc"]} />
        <path d="m5.500 8.200 1.700 1.700 3.300-3.600" className={css["sign"]} />
      </>
    ) : (
      <>
        <circle cx="8" cy="8" r="6" className={css["track"]} />
        <circle cx="8" cy="8" r="6" className={cx(css["arc"], deadline.tone === "soon" && css["arcSoon"])} strokeDasharray={`${Math.max(0.5, deadline.part * 37.7)} 37.7`} transform="rotate(-90 8 8)" />
      </>
    )}
  </svg>
);

/** A deadline: ring and words, coloured by urgency. */
export const DeadlineRing = ({ deadline }: { readonly deadline: Deadline }): ReactElement => (
  <span className={cx(css["deadline"], deadline.tone === "late" && css["deadlineLate"], deadline.tone === "soon" && css["deadlineSoon"], deadline.tone === "done" && css["deadlineDone"])}>
    <Ring deadline={deadline} />
    {deadline.words}
  </span>
);

/** Where typed text is now. `time` is the clock of the last save. */
export type Saved = { readonly state: "saving" } | { readonly state: "saved" | "device"; readonly time: string } | { readonly state: "refused" | "lost" } | { readonly state: "conflict"; readonly onCompare: () => void };

/** Is there nothing for the person to do? Then a sign and the clock are enough where room is short. */
export const isCalm = (saved: Saved): boolean => saved.state === "saving" || saved.state === "saved" || saved.state === "device";

/** Says where typed text is: saving, saved at the server, on this device only, nowhere, or in conflict. `isShort` shows a calm state as a sign and the clock; the words are still read out. */
export const SavedState = ({ saved, isShort = false }: { readonly saved: Saved; readonly isShort?: boolean }): ReactElement => {
  const { saved: words } = useMessages();
  const said = (sentence: string, short: string): ReactElement => (isShort ? <><span aria-hidden="true">{short}</span><span className="vh">{sentence}</span></> : <>{sentence}</>);
  return (
    <span role="status" className={cx(css["saved"], saved.state === "saved" && css["savedSaved"], (saved.state === "lost" || saved.state === "refused") && css["savedLost"], saved.state === "conflict" && css["savedConflict"])}>
      {saved.state === "saving" && <><Spinner size={16} />{said(words.saving, "")}</>}
      {saved.state === "saved" && <><Icon name="cloudDone" size={18} />{said(words.saved(saved.time), saved.time)}</>}
      {saved.state === "device" && <><Icon name="check" size={18} />{said(words.device(saved.time), saved.time)}</>}
      {saved.state === "lost" && <><Icon name="warning" size={18} />{words.lost}</>}
      {saved.state === "refused" && <><Icon name="warning" size={18} />{words.refused}</>}
      {saved.state === "conflict" && <><Icon name="warning" size={18} /><button type="button" onClick={saved.onCompare} style={{ border: 0, background: "none", padding: 0, minHeight: 36, font: "inherit", color: "inherit", textDecoration: "underline", textUnderlineOffset: 3 }}>{words.conflict}</button></>}
    </span>
  );
};

/** How sure the reader of the scan is, in four bars and a word. */
export const Confidence = ({ value }: { readonly value: number }): ReactElement => {
  const { proposal } = useMessages();
  const isLow = value < 0.85;
  const bars = value >= 0.9 ? 4 : value >= 0.85 ? 3 : value >= 0.5 ? 2 : 1;
  return (
    <span style={{ display: "inline-flex", gap: 6, alignItems: "center", fontSize: 11.5, fontWeight: isLow ? 600 : 400, color: isLow ? "var(--amber-700)" : "var(--ink-2)" }}>
      <span className={cx(css["meter"], isLow && css["low"])} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} className={bar <= bars ? css["on"] : undefined} />
        ))}
      </span>
      {proposal.confidence(Math.round(value * 100))}
      {isLow && <> · {proposal.low}</>}
    </span>
  );
};

/** Tabs as one bar of equal parts; the parts' panels are the caller's, labelled by `panelId(value)`. */
export const Segmented = <Value extends string>({ label, value, options, onChange }: { readonly label: string; readonly value: Value; readonly options: readonly { readonly value: Value; readonly label: ReactNode }[]; readonly onChange: (next: Value) => void }): ReactElement => {
  const base = useId();
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = options.findIndex((option) => option.value === value);
    const next = options[(index + step + options.length) % options.length];
    if (next === undefined) return;
    onChange(next.value);
    document.getElementById(`${base}-${next.value}`)?.focus();
  };
  return (
    <div role="tablist" tabIndex={-1} aria-label={label} className={css["segmented"]} onKeyDown={move}>
      {options.map((option) => (
        <button key={option.value} id={`${base}-${option.value}`} type="button" role="tab" aria-selected={option.value === value} tabIndex={option.value === value ? 0 : -1} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
};
