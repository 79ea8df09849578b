import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useTimeWords } from "../session/me.ts";
import { Icon } from "../ui/Icon.tsx";
import type { Reading } from "./mandate-form.ts";
import { useMandateMessages } from "./mandate-messages.ts";
import { momentWords, scopeWords, type Scope } from "./mandate-words.ts";
import css from "./Mandates.module.css";

/** Props of `MandateHappens`. */
export type MandateHappensProps = {
  readonly proposal: ResultOf<"mandates.proposal">;
  readonly kind: "plh" | "plt" | "an" | "ub";
  readonly receiver: string | undefined;
  readonly reading: Reading;
  readonly isNow: boolean;
  readonly scope: Scope | null;
  /** What makes it impossible, as a sentence. */
  readonly obstacle: string | undefined;
};

type Line = { readonly icon: "check" | "close" | "clock" | "eye" | "warning"; readonly text: string };

/** Says in sentences what the mandate will do before it is given: when it begins and ends, what moves, and what it cannot decide. */
export const MandateHappens = ({ proposal, kind, receiver, reading, isNow, scope, obstacle }: MandateHappensProps): ReactElement => {
  const words = useMandateMessages();
  const time = useTimeWords();
  const { happen } = words;
  const { post, beyond, blocksHolder } = proposal;
  const isPersonal = kind === "plh" || kind === "plt";
  const isRead = !("wrong" in reading);
  const lines: readonly Line[] = [
    ...(receiver === undefined ? [{ icon: "clock", text: happen.choosePerson } as const] : []),
    ...(receiver === undefined || !isRead ? [] : isPersonal
      ? [{ icon: "clock", text: happen.begins(isNow ? happen.now : momentWords(reading.since, time), receiver, `${words.kind[kind]} ${post.title}`) } as const]
      : [{ icon: "check", text: kind === "an" ? happen.signs(receiver, post.title) : happen.signsUnder(receiver, post.title) } as const]),
    ...(isRead ? [{ icon: "clock", text: reading.until === null ? happen.open : happen.ends(momentWords(reading.until, time)) } as const] : []),
    ...(isPersonal
      ? [
          { icon: "check", text: happen.moves(post.waiting) } as const,
          { icon: "check", text: post.holder === null ? happen.returnsUp : happen.returns(post.holder) } as const,
          ...(kind === "plh" && post.holder !== null ? [{ icon: "eye", text: blocksHolder ? happen.blocked(post.holder) : happen.warned(post.holder) } as const] : []),
          ...(beyond.length > 0 ? [{ icon: "close", text: happen.beyond(beyond.map(({ code, name }) => (name === "" ? code : `${code} ${name}`)).join(", ")) } as const] : []),
        ]
      : [{ icon: "check", text: happen.noMove } as const]),
    ...(scope === null || (scope.types.length === 0 && scope.classifications.length === 0) ? [] : [{ icon: "close", text: happen.scoped(scopeWords(scope, words)) } as const]),
  ];
  return (
    <aside className={css["happens"]} data-tone={obstacle === undefined ? "usual" : "blocked"} aria-live="polite">
      <h3><Icon name={obstacle === undefined ? "info" : "warning"} size={18} />{words.happens}</h3>
      <ul>
        {obstacle !== undefined && <li data-tone="blocked"><Icon name="warning" size={18} /><span>{obstacle}</span></li>}
        {lines.map((line) => <li key={line.text}><Icon name={line.icon} size={18} /><span>{line.text.replace(/\.\.$/, ".")}</span></li>)}
      </ul>
    </aside>
  );
};
