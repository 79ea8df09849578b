import type { ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useOverseenMessages } from "./overseen-messages.ts";
import css from "./Overseen.module.css";

/** Says above a letter that it is read by oversight: until when, and that each reading is recorded. Silent for whoever reads by a right of his own. */
export const OverseenBanner = ({ id }: { readonly id: string }): ReactElement | null => {
  const words = useOverseenMessages();
  const time = useTimeWords();
  const now = useNow();
  const { functions } = useMe().acting;
  const mayOversee = functions.some((name) => name === "leader" || name === "inspector" || name === "admin");
  const answer = useRead("emergencies.overseen", { id }, { isOn: mayOversee });
  const through = answer.data?.through ?? null;
  if (through === null) return null;
  const until = time.end(through.until, now);
  return (
    <div className={css["banner"]} data-kind={through.kind} role="status">
      <Icon name={through.kind === "darurat" ? "warning" : "eye"} size={18} />
      <span>{through.kind === "darurat" ? words.readInEmergency(until) : words.readUnderMandate(until, through.words)}</span>
      <Anchor href={through.kind === "darurat" ? `/darurat/${through.id}` : `/mandat/pemeriksaan/${through.id}`}>{words.seeRecord}</Anchor>
    </div>
  );
};
