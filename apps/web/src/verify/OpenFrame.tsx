import type { ReactElement, ReactNode } from "react";
import { Refused } from "../kernel/api.ts";
import { speak, useLanguage } from "../kernel/catalog/index.ts";
import { Button } from "../ui/Button.tsx";
import { Crest } from "../ui/Crest.tsx";
import { ErrorState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./Open.module.css";
import { useOpenMessages } from "./messages.ts";

/** The frame of every page for anyone: which site this is, whose page, and nothing that needs an account. */
export const OpenFrame = ({ title, owner, foot, isNarrow = false, children }: { readonly title: string; readonly owner: string; readonly foot?: ReactNode; /** One column, as a page followed on a phone. */ readonly isNarrow?: boolean; readonly children: ReactNode }): ReactElement => {
  const { frame } = useOpenMessages();
  const language = useLanguage();
  return (
    <div className={css["frame"]} data-narrow={isNarrow || undefined}>
      <div className={css["bar"]}>
        <div>
          <Icon name="shield" size={18} />
          <span>{frame.official} <b>{location.host}</b></span>
          <div role="group" aria-label={frame.language} className={css["languages"]}>
            {(["id", "en"] as const).map((code) => <button key={code} type="button" lang={code} aria-label={code === "id" ? "ID, Bahasa Indonesia" : "EN, English"} aria-pressed={language === code} onClick={() => void speak(code)}>{code.toUpperCase()}</button>)}
          </div>
        </div>
      </div>
      <header className={css["mast"]}>
        <div>
          <span><Crest /></span>
          <p><b>{title}</b>{owner}</p>
        </div>
      </header>
      <main className={css["main"]}>{children}</main>
      <footer className={css["foot"]}><div>{foot ?? <span>{frame.never}</span>}</div></footer>
    </div>
  );
};

/** What a page for anyone shows when its link is unknown or the server cannot be reached: nobody here has a desk to go back to. */
export const OpenProblem = ({ error, missing, onRetry }: { readonly error: Error; /** What to do about an unknown link. */ readonly missing: string; readonly onRetry: () => void }): ReactElement => {
  const { frame, check } = useOpenMessages();
  const isMissing = error instanceof Refused && error.status === 404;
  return (
    <OpenFrame title={check.title} owner={frame.byFile} isNarrow>
      <ErrorState drawing={isMissing ? "lost" : "broken"} title={isMissing ? frame.lost : frame.broken} sentence={isMissing ? missing : error.message} acts={isMissing ? undefined : <Button kind="primary" icon="reload" onClick={onRetry}>{frame.retry}</Button>} />
    </OpenFrame>
  );
};

/** What to do, one step after the other. */
export const Todo = ({ title, steps }: { readonly title?: string; readonly steps: readonly ReactNode[] }): ReactElement => (
  <section className={css["todo"]}>
    {title !== undefined && <h2>{title}</h2>}
    <ol>{steps.map((step, index) => <li key={index /* oxlint-disable-line react/no-array-index-key -- the steps are fixed sentences in their order */}><span>{step}</span></li>)}</ol>
  </section>
);
