import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type ReactElement } from "react";
import { uuidv7 } from "../kernel/ids.ts";
import { useCommand } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import css from "./Acts.module.css";

/** Starts a naskah that answers this letter: the types that can carry an answer, then the editor with addressee and subject filled in. */
export const ReplyDialog = ({ letter, onClose }: { readonly letter: LetterView; readonly onClose: () => void }): ReactElement => {
  const words = useReceivedMessages();
  const me = useMe();
  const navigate = useNavigate();
  const draftId = useRef(uuidv7()); // kept, so that pressing twice makes one draft
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const types = useQuery({ queryKey: ["letter-types"], queryFn: async () => (await import("@lontar/naskah")).letterTypes, staleTime: Number.POSITIVE_INFINITY });
  // An answer goes to someone and says what it is about.
  const fit = (types.data ?? []).filter((type) => type.level === me.tenant.kind && type.parts.yth !== "none" && type.parts.body !== "none");
  const code = chosen ?? fit[0]?.code;
  const create = useCommand("drafts.create", { outdates: ["drafts.list", "desk.list", "received.show"], onDone: () => void navigate({ href: `/naskah/${draftId.current}` }) });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.acts.reply}
      lead={letter.facts === null ? undefined : `${letter.facts.sender}, ${letter.facts.number}`}
      isHeld={create.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" icon="pen" disabled={code === undefined} isBusy={create.isPending} onClick={() => code !== undefined && create.mutate({ id: draftId.current, type: code, replyTo: letter.id })}>{words.acts.reply}</Button>
        </>
      }
    >
      {types.data === undefined ? (
        <PageLoading />
      ) : (
        <fieldset className={css["picker"]}>
          <legend className="vh">{words.acts.replyChoose}</legend>
          <ul>
            {fit.map((type) => (
              <li key={type.code}>
                <label className={css["choice"]}>
                  <input type="radio" name="jenis" checked={type.code === code} onChange={() => setChosen(type.code)} />
                  <Icon name="draft" />
                  <span>
                    <b>{type.title}</b>
                    <small>{type.purpose}</small>
                  </span>
                  <Icon name="check" size={18} />
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {(create.error ?? types.error) !== null && <p className={css["fault"]} role="alert">{(create.error ?? types.error)?.message}</p>}
    </Dialog>
  );
};
