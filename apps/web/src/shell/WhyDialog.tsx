import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { useWhyMessages } from "./why-messages.ts";
import css from "./Why.module.css";

type Ground = ResultOf<"rights.mine">["grounds"][number];

/** The answer in a sentence: by which clause, through what, since when, and the act that gave it. */
export const WhyDialog = ({ id, base, onClose }: { readonly id: string; readonly base: string; readonly onClose: () => void }): ReactElement => {
  const words = useWhyMessages();
  const answer = useRead("rights.mine", { id });
  const [main, ...others] = answer.data?.grounds ?? [];
  return (
    <Dialog isOpen onClose={onClose} title={words.title} foot={<Button onClick={onClose}>{words.close}</Button>}>
      {answer.data === undefined && answer.error === null && <PageLoading />}
      <Fault error={answer.error} />
      {main !== undefined && answer.data !== undefined && (
        <>
          <p className={css["because"]} role="status">{words.because(words.reasons[main.rule][main.through], main.clause, main.through === "orang" ? "" : answer.data.post)}</p>
          <GivingAct ground={main} />
          {main.sight === "sampul" ? <p className={css["envelope"]}><Icon name="lock" size={18} />{words.envelope}</p> : <p className={css["note"]}>{main.rule === "darurat" || main.rule === "pemeriksaan" ? words.ends : main.through === "orang" ? words.stays : words.goes}</p>}
          {others.length > 0 && (
            <section className={css["also"]}>
              <h3>{words.also}</h3>
              <ul>
                {others.map((ground) => (
                  <li key={`${ground.rule}${ground.through}${ground.sight}${ground.act?.eventId ?? ground.since}`}>
                    {words.alsoRule(words.reasons[ground.rule][ground.through], ground.clause)}
                    <GivingAct ground={ground} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {answer.data.maySeeReaders && <p className={css["readers"]}><ButtonLink kind="link" size="small" icon="user" href={`${base}/pembaca`}>{words.askReaders}</ButtonLink></p>}
        </>
      )}
    </Dialog>
  );
};

const GivingAct = ({ ground }: { readonly ground: Ground }): ReactElement => {
  const words = useWhyMessages();
  const { post } = useMessages();
  const me = useMe();
  const time = useTimeWords();
  const { act } = ground;
  if (act === null) return <p className={css["note"]}>{words.noAct}</p>;
  const name = act.system ? words.system : act.person;
  const holding = post.holding[act.holding];
  return (
    <div className={css["act"]}>
      <PostAvatar name={name} kind={act.system ? "system" : act.person === me.name ? "you" : act.holding === "definitif" ? "person" : "acting"} />
      <p>
        <b>{name}</b> {act.sentence[time.language]}
        <small>{[act.system ? "" : `${holding === "" ? "" : `${holding} `}${act.post}`, time.full(act.at)].filter((part) => part !== "").join(" · ")}</small>
      </p>
    </div>
  );
};
