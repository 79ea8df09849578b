import { useMemo, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { address } from "../kernel/server.ts";
import { PageViewer, type PageMark, type ViewerPage } from "../ui/PageViewer.tsx";
import { proposalsByField } from "./facts-form.ts";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import css from "./LetterPage.module.css";

/** Pages of a letter's files as pictures, in order. */
export const pagesOf = (letterId: string, files: LetterView["files"]): readonly ViewerPage[] =>
  files.flatMap((file) => Array.from({ length: file.pages }, (_, index): ViewerPage => ({
    src: address("received.pageImage", { id: letterId, sha256: file.sha256, page: index + 1, width: 1600 }),
    thumbnail: address("received.pageImage", { id: letterId, sha256: file.sha256, page: index + 1, width: 160 }),
  })));

/** The document at once, with the places where its facts were read; the asked-for date stands out. */
export const LetterDocument = ({ letter, pointed }: { readonly letter: LetterView; readonly pointed: { readonly field: string; readonly count: number } | undefined }): ReactElement => {
  const words = useReceivedMessages();
  const { viewer } = useMessages();
  const pages = useMemo(() => pagesOf(letter.id, letter.files), [letter.id, letter.files]);
  const marks = useMemo((): readonly PageMark[] => {
    const { facts } = letter;
    if (facts === null) return [];
    return [...proposalsByField(letter.reading?.proposals ?? [])]
      .filter(([field, proposal]) => proposal.value === facts[field] && (field === "due" || field === pointed?.field))
      .map(([field, proposal]) => ({ id: field, page: proposal.page, ...proposal.box, tone: "fact" as const, label: `${words.register.fields[field]}: ${proposal.raw}` }));
  }, [letter, pointed, words]);
  const [file] = letter.files;
  if (pages.length === 0) return <p className={css["quiet"]}>{words.letter.noFile}</p>;
  return (
    <PageViewer
      key={letter.id}
      label={letter.facts === null ? viewer.document : `${letter.facts.sender}, ${letter.facts.number}`}
      pages={pages}
      marks={marks}
      pointedId={pointed?.field}
      back={{ label: words.letter.desk, href: "/meja" }}
      isUnderSheet
      {...(file !== undefined && letter.facts?.security !== "SR" && { download: { href: address("received.file", { id: letter.id, sha256: file.sha256, download: "1" }), name: file.name }, onPrint: () => window.open(address("received.file", { id: letter.id, sha256: file.sha256 }), "_blank", "noopener") })}
    />
  );
};
