import { useDeferredValue, useState, type FormEvent, type ReactElement } from "react";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useArchiveMessages } from "./messages.ts";

/** Dossiers of the unit, and opening a new one. */
export const ArchivePage = (): ReactElement => {
  const words = useArchiveMessages();
  const [text, setText] = useState("");
  const [isOpening, setOpening] = useState(false);
  const query = useDeferredValue(text.trim());
  const answer = useRead("archive.dossiers", { limit: 100, ...(query !== "" && { q: query }) });
  return (
    <Page title={words.title} note={words.lead} acts={<Button kind="primary" icon="plus" onClick={() => setOpening(!isOpening)} aria-expanded={isOpening}>{words.create}</Button>}>
      {isOpening && <NewDossier onDone={() => setOpening(false)} />}
      <Fields>
        <label>{words.search}<input type="search" value={text} onChange={(event) => setText(event.target.value)} /></label>
      </Fields>
      {answer.data === undefined && (answer.error === null ? <PageLoading /> : <PageProblem isPart error={answer.error} onRetry={() => void answer.refetch()} />)}
      {answer.data?.items.length === 0 && <EmptyState drawing="letter" title={words.empty}>{words.emptyNext}</EmptyState>}
      <Rows>
        {answer.data?.items.map((dossier) => (
          <Row key={dossier.id} href={`/arsip/${dossier.id}`} title={dossier.title} note={`${dossier.classification} ${dossier.classificationName} · ${dossier.year} · ${dossier.unit}`} side={<>{words.items(dossier.items)} <Chip tone={dossier.status === "aktif" ? "leaf" : "plain"}>{words.status[dossier.status]}</Chip></>} />
        ))}
      </Rows>
    </Page>
  );
};

const NewDossier = ({ onDone }: { readonly onDone: () => void }): ReactElement => {
  const words = useArchiveMessages();
  const [code, setCode] = useState("");
  const [title, setTitle] = useState("");
  const query = useDeferredValue(code.trim());
  const found = useRead("office.classifications", { q: query }, { isOn: query.length >= 2 });
  const create = useCommand("archive.create", { outdates: ["archive.dossiers"], onDone: () => { notify("done", words.created); onDone(); } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ id: uuidv7(), classification: code.trim(), title: title.trim() });
  };
  const leaves = (found.data ?? []).filter((row) => row.leaf).slice(0, 20);
  return (
    <Section title={words.create}>
      <form onSubmit={submit}>
        <Fields>
          <label>{words.classification}<input list="klasifikasi" required value={code} onChange={(event) => setCode(event.target.value)} /></label>
          <datalist id="klasifikasi">{leaves.map((row) => <option key={row.code} value={row.code}>{row.name}</option>)}</datalist>
          <label>{words.name}<input required maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
          <Button type="submit" kind="primary" isBusy={create.isPending}>{words.save}</Button>
        </Fields>
        {query.length >= 2 && found.data !== undefined && leaves.length === 0 && <p>{words.classificationNone}</p>}
        {leaves.find((row) => row.code === query) !== undefined && <p>{leaves.find((row) => row.code === query)?.path}</p>}
        <Fault error={create.error} />
      </form>
    </Section>
  );
};
