import { letterTypes, type LetterType } from "@lontar/naskah";
import { useNavigate } from "@tanstack/react-router";
import { useRef, type ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useCommand } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Crest } from "../ui/Crest.tsx";
import { LetterPaper } from "../ui/LetterPaper.tsx";
import { Fault } from "../ui/Page.tsx";
import { formOf } from "./field-form.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Gallery.module.css";

/** `/naskah/baru`: the letter types of this kind of government, each with a picture of its page. */
export const NewDraftPage = (): ReactElement => {
  const words = useDraftMessages();
  const navigate = useNavigate();
  const { tenant } = useMe();
  const language = useLanguage();
  const drafts = useRef(new Map<string, string>()); // an id per type, kept: pressing twice makes one draft, and another type is another draft
  const create = useCommand("drafts.create", { outdates: ["drafts.list", "desk.list"], onDone: (made) => void navigate({ href: `/naskah/${made.id}` }) });
  const begin = (type: string): void => {
    const id = drafts.current.get(type) ?? uuidv7();
    drafts.current.set(type, id);
    create.mutate({ id, type, replyTo: null });
  };
  return (
    <div className={css["page"]}>
      <header>
        <h1>{words.choose}</h1>
        <p>{words.chooseLead}</p>
      </header>
      <Fault error={create.error} />
      <ul className={css["gallery"]}>
        {letterTypes.filter((type) => type.forAct === undefined && (tenant.kind === "desa" || type.level === "kabupaten")).map((type) => (
          <li key={type.code}>
            <button type="button" disabled={create.isPending} onClick={() => begin(type.code)}>
              <span className={css["picture"]} aria-hidden="true"><TypePicture type={type} office={tenant.name} /></span>
              <span className={css["caption"]}>
                <b>{type.title}</b>
                <small>{type.purpose[language]}</small>
                <small className={css["steps"]}>{type.approval.map((step) => words.roles[step.by]).join(" → ")}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Bar = ({ width, isCentred = false }: { readonly width: string; readonly isCentred?: boolean }): ReactElement => <i className={css["barLine"]} style={{ width, ...(isCentred && { marginInline: "auto" }) }} />;

/** A small page drawn from the type itself: its layout, the parts it prints, the answers it asks for. */
const TypePicture = ({ type, office }: { readonly type: LetterType; readonly office: string }): ReactElement => {
  const { parts, family } = type;
  const form = formOf(type);
  const rows = [
    ...(family === "nota" ? [{ label: "Yth.", value: <Bar width="60%" /> }, { label: "Dari", value: <Bar width="48%" /> }] : []),
    ...(family === "judul" ? [] : [{ label: "Nomor", value: <Bar width="80%" /> }]),
    ...(parts.sifat === "none" ? [] : [{ label: "Sifat", value: <Bar width="36%" /> }]),
    ...(parts.lampiran === "none" ? [] : [{ label: "Lampiran", value: <Bar width="50%" /> }]),
    ...(parts.hal === "none" ? [] : [{ label: "Hal", value: <Bar width="92%" /> }]),
  ];
  return (
    <LetterPaper
      isFlat
      head={{ crest: <Crest />, government: `PEMERINTAH ${office.toUpperCase()}`, office: <Bar width="70%" isCentred />, address: <Bar width="84%" isCentred /> }}
      title={family === "surat" ? undefined : { name: type.title, number: family === "judul" ? <Bar width="46%" isCentred /> : null }}
      date={family === "surat" ? <Bar width="90%" /> : undefined}
      meta={rows}
      to={family === "surat" && parts.yth !== "none" ? <>Yth.<Bar width="88%" /><Bar width="60%" /></> : undefined}
      signature={{ lines: <Bar width="88%" />, qr: "", name: <Bar width="64%" /> }}
      cc={parts.tembusan === "none" ? [] : [<Bar key="1" width="40%" />]}
    >
      {parts.body !== "none" && family === "surat" && <p className={css["lines"]}><Bar width="100%" /><Bar width="96%" /><Bar width="70%" /></p>}
      {form !== undefined && <dl className={css["asked"]}>{form.parts.slice(0, 8).map((part) => <div key={part.name}><dt>{part.title}</dt><dd><Bar width={part.kind === "list" ? "96%" : "64%"} />{part.kind === "list" && <Bar width="72%" />}</dd></div>)}</dl>}
      <p className={css["lines"]}><Bar width="100%" /><Bar width="92%" /><Bar width="97%" /><Bar width="58%" /></p>
    </LetterPaper>
  );
};
