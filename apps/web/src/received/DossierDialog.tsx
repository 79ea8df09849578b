import { useDeferredValue, useRef, useState, type ReactElement } from "react";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ClassificationPicker } from "./ClassificationPicker.tsx";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import css from "./Acts.module.css";

/** Puts a finished letter into a dossier of the unit, or opens a new dossier for it. */
export const DossierDialog = ({ letter, onClose }: { readonly letter: LetterView; readonly onClose: () => void }): ReactElement => {
  const words = useReceivedMessages();
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const [dossierId, setDossierId] = useState<string | undefined>(undefined);
  const [isNew, setNew] = useState(false);
  const [title, setTitle] = useState(letter.facts?.subject ?? "");
  const [classification, setClassification] = useState(letter.facts?.classification ?? "");
  const fresh = useRef(uuidv7()); // kept, so that opening the dossier twice opens one
  const list = useRead("archive.dossiers", query === "" ? {} : { q: query });
  const rows = (list.data?.items ?? []).filter((row) => row.status === "aktif");
  const suggested = letter.facts?.classification ?? null;
  const sorted = suggested === null ? rows : [...rows].sort((a, b) => Number(b.classification === suggested) - Number(a.classification === suggested));
  const file = useCommand("archive.file", { outdates: [...outdatedByActs, "archive.dossiers", "archive.show"], onDone: () => { notify("done", words.acts.done.file); onClose(); } });
  const create = useCommand("archive.create", { outdates: ["archive.dossiers"] });
  const error = create.error ?? file.error;
  const isBusy = create.isPending || file.isPending;
  const submit = async (): Promise<void> => {
    if (isNew) await create.mutateAsync({ id: fresh.current, classification, title: title.trim() });
    const id = isNew ? fresh.current : dossierId;
    if (id !== undefined) await file.mutateAsync({ id, kind: "surat", letterId: letter.id });
  };
  const isReady = isNew ? title.trim() !== "" && classification !== "" : dossierId !== undefined;

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.acts.file}
      lead={words.letter.why.file}
      isHeld={isBusy}
      foot={
        <>
          <Button onClick={onClose} disabled={isBusy}>{words.cancel}</Button>
          <Button kind="primary" icon="archive" disabled={!isReady} isBusy={isBusy} onClick={() => void submit().catch(() => undefined /* the refusal is shown below */)}>{words.acts.file}</Button>
        </>
      }
    >
      {isNew ? (
        <div className={css["stack"]}>
          <label className={css["field"]}>
            {words.acts.dossierTitle}
            <input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
          </label>
          <ClassificationPicker label={words.register.fields.classification} value={classification} onChange={setClassification} />
        </div>
      ) : (
        <fieldset className={css["picker"]}>
          <legend className="vh">{words.acts.dossierSearch}</legend>
          <label className={css["search"]}>
            <Icon name="search" size={18} />
            <input type="search" value={text} placeholder={words.acts.dossierSearch} aria-label={words.acts.dossierSearch} onChange={(event) => setText(event.target.value)} />
          </label>
          <ul aria-busy={list.isFetching}>
            {sorted.slice(0, 10).map((row) => (
              <li key={row.id}>
                <label className={css["choice"]}>
                  <input type="radio" name="berkas" checked={dossierId === row.id} onChange={() => setDossierId(row.id)} />
                  <Icon name="folder" />
                  <span>
                    <b>{row.title}</b>
                    <small>{row.classification} {row.classificationName} · {row.year} · {words.acts.dossierItems(row.items)}</small>
                  </span>
                  <Icon name="check" size={18} />
                </label>
              </li>
            ))}
          </ul>
          {list.isSuccess && rows.length === 0 && <p className={css["hint"]}>{words.acts.dossierNone}</p>}
        </fieldset>
      )}
      <Button kind="link" icon={isNew ? "back" : "plus"} onClick={() => setNew(!isNew)}>{isNew ? words.acts.dossierSearch : words.acts.dossierNew}</Button>
      {error !== null && <p className={css["fault"]} role="alert">{error.message}</p>}
    </Dialog>
  );
};
