import { useDeferredValue, useRef, useState, type ReactElement } from "react";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { ClassificationField } from "./ClassificationField.tsx";
import { titleOf, type DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";
import css from "./Panels.module.css";

/** Puts an issued letter into a dossier of the unit, or opens a new dossier for it. Dossiers of its own classification come first. */
export const DossierDialog = ({ draft, onClose }: { readonly draft: DraftView; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [isNew, setNew] = useState(false);
  const [title, setTitle] = useState(titleOf(draft, draft.content));
  const [classification, setClassification] = useState(draft.content.classification);
  const fresh = useRef(uuidv7()); // kept, so that opening the dossier twice opens one
  const list = useRead("archive.dossiers", query === "" ? {} : { q: query });
  const rows = (list.data?.items ?? []).filter((row) => row.status === "aktif").toSorted((a, b) => Number(b.classification === draft.content.classification) - Number(a.classification === draft.content.classification));
  const file = useCommand("archive.file", { outdates: [...outdatedByDrafts, "archive.dossiers", "archive.show"], onDone: () => { notify("done", words.filed); onClose(); } });
  const create = useCommand("archive.create", { outdates: ["archive.dossiers"] });
  const isBusy = create.isPending || file.isPending;
  const submit = async (): Promise<void> => {
    if (isNew && classification !== null) await create.mutateAsync({ id: fresh.current, classification, title: title.trim() });
    const id = isNew ? fresh.current : chosen;
    if (id !== undefined) await file.mutateAsync({ id, kind: "naskah", letterId: draft.id });
  };
  const isReady = isNew ? title.trim() !== "" && classification !== null : chosen !== undefined;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.file}
      lead={words.dossierLead}
      isHeld={isBusy}
      foot={
        <>
          <Button onClick={onClose} disabled={isBusy}>{words.close}</Button>
          <Button kind="primary" icon="archive" disabled={!isReady} isBusy={isBusy} onClick={() => void submit().catch(() => undefined /* the refusal is shown below */)}>{words.file}</Button>
        </>
      }
    >
      {isNew ? (
        <>
          <label className={css["field"]}>{words.dossierTitle}<input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} /></label>
          <div className={css["field"]}>{words.parts.classification}<ClassificationField value={classification} onChange={setClassification} /></div>
        </>
      ) : (
        <fieldset className={css["picker"]}>
          <legend className="vh">{words.dossierSearch}</legend>
          <label className={css["search"]}>
            <Icon name="search" size={18} />
            <input type="search" value={text} placeholder={words.dossierSearch} aria-label={words.dossierSearch} onChange={(event) => setText(event.target.value)} />
          </label>
          <ul aria-busy={list.isFetching}>
            {rows.slice(0, 10).map((row) => (
              <li key={row.id}>
                <label className={css["choice"]}>
                  <input type="radio" name="berkas" checked={chosen === row.id} onChange={() => setChosen(row.id)} />
                  <Icon name="folder" />
                  <span>
                    <b>{row.title}</b>
                    <small>{row.classification} {row.classificationName} · {row.year} · {words.dossierItems(row.items)}</small>
                  </span>
                  <Icon name="check" size={18} />
                </label>
              </li>
            ))}
          </ul>
          {list.isSuccess && rows.length === 0 && <p className={css["hint"]}>{words.dossierNone}</p>}
        </fieldset>
      )}
      <Button kind="link" icon={isNew ? "back" : "plus"} onClick={() => setNew(!isNew)}>{isNew ? words.dossierOld : words.dossierNew}</Button>
      <Fault error={create.error ?? file.error} />
    </Dialog>
  );
};
