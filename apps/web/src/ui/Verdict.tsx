import type { ReactElement, ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./Verdict.module.css";

/** What a check can say; the worst finding wins. `unchecked`: all is well as far as it can be told without a network; `other`: a file of another letter than the one that was scanned. */
export type VerdictKind = "valid" | "invalid" | "revoked" | "expired" | "missing" | "limited" | "doubtful" | "unchecked" | "other";

/** One of the three answers. */
export type VerdictAnswer = { readonly aspect: "integrity" | "identity" | "authority"; readonly answer: "yes" | "no" | "partly" | "unknown"; /** `Ya, utuh.` */ readonly short: string; readonly sentence: ReactNode; /** Asked instead of the usual question, which speaks of a signature. */ readonly question?: string };

/** Props of `Verdict`. */
export type VerdictProps = {
  readonly kind: VerdictKind;
  /** One sentence in a citizen's words. */
  readonly sentence: string;
  /** What was checked: the file dropped, or the letter's code. */
  readonly subject?: string;
  readonly answers: readonly VerdictAnswer[];
  /** `Diperiksa Selasa, 24 November 2026 19.42 WITA. Kode surat 7F3K-Q92M.` */
  readonly checked?: string;
  /** What stands between the sentence and the answers: the difference found, or the letter that replaces this one. */
  readonly children?: ReactNode;
};

/** The verdict of the public page: one word, one sentence, three answers. Colour and shape say the same as the word. */
export const Verdict = ({ kind, sentence, subject, answers, checked, children }: VerdictProps): ReactElement => {
  const { verdict } = useMessages();
  return (
    <section className={css["verdict"]} data-kind={kind}>
      <div className={css["head"]} role="status">
        <Emblem kind={kind} />
        <h1>
          <span className={css["big"]}>{verdict.words[kind]}</span>
          <span className={css["line"]}>{sentence}</span>
        </h1>
        {subject !== undefined && <p className={css["note"]}><Icon name="file" size={18} />{subject}</p>}
      </div>
      {children}
      {answers.length > 0 && (
        <ol className={css["answers"]}>
          {answers.map((answer) => (
            <li key={answer.aspect}>
              <span className={css["mark"]} data-answer={answer.answer}><Icon name={answerIcons[answer.answer]} size={18} /></span>
              <div>
                <h2>
                  <em>{verdict.aspects[answer.aspect]}</em>
                  {answer.question ?? verdict.questions[answer.aspect]}
                </h2>
                <p>
                  <b>{answer.short}</b> {answer.sentence}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {checked !== undefined && <p className={css["when"]}>{checked}</p>}
    </section>
  );
};

const answerIcons = { yes: "check", no: "close", partly: "warning", unknown: "help" } as const satisfies Record<VerdictAnswer["answer"], IconName>;

const petals = Array.from({ length: 24 }, (_, index) => {
  const angle = (index / 24) * 2 * Math.PI;
  return { x: 60 + 50 * Math.cos(angle), y: 60 + 50 * Math.sin(angle) };
});

const Emblem = ({ kind }: { readonly kind: VerdictKind }): ReactElement => (
  <svg viewBox="0 0 120 120" aria-hidden="true">
    {kind === "valid" ? (
      <>
        <g fill="var(--gold-500)">
          {petals.map((petal) => <circle key={`${petal.x} ${petal.y}`} cx={petal.x} cy={petal.y} r="8" />)}
          <circle cx="60" cy="60" r="51" />
        </g>
        <circle cx="60" cy="60" r="44" fill="#fff" />
        <circle cx="60" cy="60" r="40" fill="#14614a" />
        <path d="m42 61 12.500 12.500L79 48" fill="none" stroke="#fff" strokeWidth="9" strokeLinecap="round" strokeLinejoin="round" />
      </>
    ) : kind === "invalid" || kind === "other" ? (
      <>
        <path d="M39 8h42l31 31v42l-31 31H39L8 81V39z" fill="#a3211a" />
        <path d="M42 16h36l26 26v36l-26 26H42L16 78V42z" fill="none" stroke="#fff" strokeWidth="3" />
        <path d="m45 45 30 30m0-30-30 30" stroke="#fff" strokeWidth="10" strokeLinecap="round" />
      </>
    ) : (
      <>
        <path d="M60 8c4 0 7 2 9 5l42 78c4 8-1 17-9 17H18c-8 0-13-9-9-17l42-78c2-3 5-5 9-5z" fill="var(--amber-100)" stroke="var(--amber-700)" strokeWidth="5" strokeLinejoin="round" />
        {kind === "revoked" && <path d="M40 84l40-32M40 62h16m8 22h16" stroke="var(--amber-700)" strokeWidth="8" strokeLinecap="round" />}
        {kind === "expired" && <><circle cx="60" cy="74" r="20" fill="none" stroke="var(--amber-700)" strokeWidth="6" /><path d="M60 63v11l8 5" fill="none" stroke="var(--amber-700)" strokeWidth="6" strokeLinecap="round" /></>}
        {(kind === "missing" || kind === "unchecked") && <path d="M49 58c0-16 24-15 22 0-2 9-11 9-11 18m0 13v.5" fill="none" stroke="var(--amber-700)" strokeWidth="8" strokeLinecap="round" />}
        {kind === "doubtful" && <path d="M60 44v28m0 14v6" stroke="var(--amber-700)" strokeWidth="9" strokeLinecap="round" />}
        {kind === "limited" && <path d="M44 66h32v26H44zM50 66v-6a10 10 0 0 1 20 0v6" fill="none" stroke="var(--amber-700)" strokeWidth="6" strokeLinejoin="round" />}
      </>
    )}
  </svg>
);
