import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useCommand } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";

/** Starts a naskah that answers this letter: the types that can carry an answer, then the editor with addressee and subject filled in. */
export const ReplyDialog = ({ letter, onClose }: { readonly letter: LetterView; readonly onClose: () => void }): ReactElement => {
  const words = useReceivedMessages();
  const me = useMe();
  const language = useLanguage();
  const navigate = useNavigate();
  const drafts = useRef(new Map<string, string>()); // an id per type, kept: pressing twice makes one draft, and another type is another draft
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const types = useQuery({ queryKey: ["letter-types"], queryFn: async () => (await import("@lontar/naskah")).letterTypes, staleTime: Number.POSITIVE_INFINITY });
  // An answer goes to someone and says what it is about.
  const fit = (types.data ?? []).filter((type) => type.level === me.tenant.kind && type.parts.yth !== "none" && type.parts.body !== "none");
  const code = chosen ?? fit[0]?.code;
  const create = useCommand("drafts.create", { outdates: ["drafts.list", "desk.list", "received.show"], onDone: (made) => void navigate({ href: `/naskah/${made.id}` }) });
  const reply = (type: string): void => {
    const id = drafts.current.get(type) ?? uuidv7();
    drafts.current.set(type, id);
    create.mutate({ id, type, replyTo: letter.id });
  };
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
          <Button kind="primary" icon="pen" disabled={code === undefined} isBusy={create.isPending} onClick={() => code !== undefined && reply(code)}>{words.acts.reply}</Button>
        </>
      }
    >
      {types.data === undefined ? (
        <PageLoading />
      ) : (
        <Picker label={words.acts.replyChoose}>
          {fit.map((type) => <PickerRow key={type.code} group="jenis" isChosen={type.code === code} onChoose={() => setChosen(type.code)} mark={<Icon name="draft" />} title={type.title} note={type.purpose[language]} />)}
        </Picker>
      )}
      <Fault error={create.error ?? types.error} />
    </Dialog>
  );
};
