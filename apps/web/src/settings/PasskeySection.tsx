import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent, type ReactElement } from "react";
import { Refused, type ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf, useCommand, useRead } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { isPasskeyPossible, makePasskey } from "../session/passkey.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault, Fields, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useAnew, type AnewProof } from "./Anew.tsx";
import { deviceGuess } from "./device-guess.ts";
import { useSettingsMessages } from "./messages.ts";
import { CodesShown } from "./RecoverySection.tsx";

type Passkey = ResultOf<"session.passkeys">[number];

/** One's passkeys: which there are, when each was last used, and a new one on this device. */
export const PasskeySection = (): ReactElement => {
  const words = useSettingsMessages();
  const keys = useRead("session.passkeys", {});
  const [changing, setChanging] = useState<{ readonly key: Passkey; readonly to: "name" | "remove" } | undefined>(undefined);
  if (keys.isPending) return <Section title={words.passkeys} lead={words.passkeysLead}><PageLoading /></Section>; // what is pressed below must not move when the list comes
  return (
    <Section title={words.passkeys} lead={words.passkeysLead}>
      {keys.data?.length === 0 && <p>{words.passkeysNone}</p>}
      <Rows>{keys.data?.map((key) => <OnePasskey key={key.id} passkey={key} onRename={() => setChanging({ key, to: "name" })} onRemove={() => setChanging({ key, to: "remove" })} />)}</Rows>
      <Fault error={keys.error} />
      {isPasskeyPossible() ? <AddPasskey /> : <p>{words.passkeyNotHere}</p>}
      {changing?.to === "name" && <RenameDialog passkey={changing.key} onClose={() => setChanging(undefined)} />}
      {changing?.to === "remove" && <RemoveDialog passkey={changing.key} onClose={() => setChanging(undefined)} />}
    </Section>
  );
};

const OnePasskey = ({ passkey, onRename, onRemove }: { readonly passkey: Passkey; readonly onRename: () => void; readonly onRemove: () => void }): ReactElement => {
  const words = useSettingsMessages();
  const time = useTimeWords();
  const now = useNow();
  const note = `${passkey.lastUsed === null ? words.passkeyUnused : words.lastSeen(time.when(passkey.lastUsed, now))} · ${words.passkeySince(time.mediumDate(passkey.since))}`;
  return (
    <Row
      title={<>{passkey.name} {passkey.backedUp && <Chip tone="plain">{words.passkeyBackedUp}</Chip>}</>}
      note={note}
      side={<><IconButton label={`${words.passkeyRename}: ${passkey.name}`} icon="pen" onClick={onRename} /><IconButton label={`${words.remove}: ${passkey.name}`} icon="trash" onClick={onRemove} /></>}
    />
  );
};

/** Makes a passkey on this device; the first brings recovery codes, which stay on the screen until they are kept. */
export const AddPasskey = (): ReactElement => {
  const words = useSettingsMessages();
  const client = useQueryClient();
  const anew = useAnew();
  const [name, setName] = useState(deviceGuess);
  const add = useMutation({
    mutationFn: async (proof: AnewProof) => makePasskey(name, await call("session.beginPasskey", proof)),
    onSuccess: ({ codes }) => {
      anew.clear();
      notify("done", words.passkeyAdded);
      return Promise.all([client.invalidateQueries({ queryKey: keyOf("session.passkeys") }), ...(codes === null ? [look()] : [])]);
    },
  });
  const look = (): Promise<void> => client.invalidateQueries({ queryKey: keyOf("session.me") });
  const keep = (): void => {
    add.reset();
    void look();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    anew.prove((proof) => add.mutate(proof));
  };
  const putOff = add.error !== null && !(add.error instanceof Refused) ? new Error(words.passkeyPutOff, { cause: add.error }) : add.error;
  if (add.data?.codes != null) return <CodesShown codes={add.data.codes} onKept={keep} />;
  return (
    <form onSubmit={submit}>
      <Fields>
        <label>{words.passkeyName}<input required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} /></label>
        {anew.fields}
        <Button type="submit" kind="primary" icon="fingerprint" isBusy={anew.isBusy || add.isPending}>{words.passkeyAdd}</Button>
      </Fields>
      <Fault error={anew.fault ?? putOff} />
    </form>
  );
};

const RenameDialog = ({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }): ReactElement => {
  const words = useSettingsMessages();
  const [name, setName] = useState(passkey.name);
  const rename = useCommand("session.renamePasskey", { outdates: ["session.passkeys"], onDone: () => { notify("done", words.passkeyRenamed); onClose(); } });
  const isReady = name.trim() !== "";
  const submit = (): void => rename.mutate({ id: passkey.id, name });
  return (
    <Dialog isOpen onClose={onClose} onEnter={isReady ? submit : undefined} title={words.passkeyRename} width={440} isHeld={rename.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="primary" isBusy={rename.isPending} disabled={!isReady} onClick={submit}>{words.keepName}</Button></>}>
      <Field label={words.passkeyName}><input data-autofocus required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} /></Field>
      <Fault error={rename.error} />
    </Dialog>
  );
};

const RemoveDialog = ({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }): ReactElement => {
  const words = useSettingsMessages();
  const anew = useAnew();
  const form = useId();
  const remove = useCommand("session.removePasskey", { outdates: ["session.passkeys", "session.me"], onDone: () => { notify("done", words.passkeyRemoved); onClose(); } });
  return (
    <Dialog isOpen onClose={onClose} title={`${words.remove}: ${passkey.name}`} lead={words.passkeyRemoveLead(passkey.name)} width={440} isHeld={remove.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="danger" type="submit" form={form} isBusy={anew.isBusy || remove.isPending} disabled={!anew.isReady}>{words.remove}</Button></>}>
      <form id={form} onSubmit={(event) => { event.preventDefault(); anew.prove((proof) => remove.mutate({ id: passkey.id, ...proof })); }}><Fields>{anew.fields}</Fields></form>
      <Fault error={anew.fault ?? remove.error} />
    </Dialog>
  );
};
