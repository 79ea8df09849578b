import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { usePages } from "../kernel/pages.ts";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { ListPage, RowFact, RowName } from "../ui/ListPage.tsx";
import { Fault } from "../ui/Page.tsx";
import { SearchBox } from "../ui/SearchBox.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { changesTheChart } from "./acts.ts";
import { faultAt, restOf, type FieldName } from "./faults.ts";
import { Input } from "./Parts.tsx";
import { usePeopleMessages } from "./people-messages.ts";
import forms from "./Forms.module.css";
import css from "./PeoplePage.module.css";

type Person = ResultOf<"organisation.people">["items"][number];

/** The people of the government: found by name, NIP or NIK, with the posts they hold. */
export const PeoplePage = (): ReactElement => {
  const words = usePeopleMessages();
  const me = useMe();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<Person | "new" | undefined>(undefined);
  const q = useDeferredValue(text.trim());
  const pages = usePages(keyOf("organisation.people", { q }), (page, signal) => call("organisation.people", { q, ...page }, { signal }), { keepsRows: true });
  const mayEdit = me.acting.functions.includes("admin");
  const open = (person: Person): void => (mayEdit ? setEdited(person) : void (person.posts[0] !== undefined && navigate({ to: "/organisasi", search: { pilih: person.posts[0].positionId } })));
  const { at, setAt } = useRowKeys(words.title, pages.rows, open);
  if (pages.error !== null) return <PageProblem error={pages.error} onRetry={pages.retry} />;
  return (
    <ListPage
      title={words.title}
      note={words.shown(pages.rows.length)}
      acts={<><ButtonLink href="/organisasi" icon="org">{words.back}</ButtonLink>{mayEdit && <Button kind="primary" icon="plus" onClick={() => setEdited("new")}>{words.new}</Button>}</>}
      tools={
        <SearchBox label={words.search} value={text} maxLength={100} onChange={(event) => { setText(event.target.value); setAt(0); }} />
      }
      pages={pages}
      empty={<EmptyState drawing="search" title={words.empty}>{words.emptyNote}</EmptyState>}
      foot={edited !== undefined && <PersonDialog person={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />}
    >
      {pages.rows.map((person, index) => <PersonRow key={person.id} person={person} isCurrent={index === at} onEdit={mayEdit ? () => setEdited(person) : undefined} />)}
    </ListPage>
  );
};

const PersonRow = ({ person, isCurrent, onEdit }: { readonly person: Person; readonly isCurrent: boolean; readonly onEdit: (() => void) | undefined }): ReactElement => {
  const words = usePeopleMessages();
  return (
    <li className={css["row"]} aria-current={isCurrent || undefined}>
      <PostAvatar name={person.name} />
      <RowName
        title={person.name}
        note={
          <>
            {person.posts.length === 0 ? words.noPost : person.posts.map((post, index) => (
              <span key={`${post.positionId}/${post.kind}`}>{index > 0 && " · "}{post.kind !== "definitif" && <Chip tone="acting">{words.kinds[post.kind]}</Chip>} <Anchor className={css["post"]} href={`/organisasi?pilih=${post.positionId}`}>{post.title}</Anchor></span>
            ))}
          </>
        }
      />
      <RowFact>{person.nip ?? "–"}<small>{[person.rank ?? "", person.grade ?? ""].filter((part) => part !== "").join(", ")}</small></RowFact>
      <RowFact isSpare>{person.nik ?? ""}<small>{person.username === null ? words.noAccount : words.account(person.username)}</small></RowFact>
      {onEdit !== undefined && <Button size="small" icon="pen" aria-label={words.editOf(person.name)} onClick={onEdit}>{words.edit}</Button>}
    </li>
  );
};

const fields: readonly FieldName[] = ["name", "nip", "nik", "rank", "grade", "email"];

const PersonDialog = ({ person, onClose }: { readonly person: Person | undefined; readonly onClose: () => void }): ReactElement => {
  const words = usePeopleMessages();
  const { cancel } = useMessages().dialog;
  const [id] = useState(() => person?.id ?? uuidv7());
  const [typed, setTyped] = useState({ name: person?.name ?? "", nip: person?.nip ?? "", nik: "", rank: person?.rank ?? "", grade: person?.grade ?? "", email: person?.email ?? "" });
  const [erases, setErases] = useState(false);
  const [isTried, setTried] = useState(false);
  const save = useCommand("organisation.definePerson", { outdates: changesTheChart, onDone: () => { notify("done", words.saved); onClose(); } });
  const digits = (text: string): string => text.replaceAll(/[\s.-]/g, "");
  const wrong: Partial<Record<FieldName, string>> = {
    ...(typed.name.trim() === "" && { name: words.needed }),
    ...(digits(typed.nip) !== "" && !/^\d{18}$/.test(digits(typed.nip)) && { nip: words.nipBad }),
    ...(!erases && digits(typed.nik) !== "" && !/^\d{16}$/.test(digits(typed.nik)) && { nik: words.nikBad }),
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
    save.mutate({ id, name: typed.name, nip: orNull(digits(typed.nip)), rank: orNull(typed.rank), grade: orNull(typed.grade), email: orNull(typed.email), ...(erases ? { nik: null } : digits(typed.nik) !== "" && { nik: digits(typed.nik) }) });
  };
  const field = (name: keyof typeof typed, note?: string, more: { readonly inputMode?: "numeric" | "email"; readonly disabled?: boolean } = {}): ReactElement => (
    <Input label={words[name]} note={note} fault={(isTried ? wrong[name] : undefined) ?? faultAt(save.error, name)}>{(given) => <input {...given} {...more} data-autofocus={name === "name" || undefined} autoComplete="off" maxLength={120} value={typed[name]} onChange={(event) => setTyped({ ...typed, [name]: event.target.value })} />}</Input>
  );
  return (
    <Dialog isOpen onClose={onClose} title={person === undefined ? words.new : words.editOf(person.name)} width={600} onPhone="full" isHeld={save.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="primary" type="submit" form="person-form" isBusy={save.isPending}>{words.save}</Button></>}>
      <form id="person-form" onSubmit={send} noValidate>
        {field("name")}
        <div className={forms["pair"]}>
          {field("nip", words.nipNote, { inputMode: "numeric" })}
          {field("nik", person?.nik == null ? words.nikNote : words.nikKept(person.nik), { inputMode: "numeric", disabled: erases })}
        </div>
        {person?.nik != null && <label className={forms["check"]}><input type="checkbox" checked={erases} onChange={(event) => setErases(event.target.checked)} />{words.nikErase}</label>}
        <div className={forms["pair"]}>
          {field("rank")}
          {field("grade")}
        </div>
        {field("email", undefined, { inputMode: "email" })}
        <Fault error={restOf(save.error, fields)} />
      </form>
    </Dialog>
  );
};
